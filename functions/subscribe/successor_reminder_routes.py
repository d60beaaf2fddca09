"""The routes by which a council invites those whom an old id reminded to its successor's.

SNS cannot move a subscription to another topic, and nobody agreed to the new one. So each is
invited again, and has to confirm again.
"""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.sns import Topics
from shared.aws.telemetry import logger
from shared.domain.availability import is_registered
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.errors import ConflictError
from shared.http.body import Body
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes
from shared.store.table import Table
from subscribe.members import Member, add_member, find_member, list_members


class OldMember(Body):
    """The member of the old id's reminders to invite."""

    member_id: str


def successor_reminder_routes(table: Table, home_topics: Topics) -> APIGatewayHttpRouter:
    """Return the routes; addresses are masked, and a home on the register keeps its own."""
    routes = APIGatewayHttpRouter()

    @routes.get("/homes/<location_id>/successor/reminders")
    def get_old_reminders(location_id: str) -> Response[str]:
        Request(routes).caller().require_council()
        old = _load_old(table, location_id)
        members = list_members(home_topics, location_id)
        successor = old.get("successor")
        invited = list_members(home_topics, successor) if successor else []
        body = {
            "location_id": location_id,
            "total": len(members),
            "members": [_document(member, invited) for member in members],
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
        member = find_member(home_topics, location_id, member_id)
        invited = add_member(home_topics, successor, member.address)
        logger.info("reminders carried", caller=caller.caller_id, old=location_id, new=successor)
        return json_response(to_json(_document(member, [invited])), HTTPStatus.CREATED)

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


def _document(member: Member, invited: list[Member]) -> Document:
    """Return a member of the old id, and how far they are with the new one."""
    states = [each.to_document()["state"] for each in invited if each.address == member.address]
    return {**member.to_document(), "at_successor": states[0] if states else "none"}
