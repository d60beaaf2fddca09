"""Show a council every home with the totals, and what changed on each day."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler.api_gateway import Response

from council_overview.daily_changes import DailyChanges, parse_day
from council_overview.demand import demand_document
from council_overview.overview import Overview
from council_overview.published_searches import PublishedSearches
from council_overview.response import overview_json
from shared.aws.clock import SYSTEM, Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import to_json
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.http.request import Request
from shared.http.response import LambdaHandler, create_resolver, json_response, lambda_handler
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.store import demand, reminded
from shared.store import table as tables
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from shared.store.wrong_posts import FollowedWrongPosts


def build(
    *,
    table: Table,
    clock: Clock,
    load_postcodes: Callable[[], Postcodes] = postcodes.installed,
) -> LambdaHandler:
    """Return the function, with this table and nothing in memory."""
    app = create_resolver()
    overview = Overview()
    searches = PublishedSearches(table, load_postcodes)
    followed = FollowedWrongPosts(overview.weigh_with).beside(ChangeKind.HOME, overview)
    follower = LogFollower(table, clock, followed, report_unreadable)
    daily_changes = DailyChanges(table, clock)

    @app.get("/homes")
    def show_homes() -> Response[str]:
        Request(app).caller().require_council()
        now = clock.now()
        follower.catch_up()
        reminders = reminded.of_day(table, uk_day(now))
        return json_response(overview_json(overview, now, searches.newest(), reminders))

    @app.get("/changes/<day>")
    def show_day(day: str) -> Response[str]:
        Request(app).caller().require_council()
        return json_response(daily_changes.totals_json(parse_day(day, clock.now())))

    @app.get("/demand")
    def show_demand() -> Response[str]:
        request = Request(app)
        request.caller().require_council()
        params = request.query_params(frozenset({"period"}))
        period_id = params.text("period")
        params.check()
        published = demand.all_published(table, report_unreadable)
        follower.catch_up()
        document = demand_document(published, period_id, overview.homes, load_postcodes())
        return json_response(to_json(document))

    return lambda_handler(app)


handler = build(table=tables.of_this_stack(), clock=SYSTEM)
