"""A member: a person who gets a team's alerts or a home's reminders, once they have agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, timestamp
from shared.domain.errors import ConflictError
from shared.domain.link_secret import Secret

INVITATION_LIFETIME: Final = timedelta(hours=48)
"""How long the address of someone who has not agreed is kept."""

CODE_LIFETIME: Final = timedelta(hours=1)
CODE_TRIES: Final = 5

MAX_INVITATIONS: Final = 5
"""The most that a member is sent, so that no one can be pestered by it."""

ENDED_RETENTION: Final = timedelta(days=28)
"""How long a team sees that someone stopped its messages."""


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
    stop_digest: str
    """Of the token of the link that stops their messages."""
    state: MemberState
    state_at: datetime
    added_at: datetime
    version: int = 1
    invitation_digest: str | None = None
    """Of the code or token that the last invitation holds."""
    invited_at: datetime | None = None
    invitations: int = 0
    tries_left: int = 0

    @property
    def expires_at(self) -> datetime | None:
        """When the member is deleted by itself, if ever."""
        if self.state is MemberState.PENDING:
            return (self.invited_at or self.state_at) + INVITATION_LIFETIME
        return self.state_at + ENDED_RETENTION if self.state in _ENDED else None

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

    def invite(self, secret: Secret, now: datetime) -> "Member":
        """Return the member with a new invitation, which ends the one before.

        Raises ConflictError.
        """
        if self.state not in _CAN_BE_INVITED:
            raise ConflictError(_NOT_INVITED[self.state])
        if self.invitations >= MAX_INVITATIONS:
            raise ConflictError(
                f"This member was sent {MAX_INVITATIONS} invitations, which is the most there can"
                " be. Remove them, check the address with them, and add them again."
            )
        return replace(
            self,
            version=self.version + 1,
            state=MemberState.PENDING,
            state_at=self.state_at if self.state is MemberState.PENDING else now,
            invitation_digest=secret.digest,
            invited_at=now,
            invitations=self.invitations + 1,
            tries_left=CODE_TRIES,
        )

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
        if self.state in _ENDED or self.state is state:
            return self
        stopped = self._with_state(state, now)
        return replace(stopped, sealed=None) if state in _ENDED else stopped

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
            "invitations": self.invitations,
            "tries_left": self.tries_left,
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
            invitations=document["invitations"],
            tries_left=document["tries_left"],
        )


_NOT_INVITED: Final = {
    MemberState.CONFIRMED: "This member has agreed already. They need no invitation.",
    MemberState.COMPLAINED: (
        "This member marked a message as spam, and their address is deleted. Add the address again"
        " only if they ask you to."
    ),
    MemberState.UNSUBSCRIBED: (
        "This member stopped the messages, and their address is deleted. Add the address again"
        " only if they ask you to."
    ),
}
