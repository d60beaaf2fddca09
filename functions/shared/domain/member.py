"""A member: a person who gets a team's alerts or a home's reminders, once they have agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, timestamp
from shared.domain.errors import BusyError, ConflictError
from shared.domain.link_secret import Secret

INVITATION_LIFETIME: Final = timedelta(hours=48)
"""How long the address of someone who has not agreed is kept."""

CODE_LIFETIME: Final = timedelta(hours=1)
CODE_TRIES: Final = 5

SENDING_TIME: Final = timedelta(seconds=60)
"""Longer than the function that sends an invitation can run: afterwards nothing sends it."""

ENDED_RETENTION: Final = timedelta(days=28)
"""How long a team sees that someone stopped its messages."""

REFUSAL_RETENTION: Final = timedelta(days=730)
"""How long nobody may invite someone who ended the messages, unless they allow it: and how long
the link in their messages can."""


class Protocol(StrEnum):
    """How a member is reached: a person by email and text, a system by the other two."""

    EMAIL = "email"
    SMS = "sms"
    HTTPS = "https"
    SQS = "sqs"


class OwnerKind(StrEnum):
    """What members belong to."""

    TEAM = "team"
    HOME = "home"


class Owner(NamedTuple):
    """The discharge team, by its slug, or the care home, by its location_id."""

    kind: OwnerKind
    owner_id: str

    @classmethod
    def team(cls, slug: str) -> "Owner":
        """Return a discharge team."""
        return cls(OwnerKind.TEAM, slug)

    @classmethod
    def home(cls, location_id: str) -> "Owner":
        """Return a care home."""
        return cls(OwnerKind.HOME, location_id)

    @classmethod
    def parse(cls, text: str) -> "Owner":
        """Read what `str` writes. Raises ValueError."""
        kind, _, owner_id = text.partition("#")
        return cls(OwnerKind(kind), owner_id)

    def __str__(self) -> str:
        return f"{self.kind}#{self.owner_id}"


class MemberState(StrEnum):
    """Whether a person gets messages, and why not."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    BOUNCED = "bounced"
    """Their mailbox refuses emails for good."""
    OPTED_OUT = "opted_out"
    """They stopped all texts of this AWS account with the network."""
    COMPLAINED = "complained"
    """They marked an email as spam."""
    UNSUBSCRIBED = "unsubscribed"


class Sending(StrEnum):
    """What is known of the last invitation."""

    BEGUN = "begun"
    SENT = "sent"
    FAILED = "failed"
    """It may have been sent all the same."""


_ENDED: Final = {MemberState.COMPLAINED, MemberState.UNSUBSCRIBED}
"""The states in which nobody may write to the person again, so that their address is deleted."""

_CAN_BE_INVITED: Final = {MemberState.PENDING, MemberState.BOUNCED, MemberState.OPTED_OUT}


@dataclass(frozen=True, slots=True)
class Member:
    """A person who gets messages; their address is sealed, and known here only masked."""

    owner: Owner
    member_id: str
    protocol: Protocol
    masked: str
    sealed: bytes | None
    """The address and the token of their link to stop, encrypted; None once they ended it."""
    address_digest: str
    """Stands for the address, also when that is deleted; see `address_digest`."""
    stop_digest: str
    """Of the token of the link that stops their messages."""
    state: MemberState
    state_at: datetime
    added_at: datetime
    version: int = 1
    invitation_digest: str | None = None
    """Of the code or token that the last invitation holds."""
    invited_at: datetime | None = None
    sending: Sending = Sending.BEGUN
    tries_left: int = 0
    is_removed: bool = False
    """Hidden after they ended it, but for the link in their messages."""

    @property
    def expires_at(self) -> datetime | None:
        """When the member is deleted by itself, if ever."""
        if self.state is MemberState.PENDING:
            return (self.invited_at or self.state_at) + INVITATION_LIFETIME
        return self.state_at + REFUSAL_RETENTION if self.is_ended else None

    @property
    def is_ended(self) -> bool:
        """Tell whether they ended the messages themselves: nobody may invite them again."""
        return self.state in _ENDED

    @property
    def lacks_invitation(self) -> bool:
        """Tell whether they wait for an invitation that may not have been sent."""
        return self.state is MemberState.PENDING and self.sending is not Sending.SENT

    @property
    def tags(self) -> dict[str, str]:
        """Return the tags of an email to them, by which a report of its bounce names them."""
        return {
            "kind": self.owner.kind,
            "owner": self.owner.owner_id,
            "member": self.member_id,
        }

    def is_over(self, now: datetime) -> bool:
        """Tell whether it should be deleted by now: DynamoDB may take days over it."""
        return self.expires_at is not None and self.expires_at <= now

    def is_listed(self, now: datetime) -> bool:
        """Tell whether their team or home sees them."""
        if self.is_ended and (self.is_removed or now >= self.state_at + ENDED_RETENTION):
            return False
        return not self.is_over(now)

    def invite(self, secret: Secret, now: datetime) -> "Member":
        """Return the member with a new invitation, which ends the one before.

        Raises ConflictError; BusyError while another request sends one.
        """
        if self.state not in _CAN_BE_INVITED:
            raise ConflictError(_NOT_INVITED[self.state])
        begun = self.sending is Sending.BEGUN and self.state is MemberState.PENDING
        if begun and self.invited_at and now < self.invited_at + SENDING_TIME:
            raise BusyError(
                "An invitation to this address is being sent. Load the members again in a minute,"
                " and send it again if it was not sent."
            )
        return replace(
            self,
            version=self.version + 1,
            state=MemberState.PENDING,
            state_at=self.state_at if self.state is MemberState.PENDING else now,
            invitation_digest=secret.digest,
            invited_at=now,
            sending=Sending.BEGUN,
            tries_left=CODE_TRIES,
        )

    def with_sending(self, invitation: Secret, sending: Sending) -> "Member":
        """Return the member with what became of an invitation, unless there is a newer one."""
        if self.sending is sending or not invitation.has_digest(self.invitation_digest):
            return self
        return replace(self, version=self.version + 1, sending=sending)

    def confirm_by_code(self, code: Secret, now: datetime) -> "Member":
        """Return the member as confirmed, or with one try less where the code is wrong.

        Raises ConflictError where no code is awaited.
        """
        if self.state is MemberState.CONFIRMED:
            return self
        if self.state is not MemberState.PENDING or self.protocol is not Protocol.SMS:
            raise ConflictError("This member is not waiting for a code. Load the members again.")
        if not self.invited_at or now >= self.invited_at + CODE_LIFETIME or not self.tries_left:
            raise ConflictError("This code no longer works. Send a new one.")
        if not code.has_digest(self.invitation_digest):
            return replace(self, version=self.version + 1, tries_left=self.tries_left - 1)
        return self._with_state(MemberState.CONFIRMED, now)

    def confirm_by_link(self, now: datetime) -> "Member":
        """Return the member as confirmed; one that is not pending stays as they are."""
        if self.state is not MemberState.PENDING:
            return self
        return self._with_state(MemberState.CONFIRMED, now)

    def stop(self, state: MemberState, now: datetime) -> "Member":
        """Return the member who gets no more messages; one that ended it stays as they are."""
        if self.is_ended or self.state is state:
            return self
        stopped = self._with_state(state, now)
        return replace(stopped, sealed=None) if state in _ENDED else stopped

    def hide(self) -> "Member":
        """Return the member, who ended it, as their team or home sees them no more."""
        return self if self.is_removed else replace(self, version=self.version + 1, is_removed=True)

    def _with_state(self, state: MemberState, now: datetime) -> "Member":
        return replace(self, version=self.version + 1, state=state, state_at=now)

    def to_document(self) -> Document:
        """Write what is stored in clear."""
        return {
            "protocol": self.protocol,
            "masked": self.masked,
            "stop_digest": self.stop_digest,
            "state": self.state,
            "state_at": timestamp(self.state_at),
            "added_at": timestamp(self.added_at),
            "invitation_digest": self.invitation_digest,
            "invited_at": timestamp(self.invited_at) if self.invited_at else None,
            "sending": self.sending,
            "tries_left": self.tries_left,
            "address_digest": self.address_digest,
            "is_removed": self.is_removed,
        }

    @classmethod
    def from_document(
        cls,
        owner: Owner,
        member_id: str,
        version: int,
        document: Mapping[str, Any],
        sealed: bytes | None,
    ) -> Self:
        """Read a member from what is stored."""
        invited_at = document["invited_at"]
        return cls(
            owner=owner,
            member_id=member_id,
            protocol=Protocol(document["protocol"]),
            masked=document["masked"],
            sealed=sealed,
            stop_digest=document["stop_digest"],
            state=MemberState(document["state"]),
            state_at=datetime.fromisoformat(document["state_at"]),
            added_at=datetime.fromisoformat(document["added_at"]),
            version=version,
            invitation_digest=document["invitation_digest"],
            invited_at=datetime.fromisoformat(invited_at) if invited_at else None,
            sending=Sending(document["sending"]),
            tries_left=document["tries_left"],
            address_digest=document["address_digest"],
            is_removed=document["is_removed"],
        )


_NOT_INVITED: Final = {
    MemberState.CONFIRMED: "This member has agreed already. They need no invitation.",
    MemberState.COMPLAINED: (
        "This member marked a message as spam, and their address is deleted. It can be added again"
        " only after they allow invitations with the link in a message that they had from us."
    ),
    MemberState.UNSUBSCRIBED: (
        "This member stopped the messages, and their address is deleted. It can be added again"
        " only after they allow invitations with the link in a message that they had from us."
    ),
}
