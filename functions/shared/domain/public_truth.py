"""The rate that anyone may read where search is public: how often the whole list was right.

It is published once a month, of a year of whole months; `disclosure` says when a new one may
follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Self

from shared.domain.audit import CallState, DrawnCall, audit_tally, call_states
from shared.domain.demand import Period
from shared.domain.disclosure import Answer, first_day, may_be_told
from shared.domain.documents import Document
from shared.domain.outcome import Outcome

PUBLIC_MEMBERS: Final = ("truth", "drawn", "called", "unanswered", "uncalled")
"""The figures of the audit that anyone may see; a new one is hidden until it is here."""


@dataclass(frozen=True, slots=True)
class PublicTruth:
    """What the calls found that were drawn from `first` to `last`, as anyone may read it."""

    first: date
    """Of the first month with a draw, at most a year before `last`."""
    last: date
    audit: Document
    """What `AuditTally.shown_in_public` returns."""

    @property
    def is_shown(self) -> bool:
        """Tell whether there are enough calls to show a rate."""
        return "rate" in self.audit["truth"]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document."""
        first, last = (date.fromisoformat(document[name]) for name in ("first", "last"))
        return cls(first, last, {name: document[name] for name in PUBLIC_MEMBERS})

    def to_document(self) -> Document:
        """Write it as a document, for the table and for everyone."""
        shown = {name: self.audit[name] for name in PUBLIC_MEMBERS}
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), **shown}


def next_public_truth(
    previous: PublicTruth | None,
    month: Period,
    drawn: Iterable[DrawnCall],
    outcomes: Iterable[Outcome],
) -> PublicTruth:
    """Return what to publish when a month is over: the previous one again, if too little is new.

    One whose last day is a year ago is not shown again.
    """
    first, after = first_day(month), month.last + timedelta(days=1)
    states = {
        call: state
        for call, state in call_states(drawn, outcomes, after).items()
        if first <= call.day <= month.last
    }
    if previous and previous.is_shown and previous.last >= first:
        new = (
            Answer(call.listing.location_id, state is CallState.GONE)
            for call, state in states.items()
            if call.day > previous.last and state in {CallState.THERE, CallState.GONE}
        )
        if not may_be_told(new):
            return previous
    began = min((call.day for call in states), default=month.first)
    return PublicTruth(began.replace(day=1), month.last, audit_tally(states).shown_in_public())
