"""The routes that show what teams say of homes: that beds are gone, and who took their requests.

No public route shows it.
"""

from collections.abc import Iterable
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import Document, to_json
from shared.domain.identifiers import is_location_id
from shared.domain.request_record import RequestRecord
from shared.domain.uk_time import uk_day
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes, outcomes
from shared.store.table import Table

MOST_HOMES: Final = 25
"""So many can be asked for in one request; a page of search results has as many."""


def dispute_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes: of the homes that a search found; of one home, for its staff too."""
    routes = APIGatewayHttpRouter()

    def response(disputes: list[Document], records: Iterable[RequestRecord]) -> Response[str]:
        today = uk_day(clock.now())
        requests = [
            {"location_id": each.location_id, **shown}
            for each in records
            if (shown := each.shown(today))
        ]
        return json_response(to_json({"disputes": disputes, "requests": requests}))

    @routes.get("/disputes")
    def get_disputes() -> Response[str]:
        request = Request(routes)
        request.caller().require_search_access(public=False)
        params = request.query_params(frozenset({"home"}))
        ids = params.ids("home", is_location_id, "the CQC location ids of homes", MOST_HOMES)
        params.check()
        found = homes.load_several(table, ids, report_unreadable)
        against = outcomes.disputes_of(table, found, report_unreadable)
        listed = [mark for each in against for mark in each.shown(found[each.location_id])]
        return response(listed, outcomes.request_records(table, found, report_unreadable))

    @routes.get("/homes/<location_id>/disputes")
    def get_disputes_of_home(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_access(location_id, public=False)
        home = homes.load(table, parse_location_id(location_id))
        against = outcomes.load_disputes(table, location_id, report_unreadable).shown(home)
        of_home = outcomes.request_records(table, [location_id], report_unreadable)
        return response(against, of_home)

    return routes
