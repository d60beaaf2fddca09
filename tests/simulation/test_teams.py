"""Teams search on the product's board, call in its order, and note what each call met."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from shared.domain.needs import Answer
from shared.search_index.board import Board
from simulation.council import Council
from simulation.homes import SimulatedHome
from simulation.parameters import Parameters, changed
from simulation.people import Person
from simulation.posting import post
from simulation.teams import CallOutcome, Team
from tests.support.simulated_home import CATEGORY, HERE, home

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def person(*needs: str, is_phoned_for: bool = False) -> Person:
    return Person(date(2026, 1, 5), HERE, CATEGORY, needs, 100, is_phoned_for)


class Town:
    """Homes that have posted, and a team before them."""

    def __init__(self, parameters: Parameters, *homes: SimulatedHome) -> None:
        board = Board(lambda _home, _today: "")
        council = Council(homes, changed(parameters, {"beds.occupied": 0.9}), Random(1), NOW.date())
        for each in homes:
            # As the test says, not as the council was filled.
            each.groups[0].occupied, each.groups[0].withheld = 9, 0
            post(each, board, NOW, Random(1), outset_error=0.0)
        self.homes = homes
        self.team = Team(board, council, parameters.calling, Random(1))

    def calls(self, person: Person) -> list[tuple[str, int]]:
        """Return what each call of the day met, and how many miles away, rounded."""
        return [
            (call.outcome.value, round(call.miles)) for call in self.team.calls_today(person, NOW)
        ]


@pytest.fixture
def certain(parameters: Parameters) -> Parameters:
    """Return parameters by which a home takes everyone whose needs it meets."""
    return changed(parameters, {"calling.last_word": 1.0})


def test_the_nearest_home_that_takes_the_person_ends_the_calls(certain: Parameters) -> None:
    town = Town(certain, home(1, 1, able=frozenset()), home(2, 3), home(3, 4))
    assert town.calls(person("hoist")) == [("cannot_meet", 1), ("accepted", 3)]
    assert town.homes[1].groups[0].occupied == 10


def test_within_a_band_a_home_that_says_yes_is_called_first(certain: Parameters) -> None:
    yes = {"hoist": Answer.YES}
    town = Town(certain, home(1, 3, able=frozenset()), home(2, 4, says=yes))
    assert town.calls(person("hoist")) == [("accepted", 4)]


def test_a_nearer_band_is_called_first(certain: Parameters) -> None:
    yes = {"hoist": Answer.YES}
    town = Town(certain, home(1, 1), home(2, 4, says=yes))
    assert town.calls(person("hoist")) == [("accepted", 1)]


def test_a_home_that_says_no_is_not_called(certain: Parameters) -> None:
    town = Town(certain, home(1, 1, says={"hoist": Answer.NO}), home(2, 3))
    assert town.calls(person("hoist")) == [("accepted", 3)]


def test_a_bed_that_went_after_the_post_is_gone(certain: Parameters) -> None:
    town = Town(certain, home(1, 1), home(2, 3))
    town.homes[0].groups[0].occupied = 10
    assert town.calls(person("hoist")) == [("gone", 1), ("accepted", 3)]


def test_a_home_may_decline_although_it_meets_every_need(parameters: Parameters) -> None:
    town = Town(changed(parameters, {"calling.last_word": 0.0}), home(1, 1))
    assert town.calls(person("hoist")) == [("declined", 1)]


def test_a_team_widens_the_circle_when_everyone_was_called(certain: Parameters) -> None:
    town = Town(certain, home(1, 1, able=frozenset()), home(2, 40))
    assert town.calls(person("hoist")) == [("cannot_meet", 1), ("accepted", 40)]


def test_the_day_ends_after_so_many_calls_and_no_home_is_called_twice(
    certain: Parameters,
) -> None:
    unable = [home(number, number, able=frozenset()) for number in range(1, 5)]
    town, waiting = Town(certain, *unable, home(5, 8)), person("hoist")
    assert town.calls(waiting) == [("cannot_meet", 1), ("cannot_meet", 2), ("cannot_meet", 3)]
    assert town.calls(waiting) == [("cannot_meet", 4), ("accepted", 8)]


def test_who_phones_anyway_reads_no_answer_and_calls_homes_that_list_nothing(
    certain: Parameters,
) -> None:
    says_no = home(1, 1, able=frozenset(), says={"hoist": Answer.NO})
    full = home(2, 2)
    town = Town(certain, says_no, full, home(3, 3))
    full.groups[0].occupied, full.groups[0].listed = 10, 0
    calls = town.calls(person("hoist", is_phoned_for=True))
    assert calls == [("cannot_meet", 1), ("not_listed", 2), ("accepted", 3)]


def test_later_pages_of_results_are_called_too(certain: Parameters) -> None:
    patient = changed(certain, {"calling.most_a_day": 100})
    unable = [home(number, 1 + number / 100, able=frozenset()) for number in range(1, 40)]
    outcomes = [outcome for outcome, _ in Town(patient, *unable, home(99, 9)).calls(person("pet"))]
    assert outcomes == ["cannot_meet"] * 39 + [CallOutcome.ACCEPTED.value]
