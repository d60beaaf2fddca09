"""The homes are as large and as full as published, and declare what the lever says."""

from random import Random
from statistics import quantiles

import pytest

from shared.domain.needs import NEEDS, Answer
from simulation.homes import CATEGORIES, SimulatedHome, draw_homes
from simulation.parameters import Parameters, changed
from simulation.places import Country


def homes(parameters: Parameters, needs_declared: float) -> list[SimulatedHome]:
    return draw_homes(
        Random(1), parameters, Country.draw(Random(1), parameters.places), needs_declared
    )


def test_sizes_are_those_of_the_register(parameters: Parameters) -> None:
    sizes = [sum(group.capacity for group in home.groups) for home in homes(parameters, 0.0)]
    assert len(sizes) == 300
    assert quantiles(sizes, n=4) == pytest.approx([8, 22, 41], abs=1)
    assert 26 <= sum(sizes) / len(sizes) <= 28
    assert min(sizes) >= 3
    assert max(sizes) <= 215


def test_homes_are_unequally_full_but_the_council_as_full_as_published(
    parameters: Parameters,
) -> None:
    drawn = homes(parameters, 0.0)
    beds = [sum(group.capacity for group in home.groups) for home in drawn]
    full = [home.usually_occupied for home in drawn]
    mean = sum(b * f for b, f in zip(beds, full, strict=True)) / sum(beds)
    assert mean == pytest.approx(parameters.beds.occupied)
    assert min(full) < 0.65
    assert max(full) > 0.97


def test_nursing_beds_and_nursing_needs_are_at_homes_with_nurses_only(
    parameters: Parameters,
) -> None:
    with_nurses = 0
    for home in homes(parameters, 0.0):
        nursing = home.said.register.nursing
        with_nurses += nursing
        assert {group.category for group in home.groups} <= set(CATEGORIES[nursing])
        if not nursing:
            assert not any(NEEDS[need].needs_nurses for need in home.able)
    assert 0.3 < with_nurses / 300 < 0.45


def test_homes_meet_needs_as_often_as_assumed(parameters: Parameters) -> None:
    drawn = homes(parameters, 0.0)
    for need in ("hoist", "bariatric", "catheter"):
        able = sum(need in home.able for home in drawn) / len(drawn)
        assert able == pytest.approx(parameters.needs[need].able, abs=0.08)


def test_nothing_is_declared_where_the_lever_is_down(parameters: Parameters) -> None:
    assert not any(home.said.declaration.needs for home in homes(parameters, 0.0))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_the_lever_is_the_share_of_homes_and_needs_declared(
    parameters: Parameters, share: float
) -> None:
    drawn = homes(parameters, share)
    declared = sum(len(home.said.declaration.needs) for home in drawn)
    assert declared / (len(drawn) * len(parameters.needs)) == pytest.approx(share, abs=0.02)


def test_more_declared_adds_answers_and_changes_nothing_else(parameters: Parameters) -> None:
    for some, more in zip(homes(parameters, 0.3), homes(parameters, 0.6), strict=True):
        assert some.said.declaration.needs.items() <= more.said.declaration.needs.items()
        assert some.able == more.able
        assert some.said.register == more.said.register


def test_answers_are_as_right_as_assumed(parameters: Parameters) -> None:
    drawn = homes(parameters, 1.0)
    answers = [
        (need in home.able, answer)
        for home in drawn
        for need, answer in home.said.declaration.needs.items()
    ]
    plain = [(able, answer) for able, answer in answers if answer is not Answer.ASK]
    right = sum(able == (answer is Answer.YES) for able, answer in plain)
    assert right / len(plain) == pytest.approx(0.92, abs=0.01)
    assert 1 - len(plain) / len(answers) == pytest.approx(0.10, abs=0.01)


def test_homes_that_are_alike_in_all_needs_can_meet_very_many_or_very_few(
    parameters: Parameters,
) -> None:
    def few(alike: float) -> int:
        drawn = homes(changed(parameters, {"declaring.alike": alike}), 0.0)
        return sum(len(home.able) < 15 for home in drawn)

    assert few(0.0) == 0
    assert few(1.0) > 50
