"""A search of the board, as a query."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.fit import Requirements
from shared.domain.geo import Point
from shared.domain.listings import Weighing, weighing_moment
from shared.domain.needs import Answer, Suits
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand


class Sort(StrEnum):
    """The order of the results.

    Nearest first; most recently confirmed first; or best first: by bands of distance, within a band
    by fit, then by the number of wishes met, then by the word for how likely a bed is still there,
    then by distance.
    """

    DISTANCE = "distance"
    FRESHNESS = "freshness"
    BEST = "best"


DISTANCE_BANDS: Final = (2, 5, 10, 20, 50, 100)
"""Miles: no home of a farther band comes before one of a nearer, however well it fits."""


class SortKey(NamedTuple):
    """A home's place in the order of one search."""

    primary: float
    """By distance: the chord. By freshness: the epoch second of the confirmation, negative.
    Best: a whole number, which counts the classes of that order."""
    chord: float
    """Length of the straight line from the centre, in miles."""
    location_id: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a home must meet: every criterion that is given, and one of the categories."""

    centre: Point
    radius_miles: float
    categories: tuple[BedCategory, ...] = ()
    beds: int = 1
    """The least number of free beds in one of the categories; without categories, in any one."""
    suits: Suits = Suits.ANY
    """Whom a bed that is free now must suit; `ANY` asks nothing."""
    available_by: date | None = None
    """A home also matches if it announces a bed of the category for this day or earlier, whatever
    the number of `beds`."""
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    min_rating: Rating | None = None
    confirmed_since: datetime | None = None
    include_full: bool = False
    """Also find homes that have one of the categories but not so many beds free, and closed homes.
    Without categories, also find homes that never posted."""
    sort: Sort = Sort.DISTANCE
    requirements: Requirements = field(default_factory=Requirements)
    fits: tuple[Answer, ...] = (Answer.YES, Answer.ASK)
    """Which homes are results by their answers to all requirements, in the order of `BEST`."""
    would_like: tuple[str, ...] = ()
    """Needs and funding that only matter to `BEST`."""
    as_of: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    """When the search was asked: from then on there is time until `requirements.admit_by`."""
    limit: int = 25
    today: date = date.min
    """The day in the United Kingdom: what was announced for an earlier day is not announced."""
    after: SortKey | None = None
    """Find only homes after this place in the order."""

    @property
    def weighing(self) -> Weighing:
        """Return what decides how likely a home still has what is asked for."""
        by = self.available_by
        return Weighing(
            weighing_moment(self.as_of),
            frozenset(self.categories),
            self.beds,
            self.suits,
            (self.today.isoformat(), by.isoformat()) if by else ("", ""),
        )
