"""Show a home what others look for: alerts that it fits, and needs that it does not say yes to."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.demand import wanted_of
from shared.domain.documents import to_json
from shared.domain.vocabulary import ChangeKind
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.places.districts import districts_around
from shared.places.postcodes import Postcodes
from shared.store import demand, homes, placing_stops
from shared.store.scan import all_documents
from shared.store.table import Table
from show_home.matching_alerts import count_matching_alerts


def interest_routes(
    table: Table, clock: Clock, load_postcodes: Callable[[], Postcodes]
) -> APIGatewayHttpRouter:
    """Return the routes, which read the published demand and all alerts."""
    router = APIGatewayHttpRouter()

    @router.get("/homes/<location_id>/alerts")
    def get_matching_alerts(location_id: str) -> Response[str]:
        Request(router).caller().require_home_staff(location_id)
        home = homes.load(table, location_id)
        alerts = all_documents(table, ChangeKind.ALERT, report_unreadable)
        mark = placing_stops.load(table, location_id)
        counts = count_matching_alerts(home, mark, alerts, report_unreadable, clock.now())
        return json_response(to_json(counts))

    @router.get("/homes/<location_id>/demand")
    def get_demand(location_id: str) -> Response[str]:
        Request(router).caller().require_home_staff_or_council(location_id)
        home = homes.load(table, parse_location_id(location_id))
        published = demand.newest(table, report_unreadable)
        if published is None:
            return json_response(to_json({"period": None, "wanted": []}))
        wanted = wanted_of(home, published.cells, districts_around(home, load_postcodes()))
        return json_response(
            to_json(
                {
                    "period": published.period.to_document(),
                    "wanted": [each._asdict() for each in wanted],
                }
            )
        )

    return router
