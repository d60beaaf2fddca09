"""How often people may be invited, so that no one is pestered, even if they are removed first."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, Self

from shared.domain.errors import ConflictError
from shared.domain.member import Protocol
from shared.domain.uk_time import uk_day

MAX_INVITATIONS: Final = 5
WITHIN: Final = timedelta(days=28)
"""The most that one team or home may send to an address, and within what time."""

MAX_INVITATIONS_A_DAY: Final = 50
"""The most that one team or home may send: enough for a large team to set itself up."""


def address_digest(secret: bytes, protocol: Protocol, address: str) -> str:
    """Return what stands for an address: nobody can make it, or guess from it, without the secret.

    A plain hash would not do: all phone numbers are hashed in seconds.
    """
    return hmac.new(secret, f"{protocol}:{address}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class InvitationsOfDay:
    """What a team or home sent on a UK day; `version` guards all that it adds."""

    version: int = 0
    day: date | None = None
    number: int = 0

    def with_one_more(self, now: datetime) -> Self:
        """Count an invitation. Raises ConflictError."""
        number = self.number if self.day == uk_day(now) else 0
        if number >= MAX_INVITATIONS_A_DAY:
            raise ConflictError(
                f"{MAX_INVITATIONS_A_DAY} invitations were sent today, which is the most there can"
                " be. Send the rest tomorrow."
            )
        return type(self)(self.version + 1, uk_day(now), number + 1)


@dataclass(frozen=True, slots=True)
class InvitationsToAddress:
    """When a team or home invited the owner of an address."""

    version: int = 0
    times: tuple[datetime, ...] = ()

    def with_one_more(self, now: datetime) -> Self:
        """Count an invitation. Raises ConflictError."""
        times = [each for each in self.times if each > now - WITHIN]
        if len(times) >= MAX_INVITATIONS:
            next_day = uk_day(min(times) + WITHIN)
            raise ConflictError(
                f"This address was sent {MAX_INVITATIONS} invitations, which is the most there can"
                f" be in {WITHIN.days} days. Check the address with its owner. From"
                f" {next_day.day} {next_day:%B %Y} you can send another one."
            )
        return type(self)(self.version + 1, (*times, now))


class InvitationLedger(NamedTuple):
    """What decides whether a team or home may invite the owner of an address."""

    of_day: InvitationsOfDay
    to_address: InvitationsToAddress
    is_refused: bool

    def with_one_more(self, now: datetime) -> "InvitationLedger":
        """Count an invitation. Raises ConflictError."""
        if self.is_refused:
            raise ConflictError(
                "This address cannot be invited, because its owner asked not to be. If they want"
                " messages now, they can allow invitations with the link in any email, or in the"
                " first text, that they had from us."
            )
        return self._replace(
            of_day=self.of_day.with_one_more(now), to_address=self.to_address.with_one_more(now)
        )
