"""A search of the board, as a query."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from shared.domain.geo import Point
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand


class Sort(StrEnum):
    """The order of the results.

    Nearest first; most recently confirmed first; or nearest first with stale counts last of all.
    """

    DISTANCE = "distance"
    FRESHNESS = "freshness"
    CURRENT_FIRST = "current_first"


class SortKey(NamedTuple):
    """A home's place in the order of one search."""

    primary: float
    """By distance: the chord. By freshness: the epoch second of the confirmation, negative.
    Current first: 1 for stale counts, else 0."""
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
    available_by: date | None = None
    """A home also matches if it announces a bed of the category for this day or earlier, whatever
    the number of `beds`."""
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    features: tuple[Feature, ...] = ()
    min_rating: Rating | None = None
    confirmed_since: datetime | None = None
    include_full: bool = False
    """Also find homes that have one of the categories but not so many beds free, and closed homes.
    Without categories, also find homes that never posted."""
    sort: Sort = Sort.DISTANCE
    stale_before: datetime | None = None
    """With `CURRENT_FIRST`, homes confirmed earlier come last, and those that never confirmed."""
    limit: int = 25
    today: date = date.min
    """The day in the United Kingdom: what was announced for an earlier day is not announced."""
    after: SortKey | None = None
    """Find only homes after this place in the order."""
