"""A simulated home with ten beds."""

from collections.abc import Mapping
from typing import Final

from shared.domain.care_home import CareHome, Register
from shared.domain.declaration import Declaration
from shared.domain.geo import Point
from shared.domain.needs import Answer
from shared.domain.vocabulary import BedCategory
from simulation.habits import Habit, Rhythm
from simulation.homes import BedGroup, SimulatedHome

CATEGORY: Final = BedCategory.GENERAL_RESIDENTIAL
HERE: Final = Point(52.0, -1.5)
_DEGREES_A_MILE: Final = 1 / 69.0
_ALL_ABLE: Final = frozenset({"hoist", "pet"})


def home(
    number: int,
    miles: float,
    *,
    able: frozenset[str] = _ALL_ABLE,
    says: Mapping[str, Answer] | None = None,
) -> SimulatedHome:
    """Return a home so many miles to the north, with 10 beds of which one is free."""
    made = SimulatedHome(
        CareHome(
            f"1-{number}",
            1,
            Register("A home", "", "", "", HERE.latitude + miles * _DEGREES_A_MILE, HERE.longitude),
            declaration=Declaration(says or {}),
        ),
        Habit(Rhythm.DAILY, 9, 2, 0.0),
        able,
        usually_occupied=0.9,
    )
    made.groups = [BedGroup(made, CATEGORY, 10)]
    return made
