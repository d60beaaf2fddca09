"""The routes by which a council says which location id took the place of an old one.

What the old owner promised, only the staff of the new id see: each promise is a question to them.
"""

from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import logger
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import to_json
from shared.domain.errors import NotFoundError
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import etag, home_response, json_response
from shared.store import homes, placing_stops
from shared.store.homes import SuccessionDecision
from shared.store.revise import Revision
from shared.store.table import Table
from show_home.last_in_search import last_in_search
from show_home.succession import (
    Successor,
    decide_to_take_back,
    outlook_document,
    require_left_register,
    require_registered,
)

_PARAMETERS: Final = frozenset({"location_id"})


def successor_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes; from then on the old id answers with where it went."""
    routes = APIGatewayHttpRouter()

    @routes.get("/homes/<location_id>/successor")
    def get_successor(location_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        parse_location_id(location_id)
        params = request.query_params(_PARAMETERS)
        chosen = params.text("location_id")
        params.check()
        old = CareHome.from_document(homes.load(table, location_id))
        require_left_register(old)
        new = require_registered(_find(table, chosen or old.successor))
        marks = {
            "old": placing_stops.load(table, old.location_id),
            "new": placing_stops.load(table, new.location_id),
        }
        document = outlook_document(old, new, marks, uk_day(clock.now()))
        return json_response(to_json(document), headers={"ETag": etag(old.version)})

    @routes.get("/homes/<location_id>/questions")
    def get_questions(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_staff(location_id)
        home = homes.load(table, location_id)
        questions = {"said": home.get("home_before", {}).get("said", {})}
        return json_response(to_json(questions), headers={"ETag": etag(home["version"])})

    @routes.put("/homes/<location_id>/successor")
    def put_successor(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_council()
        parse_location_id(location_id)
        body = request.body(Successor)
        body.check(location_id)
        new_id = body.location_id or homes.load(table, location_id).get("successor")
        author = request.author(caller.caller_id or "", body)
        revision = _save(table, clock, location_id, new_id, body, author, request.seen_version())
        logger.info("successor", caller=caller.caller_id, old=location_id, new=body.location_id)
        return home_response(revision.document, replayed=revision.replayed)

    return routes


def _save(
    table: Table,
    clock: Clock,
    old_id: str,
    new_id: str | None,
    body: Successor,
    author: Author,
    seen_version: int | None,
) -> Revision:
    """Write the succession and what carries over; without a new id there is none to take back."""
    if new_id is None:
        return homes.revise(
            table,
            clock,
            old_id,
            lambda home: home,
            action=Action.EDITED,
            author=author,
            seen_version=seen_version,
        )
    last = last_in_search(table, old_id) if body.carry else None
    today, takes_back = uk_day(clock.now()), body.location_id is None

    def decide(old: CareHome, new: CareHome | None) -> SuccessionDecision:
        return decide_to_take_back(old, new) if takes_back else body.decide(old, new, last, today)

    return homes.revise_succession(
        table,
        clock,
        old_id,
        new_id,
        decide,
        new_action=Action.EDITED if takes_back else Action.CARRIED_OVER,
        author=author,
        seen_version=seen_version,
        carries_mark=body.carry_placing_stop,
    )


def _find(table: Table, location_id: str | None) -> CareHome | None:
    """Return the home with this id; None if there is none. Raises BusyError."""
    try:
        return CareHome.from_document(homes.load(table, location_id)) if location_id else None
    except NotFoundError:
        return None
