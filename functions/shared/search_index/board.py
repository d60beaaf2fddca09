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

from shared.domain.availability import announced_by_use, is_registered
from shared.domain.chance import USUALLY_WRONG
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.fit import ADMIT_BY, Answers
from shared.domain.freshness import confirmed_at
from shared.domain.geo import Circle, Point, chord_to_miles
from shared.domain.listings import listings_of, mark_as_gone, weigh_with
from shared.domain.needs import Answer
from shared.domain.terms import Terms
from shared.search_index import bitmaps, ranking
from shared.search_index.bitmaps import AnswerBits
from shared.search_index.filters import Filter
from shared.search_index.latitude_bands import IndexedHome, LatitudeBands
from shared.search_index.likelihoods import LikelihoodsByWeighing
from shared.search_index.query import SearchQuery, Sort, SortKey
from shared.search_index.slices import FITS, Slice, count, inside

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

    def answers(self, query: SearchQuery) -> Answers:
        """Return what the home says of each requirement of the query, in their order."""
        asked, home = query.requirements, self.home
        answers = {name: home.answers.answer(name) for name in asked.names if name != ADMIT_BY}
        if asked.admit_by:
            terms = home.terms
            answers[ADMIT_BY] = terms.admits_by(asked.admit_by, query.as_of) if terms else None
        return answers


class SearchResults(NamedTuple):
    """The first of the matches, the last of these if there are more, and how many there are."""

    totals: Mapping[Answer, int]
    """All matches by what they say of the requirements; without requirements, all say yes."""
    total: int
    """The matches with one of the query's fits."""
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
        self._disputes: dict[str, Disputes] = {}
        self._wrong = USUALLY_WRONG
        self.clear()

    def __len__(self) -> int:
        return len(self._bands)

    def clear(self) -> None:
        """Remove every home."""
        self._bands = LatitudeBands()
        self._likelihoods = LikelihoodsByWeighing()
        self._last_day = 0
        self._terms: dict[str, Terms] = {}

    def put(self, document: HomeDocument, document_json: str = "") -> None:
        """Insert the home, replacing any earlier version; remove it if it is not registered.

        `document_json` is the same document as JSON, if the caller has it. A document that cannot
        be read raises, whatever is wrong with it, and leaves the board as it was.
        """
        if not is_registered(document):
            self.remove(document["location_id"])
            return
        announced, confirmed = announced_by_use(document), confirmed_at(document)
        answers, listings = AnswerBits.of_document(document), listings_of(document, self._wrong)
        if disputes := self._disputes.get(document["location_id"]):
            mark_as_gone(listings, disputes)
        home = IndexedHome(
            location_id=document["location_id"],
            point=_point(document),
            attributes=bitmaps.attributes_of(document, announced, answers),
            announced_beds=announced,
            days=_days(document, announced),
            confirmed_at=confirmed,
            confirmed_seconds=confirmed.timestamp() if confirmed else 0.0,
            listings=listings,
            answers=answers,
            terms=self._terms_of(document),
            document_json=document_json or to_json(document),
        )
        self._bands.put(home)
        self._last_day = max(self._last_day, int(home.confirmed_seconds // bitmaps.DAY))

    def _terms_of(self, document: HomeDocument) -> Terms | None:
        """Return the terms of a home that says when it admits people: one for all that say so."""
        hours = document.get("admission_hours")
        if hours is None:
            return None
        key = to_json({"hours": hours, "within": document.get("assesses_within_hours")})
        if key not in self._terms:
            self._terms[key] = Terms.from_document(document)
        return self._terms[key]

    def remove(self, location_id: str) -> None:
        """Remove the home, if there is such a home."""
        self._bands.remove(location_id)

    def put_disputes(self, disputes: Disputes) -> None:
        """Mark what the home lists by what teams were told, now and whenever the home is put."""
        self._disputes[disputes.location_id] = disputes
        self._bands.change_listings(
            disputes.location_id, lambda listings: mark_as_gone(listings, disputes)
        )

    def weigh_with(self, wrong: float) -> None:
        """Weigh all that is listed anew, now and whenever a home is put.

        `wrong` is the share of posts that list one bed more than there is.
        """
        self._wrong, self._likelihoods = wrong, LikelihoodsByWeighing()
        for home in self._bands.homes():
            weigh_with(home.listings, wrong)

    def search(self, query: SearchQuery, besides: SearchQuery | None = None) -> SearchResults:
        """Return the number of homes that match, and the first of them in the query's order.

        What `besides` finds in the same circle is left out.
        """
        circle = Circle(query.centre, query.radius_miles)
        criteria = Filter(query, self._last_day)
        matches = self._matches(circle, criteria, besides)
        needed = query.limit + 1  # one more tells whether there are more
        likelihoods = self._likelihoods
        if sum([bits.bit_count() for _, _, bits in matches]) <= RANK_ALL_UP_TO * needed:
            totals, ranked = ranking.all_of(criteria.divide(matches), circle, query, likelihoods)
        else:
            if query.requirements:
                divided = criteria.divide(inside(matches, circle))
                totals = [
                    sum([parts[fit].bit_count() for *_, parts in divided]) for fit in (0, 1, 2)
                ]
            else:
                divided = criteria.divide(matches)
                totals = [count(matches, circle), 0, 0]
            ranked = ranking.first_of(divided, circle, query, needed, self._last_day, likelihoods)
        # Numbers alone sort several times faster. After that only ties are out of order.
        if query.sort is not Sort.DISTANCE:
            ranked.sort(key=itemgetter(1))
        ranked.sort(key=itemgetter(0))
        ranked.sort()
        first = ranked[: query.limit]
        today = query.today.isoformat()
        for _, _, home in first:
            if home.rendered_until < today and not self._render_home(home, query.today):
                return self.search(query, besides)  # without it
        results = [Match(home, chord_to_miles(chord)) for _, chord, home in first]
        has_more = len(ranked) > len(first)
        return SearchResults(
            dict(zip(FITS, totals, strict=True)),
            sum([total for fit, total in zip(FITS, totals, strict=True) if fit in query.fits]),
            results,
            ranking.sort_key(first[-1]) if has_more else None,
        )

    def _matches(
        self, circle: Circle, criteria: Filter, besides: SearchQuery | None
    ) -> list[Slice]:
        """Return the matches that may lie in the circle, whatever their fit."""
        left_out = Filter(besides, self._last_day) if besides else None
        slices = []
        for band in self._bands.touching(circle):
            start, end = band.range_touching(circle)
            matches = criteria.matches(band, start, end) if start < end else 0
            if left_out and matches:
                matches &= ~left_out.found(band, start, end)
            if matches:
                slices.append((band, start, matches))
        return slices

    @property
    def disputed_homes(self) -> list[str]:
        """Return the ids of the homes against which teams were told something."""
        return list(self._disputes)

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


class DisputesOfBoard:
    """The disputes that a board knows, as an index that a follower of the log keeps up to date."""

    def __init__(self, board: Board) -> None:
        """Keep those of this board."""
        self._board = board

    def clear(self) -> None:
        """Remove the disputes of every home."""
        for location_id in self._board.disputed_homes:
            self.remove(location_id)

    def put(self, document: Document, _: str = "") -> None:
        """Take these instead of what was known of the home."""
        self._board.put_disputes(Disputes.from_document(document))

    def remove(self, location_id: str) -> None:
        """Remove the disputes of a home."""
        self._board.put_disputes(Disputes(location_id))


def _point(document: HomeDocument) -> Point:
    """Return where the home is. Raises TypeError or ValueError: nowhere would unsort a band."""
    latitude, longitude = document["latitude"], document["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitude and longitude are not those of a place")
    return Point(latitude, longitude)


def _days(document: HomeDocument, announced: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the days of announced beds, and the day on which the home expects to reopen."""
    reopening = document["admission_status"].get("expected_date")
    days = [day for each in announced.values() for day in each]
    return (*days, reopening) if reopening else tuple(days)
