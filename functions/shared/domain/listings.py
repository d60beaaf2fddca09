"""The free beds that a home lists, as a search weighs them: how likely one is still there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final, NamedTuple

from shared.domain.availability import ever_announced, free_beds, suited_by
from shared.domain.chance import (
    USUALLY_WRONG,
    FillRecord,
    Likelihood,
    chance_after_gone,
    chance_left,
    likelihood,
)
from shared.domain.dispute import Disputes, GoneReports
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.needs import Suits
from shared.domain.vocabulary import BedCategory

WEIGHED_EVERY: Final = 600
"""Seconds: a search uses the chances of the last full ten minutes, so that no order changes."""

_DAY: Final = 86_400.0
_NOTHING_SEEN: Final = FillRecord()
_ONLY: Final = {category.value: frozenset((category.value,)) for category in BedCategory}


@dataclass(slots=True)
class Listing:
    """The free beds of one category as a home last listed them, or one that it announced."""

    category: str
    uses: frozenset[str]
    """The categories that they may serve as, including their own."""
    listed: int
    said_at: str
    """When the home said so, as its document writes it."""
    record: FillRecord
    people: frozenset[Suits]
    """Whom the beds suit."""
    available_from: str
    """The day for which a bed is announced, such as "2026-12-01"; empty if some are free now."""
    wrong: float = USUALLY_WRONG
    """The share of posts that list one bed more than there is."""
    gone: GoneReports | None = None
    """What teams were told against it: that the beds are gone."""
    weighed_at: float = -1.0
    """The epoch second and the number of beds for which it was last weighed, and what came out."""
    weighed_beds: int = 0
    _chance: float = 0.0
    place: int = 0

    def chance(self, seconds: float, beds: int = 1) -> float:
        """Return how likely so many of them are still there at this epoch second, or all if fewer.

        The last value is kept, because a search weighs many listings as of the same moment.
        """
        if self.weighed_at != seconds or self.weighed_beds != beds:
            self.weigh(seconds, beds)
        return self._chance

    def rank(self, seconds: float, beds: int = 1) -> int:
        """Return the place of that chance's word among the words, 0 for the most likely."""
        if self.weighed_at != seconds or self.weighed_beds != beds:
            self.weigh(seconds, beds)
        return self.place

    def weigh(self, seconds: float, beds: int) -> None:
        """Calculate the chance and its word's place, and keep both."""
        if self.gone:
            days = (seconds - self.gone.last.timestamp()) / _DAY
            self._chance = chance_after_gone(days, self.record)
        else:
            days = (seconds - datetime.fromisoformat(self.said_at).timestamp()) / _DAY
            least = max(1, self.listed - beds + 1)
            self._chance = chance_left(least, days, self.record, self.wrong)
        is_disputed = self.gone is not None and self.gone.is_disputed
        self.place = _LAST_PLACE if is_disputed else _RANKS[likelihood(self._chance)]
        self.weighed_at, self.weighed_beds = seconds, beds

    def to_document(self, seconds: float) -> Document:
        """Write how likely a bed is still there at an epoch second, in words too, and why."""
        return chance_document(self.chance(seconds), self)

    def basis(self) -> Document:
        """Return what the chance was calculated from."""
        return {
            "category": self.category,
            "listed": self.listed,
            "said_at": self.said_at,
            "days_to_fill": round(self.record.days_to_fill, 1),
            "seen_to_fill": self.record.filled,
        }


def chance_document(chance: float, listing: Listing) -> Document:
    """Write a chance of a listing as every response and message has it."""
    return {
        "chance": round(chance, 3),
        "likelihood": likelihood(chance),
        "chance_basis": listing.basis(),
    }


def listing_documents(home: HomeDocument, now: datetime, wrong: float) -> list[Document]:
    """Write each category that the home lists as free now, with its chance.

    `wrong` is the share of posts that list one bed more than there is.
    """
    seconds = weighing_moment(now)
    listings = listings_of(home, wrong)
    return [each.to_document(seconds) for each in listings if not each.available_from]


def listings_of(home: HomeDocument, wrong: float = USUALLY_WRONG) -> tuple[Listing, ...]:
    """Return what the home lists as free; where no bed is free now, an announced one counts.

    `wrong` is the share of posts that list one bed more than there is.
    """
    free, announced = free_beds(home), ever_announced(home)
    if not (free or announced):
        return ()
    said_at, records = home.get("said_at", {}), home.get("fill_records", {})
    also_as, counts = home.get("also_as", {}), home["beds"]
    return tuple(
        [
            Listing(
                category,
                frozenset((category, *also_as[category]))
                if category in also_as
                else _ONLY[category],
                beds,
                said_at[category],
                FillRecord.from_document(records[category])
                if category in records
                else _NOTHING_SEEN,
                suited_by(counts[category]),
                "" if category in free else announced[category],
                wrong,
            )
            for category, beds in (
                dict.fromkeys(announced, 1) | free if announced else free
            ).items()
            if category in said_at
        ]
    )


def mark_as_gone(listings: Sequence[Listing], disputes: Disputes) -> None:
    """Note at each listing what teams were told against it, or that they were told nothing."""
    for each in listings:
        reports = disputes.by_category.get(BedCategory(each.category))
        is_of_listing = reports is not None and timestamp(reports.said_at) == each.said_at
        each.gone = reports if is_of_listing else None
        each.weighed_at = -1.0


def weigh_with(listings: Iterable[Listing], wrong: float) -> None:
    """Weigh listings anew from now on, with another share of posts that are wrong."""
    for each in listings:
        each.wrong = wrong
        each.weighed_at = -1.0


class Weighing(NamedTuple):
    """What a search asks of a listing, and the moment for which it calculates chances."""

    seconds: float
    """An epoch second."""
    categories: frozenset[str] = frozenset()
    """None means any."""
    beds: int = 1
    suits: Suits = Suits.ANY
    announced: tuple[str, str] = ("", "")
    """The first and the last day for which an announced bed counts."""

    def most_likely(self, listings: Sequence[Listing]) -> tuple[Listing, float] | None:
        """Return the listing that most likely still has what is asked for, and its chance.

        None if the home lists nothing of it.
        """
        asked = [(each.chance(self.seconds, self.beds), each) for each in self._asked(listings)]
        if not asked:
            return None
        chance, listing = max(asked, key=itemgetter(0))
        return listing, chance

    def rank(self, listings: Sequence[Listing]) -> int:
        """Return 0 for the most likely word, and so on.

        The last place is of homes whose listings are disputed, or that list nothing.
        """
        return self.ranker()(listings)

    def ranker(self) -> Callable[[Sequence[Listing]], int]:
        """Return `rank` as a function, which takes half the time when it ranks many homes."""
        seconds, beds, categories, suits = self.seconds, self.beds, self.categories, self.suits
        is_for_anyone, last_place = suits is Suits.ANY, _LAST_PLACE

        def rank(listings: Sequence[Listing]) -> int:
            best = last_place
            for each in listings:
                if categories and each.uses.isdisjoint(categories):
                    continue
                if (each.available_from or not is_for_anyone) and not self._asked((each,)):
                    continue
                # What `Listing.rank` does, without the call.
                if each.weighed_at != seconds or each.weighed_beds != beds:
                    each.weigh(seconds, beds)
                place = each.place
                if place < best:
                    best = place
            return best

        return rank

    def _asked(self, listings: Sequence[Listing]) -> Sequence[Listing]:
        """Keep the listings of what is asked for."""
        categories, suits = self.categories, self.suits
        first, last = self.announced
        return [
            each
            for each in listings
            if (not categories or not each.uses.isdisjoint(categories))
            and (
                first <= each.available_from <= last
                if each.available_from
                else suits is Suits.ANY or suits in each.people
            )
        ]


def weighing_moment(moment: datetime) -> float:
    """Return the epoch second for which a search at this moment calculates chances."""
    return moment.timestamp() // WEIGHED_EVERY * WEIGHED_EVERY


_RANKS: Final = {word: number for number, word in enumerate(Likelihood)}
_LAST_PLACE: Final = len(_RANKS)
RANKS: Final = len(_RANKS) + 1
