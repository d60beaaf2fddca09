"""The routes that the council may open to the public: a care home, and its history."""

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import Document, to_json
from shared.domain.listings import listing_documents
from shared.domain.public_home import public_home
from shared.domain.reminder_value import NOTHING_PUBLISHED, reminder_value
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import home_response, json_response
from shared.store import homes, outcomes
from shared.store.table import Table
from shared.store.wrong_posts import RecentWrongPosts
from show_home.history import PARAMETERS, history_response, read_page


def history_routes(table: Table, clock: Clock, *, search_is_public: bool) -> APIGatewayHttpRouter:
    """Return the routes: what the public may see; for staff and the council, also who made it."""
    routes = APIGatewayHttpRouter()
    wrong_posts = RecentWrongPosts(table, clock, report_unreadable)

    @routes.get("/homes/<location_id>")
    def get_home(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_home_access(location_id, public=search_is_public)
        home = homes.load(table, parse_location_id(location_id))
        known = request.has_version(home["version"])
        shown = public_home(home)
        # They depend on the time and not on the version, so they are of this response alone.
        now, wrong = clock.now(), wrong_posts.share()
        calculated: Document = {
            "listings": listing_documents(shown, now, wrong),
            "reminder_value": round(reminder_value(shown, NOTHING_PUBLISHED, now, wrong), 3),
        }
        if location_id in caller.homes:
            # Its staff are asked where they post. Where search is public nobody is known here.
            against = outcomes.load_disputes(table, location_id, report_unreadable)
            calculated["disputes"] = against.shown(home)
        return home_response({**shown, **calculated}, known=known)

    @routes.get("/homes/<location_id>/changes")
    def get_changes(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_home_access(location_id, public=search_is_public)
        homes.load(table, parse_location_id(location_id))
        page = read_page(request.query_params(PARAMETERS))
        entries = homes.history(table, location_id, limit=page.limit, before=page.before)
        with_author = caller.is_council or location_id in caller.homes
        return json_response(
            to_json(history_response(entries, page.limit, with_author=with_author))
        )

    return routes
