"""The routes that show what teams say of homes: that beds are gone, and who took their requests.

No public route shows it.
"""

from collections.abc import Iterable

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, to_json
from shared.domain.request_record import RequestRecord
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes, outcomes
from shared.store.readable import readable
from shared.store.scan import all_documents
from shared.store.table import Table


def dispute_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes: of every home, for who searches; of one home, for its staff too."""
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
        Request(routes).caller().require_search_access(public=False)
        shown = readable(
            all_documents(table, ChangeKind.DISPUTE, report_unreadable),
            lambda document: Disputes.from_document(document).shown(),
            lambda document: str(document.get("location_id")),
            report_unreadable,
        )
        listed = [each for of_home in shown for each in of_home]
        return response(listed, outcomes.request_records(table, report_unreadable))

    @routes.get("/homes/<location_id>/disputes")
    def get_disputes_of_home(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_access(location_id, public=False)
        home = homes.load(table, parse_location_id(location_id))
        against = outcomes.load_disputes(table, location_id, report_unreadable).shown(home)
        of_home = outcomes.request_records(table, report_unreadable, location_id)
        return response(against, of_home)

    return routes
