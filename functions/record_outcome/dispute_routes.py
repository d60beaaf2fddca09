"""The routes that show what teams were told against listings: that the beds are gone.

No public route shows it.
"""

from collections.abc import Mapping

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.telemetry import report_unreadable
from shared.domain.dispute import Disputes, GoneReports
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.vocabulary import BedCategory, ChangeKind
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes, outcomes
from shared.store.scan import all_documents
from shared.store.table import Table


def dispute_routes(table: Table) -> APIGatewayHttpRouter:
    """Return the routes: of every home, for who searches; of one home, for its staff too."""
    routes = APIGatewayHttpRouter()

    @routes.get("/disputes")
    def get_disputes() -> Response[str]:
        Request(routes).caller().require_search_access(public=False)
        listed: list[Document] = []
        for document in all_documents(table, ChangeKind.DISPUTE, report_unreadable):
            disputes = Disputes.from_document(document)
            listed += _listed(disputes.location_id, disputes.by_category)
        return json_response(to_json({"disputes": listed}))

    @routes.get("/homes/<location_id>/disputes")
    def get_disputes_of_home(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_access(location_id, public=False)
        home = homes.load(table, parse_location_id(location_id))
        against = outcomes.load_disputes(table, location_id).of_home(home)
        return json_response(to_json({"disputes": _listed(location_id, against)}))

    return routes


def _listed(location_id: str, by_category: Mapping[BedCategory, GoneReports]) -> list[Document]:
    return [
        {
            "location_id": location_id,
            "category": category,
            "said_at": timestamp(reports.said_at),
            "gone": reports.shown(),
        }
        for category, reports in by_category.items()
    ]
