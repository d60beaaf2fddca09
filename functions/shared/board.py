"""Every home in memory, by place and by what it offers: what a search is answered from.

Homes lie in cells of a grid of latitude and longitude, so that a search reads only the cells that
its circle reaches, however many homes there are elsewhere. Whatever of a home is yes or no is one
bit of a whole number: most of a search is one AND for each home.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from heapq import nsmallest
from math import dist, floor
from typing import Final, NamedTuple

from shared.geo import (
    Point,
    chord_to_miles,
    earth_xyz,
    latitude_span,
    longitude_half_span,
    miles_to_chord,
)
from shared.model import Document
from shared.offers import coming_free, free_beds
from shared.vocabulary import BedCategory, Feature, Rating, Registration, ServiceUserBand

CELL_DEGREES: Final = 0.1
"""About seven miles north to south and four east to west: a usual search reads some dozens."""

_COLUMNS: Final = round(360 / CELL_DEGREES)


class Sort(StrEnum):
    """Nearest first, or newest confirmed first."""

    DISTANCE = "distance"
    FRESHNESS = "freshness"


class Key(NamedTuple):
    """A home's place in the order of one search."""

    first: float
    """By distance: the chord in miles; by freshness: minus the epoch second of confirmation."""
    chord: float
    location_id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for: all that is given must hold, but of the categories any will do."""

    centre: Point
    radius_miles: float
    categories: tuple[BedCategory, ...] = ()
    beds: int = 1
    """So many accepting in one of the categories; in any one where none is given."""
    available_by: date | None = None
    """A bed announced to come free by this day fits as well."""
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    features: tuple[Feature, ...] = ()
    min_rating: Rating | None = None
    confirmed_since: datetime | None = None
    include_full: bool = False
    """Also homes without such a vacancy, closed ones, and those that never posted."""
    sort: Sort = Sort.DISTANCE
    limit: int = 25
    after: Key | None = None


class Match(NamedTuple):
    """A home that was found; `shown` is what the board was given to keep of it."""

    location_id: str
    miles: float
    confirmed_at: datetime | None
    shown: str


class Found(NamedTuple):
    """How many there are in all, the first `limit` after `after`, and where to go on, if at all."""

    total: int
    results: list[Match]
    more_after: Key | None


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """A home as its cell keeps it."""

    location_id: str
    xyz: tuple[float, float, float]
    bits: int
    free: Mapping[str, int]
    coming: Mapping[str, str]
    confirmed_at: datetime | None
    confirmed: float
    shown: str


class Board:
    """Every registered home; `show` says, once for each version, what to keep of it for answers."""

    def __init__(self, show: Callable[[Document], str]) -> None:
        self._show = show
        self._cells: dict[tuple[int, int], dict[str, _Listed]] = {}
        self._where: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def clear(self) -> None:
        self._cells.clear()
        self._where.clear()

    def put(self, document: Document) -> None:
        """This home is now so, and wherever it was before, here; unregistered, it is nowhere."""
        location_id: str = document["location_id"]
        if location_id in self._where:
            del self._cells[self._where.pop(location_id)][location_id]
        if document["registration"] != Registration.ACTIVE:
            return
        point = Point(document["latitude"], document["longitude"])
        confirmed = document.get("confirmed_at")
        confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
        cell = _row(point.latitude), _column(point.longitude)
        self._where[location_id] = cell
        self._cells.setdefault(cell, {})[location_id] = _Listed(
            location_id,
            earth_xyz(point),
            _bits_of(document),
            free_beds(document),
            coming_free(document),
            confirmed_at,
            confirmed_at.timestamp() if confirmed_at else 0.0,
            self._show(document),
        )

    def search(self, wanted: Wanted) -> Found:
        fits = _Filter(wanted).fits
        origin = earth_xyz(wanted.centre)
        reach = miles_to_chord(wanted.radius_miles)
        nearest_first = wanted.sort is Sort.DISTANCE
        ranked = [
            (chord if nearest_first else -home.confirmed, chord, home.location_id, home)
            for cell in self._cells_reached(wanted.centre, wanted.radius_miles)
            for home in cell.values()
            if fits(home) and (chord := dist(home.xyz, origin)) <= reach
        ]
        total = len(ranked)
        if wanted.after:
            ranked = [each for each in ranked if each[:3] > wanted.after]
        # Ids differ, so that homes themselves are never compared.
        best = nsmallest(wanted.limit + 1, ranked)
        results = [
            Match(home.location_id, chord_to_miles(chord), home.confirmed_at, home.shown)
            for _, chord, _, home in best[: wanted.limit]
        ]
        more = Key(*best[wanted.limit - 1][:3]) if len(best) > wanted.limit else None
        return Found(total, results, more)

    def _cells_reached(self, centre: Point, miles: float) -> Iterator[dict[str, _Listed]]:
        south, north = latitude_span(centre, miles)
        for row in range(_row(south), _row(north) + 1):
            bottom = row * CELL_DEGREES
            half = longitude_half_span(centre, miles, bottom, bottom + CELL_DEGREES)
            first = floor((centre.longitude - half) / CELL_DEGREES)
            last = floor((centre.longitude + half) / CELL_DEGREES)
            for column in range(first, min(last, first + _COLUMNS - 1) + 1):
                cell = self._cells.get((row, column % _COLUMNS))
                if cell:
                    yield cell


class _Filter:
    """The wishes of a search but for its place, made ready to be held against one home."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        needed: set[StrEnum] = {*wanted.service_user_bands, *wanted.features}
        if wanted.min_rating:
            needed.add(wanted.min_rating)
        self._all_of = sum(_BITS[each] for each in needed)
        self._any_category = sum(_BITS[each] for each in set(wanted.categories))
        self._since = wanted.confirmed_since.timestamp() if wanted.confirmed_since else 0.0
        self._by = wanted.available_by.isoformat() if wanted.available_by else ""
        self._categories = wanted.categories or tuple(BedCategory)

    def fits(self, home: _Listed) -> bool:
        if home.bits & self._all_of != self._all_of or home.confirmed < self._since:
            return False
        if self._wanted.include_full:
            return not self._any_category or bool(home.bits & self._any_category)
        free, coming, beds = home.free, home.coming, self._wanted.beds
        return any(
            free.get(each, 0) >= beds or (self._by and coming.get(each, "~") <= self._by)
            for each in self._categories
        )


_BITS: Final[Mapping[StrEnum, int]] = {
    each: 1 << position
    for position, each in enumerate([*BedCategory, *ServiceUserBand, *Feature, *Rating])
}


def _bits_of(home: Document) -> int:
    """The categories it has, its bands and features, and every rating that it is at least."""
    bits = sum(_BITS[BedCategory(each)] for each in home["beds"])
    bits += sum(_BITS[ServiceUserBand(each)] for each in home["service_user_bands"])
    bits += sum(_BITS[Feature(each)] for each in home["features"])
    rating = home.get("rating")
    if rating:
        bits += sum(_BITS[each] for each in Rating if each.rank <= Rating(rating).rank)
    return bits


def _row(latitude: float) -> int:
    return floor(latitude / CELL_DEGREES)


def _column(longitude: float) -> int:
    return floor(longitude / CELL_DEGREES) % _COLUMNS
