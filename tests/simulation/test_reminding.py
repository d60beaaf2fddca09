"""Homes are reminded by a rule, and some of them post because of it."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from shared.search_index.board import Board
from simulation.council_year import CouncilYear
from simulation.homes import SimulatedHome
from simulation.parameters import Parameters, Reminding, changed
from simulation.posting import post
from simulation.reminding import Reminders, Rule
from tests.support.simulated_home import home

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def posted(days_ago: int, *, free: int = 1) -> SimulatedHome:
    made = home(days_ago + 10 * free, 0)
    made.groups[0].occupied = 10 - free
    post(made, Board(lambda _home, _today: ""), NOW - timedelta(days=days_ago), Random(1), 0.0)
    return made


def sent(rule: Rule, homes: list[SimulatedHome], worth: float = 0.1) -> list[SimulatedHome]:
    return Reminders(Reminding(rule, worth, 0.3), Random(1)).sent(homes, NOW)


def test_nobody_is_reminded_unless_the_rule_says_so() -> None:
    assert sent(Rule.NOBODY, [posted(300)]) == []


def test_a_home_that_posted_more_than_a_day_ago_is_reminded_in_the_morning() -> None:
    homes = [posted(1), posted(2)]
    assert sent(Rule.OLDER_THAN_A_DAY, homes) == homes[1:]


def test_by_value_a_home_with_many_beds_is_left_in_peace_for_longer() -> None:
    homes = [posted(7, free=1), posted(7, free=6)]
    assert sent(Rule.BY_VALUE, homes) == homes[:1]
    assert sent(Rule.BY_VALUE, homes, worth=0.0) == homes


def test_some_of_those_who_are_reminded_post() -> None:
    homes = [home(number, 0) for number in range(1000)]
    reminders = Reminders(Reminding(Rule.OLDER_THAN_A_DAY, 0.1, 0.3), Random(1))
    assert len(reminders.answered(homes)) == pytest.approx(300, abs=50)


def test_reminders_make_more_listings_true(small: Parameters) -> None:
    by_value = changed(small, {"reminding.rule": "by value"})
    none, reminded = (CouncilYear(each, 1, 0.6).simulate() for each in (small, by_value))
    assert none.reminders == 0 < reminded.reminders <= small.beds.homes * small.run.days
    assert reminded.figures().truth > none.figures().truth
