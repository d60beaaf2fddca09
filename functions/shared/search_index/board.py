"""The board: every care home in memory, by place and by what it offers, ready to be searched.

A search first reads from the bitmaps of the latitude bands which homes match and may lie in the
circle. It looks at single homes only to count those near the circle's edge, and to rank those that
it returns.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import dist, sqrt
from operator import itemgetter
from typing import Final, NamedTuple

from shared.domain.availability import ever_announced, is_registered
from shared.domain.documents import HomeDocument, to_json
from shared.domain.freshness import confirmed_at
from shared.domain.geo import Circle, Point, chord_to_miles
from shared.search_index import bitmaps
from shared.search_index.filters import Filter
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, LatitudeBands, set_bits
from shared.search_index.query import SearchQuery, Sort, SortKey

RANK_ALL_UP_TO: Final = 4
"""Times the number of results: so few candidates are all ranked; of more, some are selected."""

NARROWED_TO: Final = 1.3
"""Times the number of results: how many candidates a smaller circle is made to hold."""

NEWEST_DAYS: Final = 31
"""The law asks for an update a month, so nearly every home was confirmed in these days."""


_FOR_EVER: Final = "9999-12-31"


class Match(NamedTuple):
    """A home that matches a query, and its distance."""

    home: IndexedHome
    miles: float

    @property
    def location_id(self) -> str:
        """Return the home's id."""
        return self.home.location_id

    @property
    def confirmed_at(self) -> datetime | None:
        """Return when the home last confirmed its bed counts."""
        return self.home.confirmed_at

    @property
    def rendered(self) -> str:
        """Return what the board's `render` made of the home."""
        return self.home.rendered


class SearchResults(NamedTuple):
    """The number of all matches, the first of them, and the last of these if there are more."""

    total: int
    results: list[Match]
    more_after: SortKey | None


_Slice = tuple[LatitudeBand, int, int]
"""A part of a band: the first home's position and the matches, whose bit i is home start + i."""

_Ranked = tuple[float, float, IndexedHome]
"""A SortKey with the home itself for its id: these two sort alike."""


class Board:
    """Every registered home.

    `render` makes the text that responses show of a home on a day. It runs once for each version,
    when a search first returns the home, because most homes of a load are never returned; and once
    more when a day in the home's document has passed.
    """

    def __init__(
        self,
        render: Callable[[HomeDocument, date], str],
        report_unreadable: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin without homes.

        `report_unreadable` is called within an `except` block, with the id of a home that cannot
        be rendered; that home is then removed.
        """
        self._render, self._report_unreadable = render, report_unreadable
        self.clear()

    def __len__(self) -> int:
        return len(self._bands)

    def clear(self) -> None:
        """Remove every home."""
        self._bands = LatitudeBands()
        self._last_day = 0

    def put(self, document: HomeDocument, document_json: str = "") -> None:
        """Insert the home, replacing any earlier version; remove it if it is not registered.

        `document_json` is the same document as JSON, if the caller has it. A document that cannot
        be read raises, whatever is wrong with it, and leaves the board as it was.
        """
        if not is_registered(document):
            self.remove(document["location_id"])
            return
        announced, confirmed = ever_announced(document), confirmed_at(document)
        home = IndexedHome(
            location_id=document["location_id"],
            point=_point(document),
            attributes=bitmaps.attributes_of(document, announced),
            announced_beds=announced,
            days=_days(document, announced),
            confirmed_at=confirmed,
            confirmed_seconds=confirmed.timestamp() if confirmed else 0.0,
            document_json=document_json or to_json(document),
        )
        self._bands.put(home)
        self._last_day = max(self._last_day, int(home.confirmed_seconds // bitmaps.DAY))

    def remove(self, location_id: str) -> None:
        """Remove the home, if there is such a home."""
        self._bands.remove(location_id)

    def search(self, query: SearchQuery) -> SearchResults:
        """Return the number of homes that match, and the first of them in the query's order."""
        circle = Circle(query.centre, query.radius_miles)
        criteria = Filter(query, self._last_day)
        slices: list[_Slice] = []
        for band in self._bands.touching(circle):
            start, end = band.range_touching(circle)
            if start < end and (matches := criteria.matches(band, start, end)):
                slices.append((band, start, matches))
        at_most = sum([matches.bit_count() for _, _, matches in slices])
        needed = query.limit + 1  # one more tells whether there are more
        if at_most <= RANK_ALL_UP_TO * needed:
            ranked = _rank(slices, circle, query)
            total = len(ranked)
            ranked = _after(query.after, ranked)
        else:
            total = _count(slices, circle)
            if query.sort is Sort.DISTANCE:
                ranked = _nearest(slices, circle, query, needed, at_most)
            elif query.sort is Sort.FRESHNESS:
                ranked = self._newest(slices, circle, query, needed)
            else:
                ranked = _after(query.after, _rank(slices, circle, query))
        # Numbers alone sort several times faster. After that only ties are out of order.
        ranked.sort(key=itemgetter(0))
        ranked.sort()
        first = ranked[: query.limit]
        today = query.today.isoformat()
        for _, _, home in first:
            if home.rendered_until < today and not self._render_home(home, query.today):
                return self.search(query)  # without it
        results = [Match(home, chord_to_miles(chord)) for _, chord, home in first]
        has_more = len(ranked) > len(first)
        return SearchResults(total, results, _sort_key(first[-1]) if has_more else None)

    def _render_home(self, home: IndexedHome, today: date) -> bool:
        """Render the home, and keep its document only if one of its days is still to come.

        Remove it and return False if it cannot be rendered: it must not stop every search.
        """
        try:
            home.rendered = self._render(json.loads(home.document_json), today)
        except Exception:
            self._report_unreadable(home.location_id)
            self.remove(home.location_id)
            return False
        first = today.isoformat()
        home.rendered_until = min([day for day in home.days if day >= first], default=_FOR_EVER)
        if home.rendered_until == _FOR_EVER:
            home.document_json = ""
        return True

    def _newest(
        self, slices: list[_Slice], circle: Circle, query: SearchQuery, needed: int
    ) -> list[_Ranked]:
        """Return at least as many as needed of the last confirmed: it adds one day at a time."""
        after = query.after
        ranked: list[_Ranked] = []
        last_day = int(-after.primary // bitmaps.DAY) if after else self._last_day
        for day in range(last_day, max(0, last_day - NEWEST_DAYS), -1):
            confirmed = bitmaps.confirmed_on(day)
            slices_of_day = [
                (band, start, matches & band.bitmaps.get(confirmed, 0) >> start)
                for band, start, matches in slices
            ]
            ranked += _after(after, _rank(slices_of_day, circle, query))
            if len(ranked) >= needed:
                return ranked
        return _after(after, _rank(slices, circle, query))


def _point(document: HomeDocument) -> Point:
    """Return where the home is. Raises TypeError or ValueError: nowhere would unsort a band."""
    latitude, longitude = document["latitude"], document["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitude and longitude are not those of a place")
    return Point(latitude, longitude)


def _days(document: HomeDocument, announced: Mapping[str, str]) -> tuple[str, ...]:
    """Return the days of announced beds, and the day on which the home expects to reopen."""
    reopening = document["admission_status"].get("expected_date")
    return (*announced.values(), reopening) if reopening else tuple(announced.values())


def _count(slices: list[_Slice], circle: Circle) -> int:
    """Count the matches in the circle."""
    total = 0
    origin, chord = circle.xyz, circle.chord
    for band, start, matches in slices:
        first, last = band.range_inside(circle)
        inside = _clip(matches, start, first, last)
        total += inside.bit_count()
        near_edge = matches ^ inside << max(0, first - start)
        coordinates = band.coordinates
        total += sum([dist(coordinates[start + at], origin) <= chord for at in set_bits(near_edge)])
    return total


def _nearest(
    slices: list[_Slice], circle: Circle, query: SearchQuery, needed: int, at_most: int
) -> list[_Ranked]:
    """Return at least as many as needed of the nearest: all of a smaller circle with enough."""
    after = query.after
    begin = max(0.0, min(after.primary, circle.chord)) if after else 0.0
    share = NARROWED_TO * needed / at_most
    while share < 1:
        # As if homes were spread evenly: the ring from `begin` on with this share of the area.
        chord = sqrt(begin**2 + share * (circle.chord**2 - begin**2))
        smaller = Circle(circle.point, chord_to_miles(chord))
        fewer = []
        for band, start, matches in slices:
            first, last = band.range_touching(smaller)
            if clipped := _clip(matches, start, first, last):
                fewer.append((band, max(start, first), clipped))
        ranked = _after(after, _rank(fewer, smaller, query))
        if len(ranked) >= needed:
            return ranked
        share *= 2
    return _after(after, _rank(slices, circle, query))


def _clip(matches: int, start: int, first: int, last: int) -> int:
    """Keep the bits of homes[first:last]; the lowest bit is then the later of start and first."""
    first = max(start, first)
    return matches >> first - start & (1 << last - first) - 1 if first < last else 0


def _rank(slices: list[_Slice], circle: Circle, query: SearchQuery) -> list[_Ranked]:
    """Return the matches in the circle with their sort keys, unsorted."""
    origin, reach = circle.xyz, circle.chord
    ranked = [
        (chord, chord, band.homes[start + at])
        for band, start, matches in slices
        for at in set_bits(matches)
        if (chord := dist(band.coordinates[start + at], origin)) <= reach
    ]
    if query.sort is Sort.DISTANCE:
        return ranked
    if query.sort is Sort.CURRENT_FIRST:
        # Homes that never confirmed have the second 0.
        limit = query.stale_before.timestamp() if query.stale_before else 1.0
        return [(float(home.confirmed_seconds < limit), chord, home) for _, chord, home in ranked]
    return [(-home.confirmed_seconds, chord, home) for _, chord, home in ranked]


def _after(key: SortKey | None, ranked: list[_Ranked]) -> list[_Ranked]:
    return [each for each in ranked if _sort_key(each) > key] if key else ranked


def _sort_key(ranked: _Ranked) -> SortKey:
    primary, chord, home = ranked
    return SortKey(primary, chord, home.location_id)
