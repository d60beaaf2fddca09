"""The people who get messages, as their team or home adds, invites and removes them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.aws.address_key import AddressKey
from shared.aws.clock import Clock
from shared.aws.senders import Emails, NotSentError, Texts
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.errors import ConflictError, Problem, RefusedError
from shared.domain.link_secret import Secret
from shared.domain.member import Member, MemberState, Owner, OwnerKind, Protocol, Sending
from shared.domain.sealed_address import SealedAddress
from shared.messages.links import token_page
from shared.store import homes, invitations, members
from shared.store.table import Table
from subscribe.address import Address
from subscribe.invitation import invitation_email, invitation_text

MAX_MEMBERS: Final = 100
"""The most people of a team or a home."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The people of one stack's teams and homes."""

    table: Table
    clock: Clock
    key: AddressKey
    emails: Emails
    texts: Texts
    site_url: str

    def list_of(self, owner: Owner) -> list[Member]:
        """Return the people of a team or a home, oldest first. Raises BusyError."""
        now = self.clock.now()
        listed = members.list_of_owner(self.table, owner, now, report_unreadable)
        return sorted(listed, key=lambda member: (member.added_at, member.member_id))

    def add(self, owner: Owner, address: Address, *, limit: int = MAX_MEMBERS) -> Member:
        """Add someone and invite them; one who is there already stays as they are.

        But who is there and may not have been sent their invitation is sent one. Raises
        ConflictError, NotFoundError, BusyError.
        """
        self._check_sender(address.protocol)
        name = self.name_of(owner)
        digest = invitations.digest_of(self.table, self.key, address.protocol, address.endpoint)
        invitation, now = _invitation_secret(address.protocol), self.clock.now()

        def decide(people: list[Member]) -> Member:
            known = _find(people, digest)
            if known:
                return known.invite(invitation, now) if known.lacks_invitation else known
            if len(people) >= limit:
                raise ConflictError(
                    f"There are {limit} members, which is the most there can be. Remove one first."
                )
            return self._new_member(owner, address, digest, now).invite(invitation, now)

        return self._invite(owner, digest, name, invitation, now, decide)

    def carry_over(self, member: Member, owner: Owner) -> Member:
        """Add someone to another owner, where they are invited and agree once more.

        Raises ConflictError, NotFoundError, BusyError.
        """
        return self.add(owner, Address(member.protocol, self._open(member).address))

    def same_person(self, member: Member, listed: list[Member]) -> Member | None:
        """Return who of these has the same address."""
        return _find(listed, member.address_digest)

    def confirmed(self, owner: Owner, member_id: str) -> Member:
        """Return someone who gets messages. Raises NotFoundError, BusyError."""
        member = members.load(self.table, owner, member_id, self.clock.now())
        if member.state is not MemberState.CONFIRMED:
            raise members.not_found()
        return member

    def invite(self, owner: Owner, member_id: str) -> Member:
        """Send someone a new invitation. Raises ConflictError, NotFoundError, BusyError."""
        now = self.clock.now()
        loaded = members.load(self.table, owner, member_id, now)
        self._check_sender(loaded.protocol)
        name, invitation = self.name_of(owner), _invitation_secret(loaded.protocol)

        def decide(people: list[Member]) -> Member:
            for each in people:
                if each.member_id == member_id:
                    return each.invite(invitation, now)
            raise members.not_found()

        return self._invite(owner, loaded.address_digest, name, invitation, now, decide)

    def enter_code(self, owner: Owner, member_id: str, code: str) -> Member:
        """Confirm the phone that the code was sent to.

        Raises RefusedError where it is another code, ConflictError, NotFoundError, BusyError.
        """
        now = self.clock.now()
        member = members.load(self.table, owner, member_id, now)
        member = members.revise(
            self.table, member, now, lambda current: current.confirm_by_code(Secret(code), now)
        )
        if member.state is not MemberState.CONFIRMED:
            left = f"; tries left: {member.tries_left}"
            raise RefusedError(Problem("code", f"the six digits of the text message{left}"))
        return member

    def remove(self, owner: Owner, member_id: str) -> None:
        """Delete someone with their address. Raises NotFoundError, BusyError."""
        now = self.clock.now()
        members.remove(self.table, members.load(self.table, owner, member_id, now), now)

    def name_of(self, owner: Owner) -> str:
        """Return the name of a team or a home. Raises NotFoundError, BusyError."""
        if owner.kind is OwnerKind.TEAM:
            return owner.owner_id
        name: str = homes.load(self.table, owner.owner_id)["name"]
        return name

    def _check_sender(self, protocol: Protocol) -> None:
        sender = self.emails.sender if protocol is Protocol.EMAIL else self.texts.sender_id
        if not sender:
            raise ConflictError(
                f"Your council has not set up {_PLURALS[protocol]}. Add another kind of address, or"
                " ask the people who run Bedboard for your council."
            )

    def _new_member(self, owner: Owner, address: Address, digest: str, now: datetime) -> Member:
        """Return someone who is not saved yet. Raises BusyError."""
        member_id, stop = str(uuid.uuid4()), Secret.token()
        sealed = SealedAddress(address.endpoint, stop)
        return Member(
            owner=owner,
            member_id=member_id,
            protocol=address.protocol,
            masked=address.masked,
            sealed=self.key.seal(sealed.to_text(), str(owner), member_id),
            address_digest=digest,
            stop_digest=stop.digest,
            state=MemberState.PENDING,
            state_at=now,
            added_at=now,
            version=0,
        )

    def _invite(
        self,
        owner: Owner,
        digest: str,
        name: str,
        invitation: Secret,
        now: datetime,
        decide: Callable[[list[Member]], Member],
    ) -> Member:
        """Save whom `decide` invites, send the invitation, and save what became of it."""
        member = members.invite(self.table, owner, digest, now, report_unreadable, decide)
        if not invitation.has_digest(member.invitation_digest):
            return member  # they need none
        try:
            self._send(member, name, invitation)
        except _OptedOutError:
            return members.revise(
                self.table, member, now, lambda current: current.stop(MemberState.OPTED_OUT, now)
            )
        except Exception:  # whatever it was, the same request must send it again
            self._note(member, invitation, Sending.FAILED)
            raise
        return self._note(member, invitation, Sending.SENT)

    def _note(self, member: Member, invitation: Secret, sending: Sending) -> Member:
        """Save what became of an invitation; where that fails, the answer is the same.

        A repeated request then sends another one.
        """
        noted = member.with_sending(invitation, sending)
        try:
            return members.revise(
                self.table,
                member,
                self.clock.now(),
                lambda current: current.with_sending(invitation, sending),
            )
        except Exception:
            logger.exception("invitation not noted", member_id=member.member_id, sending=sending)
            return noted

    def _open(self, member: Member) -> SealedAddress:
        if member.sealed is None:
            raise ConflictError("The address of this member is deleted. Add it again.")
        text = self.key.open(member.sealed, str(member.owner), member.member_id)
        return SealedAddress.from_text(text)

    def _send(self, member: Member, name: str, invitation: Secret) -> None:
        """Send an invitation. Raises _OptedOutError, ConflictError, BusyError."""
        sealed = self._open(member)
        stop_page = token_page(self.site_url, sealed.stop_token.text)
        try:
            if member.protocol is Protocol.SMS:
                if self.texts.is_opted_out(sealed.address):
                    raise _OptedOutError
                self.texts.send(sealed.address, invitation_text(name, invitation.text, stop_page))
            else:
                page = token_page(self.site_url, invitation.text)
                email = invitation_email(member.owner, name, page, stop_page)
                self.emails.send(sealed.address, email, member.tags)
        except NotSentError as refused:
            logger.error("invitation not sent", member_id=member.member_id, reason=str(refused))
            raise ConflictError(
                "The invitation could not be sent. Check the address, then send it again. If that"
                " does not help, tell the people who run Bedboard for your council."
            ) from None


class _OptedOutError(Exception):
    """The phone's owner stopped all texts of this AWS account."""


_PLURALS: Final = {Protocol.EMAIL: "emails", Protocol.SMS: "text messages"}


def _invitation_secret(protocol: Protocol) -> Secret:
    return Secret.code() if protocol is Protocol.SMS else Secret.token()


def _find(people: list[Member], digest: str) -> Member | None:
    """Return who has this address and did not end the messages."""
    return next((each for each in people if each.sealed and each.address_digest == digest), None)
