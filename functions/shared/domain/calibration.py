"""Hold what was said of chances against what calls found, in fixed bins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shared.domain.documents import Document
from shared.domain.interval import jeffreys_interval
from shared.domain.outcome import CallResult, Outcome
from shared.domain.truth import Rate

BINS: Final = 10
"""The chances from 0 to 1 are divided into so many equal bins."""

APART: Final = 0.1
"""Said and seen this far from each other are apart."""

LEAST_JUDGED: Final = 50
"""A bin with fewer contacts is not judged."""

SURE: Final = 0.999
"""How often an interval must hold the true share that is to judge a bin. A tenth alone is off by
accident too often with few contacts, and all bins are judged each working day: docs/truth.md."""

_EXACT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Bin:
    """The first contacts about listings whose chance lay in one tenth."""

    lower: float
    """The least chance of the bin."""
    said: float
    """The mean of the chances that were shown."""
    seen: Rate
    """How often there was a bed."""

    @property
    def is_apart(self) -> bool:
        """Tell whether enough calls found something else than was said, and that is no accident."""
        count, n = self.seen.count, self.seen.n
        if n < LEAST_JUDGED or abs(self.said - count / n) < APART - _EXACT:
            return False
        low, high = jeffreys_interval(count, n, SURE)
        return not low <= self.said <= high

    def to_document(self) -> Document:
        """Write the bin as responses give it."""
        return {
            "from": self.lower,
            "said": round(self.said, 3),
            "seen": self.seen.shown_from(1),
            "apart": self.is_apart,
        }


def bin_of(chance: float) -> int:
    """Return the number of a chance's bin, 0 for the least likely."""
    return min(BINS - 1, int(chance * BINS))


def calibration_of(outcomes: Iterable[Outcome]) -> list[Bin]:
    """Return the bins that have a first contact, the least likely first.

    Give it what was not chosen by its result: the audit, and answers to questions.
    """
    chances: dict[int, list[float]] = {}
    there: dict[int, int] = {}
    for outcome in outcomes:
        if result := outcome.first_contact:
            number = bin_of(outcome.shown.chance)
            chances.setdefault(number, []).append(outcome.shown.chance)
            there[number] = there.get(number, 0) + (result is not CallResult.GONE)
    return [
        Bin(number / BINS, sum(said) / len(said), Rate(there[number], len(said)))
        for number, said in sorted(chances.items())
    ]
