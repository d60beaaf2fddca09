"""The council's overview: every home and what they add up to, and the log a day at a time."""

from aws_lambda_powertools.event_handler.api_gateway import Response

from council_overview.daily_changes import Days, asked
from council_overview.overview import Overview
from council_overview.response import rendered
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import ChangeKind
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.store import table
from shared.store.log_follower import LogFollower

app = create_resolver()
stack_table = table.of_this_stack()
overview = Overview()
follower = LogFollower(stack_table, SYSTEM, ChangeKind.HOME, overview)
days = Days(stack_table)


@app.get("/homes")
def get_homes() -> Response[str]:
    Request(app).caller().must_council()
    now = SYSTEM.now()
    follower.catch_up()
    return json_response(rendered(overview.homes, now))


@app.get("/changes/<day>")
def get_day(day: str) -> Response[str]:
    Request(app).caller().must_council()
    now = SYSTEM.now()
    return json_response(days.sum_of(asked(day, now), now))


handler = lambda_handler(app)
