"""Every home in memory, by place and by what it offers: what a search is answered from.

What makes a search cost little, however many homes there are:

- Only the cells of the earth that the circle can reach are read (see cells.py).
- A cell answers a filter for all its homes at once: one AND of two whole numbers in which each
  home has a bit. Counting them is `int.bit_count`.
- A home is looked at by itself only where the circle's edge cuts its cell, for what no bit can say
  (a time, a date), and where it may be among those to show: cells are taken in the order of the
  best home that each could hold, until none is left that could hold a better one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from heapq import nsmallest
from itertools import chain
from math import dist, inf
from operator import itemgetter
from typing import Final, NamedTuple

from shared import traits
from shared.cells import Cell, Grid, Listed
from shared.geo import Point, chord_to_miles, earth_xyz, miles_to_chord
from shared.model import Document
from shared.vocabulary import BedCategory, Feature, Rating, ServiceUserBand

ROUNDING_MILES: Final = 1e-9
"""More than is lost in subtracting coordinates of 4,000 miles; a cell this near the circle's edge
counts as cut by it."""


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
    """A bed announced to come free by this day counts as one more of its category."""
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    features: tuple[Feature, ...] = ()
    min_rating: Rating | None = None
    confirmed_since: datetime | None = None
    include_full: bool = False
    """Also homes of these categories without such a vacancy, closed ones, and those that never
    posted and so may have any category."""
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


class Board:
    """Every registered home; `show` says, once for each version, what to keep of it for answers."""

    def __init__(self, show: Callable[[Document], str]) -> None:
        self._show = show
        self._grid = Grid()
        self._cells: dict[str, Cell] = {}

    def __len__(self) -> int:
        return len(self._cells)

    def clear(self) -> None:
        self._grid = Grid()
        self._cells.clear()

    def put(self, document: Document) -> None:
        """This home is now so, and wherever it was before, here; unregistered, it is nowhere."""
        location_id: str = document["location_id"]
        if cell := self._cells.pop(location_id, None):
            cell.remove(location_id)
        if not traits.is_registered(document):
            return
        point = Point(document["latitude"], document["longitude"])
        confirmed = document.get("confirmed_at")
        confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
        home = Listed(
            location_id=location_id,
            xyz=earth_xyz(point),
            confirmed_at=confirmed_at,
            confirmed=confirmed_at.timestamp() if confirmed_at else 0.0,
            coming_free=traits.coming_free(document),
            shown=self._show(document),
        )
        cell = self._cells[location_id] = self._grid.cell_at(point)
        cell.add(home, traits.traits_of(document))

    def search(self, wanted: Wanted) -> Found:
        asked = _Asked(wanted)
        total = 0
        cut: list[_Ranked] = []
        whole: list[tuple[float, Cell, int]] = []
        for cell in self._grid.near(wanted.centre, wanted.radius_miles):
            apart = dist(cell.middle, asked.origin)
            nearest, farthest = apart - cell.reach - ROUNDING_MILES, apart + cell.reach
            if nearest > asked.chord or cell.newest < asked.since:
                continue
            bits = asked.holders(cell)
            if not bits:
                continue
            if farthest > asked.chord - ROUNDING_MILES or cell.oldest < asked.since:
                ranked = asked.ranked(cell, bits)
                total += len(ranked)
                cut += ranked
            else:
                total += bits.bit_count()
                if not asked.by_distance:
                    whole.append((-cell.newest, cell, bits))
                elif farthest > asked.passed - ROUNDING_MILES:
                    whole.append((nearest, cell, bits))
        ranked = asked.first(cut, whole)
        results = [
            Match(home.location_id, chord_to_miles(chord), home.confirmed_at, home.shown)
            for _, chord, _, home in ranked[: wanted.limit]
        ]
        is_last = len(ranked) <= wanted.limit
        return Found(total, results, None if is_last else Key(*ranked[wanted.limit - 1][:3]))


_Ranked = tuple[float, float, str, Listed]
"""A key and its home; ids differ, so that homes are never compared."""


class _Asked:
    """A search made ready to be asked of one cell after the other."""

    __slots__ = ("_after", "_all_of", "_any_of", "_by", "_coming", "_enough", "by_distance", "chord", "origin", "passed", "since")

    def __init__(self, wanted: Wanted) -> None:
        self.origin = earth_xyz(wanted.centre)
        self.chord = miles_to_chord(wanted.radius_miles)
        self.since = wanted.confirmed_since.timestamp() if wanted.confirmed_since else 0.0
        self.by_distance = wanted.sort is Sort.DISTANCE
        self.passed = wanted.after.first if wanted.after else -inf
        self._after = wanted.after
        self._enough = wanted.limit + 1  # one more shows whether there are more
        self._by = wanted.available_by.isoformat() if wanted.available_by else ""
        self._all_of = [
            *map(traits.has, wanted.service_user_bands),
            *map(traits.has, wanted.features),
            *([traits.rated_at_least(wanted.min_rating)] if wanted.min_rating else []),
        ]
        self._coming: list[tuple[BedCategory, int, int]] = []
        if wanted.include_full:
            self._any_of = [*map(traits.has, wanted.categories)] or [traits.EVERY_HOME]
            return
        self._any_of = [
            traits.accepting(category, wanted.beds) for category in wanted.categories or [None]
        ]
        if wanted.available_by:
            self._coming = [
                (
                    category,
                    traits.announces(category),
                    traits.accepting(category, wanted.beds - 1)
                    if wanted.beds > 1
                    else traits.EVERY_HOME,
                )
                for category in wanted.categories or BedCategory
            ]

    def holders(self, cell: Cell) -> int:
        """Which homes of the cell fit in all but place and time of confirmation."""
        found = cell.holders(self._any_of, self._all_of)
        for category, announced, others in self._coming:
            maybe = cell.holders([announced], [others, *self._all_of]) & ~found
            if maybe:
                found |= cell.pick(maybe, lambda home: home.coming_free[category] <= self._by)
        return found

    def ranked(self, cell: Cell, bits: int) -> list[_Ranked]:
        """Those in the circle and confirmed of late, each with its key."""
        origin, chord, since = self.origin, self.chord, self.since
        if self.by_distance:
            return [
                (apart, apart, home.location_id, home)
                for home in cell.homes(bits)
                if (apart := dist(home.xyz, origin)) <= chord and home.confirmed >= since
            ]
        return [
            (-home.confirmed, apart, home.location_id, home)
            for home in cell.homes(bits)
            if (apart := dist(home.xyz, origin)) <= chord and home.confirmed >= since
        ]

    def first(self, ranked: list[_Ranked], whole: list[tuple[float, Cell, int]]) -> list[_Ranked]:
        """The first in order, of these and of cells whose homes are not yet ranked.

        With each of those comes the least key that a home in it can have.
        """
        best, worst = self._later(ranked), inf
        whole.sort(key=itemgetter(0))
        for least, cell, bits in whole:
            if len(best) >= 2 * self._enough:
                best = nsmallest(self._enough, best)
                worst = best[-1][0]
            if least > worst:
                break
            best += self._later(self.ranked(cell, bits))
        return nsmallest(self._enough, best)

    def _later(self, ranked: list[_Ranked]) -> list[_Ranked]:
        after = self._after
        return [each for each in ranked if each[:3] > after] if after else ranked
