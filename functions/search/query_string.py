"""Read the query string of a search into the query that the board takes."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from search import cursor
from shared.domain.care_home import MOST_BEDS
from shared.domain.fit import Requirements
from shared.domain.needs import NEEDS, RETIRED, Answer, Suits
from shared.domain.terms import Funding
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import (
    MAX_DAYS,
    MAX_RADIUS_MILES,
    BedCategory,
    Rating,
    ServiceUserBand,
)
from shared.http.query_params import QueryParams
from shared.places import near
from shared.places.postcodes import Place, Postcodes
from shared.search_index.query import SearchQuery, Sort

DEFAULT_RADIUS_MILES: Final = 10.0
DEFAULT_LIMIT: Final = 25
MAX_LIMIT: Final = 100

LONGEST_WAIT: Final = timedelta(days=31)
"""How far ahead a search may ask for an admission."""

FITS: Final = {
    "ask": (Answer.YES, Answer.ASK),
    "yes": (Answer.YES,),
    "any": (Answer.YES, Answer.ASK, Answer.NO),
}
"""What each value of `fit` finds; the usual one is first."""

_YES_OR_NO: Final = {"false": False, "true": True}
_SUITS: Final = {each.value: each for each in Suits}
_SORTS: Final = {each.value: each for each in Sort}
_SORTS_WITH_NEEDS: Final = {each.value: each for each in (Sort.BEST, *Sort)}
_FUNDING: Final = frozenset(Funding)
_NEEDS_EXPECTED: Final = "needs that docs/http.md lists"
_WISHES: Final = "needs or funding that docs/http.md lists"

PARAMETERS: Final = frozenset(
    {
        "near",
        "radius_miles",
        "category",
        "beds",
        "suits",
        "service_user_band",
        "min_rating",
        "need",
        "would_like",
        "funding",
        "admit_by",
        "fit",
        "max_age_hours",
        "available_by",
        "include_full",
        "sort",
        "limit",
        "cursor",
        "for_a_person",
    }
)


class SearchRequest(NamedTuple):
    """A search as the caller asked for it."""

    query: SearchQuery
    place: Place
    fingerprint: str
    """The search that its cursors belong to."""
    is_for_a_person: bool = False
    """Whether someone pressed Search for a person who waits. Only such a search counts as demand;
    a search while someone is still choosing does not, nor does a further page."""
    notices: Sequence[str] = ()
    """What was left out of the search, and why."""


def read_search(params: QueryParams, postcodes: Postcodes, now: datetime) -> SearchRequest:
    """Read a search. Raises RefusedError, naming every wrong parameter, and MalformedError."""
    place = params.required("near", lambda text: near.find(text, postcodes), near.EXPECTED)
    radius_miles = params.decimal("radius_miles", DEFAULT_RADIUS_MILES, MAX_RADIUS_MILES)
    categories = params.members("category", BedCategory)
    beds = params.integer("beds", 1, MOST_BEDS)
    suits = params.choice("suits", _SUITS)
    bands = params.members("service_user_band", ServiceUserBand)
    ratings = params.members("min_rating", Rating, once=True)
    asked = params.names("need", _is_need, _NEEDS_EXPECTED)
    wishes = params.names("would_like", lambda name: _is_need(name) or name in _FUNDING, _WISHES)
    funding = params.members("funding", Funding, once=True)
    admit_by = params.moment("admit_by", now, now + LONGEST_WAIT)
    fits = params.choice("fit", FITS)
    max_age_hours = params.integer("max_age_hours", 0, 24 * MAX_DAYS)
    today = uk_day(now)
    available_by = params.day("available_by", today, today + timedelta(days=MAX_DAYS))
    include_full = params.choice("include_full", _YES_OR_NO)
    requirements = Requirements(
        tuple(need for need in asked if need in NEEDS), funding[0] if funding else None, admit_by
    )
    sort = params.choice("sort", _SORTS_WITH_NEEDS if requirements else _SORTS)
    limit = params.integer("limit", DEFAULT_LIMIT, MAX_LIMIT)
    cursor_text = params.text("cursor")
    is_for_a_person = params.choice("for_a_person", _YES_OR_NO)
    params.check()
    assert place is not None  # noqa: S101 - `check` raised otherwise
    fingerprint = _fingerprint(params.values)
    page = cursor.read(cursor_text, fingerprint, now) if cursor_text is not None else None
    as_of = page.as_of if page else now
    query = SearchQuery(
        centre=place.point,
        radius_miles=radius_miles,
        categories=categories,
        beds=beds,
        suits=suits,
        available_by=available_by,
        service_user_bands=bands,
        min_rating=ratings[0] if ratings else None,
        confirmed_since=as_of - timedelta(hours=max_age_hours) if max_age_hours else None,
        include_full=include_full,
        sort=sort,
        requirements=requirements,
        fits=fits,
        would_like=tuple(name for name in wishes if name not in RETIRED),
        as_of=as_of,
        limit=limit,
        today=today,
        after=page.key if page else None,
    )
    retired = dict.fromkeys(name for name in (*asked, *wishes) if name in RETIRED)
    notices = [RETIRED[name] for name in retired]
    return SearchRequest(query, place, fingerprint, is_for_a_person and page is None, notices)


def _is_need(name: str) -> bool:
    return name in NEEDS or name in RETIRED


def _fingerprint(values: Mapping[str, Sequence[str]]) -> str:
    """Hash what decides the results and their order, which the size of pages does not."""
    others = {"cursor", "limit", "for_a_person"}
    same = sorted((name, each) for name, each in values.items() if name not in others)
    return hashlib.sha256(repr(same).encode()).hexdigest()[:12]
