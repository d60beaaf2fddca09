"""Every home in memory, by place and by what it offers: what a search is answered from.

A search first learns from the rows (see rows.py) who fits and may be in the circle. It looks at a
home by itself only to count those near the circle's edge, and to rank those it is going to show.
"""

import json
from collections.abc import Callable
from datetime import datetime
from math import dist, sqrt
from operator import itemgetter
from typing import Final, NamedTuple

from shared.domain.availability import announced_beds, is_registered
from shared.domain.documents import HomeDocument, to_json
from shared.domain.geo import Circle, Point, chord_to_miles
from shared.search_index import bitmaps
from shared.search_index.filters import Filter
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, LatitudeBands, positions
from shared.search_index.query import SearchQuery, Sort, SortKey

FEW: Final = 4
"""Times as many as are shown: so few are all ranked. More are counted first."""

NARROWED_TO: Final = 1.3
"""Times as many as are shown: the number that a smaller circle is made to hold."""

NEWEST_DAYS: Final = 31
"""The law asks for an update a month: nearly every home is found in so many days."""


class Match(NamedTuple):
    """A home that was found."""

    home: IndexedHome
    miles: float

    @property
    def location_id(self) -> str:
        return self.home.location_id

    @property
    def confirmed_at(self) -> datetime | None:
        return self.home.confirmed_at

    @property
    def shown(self) -> str:
        """What the board was given to keep of it."""
        return self.home.shown


class SearchResults(NamedTuple):
    """How many there are in all, the first of them, and after which one there are more, if any."""

    total: int
    results: list[Match]
    more_after: SortKey | None


_Strip = tuple[LatitudeBand, int, int]
"""The part of a row from a home on, and who fits in it: bit i is the row's home start + i."""

_Ranked = tuple[float, float, IndexedHome]
"""A Key, with the home itself for its id: so two compare as their keys do."""


class Board:
    """Every registered home; `show` writes what answers say of one, once for each version: when
    it is first asked for, as few of a load's homes ever are."""

    def __init__(self, show: Callable[[HomeDocument], str]) -> None:
        self._show = show
        self.clear()

    def __len__(self) -> int:
        return len(self._rows)

    def clear(self) -> None:
        self._rows = LatitudeBands()
        self._last_day = 0

    def put(self, document: HomeDocument, text: str = "") -> None:
        """In place of what this home was before, wherever; unregistered, it is nowhere.

        `text` is the document as JSON, where somebody has it.
        """
        if not is_registered(document):
            self._rows.remove(document["location_id"])
            return
        confirmed, coming = document.get("confirmed_at"), announced_beds(document)
        confirmed_at = datetime.fromisoformat(confirmed) if confirmed else None
        home = IndexedHome(
            location_id=document["location_id"],
            point=Point(document["latitude"], document["longitude"]),
            traits=bitmaps.traits_of(document, coming),
            coming_free=coming,
            confirmed_at=confirmed_at,
            confirmed=confirmed_at.timestamp() if confirmed_at else 0.0,
            text=text or to_json(document),
        )
        self._rows.put(home)
        self._last_day = max(self._last_day, int(home.confirmed // bitmaps.DAY))

    def search(self, wanted: SearchQuery) -> SearchResults:
        circle = Circle(wanted.centre, wanted.radius_miles)
        fitting = Filter(wanted, self._last_day)
        strips: list[_Strip] = []
        for row in self._rows.reached(circle):
            start, end = row.reached(circle)
            if start < end and (bits := fitting.among(row, start, end)):
                strips.append((row, start, bits))
        at_most = sum([bits.bit_count() for _, _, bits in strips])
        enough = wanted.limit + 1  # one more tells whether there are more
        if at_most <= FEW * enough:
            ranked = _ranked(strips, circle, wanted.sort)
            total = len(ranked)
            ranked = _after(wanted.after, ranked)
        else:
            total = _count(strips, circle)
            if wanted.sort is Sort.DISTANCE:
                ranked = _nearest(strips, circle, wanted.after, enough, at_most)
            else:
                ranked = self._newest(strips, circle, wanted.after, enough)
        # Numbers alone sort several times faster; then all is in order already but for ties.
        ranked.sort(key=itemgetter(0))
        ranked.sort()
        first = ranked[: wanted.limit]
        for _, _, home in first:
            if home.text:
                home.shown, home.text = self._show(json.loads(home.text)), ""
        results = [Match(home, chord_to_miles(chord)) for _, chord, home in first]
        return SearchResults(total, results, _key(first[-1]) if len(ranked) > len(first) else None)

    def _newest(
        self, strips: list[_Strip], circle: Circle, after: SortKey | None, enough: int
    ) -> list[_Ranked]:
        """Enough of those confirmed last, and maybe more: a day at a time."""
        ranked: list[_Ranked] = []
        last_day = int(-after.first // bitmaps.DAY) if after else self._last_day
        for day in range(last_day, max(0, last_day - NEWEST_DAYS), -1):
            confirmed = bitmaps.confirmed_on(day)
            of_day = [
                (row, start, bits & row.holders.get(confirmed, 0) >> start)
                for row, start, bits in strips
            ]
            ranked += _after(after, _ranked(of_day, circle, Sort.FRESHNESS))
            if len(ranked) >= enough:
                return ranked
        return _after(after, _ranked(strips, circle, Sort.FRESHNESS))


def _count(strips: list[_Strip], circle: Circle) -> int:
    """How many are in the circle."""
    total = 0
    origin, chord = circle.xyz, circle.chord
    for row, start, bits in strips:
        first, last = row.covered(circle)
        inside = _clip(bits, start, first, last)
        total += inside.bit_count()
        near_edge = bits ^ inside << max(0, first - start)
        places = row.places
        total += sum([dist(places[start + at], origin) <= chord for at in positions(near_edge)])
    return total


def _nearest(
    strips: list[_Strip], circle: Circle, after: SortKey | None, enough: int, at_most: int
) -> list[_Ranked]:
    """Enough of the nearest, and maybe more: all of a smaller circle that holds enough."""
    begin = max(0.0, min(after.first, circle.chord)) if after else 0.0
    share = NARROWED_TO * enough / at_most
    while share < 1:
        # As if homes were spread evenly: the ring from `begin` on, of this share of the area.
        chord = sqrt(begin**2 + share * (circle.chord**2 - begin**2))
        smaller = Circle(circle.point, chord_to_miles(chord))
        fewer = []
        for row, start, bits in strips:
            first, last = row.reached(smaller)
            if left := _clip(bits, start, first, last):
                fewer.append((row, max(start, first), left))
        ranked = _after(after, _ranked(fewer, smaller, Sort.DISTANCE))
        if len(ranked) >= enough:
            return ranked
        share *= 2
    return _after(after, _ranked(strips, circle, Sort.DISTANCE))


def _clip(bits: int, start: int, first: int, last: int) -> int:
    """Those of homes[first:last] only, the lowest bit now the later of start and first."""
    first = max(start, first)
    return bits >> first - start & (1 << last - first) - 1 if first < last else 0


def _ranked(strips: list[_Strip], circle: Circle, sort: Sort) -> list[_Ranked]:
    """Those in the circle, in no order."""
    origin, reach = circle.xyz, circle.chord
    found = [
        (chord, chord, row.homes[start + at])
        for row, start, bits in strips
        for at in positions(bits)
        if (chord := dist(row.places[start + at], origin)) <= reach
    ]
    if sort is Sort.DISTANCE:
        return found
    return [(-home.confirmed, chord, home) for _, chord, home in found]


def _after(key: SortKey | None, ranked: list[_Ranked]) -> list[_Ranked]:
    return [each for each in ranked if _key(each) > key] if key else ranked


def _key(ranked: _Ranked) -> SortKey:
    first, chord, home = ranked
    return SortKey(first, chord, home.location_id)
