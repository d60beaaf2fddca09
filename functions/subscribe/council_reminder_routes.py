"""The route by which the council reminds homes, from its overview."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import AfterValidator, Field

from shared.aws.clock import Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.domain.documents import to_json
from shared.domain.identifiers import is_location_id
from shared.http.body import Body
from shared.http.request import Request
from shared.http.response import json_response
from shared.store.table import Table
from subscribe.council_reminders import MOST_HOMES, CouncilReminders


def _location_id(text: str) -> str:
    if not is_location_id(text):
        raise ValueError("a CQC location id, such as 1-1000587219")
    return text


class HomesToRemind(Body):
    """The homes to remind; one that is named twice is reminded once."""

    location_ids: list[Annotated[str, AfterValidator(_location_id)]] = Field(
        min_length=1, max_length=MOST_HOMES
    )


def council_reminder_routes(
    table: Table, clock: Clock, queue: DeliveryQueue
) -> APIGatewayHttpRouter:
    """Return the route, which answers for each home what became of it."""
    routes = APIGatewayHttpRouter()
    reminders = CouncilReminders(table, queue)

    @routes.post("/reminders")
    def post_reminders() -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_council()
        request.refuse_idempotency_key()
        location_ids = request.body(HomesToRemind).location_ids
        outcomes = reminders.remind(location_ids, caller.caller_id or "", clock.now())
        return json_response(to_json({"homes": outcomes}))

    return routes
