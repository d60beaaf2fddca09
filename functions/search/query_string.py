"""A search as it was asked: the query string, read strictly, as what the board is asked for."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple, TypeVar

from search import cursor
from shared.domain.care_home import MOST_BEDS
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand
from shared.places import near
from shared.places.postcodes import Place, Postcodes
from shared.search_index.query import SearchQuery, Sort

USUAL_RADIUS_MILES: Final = 10.0
LARGEST_RADIUS_MILES: Final = 100
USUAL_LIMIT: Final = 25
MOST_RESULTS: Final = 100
OLDEST_HOURS: Final = 24 * 366
FARTHEST: Final = timedelta(days=366)

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

_DECIMAL = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,5}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Question(NamedTuple):
    """What is asked of the board, around which place, and what its cursors are bound to."""

    wanted: SearchQuery
    place: Place
    fingerprint: str


def read(query: Mapping[str, list[str]], postcodes: Postcodes, now: datetime) -> Question:
    """Raises RefusedError, naming every parameter that cannot be, and MalformedError."""
    asked = _Asked(query)
    place = asked.one("near", lambda text: near.find(text, postcodes), near.EXPECTED)
    radius = asked.number("radius_miles", USUAL_RADIUS_MILES, LARGEST_RADIUS_MILES)
    categories = asked.several("category", BedCategory)
    beds = asked.whole("beds", 1, MOST_BEDS)
    bands = asked.several("service_user_band", ServiceUserBand)
    ratings = asked.several("min_rating", Rating, most=1)
    features = asked.several("feature", Feature)
    oldest = asked.whole("max_age_hours", 0, OLDEST_HOURS)
    available_by = asked.day("available_by", now.date())
    include_full = asked.choice("include_full", {"false": False, "true": True})
    sort = asked.choice("sort", {each.value: each for each in Sort})
    limit = asked.whole("limit", USUAL_LIMIT, MOST_RESULTS)
    going_on = asked.one("cursor", str, "a next_cursor") if "cursor" in query else None
    if asked.problems or place is None:
        raise RefusedError(*asked.problems)
    fingerprint = _fingerprint(query)
    wanted = SearchQuery(
        centre=place.point,
        radius_miles=radius,
        categories=categories,
        beds=beds,
        available_by=available_by,
        service_user_bands=bands,
        features=features,
        min_rating=ratings[0] if ratings else None,
        confirmed_since=now - timedelta(hours=oldest) if oldest else None,
        include_full=include_full,
        sort=sort,
        limit=limit,
        after=None if going_on is None else cursor.read(going_on, fingerprint),
    )
    return Question(wanted, place, fingerprint)


class _Asked:
    """The parameters, and what is wrong with them so far."""

    def __init__(self, query: Mapping[str, list[str]]) -> None:
        self._query = query
        self.problems: list[Problem] = []

    def one(self, name: str, reading: Callable[[str], T | None], expected: str) -> T | None:
        """The parameter's only value as `reading` has it; None is what cannot be."""
        values = self._query.get(name, [])
        try:
            found = reading(values[0]) if len(values) == 1 else None
        except RefusedError as refused:
            self.problems += refused.problems
            return None
        if found is None:
            self.problems.append(Problem(name, f"{expected}, once"))
        return found

    def number(self, name: str, usual: float, most: int) -> float:
        """A decimal above 0, up to `most`."""
        if name not in self._query:
            return usual

        def reading(text: str) -> float | None:
            number = float(text) if _DECIMAL.fullmatch(text) else 0.0
            return number if 0 < number <= most else None

        return self.one(name, reading, f"a number above 0, at most {most}") or usual

    def whole(self, name: str, usual: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        if name not in self._query:
            return usual

        def reading(text: str) -> int | None:
            number = int(text) if _WHOLE.fullmatch(text) else 0
            return number if 1 <= number <= most else None

        return self.one(name, reading, f"a whole number from 1 to {most}") or usual

    def day(self, name: str, today: date) -> date | None:
        """A day from today to a year ahead."""
        if name not in self._query:
            return None

        def reading(text: str) -> date | None:
            try:
                day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
            except ValueError:
                return None
            return day if day and today <= day <= today + FARTHEST else None

        return self.one(name, reading, f'a day from today to a year ahead, as "{today}"')

    def choice(self, name: str, choices: Mapping[str, T]) -> T:
        """One of the choices; the first where nothing is asked."""
        first = next(iter(choices.values()))
        values = self._query.get(name, [])
        if not values:
            return first
        if len(values) == 1 and values[0] in choices:
            return choices[values[0]]
        self.problems.append(Problem(name, " or ".join(choices)))
        return first

    def several(self, name: str, kind: type[E], most: int | None = None) -> tuple[E, ...]:
        """Words of a list, repeated or separated by commas, in any case, spaces or underscores."""
        if name not in self._query:
            return ()
        texts = [text for value in self._query[name] for text in value.split(",")]
        found = [_words(kind).get(_plain(text)) for text in texts]
        if None in found or (most and len(found) > most):
            once = ", once" if most else ""
            self.problems.append(Problem(name, "one of " + "; ".join(kind) + once))
        return tuple(dict.fromkeys(each for each in found if each))


@cache
def _words(kind: type[E]) -> dict[str, E]:
    return {_plain(each): each for each in kind}


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", " ")


def _fingerprint(query: Mapping[str, list[str]]) -> str:
    """Of all that decides what is found and in which order; pages may differ in length."""
    same = sorted((name, each) for name, each in query.items() if name not in {"cursor", "limit"})
    return hashlib.sha256(repr(same).encode()).hexdigest()[:12]
