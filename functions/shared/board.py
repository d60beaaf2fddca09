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
from math import dist, sqrt
from operator import itemgetter
from typing import Final, NamedTuple

from shared import traits
from shared.rows import Circle, Listed, Row, Rows
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
        self._rows = Rows()
        self._where: dict[str, tuple[Row, Listed]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def clear(self) -> None:
        self._rows = Rows()
        self._where.clear()

    def put(self, document: Document) -> None:
        """This home is now so, and wherever it was before, here; unregistered, it is nowhere."""
        location_id: str = document["location_id"]
        if location_id in self._where:
            row, was = self._where.pop(location_id)
            row.remove(was)
        if not traits.is_registered(document):
            return
        point = Point(document["latitude"], document["longitude"])
        confirmed = document.get("confirmed_at")
        confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
        home = Listed(
            location_id=location_id,
            longitude=point.longitude,
            xyz=earth_xyz(point),
            confirmed_at=confirmed_at,
            confirmed=confirmed_at.timestamp() if confirmed_at else 0.0,
            coming_free=traits.coming_free(document),
            shown=self._show(document),
        )
        row = self._rows.at(point.latitude)
        row.insert(home, traits.traits_of(document))
        self._where[location_id] = row, home

    def search(self, wanted: Wanted) -> Found:
        asked = _Asked(wanted)
        circle = Circle(wanted.centre, wanted.radius_miles)
        parts = []
        at_most = 0
        for row in self._rows.reached(circle):
            start, end = row.window(circle)
            if start == end: continue
            bits = asked.holders(row) >> start & (1 << end - start) - 1
            if bits:
                at_most += bits.bit_count()
                parts.append((row, start, bits))
        enough = wanted.limit + 1
        if at_most <= 3 * enough:
            ranked = asked.ranked(parts, circle)
            total = len(ranked)
            ranked = asked.later(ranked)
        else:
            if not asked.by_distance:
                ranked = asked.ranked(parts, circle)
                total = len(ranked)
                ranked = asked.later(ranked)
            else:
                total = 0
                edge = []
                for row, start, bits in parts:
                    first, last = row.sure(circle)
                    if first < last:
                        inner = bits >> first - start & (1 << last - first) - 1
                        total += inner.bit_count()
                        bits ^= inner << first - start
                    if bits:
                        edge.append((row, start, bits))
                total += len(asked.ranked(edge, circle))
                begin = wanted.after.first if wanted.after else 0.0
                share = 2 * enough / at_most
                while True:
                    chord = sqrt(begin * begin + share * (circle.chord ** 2 - begin * begin)) if share < 1 else circle.chord
                    smaller = Circle(wanted.centre, chord_to_miles(chord))
                    fewer = []
                    for row, start, bits in parts:
                        first, last = row.window(smaller)
                        first = max(first, start)
                        if first < last:
                            bits = bits >> first - start & (1 << last - first) - 1
                            if bits: fewer.append((row, first, bits))
                    ranked = asked.later(asked.ranked(fewer, smaller))
                    if len(ranked) >= enough or share >= 1: break
                    share *= 2
        ranked = nsmallest(enough, ranked) if len(ranked)>200 else sorted(ranked)[:enough]
        results = [
            Match(home.location_id, chord_to_miles(chord), home.confirmed_at, home.shown)
            for *_, chord, home in ranked[: wanted.limit]
        ]
        is_last = len(ranked) <= wanted.limit
        return Found(total, results, None if is_last else ranked[wanted.limit - 1])


NOWDAY=20779
_Ranked = tuple[float, float, str, Listed]
"""A key and its home; ids differ, so that homes are never compared."""


class _Asked:
    """A search made ready to be asked of one cell after the other."""

    def __init__(self, wanted: Wanted) -> None:
        self.since = wanted.confirmed_since.timestamp() if wanted.confirmed_since else 0.0
        if self.since:
            day, hour = int(self.since//traits.DAY), int(self.since//traits.HOUR)
            self._that_hour = (traits.confirmed_in(hour),)
            self._later_times = [traits.confirmed_in(h) for h in range(hour+1, (day+1)*24)]+[traits.confirmed_on(d) for d in range(day+1, NOWDAY+1)]
        self.by_distance = wanted.sort is Sort.DISTANCE
        self._after = wanted.after
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

    def holders(self, row: Row) -> int:
        """Which homes of the row fit in all but place."""
        found = row.holders(self._any_of, self._all_of)
        for category, announced, others in self._coming:
            maybe = row.holders([announced], [others, *self._all_of]) & ~found
            while maybe:
                bit = maybe & -maybe
                if row.homes[bit.bit_length() - 1].coming_free[category] <= self._by:
                    found |= bit
                maybe ^= bit
        if found and self.since:
            maybe = found & row.holders(self._that_hour, ())
            found &= row.holders(self._later_times, ())
            while maybe:
                bit = maybe & -maybe
                if row.homes[bit.bit_length() - 1].confirmed >= self.since:
                    found |= bit
                maybe ^= bit
        return found

    def ranked(self, parts, circle) -> list[_Ranked]:
        """Those in the circle and confirmed of late, each with its key."""
        origin, chord, since = circle.xyz, circle.chord, self.since
        if self.by_distance:
            return [
                (apart, home)
                for row, start, bits in parts
                for home in row.pick(start, bits)
                if (apart := dist(home.xyz, origin)) <= chord
            ]
        return [
            (-home.confirmed, apart, home)
            for row, start, bits in parts
            for home in row.pick(start, bits)
            if (apart := dist(home.xyz, origin)) <= chord
        ]

    def later(self, ranked: list[_Ranked]) -> list[_Ranked]:
        after = self._after
        return [each for each in ranked if (*each[:-1],each[-1].location_id) > after] if after else ranked
