"""The board: every care home in memory, by place and by what it offers, ready to be searched.

A search first reads from the bitmaps of the latitude bands which homes match and may lie in the
circle. It looks at single homes only to count those near the circle's edge, and to rank those that
it returns.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from operator import itemgetter
from typing import Final, NamedTuple

from shared.domain.availability import ever_announced, is_registered
from shared.domain.documents import HomeDocument, to_json
from shared.domain.freshness import confirmed_at
from shared.domain.geo import Circle, Point, chord_to_miles
from shared.search_index import bitmaps
from shared.search_index.filters import Filter
from shared.search_index.latitude_bands import IndexedHome, LatitudeBands
from shared.search_index.query import SearchQuery, SortKey
from shared.search_index.ranking import Slice, after_key, count, rank, select, sort_key

RANK_ALL_UP_TO: Final = 4
"""Times the number of results: so few candidates are all ranked; of more, some are selected."""

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
        slices: list[Slice] = []
        for band in self._bands.touching(circle):
            start, end = band.range_touching(circle)
            if start < end and (matches := criteria.matches(band, start, end)):
                slices.append((band, start, matches))
        at_most = sum([matches.bit_count() for _, _, matches in slices])
        needed = query.limit + 1  # one more tells whether there are more
        if at_most <= RANK_ALL_UP_TO * needed:
            ranked = rank(slices, circle, query)
            total = len(ranked)
            ranked = after_key(query.after, ranked)
        else:
            total = count(slices, circle)
            ranked = select(slices, circle, query, needed, self._last_day)
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
        return SearchResults(total, results, sort_key(first[-1]) if has_more else None)

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
