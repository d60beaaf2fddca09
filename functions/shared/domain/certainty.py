"""How certain the listed beds are, and which homes have not been heard from: for operators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.chance import USUALLY_WRONG, Likelihood, likelihood
from shared.domain.documents import HomeDocument
from shared.domain.freshness import age_of_home
from shared.domain.listings import listings_of, weighing_moment

NOT_HEARD_FROM_FOR: Final = timedelta(days=31)
"""The law asks a home for one update a month."""

UNSURE: Final = frozenset({Likelihood.UNCERTAIN, Likelihood.PHONE_FIRST})


class NoListing(StrEnum):
    """What stands in place of a likelihood where a home lists no bed."""

    NO_BEDS = "no_beds"
    NEVER = "never"
    """It has never posted."""


def listing_likelihoods(
    home: HomeDocument, now: datetime, wrong: float = USUALLY_WRONG
) -> list[Likelihood]:
    """Return how likely a bed is still there, for each category that the home lists as free now.

    `wrong` is the share of posts that list one bed more than there is.
    """
    seconds = weighing_moment(now)
    listings = listings_of(home, wrong)
    return [likelihood(each.chance(seconds)) for each in listings if not each.available_from]


def least_likely(words: Iterable[Likelihood]) -> Likelihood | None:
    """Return the least likely of these words; None if there is no word."""
    return max(words, key=_RANKS.index, default=None)


def home_likelihood(
    home: HomeDocument, now: datetime, wrong: float = USUALLY_WRONG
) -> Likelihood | NoListing:
    """Return the word of the home's least likely listing; `wrong` as in `listing_likelihoods`."""
    least = least_likely(listing_likelihoods(home, now, wrong))
    return least or (NoListing.NO_BEDS if home.get("confirmed_at") else NoListing.NEVER)


def is_heard_from(home: HomeDocument, now: datetime, within: timedelta) -> bool:
    """Tell whether the home confirmed its counts within this time; one that never did has not."""
    age = age_of_home(home, now)
    return age is not None and age <= within


@dataclass(slots=True)
class Certainty:
    """The certainty of some homes together."""

    homes: int = 0
    not_heard_from: int = 0
    """Homes that confirmed nothing for `NOT_HEARD_FROM_FOR`, or never did."""
    listings: Counter[Likelihood] = field(default_factory=Counter)

    @classmethod
    def of(
        cls, homes: Iterable[HomeDocument], now: datetime, wrong: float = USUALLY_WRONG
    ) -> "Certainty":
        """Add up these homes; `wrong` as in `listing_likelihoods`."""
        certainty = cls()
        for home in homes:
            certainty.homes += 1
            certainty.not_heard_from += not is_heard_from(home, now, NOT_HEARD_FROM_FOR)
            certainty.listings.update(listing_likelihoods(home, now, wrong))
        return certainty

    @property
    def not_heard_from_percent(self) -> float:
        """Return which share of the homes is not heard from; 0 without homes."""
        return 100 * self.not_heard_from / self.homes if self.homes else 0.0

    @property
    def unsure(self) -> int:
        """Return how many listings are uncertain or to be phoned first."""
        return sum(self.listings[word] for word in UNSURE)

    @property
    def unsure_percent(self) -> float:
        """Return which share of the listings is unsure; 0 without listings."""
        return 100 * self.unsure / self.listings.total() if self.listings else 0.0


_RANKS: Final = list(Likelihood)
