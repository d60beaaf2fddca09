"""Simulate what homes posted in earlier weeks, going back from what they post now."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from local.demo.occupancy import SEED, VacanciesBody

BETWEEN_POSTS: Final = timedelta(days=5), timedelta(days=13)
"""Assumption: the shortest and the longest time between two posts of a home."""
MOVES: Final = (-1, 0, 0, 0, 1)
"""Assumption: how many more beds of a category were free than at the next post; all as likely."""


class Posting(NamedTuple):
    """What a home posted, and when."""

    at: datetime
    location_id: str
    body: VacanciesBody


def postings(
    bodies: Mapping[str, VacanciesBody],
    ages: Mapping[str, timedelta],
    now: datetime,
    *,
    weeks: int,
    seed: int = SEED,
) -> list[Posting]:
    """Return the posts of all homes, earliest first.

    For each home: the last post, the posts of so many weeks before it, and one before these. With
    no weeks, the last post only.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    since = now - timedelta(weeks=weeks)
    found = []
    for location_id in sorted(bodies):
        last = Posting(now - ages[location_id], location_id, bodies[location_id])
        found += [last, *(_before(last, since, rng) if weeks else ())]
    return sorted(found, key=lambda posting: (posting.at, posting.location_id))


def _before(posting: Posting, since: datetime, rng: Random) -> Iterator[Posting]:
    shortest, longest = BETWEEN_POSTS
    while posting.at > since:
        at = posting.at - shortest - (longest - shortest) * rng.random()
        posting = Posting(at, posting.location_id, _earlier(posting.body, rng))
        yield posting


def _earlier(body: VacanciesBody, rng: Random) -> VacanciesBody:
    """Return bed counts in which a few beds were free that are occupied now, or the other way."""
    earlier: dict[str, Any] = deepcopy(body)
    for counts in earlier["beds"].values():
        moved = rng.choice(MOVES)
        if counts["accepting"] + moved >= 0 and moved <= counts["occupied"]:
            counts["accepting"] += moved
            counts["occupied"] -= moved
    return earlier
