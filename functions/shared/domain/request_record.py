"""How a home answered the last requests for one thing: a category of bed, or a single need.

Each request counts for its category and for one need at most, so no record, and no two of them,
says what one person needed. It names nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document
from shared.domain.outcome import Outcome
from shared.domain.uk_time import uk_day

MOST_REQUESTS: Final = 10
"""Of one home and thing; the oldest are dropped."""

SHOWN_FROM: Final = 5
"""So many requests say something of a home, and nothing of one person."""

COUNTS_FOR: Final = timedelta(days=365)
"""How long a request says how a home answers today."""


class AnsweredRequest(NamedTuple):
    """What a home answered, and the day in the United Kingdom."""

    day: str
    taken: bool


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """The last requests that a home answered for one thing."""

    location_id: str
    asked: str
    """A category, a need or a funding."""
    version: int = 0
    answers: Mapping[str, AnsweredRequest] = field(default_factory=dict)
    """By the digest of team and listing; see `shared.domain.outcome.reporter_of`."""

    def with_outcome(self, outcome: Outcome) -> "RequestRecord":
        """Return the record once this outcome counts in it, or no more: the same one if equal."""
        answers = {key: each for key, each in self.answers.items() if key != outcome.reporter}
        taken = outcome.took_request
        if taken is not None and self.asked in outcome.asked_for:
            day = uk_day(outcome.told_at).isoformat()
            answers[outcome.reporter] = AnsweredRequest(day, taken)
        newest = sorted(answers.items(), key=lambda each: (each[1].day, each[0]))[-MOST_REQUESTS:]
        if dict(newest) == self.answers:
            return self
        return replace(self, version=self.version + 1, answers=dict(newest))

    def shown(self, today: date) -> Document | None:
        """Return how many of the last requests the home took; None of fewer than five."""
        first = (today - COUNTS_FOR).isoformat()
        recent = [each.taken for each in self.answers.values() if each.day >= first]
        if len(recent) < SHOWN_FROM:
            return None
        return {"asked": self.asked, "taken": sum(recent), "requests": len(recent)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document."""
        return cls(
            document["location_id"],
            document["asked"],
            document["version"],
            {
                key: AnsweredRequest(each["day"], each["taken"])
                for key, each in document["answers"].items()
            },
        )

    def to_document(self) -> Document:
        """Write it as a document."""
        return {
            "location_id": self.location_id,
            "asked": self.asked,
            "version": self.version,
            "answers": {
                key: {"day": each.day, "taken": each.taken} for key, each in self.answers.items()
            },
        }
