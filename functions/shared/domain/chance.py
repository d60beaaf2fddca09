"""How likely there still is a bed: by how many were listed, how long ago, and how they fill.

Beds of one category of a home fill at a rate that is not known. It is taken to be constant, and its
distribution is a gamma distribution: at first that of any home, then with what the home's own posts
showed. The number of beds filled since a post is then negative binomial. But beds also open: after
a long time a home has one as often as it usually has, whatever it listed. And some posts list a bed
too many. docs/decisions/0019 says how the numbers were chosen; docs/simulation.md checks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

USUAL_FILLS: Final = 1.5
USUAL_DAYS: Final = 37.5
"""Before a home has posted twice: as if 1.5 beds had filled in 37.5 days, one in 25 days."""

USUALLY_FREE: Final = 0.55
"""The share of time in which a category of a home has a bed on offer."""

USUALLY_WRONG: Final = 0.08
"""The share of posts of a category that list one bed more than there is."""

SILENT_DAYS: Final = 100.0
"""A home that missed three monthly returns may have stopped: then nothing counts but what it said.
"""

_MOST_DAYS: Final = 365.0
"""A longer time between two posts teaches no more than this: the home had stopped posting."""


class Likelihood(StrEnum):
    """A chance in words."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    PHONE_FIRST = "phone_first"


LEAST_CHANCE: Final[Mapping[Likelihood, float]] = {
    Likelihood.VERY_LIKELY: 0.9,
    Likelihood.LIKELY: 0.7,
    Likelihood.UNCERTAIN: 0.5,
    Likelihood.PHONE_FIRST: 0.0,
}
"""The lowest chance that each word stands for, the most likely first."""


def likelihood(chance: float) -> Likelihood:
    """Return the word for a chance."""
    return next(word for word, least in LEAST_CHANCE.items() if chance >= least)


@dataclass(frozen=True, slots=True)
class FillRecord:
    """How many beds of one category were seen to fill, and for how many days some were offered.

    These two numbers are all that the past says of a constant rate.
    """

    filled: int = 0
    offered_days: float = 0.0

    @property
    def days_to_fill(self) -> float:
        """Return in about how many days one bed fills here, while any is offered."""
        return (USUAL_DAYS + self.offered_days) / (USUAL_FILLS + self.filled)

    def after(self, offered: int, filled: int, left: int, days: float) -> "FillRecord":
        """Return the record after the next post of the category.

        `offered` beds were free at the last post, `days` ago; since then `filled` of them were
        occupied or reserved, and `left` are free now. Where none is left, nobody knows since when:
        if all filled, the time to the last is what is expected at the rate known so far; if some
        were withdrawn, half the time.
        """
        if offered <= 0 or days <= 0:
            return self
        days = min(days, _MOST_DAYS)
        filled = max(0, min(filled, offered))
        if left <= 0:
            days *= (
                _share_until_last(filled, days / self.days_to_fill) if filled == offered else 0.5
            )
        return FillRecord(self.filled + filled, round(self.offered_days + days, 2))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the record from a home's document."""
        return cls(document["filled"], document["offered_days"])

    def to_document(self) -> dict[str, Any]:
        """Write the record for a home's document."""
        return {"filled": self.filled, "offered_days": self.offered_days}


def chance_left(
    listed: int, days: float, record: FillRecord, wrong: float = USUALLY_WRONG
) -> float:
    """Return how likely there is a bed so many days after a post that listed so many.

    `wrong` is the share of posts that list one bed more than there is.
    """
    if listed <= 0:
        return 0.0
    days = max(days, 0.0)
    usual = USUALLY_FREE if days <= SILENT_DAYS else 0.0
    # Openings bring a home back to what is usual: so much faster than beds fill does it get there.
    left = _chances_left(listed, days / (1 - USUALLY_FREE), record)
    right = usual + (1 - usual) * left[0]
    one_fewer = usual + (1 - usual) * left[1] if listed > 1 else usual * (1 - left[0])
    return (1 - wrong) * right + wrong * one_fewer


def chance_opened(days: float, record: FillRecord) -> float:
    """Return how likely there is a bed so many days after a post that listed none.

    Beds open at a full home as they fill elsewhere. Unlike a bed that was listed, one that nobody
    spoke of does not become less likely because the home stopped posting.
    """
    return USUALLY_FREE * (1 - _chances_left(1, max(days, 0.0) / (1 - USUALLY_FREE), record)[0])


def chance_after_gone(days: float, record: FillRecord) -> float:
    """Return how likely there is a bed again so many days after a team was told that all are gone.

    It is the chance of a home that had none: see `docs/decisions/0019`.
    """
    return USUALLY_FREE * (1 - _chances_left(1, max(days, 0.0) / (1 - USUALLY_FREE), record)[0])


def _chances_left(listed: int, days: float, record: FillRecord) -> tuple[float, float]:
    """Return how likely it is that fewer beds fill than were listed, and than one less than that.

    The number filled is negative binomial: Gelman et al., Bayesian Data Analysis, 3rd ed., section
    2.6.
    """
    shape, rate = USUAL_FILLS + record.filled, USUAL_DAYS + record.offered_days
    share = days / (rate + days)
    term: float = (1 - share) ** shape
    before, total = 0.0, term
    for filled in range(1, listed):
        term *= share * (shape + filled - 1) / filled
        before, total = total, total + term
    return min(total, 1.0), min(before, 1.0)


def _share_until_last(fills: int, expected: float) -> float:
    """Return which share of a time had passed at the last of so many fills, all within that time.

    `expected` is how many fill in that time at this rate. It is the mean of an Erlang distribution
    that is cut off at the end: the quotient of two Poisson tails.
    """
    # fills / expected * P(N > fills) / P(N >= fills), where N is how many fill.
    number = fills + 1
    term = later = 1 / number
    while term > 1e-12 * later:
        number += 1
        term *= expected / number
        later += term
    return fills * later / (1 + expected * later)
