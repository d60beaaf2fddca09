"""The routes that show what teams were told against listings: that the beds are gone.

No public route shows it.
"""

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.telemetry import report_unreadable
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, to_json
from shared.domain.vocabulary import ChangeKind
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
            listed += Disputes.from_document(document).shown()
        return json_response(to_json({"disputes": listed}))

    @routes.get("/homes/<location_id>/disputes")
    def get_disputes_of_home(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_access(location_id, public=False)
        home = homes.load(table, parse_location_id(location_id))
        against = outcomes.load_disputes(table, location_id).shown(home)
        return json_response(to_json({"disputes": against}))

    return routes
