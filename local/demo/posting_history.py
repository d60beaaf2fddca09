"""Draws what homes posted in the weeks before, back from what they say now."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from local.demo.occupancy import SEED, Body

BETWEEN_POSTS: Final = timedelta(days=5), timedelta(days=13)
"""Assumed: the shortest and the longest time between two posts of a home that takes part."""
MOVES: Final = (-1, 0, 0, 0, 1)
"""Assumed: beds of a category that were free more than at the next post, each as likely."""


class Posting(NamedTuple):
    """What a home posted, and when."""

    at: datetime
    location_id: str
    body: Body


def postings(
    bodies: Mapping[str, Body],
    ages: Mapping[str, timedelta],
    now: datetime,
    *,
    weeks: int,
    seed: int = SEED,
) -> list[Posting]:
    """Every home's last post, those of so many weeks before and the one before these, earliest
    first; without weeks only the last."""
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


def _earlier(body: Body, rng: Random) -> Body:
    """One or the other bed was free that is taken now, or taken that is free."""
    earlier: dict[str, Any] = deepcopy(body)
    for counts in earlier["beds"].values():
        moved = rng.choice(MOVES)
        if counts["accepting"] + moved >= 0 and moved <= counts["occupied"]:
            counts["accepting"] += moved
            counts["occupied"] -= moved
    return earlier
