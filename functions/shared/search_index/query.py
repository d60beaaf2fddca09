"""What a search asks for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from shared.domain.geo import Point
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand


class Sort(StrEnum):
    """Nearest first, or newest confirmed first."""

    DISTANCE = "distance"
    FRESHNESS = "freshness"


class SortKey(NamedTuple):
    """A home's place in the order of one search."""

    first: float
    """By distance: the chord; by freshness: minus the epoch second of the confirmation."""
    chord: float
    """Length of the straight line from the centre, in miles."""
    location_id: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All that is given must hold, but of several categories any will do."""

    centre: Point
    radius_miles: float
    categories: tuple[BedCategory, ...] = ()
    beds: int = 1
    """At least so many accepting in one of the categories; where none is given, in any one."""
    available_by: date | None = None
    """A bed of the category announced to come free by this day fits too, however many `beds`."""
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    features: tuple[Feature, ...] = ()
    min_rating: Rating | None = None
    confirmed_since: datetime | None = None
    include_full: bool = False
    """Also homes that have one of the categories but not these beds free, and closed ones; where no
    category is given, those that never posted too."""
    sort: Sort = Sort.DISTANCE
    limit: int = 25
    after: SortKey | None = None
    """Only homes that come after this place in the order."""
