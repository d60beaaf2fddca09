"""In a rush on one bed one team gets it, and who is told no needs no call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from simulation.asks.figures import equal_teams
from simulation.asks.opening import AskedOpening, TelephonedOpening
from simulation.asks.parameters import Parameters, read_parameters

TEAMS = 12
OPENINGS = range(8)


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return read_parameters()


def always(parameters: Parameters, **home: float) -> Parameters:
    return replace(parameters, home=replace(parameters.home, silent=0.0, **home))


def test_where_all_ask_and_the_home_says_yes_it_speaks_with_one_team(
    parameters: Parameters,
) -> None:
    sure = always(parameters, says_yes=1.0)
    for number in OPENINGS:
        came = AskedOpening(sure, equal_teams(sure, TEAMS), number).run()
        assert came.winner
        assert came.calls == 1
        assert came.refused <= TEAMS - 4, "one asks, three queue"


def test_a_home_that_always_says_no_is_asked_until_everybody_gave_up(
    parameters: Parameters,
) -> None:
    hopeless = always(parameters, says_yes=0.0, talks_before_no=1.0)
    came = AskedOpening(hopeless, equal_teams(hopeless, TEAMS), 1).run()
    assert came.winner is None
    assert came.calls == TEAMS, "each asked in its turn, also who was refused at first"


def test_a_bed_comes_back_where_the_home_never_answers(parameters: Parameters) -> None:
    silent = replace(parameters, home=replace(parameters.home, silent=1.0))
    came = AskedOpening(silent, equal_teams(silent, TEAMS), 1).run()
    assert (came.winner, came.calls, came.yes_after) == (None, 0, None)


def test_who_telephones_anyway_rings_while_the_bed_is_listed(parameters: Parameters) -> None:
    sure = always(parameters, says_yes=1.0)
    came = AskedOpening(sure, equal_teams(sure, TEAMS), 1, phone_anyway=1.0).run()
    assert 2 <= came.calls <= TEAMS + 1


def test_without_asks_everybody_telephones_until_the_home_posts(parameters: Parameters) -> None:
    notice = equal_teams(parameters, TEAMS)
    for number in OPENINGS:
        came = TelephonedOpening(parameters, notice, number).run()
        assert came.refused == 0
        assert came.calls >= (TEAMS if came.winner is None else 1)
    everybody = [TelephonedOpening(parameters, notice, number).run().calls for number in OPENINGS]
    assert max(everybody) == TEAMS


def test_the_same_opening_comes_out_the_same(parameters: Parameters) -> None:
    notice = equal_teams(parameters, TEAMS)
    assert AskedOpening(parameters, notice, 3).run() == AskedOpening(parameters, notice, 3).run()


def test_messages_leave_one_after_the_other(parameters: Parameters) -> None:
    came = AskedOpening(parameters, equal_teams(parameters, TEAMS), 1).run()
    a_second = parameters.telling.messages_a_second
    assert came.told_within == timedelta(seconds=TEAMS / a_second)
