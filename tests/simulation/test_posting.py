"""A post lists what is truly free, unless it is wrong from the outset."""

from datetime import UTC, datetime, timedelta
from random import Random

from shared.search_index.board import Board
from simulation.homes import SimulatedHome, draw_homes
from simulation.parameters import Parameters
from simulation.places import Country
from simulation.posting import post

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def half_full(parameters: Parameters) -> list[SimulatedHome]:
    drawn = draw_homes(Random(1), parameters, Country.draw(Random(1), parameters.places), 0.0)
    for home in drawn:
        for group in home.groups:
            group.occupied = group.capacity // 2
            group.withheld = min(1, group.vacant)
    return drawn


def test_a_right_post_lists_the_beds_on_offer(small: Parameters) -> None:
    board = Board(lambda _home, _today: "")
    for home in half_full(small):
        post(home, board, NOW, Random(1), outset_error=0.0)
        for group in home.groups:
            counts = home.said.beds[group.category]
            assert group.listed == counts.accepting == group.admittable
            assert counts.not_available == group.withheld
        assert home.said.confirmed_at == NOW
    assert len(board) == small.beds.homes


def test_a_home_with_an_outbreak_lists_nothing(small: Parameters) -> None:
    home = half_full(small)[0]
    home.has_outbreak = True
    post(home, Board(lambda _home, _today: ""), NOW, Random(1), outset_error=0.0)
    assert [group.listed for group in home.groups] == [0] * len(home.groups)


def test_a_post_that_is_wrong_lists_one_bed_too_many(small: Parameters) -> None:
    for home in half_full(small):
        for group in home.groups:
            group.occupied, group.withheld = group.capacity, 0
        post(home, Board(lambda _home, _today: ""), NOW, Random(1), outset_error=1.0)
        assert [group.listed for group in home.groups] == [1] * len(home.groups)


def test_the_board_always_gets_the_whole_document(small: Parameters) -> None:
    rng = Random(1)
    for home in half_full(small)[:5]:
        for day in range(20):
            for group in home.groups:
                group.occupied = rng.randint(0, group.capacity - group.withheld)
            post(home, Board(lambda _home, _today: ""), NOW + timedelta(days=day), rng, 0.3)
            assert home.document == home.said.to_document()
