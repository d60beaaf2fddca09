"""The route by which the council sees which listings are drawn for it to call."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from record_outcome.drawn_outcomes import outcomes_of_draws
from record_outcome.outcome_response import shown_outcome
from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.audit import CallState, DrawnCall, ListedBeds, call_states, is_audit_day
from shared.domain.audit_draw import CALLED_WITHIN, AuditDraw, ShownBeds
from shared.domain.availability import phone_for_vacancies
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.outcome import Outcome
from shared.domain.truth import audits
from shared.domain.uk_time import uk_day
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import audit_draws, homes
from shared.store.table import Table

_OPEN: Final = frozenset({CallState.TO_CALL, CallState.UNCALLED, CallState.UNANSWERED})


def audit_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the route, which is of the council alone: who is to be called, nobody else learns."""
    routes = APIGatewayHttpRouter()

    @routes.get("/audits")
    def get_audits() -> Response[str]:
        Request(routes).caller().require_council()
        now = clock.now()
        today = uk_day(now)
        draws = list(audit_draws.since(table, today - CALLED_WITHIN, report_unreadable))
        document = {
            "today": today.isoformat(),
            "is_working_day": is_audit_day(today),
            "is_drawn": any(draw.day == today for draw in draws),
            "calls": list(_calls(table, draws, today, now)),
        }
        return json_response(to_json(document))

    return routes


def _calls(
    table: Table, draws: Sequence[AuditDraw], today: date, now: datetime
) -> Iterator[Document]:
    """Yield today's calls, then earlier ones, the newest first.

    Of these only what can still be made, or whose answer can still be taken back.
    """
    drawn = {call: beds for draw in reversed(draws) for call, beds in draw.calls.items()}
    said = _said(table, draws)
    states = call_states(drawn, said.values(), today)
    undoable = {call for call, outcome in said.items() if now <= outcome.undo_until}
    shown = [
        call for call in drawn if call.day == today or states[call] in _OPEN or call in undoable
    ]
    ids = {call.listing.location_id for call in shown}
    listing = homes.load_several(table, ids, report_unreadable)
    for call in shown:
        home = listing.get(call.listing.location_id, {})
        yield _call(call, drawn[call], states[call], home, said.get(call))


def _said(table: Table, draws: Sequence[AuditDraw]) -> dict[DrawnCall, Outcome]:
    """Return what came of the calls of these draws. Raises BusyError."""
    return {
        DrawnCall(
            date.fromisoformat(each.audit_day),
            ListedBeds(each.shown.location_id, each.shown.category),
        ): each
        for each in audits(outcomes_of_draws(table, draws))
        if each.audit_day
    }


def _call(
    call: DrawnCall,
    drawn: ShownBeds,
    state: CallState,
    home: HomeDocument,
    outcome: Outcome | None,
) -> Document:
    """Return a call as the council sees it: `now` is left out where nothing is listed any more."""
    location_id, category = call.listing
    now = ShownBeds.of_home(home, category) if home else None
    document = {
        "day": call.day.isoformat(),
        "location_id": location_id,
        "name": home.get("name", location_id),
        "phone": phone_for_vacancies(home),
        "category": category,
        **drawn.to_document(),
        "now": now.to_document() if now else None,
        "state": state,
        "outcome": shown_outcome(outcome) if outcome else None,
    }
    return {name: value for name, value in document.items() if value is not None}
