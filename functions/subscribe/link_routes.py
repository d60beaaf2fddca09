"""The routes behind the links in messages, for whoever has one: agree to messages, or stop them.

Scanners of mailboxes open every link, so nothing is written by opening one: only by a POST.
"""

from contextlib import suppress
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.telemetry import logger
from shared.domain.documents import to_json
from shared.domain.errors import NotFoundError
from shared.domain.link_secret import Secret
from shared.domain.member import Member
from shared.http.request import Request
from shared.http.response import json_response
from shared.messages.links import token_page
from subscribe.link_holders import LinkHolders
from subscribe.member_bodies import Token, shown_to_recipient
from subscribe.membership import Membership


def link_routes(membership: Membership) -> APIGatewayHttpRouter:
    """Return the routes that say what a link is for, and do it."""
    routes = APIGatewayHttpRouter()
    holders = LinkHolders(membership.table, membership.clock)

    def token() -> str:
        return Request(routes).body(Token).token

    def done(member: Member, token: str) -> Response[str]:
        return _response(member, token, _name_or_id(membership, member))

    @routes.post("/members/look")
    def look() -> Response[str]:
        text = token()
        member = holders.find(text)
        return _response(member, text, membership.name_of(member.owner))

    @routes.post("/members/confirm")
    def confirm() -> Response[str]:
        text = token()
        return done(holders.confirm(text), text)

    @routes.post("/members/stop")
    def stop() -> Response[str]:
        text = token()
        return done(holders.stop(text), text)

    @routes.post("/members/allow")
    def allow() -> Response[str]:
        text = token()
        return done(holders.allow(text), text)

    @routes.post("/unsubscribe/<token>")
    def unsubscribe(token: str) -> Response[str]:
        with suppress(NotFoundError):  # whoever it was for gets no messages
            holders.stop(token)
        return json_response("{}")

    @routes.get("/unsubscribe/<token>")
    def show_page(token: str) -> Response[str]:
        page = token_page(membership.site_url, token)
        return json_response("", HTTPStatus.SEE_OTHER, {"Location": page})

    return routes


def _response(member: Member, token: str, name: str) -> Response[str]:
    can_stop = Secret(token).has_digest(member.stop_digest)
    return json_response(to_json(shown_to_recipient(member, name, can_stop=can_stop)))


def _name_or_id(membership: Membership, member: Member) -> str:
    """Return the name of a member's team or home; its id where that fails, for whatever reason.

    For the answer to what is done already, which must not be told as failed.
    """
    try:
        return membership.name_of(member.owner)
    except Exception:
        logger.exception("name not read", owner=str(member.owner))
        return member.owner.owner_id
