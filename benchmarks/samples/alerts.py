"""Alerts of discharge teams, and openings that fire them: seeded, the same every time."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from benchmarks.samples.bed_counts import bed_counts
from benchmarks.samples.homes import (
    BANDS,
    CATEGORIES,
    LARGEST_MILES,
    NEEDS,
    NOW,
    RATINGS,
    SEED,
    Homes,
    Integers,
    earth_xyz,
)
from benchmarks.samples.towns import Floats
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.geo import Point, chord_to_miles
from shared.domain.geo import earth_xyz as xyz_of

SMALLEST_MILES: Final = 2.0
_SEVERAL: Final = 0.3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alerts:
    """The columns of a table of alerts, a row each; bit sets in vocabulary order, 0 for any."""

    latitude: Floats
    longitude: Floats
    miles: Floats
    categories: Integers
    beds: Integers
    bands: Integers
    needs: Integers
    rating: Integers
    xyz: Floats = field(init=False)
    """Where each alert is in space, computed once: every peer is checked against it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "xyz", earth_xyz(self.latitude, self.longitude))

    def __len__(self) -> int:
        return len(self.latitude)

    def alert(self, at: int) -> Alert:
        """Return the alert in this row."""
        rating = int(self.rating[at])
        return Alert(
            team=f"team-{at // 100}",
            alert_id=f"{at:012x}",
            version=1,
            near="EX2",
            latitude=float(self.latitude[at]),
            longitude=float(self.longitude[at]),
            radius_miles=float(self.miles[at]),
            created_at=NOW,
            categories=tuple(_of(CATEGORIES, int(self.categories[at]))),
            beds=int(self.beds[at]),
            service_user_bands=tuple(_of(BANDS, int(self.bands[at]))),
            min_rating=RATINGS[rating - 1] if rating else None,
            needs=tuple(_of(NEEDS, int(self.needs[at]))),
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A change by which beds come free in one category of a home, also as numbers."""

    previous: Document
    document: Document
    point: Point
    category: int
    free_before: int
    free: int
    bands: int
    refused: int
    """The needs to which the home says no."""
    rating: int


def sample_alerts(count: int, homes: Homes, seed: int = SEED) -> Alerts:
    """Return alerts around these homes; most name one or two categories and little else."""
    dice = np.random.default_rng([seed, count, 2])
    at = dice.integers(len(homes), size=count)
    span = LARGEST_MILES / SMALLEST_MILES
    return Alerts(
        latitude=(homes.latitude[at] + dice.normal(0, 0.05, count)).round(6),
        longitude=(homes.longitude[at] + dice.normal(0, 0.08, count)).round(6),
        miles=(SMALLEST_MILES * span ** dice.random(count)).round(1),
        categories=_one_or_two(dice, count, len(CATEGORIES), 0.9),
        beds=dice.choice([1, 2, 3], count, p=[0.85, 0.1, 0.05]),
        bands=_one_or_two(dice, count, len(BANDS), 0.5),
        needs=_one_or_two(dice, count, len(NEEDS), 0.4),
        rating=dice.choice([0, 3, 4], count, p=[0.5, 0.4, 0.1]),
    )


def sample_openings(count: int, homes: Homes, seed: int = SEED) -> list[Opening]:
    """Return openings of one to three beds in a category of a home."""
    dice = np.random.default_rng([seed, count, 3])
    openings = []
    for at in dice.integers(len(homes), size=count).tolist():
        home = homes.document(at)
        column = int(dice.integers(len(CATEGORIES)))
        before = int(homes.free[at, column])
        free = before + int(dice.integers(1, 4))
        category = CATEGORIES[column].value
        openings.append(
            Opening(
                previous={**home, "beds": {**home["beds"], category: bed_counts(before)}},
                document={
                    **home,
                    "version": 2,
                    "beds": {**home["beds"], category: bed_counts(free)},
                },
                point=homes.point(at),
                category=column,
                free_before=before,
                free=free,
                bands=int(homes.bands[at]),
                refused=refused_needs(home),
                rating=int(homes.rating[at]),
            )
        )
    return openings


def refused_needs(home: Document) -> int:
    """Return the needs to which a home says no, as bits."""
    said = home.get("needs", {})
    return sum(1 << at for at, need in enumerate(NEEDS) if said.get(need) == "no")


def firing_alerts(alerts: Alerts, opening: Opening, slack: float = 0.0) -> set[int]:
    """Return the rows of the alerts that an opening fires, checking each.

    Radii are longer by the slack: as a part of themselves, and in miles.
    """
    fits = (alerts.categories == 0) | (alerts.categories >> opening.category & 1 == 1)
    fits &= (alerts.beds > opening.free_before) & (alerts.beds <= opening.free)
    fits &= (alerts.bands & ~opening.bands == 0) & (alerts.needs & opening.refused == 0)
    fits &= alerts.rating <= opening.rating
    rows = np.flatnonzero(fits)
    away = alerts.xyz[rows] - xyz_of(opening.point)
    miles = map(chord_to_miles, np.sqrt((away**2).sum(axis=1)).tolist())
    return {
        int(row)
        for row, distance in zip(rows, miles, strict=True)
        if distance <= alerts.miles[row] * (1 + slack) + slack
    }


def _one_or_two(dice: np.random.Generator, count: int, kinds: int, chance: float) -> Integers:
    first, second = (1 << dice.integers(kinds, size=count) for _ in range(2))
    several = dice.random(count) < _SEVERAL
    bits: Integers = np.where(several, first | second, first) * (dice.random(count) < chance)
    return bits


def _of(names: list[T], bits: int) -> list[T]:
    return [name for at, name in enumerate(names) if bits >> at & 1]
