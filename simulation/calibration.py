"""Hold what the product says of chances against what is true, in fixed bins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.domain.calibration import BINS, bin_of

LEAST_COUNTED: Final = 500
"""A bin with fewer listings says too little."""


@dataclass(slots=True)
class Bin:
    """The listings whose chance lies in one tenth."""

    listings: int = 0
    """Categories of homes listed with a free bed, over all days."""
    chances: float = 0.0
    """The sum of what was said."""
    there: int = 0
    """Of these, those with a bed."""


@dataclass(slots=True)
class Calibration:
    """All bins, from the least likely on."""

    bins: list[Bin] = field(default_factory=lambda: [Bin() for _ in range(BINS)])

    def note(self, chance: float, *, is_there: bool) -> None:
        """Count a listing on a day."""
        each = self.bins[bin_of(chance)]
        each.listings += 1
        each.chances += chance
        each.there += is_there

    def add(self, other: "Calibration") -> None:
        """Count what another year counted, too."""
        for mine, theirs in zip(self.bins, other.bins, strict=True):
            mine.listings += theirs.listings
            mine.chances += theirs.chances
            mine.there += theirs.there

    def figures(self) -> dict[str, "BinFigures"]:
        """Return what was said and seen in each bin that has a listing, by its lower edge."""
        return {
            f"{number / BINS:.1f}": BinFigures(
                each.listings, each.chances / each.listings, each.there / each.listings
            )
            for number, each in enumerate(self.bins)
            if each.listings
        }


@dataclass(frozen=True, slots=True)
class BinFigures:
    """What the product said of the listings of a bin, and what was true."""

    listings: int
    said: float
    seen: float


def farthest_apart(bins: Mapping[str, BinFigures]) -> float:
    """Return how far said and seen are apart at most, in bins with enough listings."""
    return max((abs(each.said - each.seen) for each in counted(bins)), default=0.0)


def counted(bins: Mapping[str, BinFigures]) -> Iterable[BinFigures]:
    """Return the bins with enough listings."""
    return [each for each in bins.values() if each.listings >= LEAST_COUNTED]
