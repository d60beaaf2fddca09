"""The homes of the simulated council: their beds, whom they can care for, and what they declare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import log
from random import Random
from typing import Final

from shared.domain.care_home import CareHome, Register
from shared.domain.declaration import Declaration
from shared.domain.documents import HomeDocument
from shared.domain.geo import Point
from shared.domain.needs import NEEDS, Answer
from shared.domain.vocabulary import BedCategory
from simulation.habits import Habit, draw_habit
from simulation.parameters import Beds, NeedShare, Parameters
from simulation.places import Country

CATEGORIES: Final = {
    False: (BedCategory.GENERAL_RESIDENTIAL, BedCategory.DEMENTIA_RESIDENTIAL),
    True: (BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING),
}
"""The general and the dementia category of a home without nurses and of one with nurses."""

_SMALLEST_DIVIDED: Final = 8
"""A home with fewer beds has one category."""

_MOST_NURSING: Final = 0.9


@dataclass(slots=True, eq=False)
class BedGroup:
    """The beds of one category in one home as they truly are, and what the home last listed."""

    home: "SimulatedHome"
    category: BedCategory
    capacity: int
    occupied: int = 0
    withheld: int = 0
    """Vacant, and not offered."""
    listed: int = 0
    """How many beds the home said are free when it last posted."""

    @property
    def vacant(self) -> int:
        """Return how many beds are empty."""
        return self.capacity - self.occupied

    @property
    def said_at(self) -> datetime:
        """Return when the home last said its counts."""
        return self.home.said.posts.said_at[self.category]

    @property
    def admittable(self) -> int:
        """Return how many empty beds someone could move into."""
        return 0 if self.home.has_outbreak else self.vacant - self.withheld


@dataclass(slots=True, eq=False)
class SimulatedHome:
    """A home: what it said, as the product holds it, and what is true."""

    said: CareHome
    habit: Habit
    able: frozenset[str]
    """The needs that it can meet."""
    usually_occupied: float
    """The share of its beds that are occupied in the long run."""
    groups: Sequence[BedGroup] = field(default_factory=list)
    has_outbreak: bool = False
    document: HomeDocument = field(default_factory=dict)
    """What it said, as the board takes it; empty before the first post."""


def draw_homes(
    rng: Random, parameters: Parameters, country: Country, needs_declared: float
) -> list[SimulatedHome]:
    """Draw the homes. The same draws make the same homes, however much of the needs is declared.

    What is declared for 30% is also declared for 60%.
    """
    homes = []
    for number, beds in enumerate(_sizes(rng, parameters.beds), 1):
        nursing = rng.random() < _nursing_chance(beds, parameters.beds)
        able = _able(rng, parameters.needs, parameters.declaring.alike, nursing=nursing)
        declaration = Declaration(_answers(rng, able, parameters, needs_declared))
        register = _register(country.point(rng), beds, nursing=nursing)
        home = SimulatedHome(
            said=CareHome(f"1-{number:010}", 1, register, declaration=declaration),
            habit=draw_habit(rng, parameters.posting),
            able=able,
            usually_occupied=_usually_occupied(rng, parameters.beds),
        )
        home.groups = [
            BedGroup(home, category, capacity)
            for category, capacity in _divided(rng, beds, parameters.beds, nursing=nursing).items()
        ]
        homes.append(home)
    _meet_occupancy(homes, parameters.beds.occupied)
    return homes


def _register(point: Point, beds: int, *, nursing: bool) -> Register:
    return Register(
        name="A simulated home",
        address="",
        postcode="",
        local_authority="",
        latitude=point.latitude,
        longitude=point.longitude,
        registered_beds=beds,
        nursing=nursing,
    )


def _sizes(rng: Random, beds: Beds) -> list[int]:
    """Draw the numbers of beds, in random order.

    There is one home from each equal part of the distribution, so that no council is by chance
    much larger than another.
    """
    sizes = [_size((number + rng.random()) / beds.homes, beds) for number in range(beds.homes)]
    rng.shuffle(sizes)
    return sizes


def _size(quantile: float, beds: Beds) -> int:
    """Return the number of beds that this share of the homes does not exceed."""
    bounds = (beds.size_smallest, *beds.size_quartiles)
    quarter = int(quantile * 4)
    rest = quantile * 4 - quarter
    if quarter < len(beds.size_quartiles):
        lower, upper = bounds[quarter], bounds[quarter + 1]
        return round(lower + rest * (upper - lower))
    beyond = -log(1 - rest) * beds.size_beyond_upper_quartile
    return min(beds.size_largest, round(bounds[-1] + beyond))


def _nursing_chance(size: int, beds: Beds) -> float:
    """Return how likely a home of this size has nurses: as its size, to the mean of all homes."""
    typical = sum(beds.size_quartiles) / len(beds.size_quartiles)
    return min(_MOST_NURSING, beds.nursing_homes * size / typical)


def _divided(rng: Random, size: int, beds: Beds, *, nursing: bool) -> Mapping[BedCategory, int]:
    """Divide the beds of a home between its categories."""
    general, dementia = CATEGORIES[nursing]
    if size >= _SMALLEST_DIVIDED and rng.random() < beds.two_categories:
        part = round(size * rng.uniform(0.3, 0.7))
        return {general: part, dementia: size - part}
    return {dementia if rng.random() < beds.dementia_only else general: size}


def _able(
    rng: Random, needs: Mapping[str, NeedShare], alike: float, *, nursing: bool
) -> frozenset[str]:
    """Draw the needs that a home can meet; those that take nurses only where it has some."""
    overall = rng.random()
    able = set()
    for need, share in needs.items():
        draw = rng.random()
        if rng.random() < alike:
            draw = overall
        if draw < share.able and (nursing or not NEEDS[need].needs_nurses):
            able.add(need)
    return frozenset(able)


def _answers(
    rng: Random, able: frozenset[str], parameters: Parameters, needs_declared: float
) -> Mapping[str, Answer]:
    """Draw what a home says of the needs that it declares."""
    declaring = parameters.declaring
    answers = {}
    for need in parameters.needs:
        is_declared = rng.random() < needs_declared
        depends, is_right = rng.random() < declaring.ask, rng.random() < declaring.right
        if is_declared:
            says_yes = (need in able) == is_right
            answers[need] = Answer.ASK if depends else Answer.YES if says_yes else Answer.NO
    return answers


def _usually_occupied(rng: Random, beds: Beds) -> float:
    """Draw a home's share of occupied beds from a beta distribution with this mean and spread."""
    mean = beds.occupied
    total = mean * (1 - mean) / beds.occupied_spread**2 - 1
    return rng.betavariate(mean * total, (1 - mean) * total)


def _meet_occupancy(homes: Sequence[SimulatedHome], occupied: float) -> None:
    """Make all homes a little emptier or fuller, until the council is as full as published."""
    sizes = [sum(group.capacity for group in home.groups) for home in homes]
    vacant = sum(
        size * (1 - home.usually_occupied) for size, home in zip(sizes, homes, strict=True)
    )
    factor = (1 - occupied) * sum(sizes) / vacant
    for home in homes:
        home.usually_occupied = max(0.0, 1 - factor * (1 - home.usually_occupied))
