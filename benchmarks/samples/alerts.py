"""Alerts of discharge teams, and openings that fire them; the same every time."""

from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from benchmarks.samples.bed_counts import counts
from benchmarks.samples.homes import (
    BANDS,
    CATEGORIES,
    FEATURES,
    LARGEST_MILES,
    NOW,
    RATINGS,
    SEED,
    Floats,
    Homes,
    Whole,
    earth_xyz,
)
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.geo import Point, chord_to_miles
from shared.domain.geo import earth_xyz as xyz_of

SMALLEST_MILES: Final = 2.0
_SEVERAL: Final = 0.3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Alerts:
    """Columns, a row for each alert; bit sets in the order of the vocabulary, 0 for any."""

    latitude: Floats
    longitude: Floats
    miles: Floats
    categories: Whole
    beds: Whole
    bands: Whole
    features: Whole
    rating: Whole
    xyz: Floats = field(init=False)
    """Where each is in space: worked out once, for every peer is held against it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "xyz", earth_xyz(self.latitude, self.longitude))

    def __len__(self) -> int:
        return len(self.latitude)

    def alert(self, at: int) -> Alert:
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
            features=tuple(_of(FEATURES, int(self.features[at]))),
            min_rating=RATINGS[rating - 1] if rating else None,
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """A home in one of whose categories more beds come free: the change, and it as numbers."""

    was: Document
    becomes: Document
    point: Point
    category: int
    free_before: int
    free: int
    bands: int
    features: int
    rating: int


def alerts(count: int, among: Homes, seed: int = SEED) -> Alerts:
    """Around where homes are; most wait for one or two categories and little else."""
    dice = np.random.default_rng([seed, count, 2])
    at = dice.integers(len(among), size=count)
    span = LARGEST_MILES / SMALLEST_MILES
    return Alerts(
        latitude=(among.latitude[at] + dice.normal(0, 0.05, count)).round(6),
        longitude=(among.longitude[at] + dice.normal(0, 0.08, count)).round(6),
        miles=(SMALLEST_MILES * span ** dice.random(count)).round(1),
        categories=_one_or_two(dice, count, len(CATEGORIES), 0.9),
        beds=dice.choice([1, 2, 3], count, p=[0.85, 0.1, 0.05]),
        bands=_one_or_two(dice, count, len(BANDS), 0.5),
        features=_one_or_two(dice, count, len(FEATURES), 0.4),
        rating=dice.choice([0, 3, 4], count, p=[0.5, 0.4, 0.1]),
    )


def openings(count: int, among: Homes, seed: int = SEED) -> list[Opening]:
    """One to three beds come free in a category of a home."""
    dice = np.random.default_rng([seed, count, 3])
    found = []
    for at in dice.integers(len(among), size=count).tolist():
        becomes = among.document(at)
        column = int(dice.integers(len(CATEGORIES)))
        before = int(among.free[at, column])
        free = before + int(dice.integers(1, 4))
        beds = {**becomes["beds"]}
        beds[CATEGORIES[column].value] = counts(free)
        was = {**becomes, "beds": {**becomes["beds"], CATEGORIES[column].value: counts(before)}}
        found.append(
            Opening(
                was=was,
                becomes={**becomes, "version": 2, "beds": beds},
                point=Point(becomes["latitude"], becomes["longitude"]),
                category=column,
                free_before=before,
                free=free,
                bands=int(among.bands[at]),
                features=int(among.features[at]),
                rating=int(among.rating[at]),
            )
        )
    return found


def fired(alerts: Alerts, opening: Opening, slack_miles: float = 0.0) -> set[int]:
    """The rows that an opening fires, each looked at; radii longer by the slack."""
    held = (alerts.categories == 0) | (alerts.categories >> opening.category & 1 == 1)
    held &= (alerts.beds > opening.free_before) & (alerts.beds <= opening.free)
    held &= (alerts.bands & ~opening.bands == 0) & (alerts.features & ~opening.features == 0)
    held &= alerts.rating <= opening.rating
    rows = np.flatnonzero(held)
    away = alerts.xyz[rows] - xyz_of(opening.point)
    miles = map(chord_to_miles, np.sqrt((away**2).sum(axis=1)).tolist())
    return {
        int(row)
        for row, far in zip(rows, miles, strict=True)
        if far <= alerts.miles[row] * (1 + slack_miles) + slack_miles
    }


def _one_or_two(dice: np.random.Generator, count: int, kinds: int, chance: float) -> Whole:
    first, second = (1 << dice.integers(kinds, size=count) for _ in range(2))
    several = dice.random(count) < _SEVERAL
    bits: Whole = np.where(several, first | second, first) * (dice.random(count) < chance)
    return bits


def _of(names: list[T], bits: int) -> list[T]:
    return [name for at, name in enumerate(names) if bits >> at & 1]
