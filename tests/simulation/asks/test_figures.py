"""How fairly beds are shared is measured as Jain did."""

from dataclasses import replace

import pytest

from simulation.asks.figures import equal_teams, fairness, jain, rush, systems, unequal_teams
from simulation.asks.parameters import Parameters, read_parameters


@pytest.fixture(scope="module")
def small() -> Parameters:
    parameters = read_parameters()
    return replace(
        parameters,
        rush=replace(parameters.rush, teams=6, openings=4),
        fairness=replace(parameters.fairness, teams=4, openings=40),
    )


@pytest.mark.parametrize(
    ("shares", "index"), [([5, 5, 5], 1.0), ([9, 0, 0], 1 / 3), ([0, 0], 1.0), ([2, 1], 0.9)]
)
def test_the_index_is_one_for_equal_shares_and_one_in_n_for_one_winner(
    shares: list[int], index: float
) -> None:
    assert jain(shares) == pytest.approx(index)


def test_unequal_teams_differ_as_much_as_they_are_said_to(small: Parameters) -> None:
    minutes = unequal_teams(small, 20).values()
    assert max(minutes) / min(minutes) == pytest.approx(small.teams.slowest_times)
    assert len(set(equal_teams(small, 20).values())) == 1


def test_systems_share_fairly_only_in_turns(small: Parameters) -> None:
    """With messages that leave so slowly that the first who is told asks first."""
    slow = replace(
        small,
        telling=replace(small.telling, messages_a_second=0.01),
        home=replace(small.home, says_yes=1.0, silent=0.0),
    )
    teams = systems(slow, small.fairness.teams)
    assert fairness(slow, teams) > 0.8
    assert fairness(slow, teams, in_turns=False) < 0.3


def test_a_rush_is_summed_up(small: Parameters) -> None:
    asked, telephoned = rush(small, 0.0), rush(small, None)
    assert asked.calls < telephoned.calls
    assert asked.most_calls >= asked.calls
    assert 0 <= asked.few_calls <= asked.taken <= 1
