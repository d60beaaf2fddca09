"""Homes post as often as their habit says, but for the days that they miss."""

from datetime import date, timedelta
from random import Random

import pytest

from simulation.habits import Habit, Rhythm, draw_habit
from simulation.parameters import Parameters, changed

YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]


@pytest.mark.parametrize(
    ("rhythm", "posts"), [(Rhythm.MONTHLY, 12), (Rhythm.WEEKLY, 52), (Rhythm.DAILY, 365)]
)
def test_a_home_that_misses_nothing_posts_as_often_as_it_means_to(
    rhythm: Rhythm, posts: int
) -> None:
    habit = Habit(rhythm, day_of_month=9, weekday=2, misses=0.0)
    days = [day for day in YEAR if habit.posts_on(day, Random(1))]
    assert len(days) == posts


def test_monthly_posts_fall_in_the_window_of_the_law(parameters: Parameters) -> None:
    rng = Random(1)
    monthly = {"posting.monthly": 1.0, "posting.weekly": 0.0, "posting.daily": 0.0}
    habits = [draw_habit(rng, changed(parameters, monthly).posting) for _ in range(200)]
    assert {habit.rhythm for habit in habits} == {Rhythm.MONTHLY}
    assert {habit.day_of_month for habit in habits} == set(range(8, 15))


def test_some_posts_are_missed() -> None:
    rng = Random(1)
    habit = Habit(Rhythm.DAILY, day_of_month=9, weekday=2, misses=0.15)
    assert sum(habit.posts_on(day, rng) for day in YEAR) == pytest.approx(0.85 * 365, rel=0.1)
