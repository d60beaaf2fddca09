"""Every way that asks, answers, posts, clocks and ends can go keeps the rules of asks."""

import pytest

from tests.support.holds_model import explore


def test_one_bed_and_two_teams() -> None:
    worlds, steps = explore(beds=1, teams=2)
    assert worlds > 20
    assert steps > 1_000


@pytest.mark.slow
def test_two_beds_and_three_teams() -> None:
    worlds, steps = explore(beds=2, teams=3)
    assert worlds > 200
    assert steps > 10_000
