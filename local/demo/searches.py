"""Invent what fictional teams searched for in the last weeks, published as those weeks would be."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from shared.domain.demand import (
    Cell,
    Count,
    Period,
    Span,
    Tally,
    counts_of,
    publishable,
    settled_periods,
)
from shared.domain.fit import Requirements
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory

SEED: Final = 20261116
WEEKS: Final = 4

TEAMS: Final = {
    "exeter-discharge": ("EX2", "EX4", "EX1"),
    "exeter-community": ("EX2", "EX4", "EX8"),
    "torbay-discharge": ("TQ2", "TQ12", "EX4"),
}
"""Teams of fictional hospitals, and the districts that they search around, the usual one first."""

NEEDS: Final = {
    "hoist": 9,
    "two_to_help": 8,
    "catheter": 5,
    "insulin": 4,
    "walks_with_purpose": 4,
    "bariatric": 3,
    "peg": 3,
    "distressed_behaviour": 3,
    "oxygen": 2,
    "tracheostomy": 1,
}
"""How often each is asked beside the others: an assumption, as nobody publishes it."""

CATEGORIES: Final = (
    BedCategory.GENERAL_NURSING,
    BedCategory.DEMENTIA_NURSING,
    BedCategory.GENERAL_RESIDENTIAL,
)
SEARCHES_A_DAY: Final = 9


def published_searches(now: datetime, seed: int = SEED) -> dict[Period, dict[Cell, int]]:
    """Return the table of each of the last weeks, without what may not be published."""
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    periods = settled_periods(now, Span.WEEK, WEEKS)
    return {
        period: publishable(_tallies(set(_counts(rng, period))), period.least_teams)
        for period in periods
    }


def _counts(rng: Random, period: Period) -> Iterator[Count]:
    for day in range(7):
        noon = period.end - timedelta(days=7 - day, hours=-12)
        for team, districts in TEAMS.items():
            for _ in range(SEARCHES_A_DAY if day < 5 else 2):
                needs = dict.fromkeys(rng.choices(list(NEEDS), list(NEEDS.values()), k=2))
                funding = rng.choice((None, Funding.COUNCIL_RATE, Funding.D2A_BLOCK))
                (district,) = rng.choices(districts, (6, 3, 1))
                (category,) = rng.choices(CATEGORIES, (4, 3, 3))
                asked = Requirements(tuple(needs), funding)
                yield from counts_of(team, district, (category,), asked, noon)


def _tallies(counts: set[Count]) -> Mapping[Cell, Tally]:
    teams: dict[Cell, list[str]] = {}
    for count in counts:
        teams.setdefault(count.cell, []).append(count.team)
    return {cell: Tally(len(each), len(set(each))) for cell, each in teams.items()}
