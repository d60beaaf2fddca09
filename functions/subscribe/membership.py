"""The people who get messages: they are added, invited, and agree or stop by themselves."""

import uuid
from dataclasses import dataclass
from typing import Final

from shared.aws.address_key import AddressKey
from shared.aws.clock import Clock
from shared.aws.senders import Emails, NotSentError, Texts
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from shared.domain.link_secret import Secret
from shared.domain.member import Member, MemberState, Owner, OwnerKind, Protocol
from shared.domain.sealed_address import SealedAddress
from shared.messages.links import token_page
from shared.store import homes, members
from shared.store.table import Table
from subscribe.address import Address
from subscribe.invitation import invitation_email, invitation_text

MAX_MEMBERS: Final = 100
"""The most people of a team or a home. Those added at the same moment may exceed it by a few."""


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

        Raises ConflictError, NotFoundError, BusyError.
        """
        self._check_sender(address.protocol)
        name = self.name_of(owner)
        listed = self.list_of(owner)
        if known := self._find(listed, address):
            return known
        if len(listed) >= limit:
            raise ConflictError(
                f"There are {limit} members, which is the most there can be. Remove one first."
            )
        member_id, stop = str(uuid.uuid4()), Secret.token()
        sealed = SealedAddress(address.endpoint, stop)
        invitation, now = _invitation_secret(address.protocol), self.clock.now()
        member = Member(
            owner=owner,
            member_id=member_id,
            protocol=address.protocol,
            masked=address.masked,
            sealed=self.key.seal(sealed.to_text(), str(owner), member_id),
            stop_digest=stop.digest,
            state=MemberState.PENDING,
            state_at=now,
            added_at=now,
            version=0,
        ).invite(invitation, now)
        members.add(self.table, member)
        return self._send_invitation(member, name, sealed, invitation)

    def carry_over(self, member: Member, owner: Owner) -> Member:
        """Add someone to another owner, where they are invited and agree once more.

        Raises ConflictError, NotFoundError, BusyError.
        """
        return self.add(owner, self._address(member))

    def same_person(self, member: Member, listed: list[Member]) -> Member | None:
        """Return who of these has the same address. Raises BusyError."""
        return self._find(listed, self._address(member)) if member.sealed else None

    def confirmed(self, owner: Owner, member_id: str) -> Member:
        """Return someone who gets messages. Raises NotFoundError, BusyError."""
        member = members.load(self.table, owner, member_id, self.clock.now())
        if member.state is not MemberState.CONFIRMED:
            raise members.not_found()
        return member

    def invite(self, owner: Owner, member_id: str) -> Member:
        """Send someone a new invitation. Raises ConflictError, NotFoundError, BusyError."""
        now = self.clock.now()
        member = members.load(self.table, owner, member_id, now)
        self._check_sender(member.protocol)
        invitation = _invitation_secret(member.protocol)
        member = members.revise(
            self.table, member, now, lambda current: current.invite(invitation, now)
        )
        return self._send_invitation(member, self.name_of(owner), self._open(member), invitation)

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
        members.remove(self.table, members.load(self.table, owner, member_id, self.clock.now()))

    def find(self, token: str) -> Member:
        """Return whom the token of a link is for. Raises NotFoundError, BusyError."""
        try:
            return members.load_by_token(self.table, Secret(token), self.clock.now())
        except NotFoundError:
            raise NotFoundError(
                "token: this link no longer works. If you still get messages that you do not want,"
                " use the link in the newest one."
            ) from None

    def confirm(self, token: str) -> Member:
        """Confirm whoever opened the link of an invitation. Raises NotFoundError, BusyError."""
        member, now = self.find(token), self.clock.now()
        if Secret(token).has_digest(member.stop_digest):
            raise NotFoundError("token: this link stops messages. It cannot start them.")
        return members.revise(self.table, member, now, lambda current: current.confirm_by_link(now))

    def stop(self, token: str) -> Member:
        """Stop the messages of whoever has this link. Raises NotFoundError, BusyError."""
        member, now = self.find(token), self.clock.now()
        if not Secret(token).has_digest(member.stop_digest):
            raise NotFoundError("token: this link starts messages. It cannot stop them.")
        return members.revise(
            self.table,
            member,
            now,
            lambda current: current.stop(MemberState.UNSUBSCRIBED, now),
        )

    def name_of(self, owner: Owner) -> str:
        """Return the name of a team or a home. Raises NotFoundError, BusyError."""
        if owner.kind is OwnerKind.TEAM:
            return owner.owner_id
        name: str = homes.load(self.table, owner.owner_id)["name"]
        return name

    def name_or_id_of(self, owner: Owner) -> str:
        """Return the name of a team or a home; its id where that fails, for whatever reason.

        For the answer to what is done already, which must not be told as failed.
        """
        try:
            return self.name_of(owner)
        except Exception:
            logger.exception("name not read", owner=str(owner))
            return owner.owner_id

    def _check_sender(self, protocol: Protocol) -> None:
        sender = self.emails.sender if protocol is Protocol.EMAIL else self.texts.sender_id
        if not sender:
            raise ConflictError(
                f"Your council has not set up {_PLURALS[protocol]}. Add another kind of address, or"
                " ask the people who run Bedboard for your council."
            )

    def _find(self, listed: list[Member], address: Address) -> Member | None:
        """Return who has this address, by opening only those that look the same masked."""
        for member in listed:
            looks_same = (member.protocol, member.masked) == (address.protocol, address.masked)
            if looks_same and member.sealed and self._open(member).address == address.endpoint:
                return member
        return None

    def _address(self, member: Member) -> Address:
        return Address(member.protocol, self._open(member).address)

    def _open(self, member: Member) -> SealedAddress:
        if member.sealed is None:
            raise ConflictError("The address of this member is deleted. Add it again.")
        text = self.key.open(member.sealed, str(member.owner), member.member_id)
        return SealedAddress.from_text(text)

    def _send_invitation(
        self, member: Member, name: str, sealed: SealedAddress, invitation: Secret
    ) -> Member:
        """Return the member as they are then. Raises ConflictError, BusyError."""
        stop_page = token_page(self.site_url, sealed.stop_token.text)
        try:
            if member.protocol is Protocol.SMS:
                if self.texts.is_opted_out(sealed.address):
                    now = self.clock.now()
                    return members.revise(
                        self.table,
                        member,
                        now,
                        lambda current: current.stop(MemberState.OPTED_OUT, now),
                    )
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
        return member


_PLURALS: Final = {Protocol.EMAIL: "emails", Protocol.SMS: "text messages"}


def _invitation_secret(protocol: Protocol) -> Secret:
    return Secret.code() if protocol is Protocol.SMS else Secret.token()
