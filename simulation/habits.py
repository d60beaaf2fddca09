"""How often a home posts, and on which days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random
from typing import Final

from simulation.parameters import Posting

_WINDOW: Final = range(8, 15)
"""The days of the month in which the law asks for an update."""


class Rhythm(StrEnum):
    """How often a home posts."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Habit:
    """When a home posts, unless it misses that day."""

    rhythm: Rhythm
    day_of_month: int
    weekday: int
    misses: float

    def posts_on(self, day: date, rng: Random) -> bool:
        """Tell whether the home posts on this day; a missed post is not made up for."""
        if self.rhythm is Rhythm.MONTHLY and day.day != self.day_of_month:
            return False
        if self.rhythm is Rhythm.WEEKLY and day.weekday() != self.weekday:
            return False
        return rng.random() >= self.misses


def draw_habit(rng: Random, posting: Posting) -> Habit:
    """Draw a home's habit of posting."""
    misses = {
        Rhythm.MONTHLY: posting.monthly_misses,
        Rhythm.WEEKLY: posting.weekly_misses,
        Rhythm.DAILY: posting.daily_misses,
    }
    (rhythm,) = rng.choices(list(Rhythm), [posting.monthly, posting.weekly, posting.daily])
    return Habit(rhythm, rng.choice(_WINDOW), rng.randrange(7), misses[rhythm])
