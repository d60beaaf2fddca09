"""Two calls a day: the council rings two listings of each working day, and asks if a bed is there.

Nobody chooses them. The day draws them, once: every listing gets a number from the day, the council
and the listing alone, and those with the lowest are called. So each is as likely as any other, the
order of the list does not matter, and anyone can draw again and get the same. Nothing is drawn in
place of a home that was not called or did not answer: these are published, too.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.availability import free_beds
from shared.domain.bank_holidays import is_bank_holiday
from shared.domain.documents import Document, HomeDocument
from shared.domain.outcome import COUNCIL, CallResult, Outcome, reporter_of
from shared.domain.truth import Rate, audits, rate_in_public
from shared.domain.vocabulary import BedCategory

CALLS_A_DAY: Final = 2

_SATURDAY: Final = 5


class ListedBeds(NamedTuple):
    """The free beds of one category that one home lists."""

    location_id: str
    category: BedCategory


class CallState(StrEnum):
    """What became of a listing that was drawn."""

    THERE = "there"
    GONE = "gone"
    UNANSWERED = "unanswered"
    """It was called, but nobody who could tell was reached."""
    UNCALLED = "uncalled"
    """The day went by without a call."""
    TO_CALL = "to_call"
    """It is to be called today."""


class DrawnCall(NamedTuple):
    """A listing that was drawn for a day."""

    day: date
    listing: ListedBeds


@dataclass(frozen=True, slots=True)
class AuditTally:
    """What became of the calls of some days."""

    there: int = 0
    gone: int = 0
    unanswered: int = 0
    uncalled: int = 0
    to_call: int = 0
    homes: frozenset[str] = frozenset()
    """Whose listings were answered for."""

    @property
    def truth(self) -> Rate:
        """Return how often a bed was there, of the calls that were answered."""
        return Rate(self.there, self.there + self.gone)

    @property
    def drawn(self) -> int:
        """Return how many were drawn, but for those that are still to be called."""
        return self.called + self.uncalled

    @property
    def called(self) -> int:
        """Return how many were called, answered or not."""
        return self.there + self.gone + self.unanswered

    def shown_in_public(self) -> Document:
        """Return what anyone may see: how many calls were missed is always shown."""
        return {"truth": rate_in_public(self.truth, self.homes), **self.counts()}

    def counts(self) -> Document:
        """Return how many calls were drawn and made, and how many nobody answered."""
        return {
            "drawn": self.drawn,
            "called": self.called,
            "unanswered": self.unanswered,
            "uncalled": self.uncalled,
        }


def is_audit_day(day: date) -> bool:
    """Tell whether calls are made on a day: Monday to Friday, but not on a bank holiday."""
    return day.weekday() < _SATURDAY and not is_bank_holiday(day)


def listings_shown(homes: Iterable[HomeDocument]) -> list[ListedBeds]:
    """Return every category of every home that shows at least one bed as free now."""
    return [
        ListedBeds(home["location_id"], BedCategory(category))
        for home in homes
        for category in free_beds(home)
        if category in home.get("said_at", {})
    ]


def draw_calls(
    council: str, day: date, listings: Iterable[ListedBeds], calls: int = CALLS_A_DAY
) -> list[DrawnCall]:
    """Draw the listings to call on a day, in the order in which to call them.

    With more calls the first are the same. Fewer are drawn where fewer are listed, and none on a
    day that is no working day.
    """
    if not is_audit_day(day):
        return []
    seed = hashlib.sha256(f"{council}|{day.isoformat()}".encode())

    def lot(listing: ListedBeds) -> bytes:
        drawn = seed.copy()
        drawn.update(f"|{listing.location_id}|{listing.category}".encode())
        return drawn.digest()

    return [DrawnCall(day, each) for each in sorted(set(listings), key=lot)[:calls]]


def audit_reporter(call: DrawnCall, said_at: datetime) -> str:
    """Return who reports the outcome of a drawn call, as `reporter_of` does for a team.

    The same listing may be drawn on another day: that is another call with an outcome of its own.
    """
    return reporter_of(f"{COUNCIL} {call.day.isoformat()}", *call.listing, said_at)


def call_states(
    drawn: Iterable[DrawnCall], outcomes: Iterable[Outcome], today: date
) -> dict[DrawnCall, CallState]:
    """Return what became of each listing that was drawn; other outcomes do not count."""
    found = {
        (each.audit_day, each.shown.location_id, each.shown.category): each
        for each in audits(outcomes)
    }
    return {
        call: _state(found.get((call.day.isoformat(), *call.listing)), call.day, today)
        for call in drawn
    }


def audit_tally(states: Mapping[DrawnCall, CallState]) -> AuditTally:
    """Count what became of the calls."""
    counts = Counter(states.values())
    answered = {
        call.listing.location_id
        for call, state in states.items()
        if state in {CallState.THERE, CallState.GONE}
    }
    return AuditTally(
        **{state.value: counts[state] for state in CallState}, homes=frozenset(answered)
    )


def _state(outcome: Outcome | None, day: date, today: date) -> CallState:
    if outcome is None:
        return CallState.UNCALLED if day < today else CallState.TO_CALL
    result = outcome.first_contact
    if result is None:
        return CallState.UNANSWERED
    return CallState.GONE if result is CallResult.GONE else CallState.THERE
