"""Whoever has the link of a message may agree to messages, stop them, or allow invitations."""

from dataclasses import dataclass

from shared.aws.clock import Clock
from shared.domain.errors import ConflictError, NotFoundError
from shared.domain.link_secret import Secret
from shared.domain.member import Member, MemberState
from shared.store import invitations, members
from shared.store.table import Table


@dataclass(frozen=True, slots=True)
class LinkHolders:
    """Whoever has a link of this stack."""

    table: Table
    clock: Clock

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

    def allow(self, token: str) -> Member:
        """Let people invite someone again who stopped messages and has this link.

        Raises ConflictError, NotFoundError, BusyError.
        """
        member = self.find(token)
        if not Secret(token).has_digest(member.stop_digest):
            raise NotFoundError("token: this link starts messages. It allows no invitations.")
        if not member.is_ended:
            raise ConflictError("You did not stop these messages, so people can invite you.")
        invitations.allow(self.table, member.address_digest)
        return member
