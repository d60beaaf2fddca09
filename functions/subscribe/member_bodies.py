"""The request bodies about members, and how the API shows a member."""

from typing import Annotated

from pydantic import StringConstraints

from shared.domain.documents import Document, timestamp
from shared.domain.member import Member, MemberState, OwnerKind, Protocol
from shared.http.body import Body
from subscribe.address import Address

_Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
_Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]


class NewMember(Body):
    """A new member; `team` is needed where the caller belongs to several."""

    protocol: Protocol
    address: str
    team: str | None = None

    def to_address(self) -> Address:
        """Return the address in its normal form. Raises RefusedError."""
        return Address.parse(self.protocol, self.address)


class NewReminder(Body):
    """A person to remind; a system would learn nothing that the search does not tell."""

    protocol: Protocol
    address: str

    def to_address(self) -> Address:
        """Return the address in its normal form. Raises RefusedError."""
        return Address.parse_personal(self.protocol, self.address)


class OfTeam(Body):
    """Nothing but the team, where the caller belongs to several."""

    team: str | None = None


class Nothing(Body):
    """An empty object."""


class Code(Body):
    """The code of a text message."""

    code: _Code


class CodeOfTeam(Code):
    """The code of a text message, and the team where the caller belongs to several."""

    team: str | None = None


class Token(Body):
    """The token of a link."""

    token: _Token


def shown(member: Member) -> Document:
    """Return the member as the API shows them, with the address masked."""
    document: Document = {
        "member_id": member.member_id,
        "protocol": member.protocol,
        "address": member.masked,
        "state": member.state,
        "state_at": timestamp(member.state_at),
    }
    if member.state is MemberState.PENDING and member.expires_at:
        document["expires_at"] = timestamp(member.expires_at)
        document["invitation_sent"] = not member.lacks_invitation
    return document


def shown_to_recipient(member: Member, name: str, *, can_stop: bool) -> Document:
    """Return what the page behind a link shows of a member."""
    owner = member.owner
    whose: Document = (
        {"team": owner.owner_id}
        if owner.kind is OwnerKind.TEAM
        else {"location_id": owner.owner_id, "name": name}
    )
    return {
        "purpose": "stop" if can_stop else "confirm",
        **whose,
        "protocol": member.protocol,
        "address": member.masked,
        "state": member.state,
    }
