"""Read the query string of a search into the query that the board takes."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from search import cursor
from shared.domain.care_home import MOST_BEDS
from shared.domain.freshness import AGEING_FOR
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import (
    MAX_DAYS,
    MAX_RADIUS_MILES,
    BedCategory,
    Feature,
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

PARAMETERS: Final = frozenset(
    {
        "near",
        "radius_miles",
        "category",
        "beds",
        "service_user_band",
        "min_rating",
        "feature",
        "max_age_hours",
        "available_by",
        "include_full",
        "sort",
        "limit",
        "cursor",
    }
)


class SearchRequest(NamedTuple):
    """A search as the caller asked for it."""

    query: SearchQuery
    place: Place
    fingerprint: str
    """The search that its cursors belong to."""


def read_search(params: QueryParams, postcodes: Postcodes, now: datetime) -> SearchRequest:
    """Read a search. Raises RefusedError, naming every wrong parameter, and MalformedError."""
    place = params.required("near", lambda text: near.find(text, postcodes), near.EXPECTED)
    radius_miles = params.decimal("radius_miles", DEFAULT_RADIUS_MILES, MAX_RADIUS_MILES)
    categories = params.members("category", BedCategory)
    beds = params.integer("beds", 1, MOST_BEDS)
    bands = params.members("service_user_band", ServiceUserBand)
    ratings = params.members("min_rating", Rating, once=True)
    features = params.members("feature", Feature)
    max_age_hours = params.integer("max_age_hours", 0, 24 * MAX_DAYS)
    today = uk_day(now)
    available_by = params.day("available_by", today, today + timedelta(days=MAX_DAYS))
    include_full = params.choice("include_full", {"false": False, "true": True})
    sort = params.choice("sort", {each.value: each for each in Sort})
    limit = params.integer("limit", DEFAULT_LIMIT, MAX_LIMIT)
    cursor_text = params.text("cursor")
    params.check()
    assert place is not None  # noqa: S101 - `check` raised otherwise
    fingerprint = _fingerprint(params.values)
    query = SearchQuery(
        centre=place.point,
        radius_miles=radius_miles,
        categories=categories,
        beds=beds,
        available_by=available_by,
        service_user_bands=bands,
        features=features,
        min_rating=ratings[0] if ratings else None,
        confirmed_since=now - timedelta(hours=max_age_hours) if max_age_hours else None,
        include_full=include_full,
        sort=sort,
        stale_before=now - AGEING_FOR,
        limit=limit,
        today=today,
        after=None if cursor_text is None else cursor.read(cursor_text, fingerprint),
    )
    return SearchRequest(query, place, fingerprint)


def _fingerprint(values: Mapping[str, Sequence[str]]) -> str:
    """Hash what decides the results and their order, which the size of pages does not."""
    same = sorted((name, each) for name, each in values.items() if name not in {"cursor", "limit"})
    return hashlib.sha256(repr(same).encode()).hexdigest()[:12]
