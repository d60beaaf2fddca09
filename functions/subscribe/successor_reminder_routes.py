"""The routes by which a council invites those whom an old id reminded to its successor's.

Nobody agreed to the reminders of the new one. So each is invited again, and has to confirm again.
"""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.telemetry import logger
from shared.domain.availability import is_registered
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.errors import ConflictError
from shared.domain.member import Member, Owner
from shared.http.body import Body
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes
from shared.store.table import Table
from subscribe.member_bodies import shown
from subscribe.membership import Membership


class OldMember(Body):
    """The member of the old id's reminders to invite."""

    member_id: str


def successor_reminder_routes(table: Table, membership: Membership) -> APIGatewayHttpRouter:
    """Return the routes; addresses are masked, and a home on the register keeps its own."""
    routes = APIGatewayHttpRouter()

    @routes.get("/homes/<location_id>/successor/reminders")
    def get_old_reminders(location_id: str) -> Response[str]:
        Request(routes).caller().require_council()
        old = _load_old(table, location_id)
        members = membership.list_of(Owner.home(location_id))
        successor = old.get("successor")
        invited = membership.list_of(Owner.home(successor)) if successor else []
        body = {
            "location_id": location_id,
            "total": len(members),
            "members": [
                _document(member, membership.same_person(member, invited)) for member in members
            ],
        }
        return json_response(to_json(body))

    @routes.post("/homes/<location_id>/successor/reminders")
    def invite_old_member(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_council()
        request.refuse_idempotency_key()
        successor = _successor_of(_load_old(table, location_id))
        member_id = request.body(OldMember).member_id
        member = membership.confirmed(Owner.home(location_id), member_id)
        invited = membership.carry_over(member, Owner.home(successor))
        logger.info("reminders carried", caller=caller.caller_id, old=location_id, new=successor)
        return json_response(to_json(_document(member, invited)), HTTPStatus.CREATED)

    return routes


def _load_old(table: Table, location_id: str) -> HomeDocument:
    """Return the home that left the register. Raises NotFoundError, ConflictError, BusyError."""
    home = homes.load(table, parse_location_id(location_id))
    if is_registered(home):
        raise ConflictError(
            "This home is still on CQC's register, so only its own staff see who is reminded."
        )
    return home


def _successor_of(old: HomeDocument) -> str:
    if "successor" not in old:
        raise ConflictError(
            "First say which location id took this one's place: PUT /homes/{location_id}/successor."
        )
    successor: str = old["successor"]
    return successor


def _document(member: Member, at_successor: Member | None) -> Document:
    """Return a member of the old id, and how far they are with the new one."""
    return {**shown(member), "at_successor": at_successor.state if at_successor else "none"}
