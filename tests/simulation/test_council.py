"""The true beds of the council: people come and go, beds are withheld and offered again."""

from datetime import date, timedelta
from random import Random

import pytest

from shared.domain.vocabulary import BedCategory
from simulation.council import Council
from simulation.homes import draw_homes
from simulation.parameters import Parameters, changed
from simulation.places import Country

TODAY = date(2026, 1, 5)


def council(parameters: Parameters) -> Council:
    homes = draw_homes(Random(1), parameters, Country.draw(Random(1), parameters.places), 0.0)
    return Council(homes, parameters, Random(1), TODAY)


def test_on_the_first_day_the_council_is_as_full_as_published(parameters: Parameters) -> None:
    full = council(parameters)
    occupied = sum(group.occupied for group in full.groups) / full.capacity
    withheld = sum(group.withheld for group in full.groups) / full.capacity
    assert occupied == pytest.approx(0.860, abs=0.005)
    assert withheld == pytest.approx(0.032, abs=0.005)


def test_no_bed_is_counted_twice_on_any_day(small: Parameters) -> None:
    full = council(changed(small, {"arrivals.outbreaks_a_home_year": 3.0}))
    rng = Random(2)
    for day in range(1, 200):
        today = TODAY + timedelta(days=day)
        full.begin_day(today)
        if group := full.chosen_group(BedCategory.GENERAL_RESIDENTIAL, rng):
            full.admit(group, stays_days=20, today=today)
        for group in full.groups:
            assert 0 <= group.admittable <= group.vacant <= group.capacity
            assert 0 <= group.withheld <= group.vacant


def test_someone_who_is_admitted_leaves_at_the_end_of_the_stay(small: Parameters) -> None:
    never_withheld = changed(small, {"beds.not_admittable": 0.0, "beds.occupied_spread": 0.05})
    full = council(never_withheld)
    group = next(group for group in full.groups if group.admittable > 1)
    for other in full.groups:
        other.occupied = other.occupied if other is group else other.capacity
    before = group.occupied
    chosen = full.chosen_group(group.category, Random(1))
    assert chosen is group
    full.admit(group, stays_days=10_000, today=TODAY)
    assert group.occupied == before + 1
    full.begin_day(TODAY + timedelta(days=10_000))
    assert group.occupied == before


def test_nobody_moves_into_a_council_that_is_full(small: Parameters) -> None:
    full = council(small)
    for group in full.groups:
        group.occupied, group.withheld = group.capacity, 0
    assert full.chosen_group(BedCategory.GENERAL_RESIDENTIAL, Random(1)) is None


def test_an_outbreak_ends(small: Parameters) -> None:
    full = council(changed(small, {"arrivals.outbreaks_a_home_year": 20.0}))
    full.begin_day(TODAY)
    ill = [home for home in full.homes if home.has_outbreak]
    assert ill
    full.begin_day(TODAY + timedelta(days=small.arrivals.outbreak_days))
    assert any(not home.has_outbreak for home in ill)


def test_a_bed_that_is_withheld_is_offered_again(small: Parameters) -> None:
    full = council(changed(small, {"beds.not_admittable_days": 5}))
    assert sum(group.withheld for group in full.groups) > 10
    for day in range(1, 100):
        full.begin_day(TODAY + timedelta(days=day))
    withheld = sum(group.withheld for group in full.groups)
    vacant = sum(group.vacant for group in full.groups)
    assert 0 < withheld < 0.2 * vacant
