"""The route by which whoever may search reads how often the list was right."""

from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import to_json
from shared.domain.public_truth import PublicTruth
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import public_truth
from shared.store.table import Table

KEPT: Final = timedelta(hours=1)
"""How long an instance, and a browser, keeps what changes once a month."""


def public_truth_routes(
    table: Table, clock: Clock, *, search_is_public: bool
) -> APIGatewayHttpRouter:
    """Return the route, which is for the public where search is."""
    routes = APIGatewayHttpRouter()
    newest = _Newest(table)

    @routes.get("/truth/public")
    def get_public_truth() -> Response[str]:
        Request(routes).caller().require_search_access(public=search_is_public)
        truth = newest.at(clock.now())
        whose = "public" if search_is_public else "private"
        return json_response(
            to_json({"published": truth.to_document() if truth and truth.is_shown else None}),
            headers={"Cache-Control": f"{whose}, max-age={int(KEPT.total_seconds())}"},
        )

    return routes


class _Newest:
    """Keeps what was published last, so that a warm instance asks the table once an hour."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._truth: PublicTruth | None = None
        self._read_at: datetime | None = None

    def at(self, now: datetime) -> PublicTruth | None:
        """Return it as it was at most an hour ago. Raises BusyError."""
        if self._read_at is None or not timedelta(0) <= now - self._read_at < KEPT:
            newest = public_truth.newest(self._table, report_unreadable)
            self._truth = newest.truth if newest else None
            self._read_at = now
        return self._truth
