"""What teams report of their calls, as the product keeps it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from random import Random
from types import MappingProxyType
from typing import Final

from shared.domain.outcome import CallResult, Outcome, Shown
from simulation.homes import BedGroup
from simulation.teams import Call, CallOutcome

RESULTS: Final[Mapping[CallOutcome, CallResult]] = MappingProxyType(
    {
        CallOutcome.ACCEPTED: CallResult.PURSUING,
        CallOutcome.CANNOT_MEET: CallResult.NOT_FOR_THIS_PERSON,
        CallOutcome.DECLINED: CallResult.NOT_FOR_THIS_PERSON,
        CallOutcome.GONE: CallResult.GONE,
    }
)
"""What a team says of what its call met; a home that lists nothing said nothing wrong."""


def outcome_of(
    group: BedGroup, result: CallResult, told_at: datetime, audit_day: date | None = None
) -> Outcome:
    """Return the outcome of a call about what a home lists."""
    listing = Shown(
        location_id=group.home.said.location_id,
        category=group.category,
        said_at=group.said_at,
        listed=group.listed,
        chance=0.0,
    )
    return Outcome(
        version=1,
        shown=listing,
        reporter="",
        result=result,
        told_at=told_at,
        recorded_at=told_at,
        audit_day=audit_day.isoformat() if audit_day else None,
    )


class Reports:
    """The outcomes that teams report: of one listing each team reports one."""

    def __init__(self, shares: Mapping[CallResult, float], rng: Random) -> None:
        """Report these shares of the calls, by what they met."""
        self._shares: Final = shares
        self._rng: Final = rng
        self._listings: Final[set[tuple[int, BedGroup, datetime]]] = set()
        self.outcomes: Final[list[Outcome]] = []

    def note(self, team: int, calls: Iterable[Call], now: datetime) -> None:
        """Let a team report the calls that it made just now, or leave it."""
        for call in calls:
            result = RESULTS.get(call.outcome)
            listing = (team, call.group, call.group.said_at)
            if result is None or not call.group.listed or listing in self._listings:
                continue
            if self._rng.random() < self._shares[result]:
                self._listings.add(listing)
                self.outcomes.append(outcome_of(call.group, result, now))


def reports_as_assumed(there: float, gone: float, rng: Random) -> Reports:
    """Return reports of these shares of the calls that met a bed, and of those that met none."""
    shares = {result: gone if result is CallResult.GONE else there for result in RESULTS.values()}
    return Reports(shares, rng)
