"""As many people come as leave; more in winter and in bursts, more where homes are empty."""

from datetime import date, timedelta
from random import Random

import pytest

from shared.domain.vocabulary import BedCategory
from simulation.demand import Demand
from simulation.parameters import Parameters, changed

CATEGORY = BedCategory.GENERAL_NURSING
FIRST = date(2026, 1, 1)
YEAR = [FIRST + timedelta(days=day) for day in range(365)]


def demand(parameters: Parameters) -> Demand:
    return Demand(parameters, {CATEGORY: 2_000}, Random(1), FIRST, len(YEAR))


def test_as_many_people_come_as_leave(parameters: Parameters) -> None:
    rng, year = Random(1), demand(parameters)
    hospital = sum(year.from_hospital(CATEGORY, day, rng) for day in YEAR)
    elsewhere = sum(year.from_elsewhere(CATEGORY, 0.86, day, rng) for day in YEAR)
    leaving = 365 * 2_000 * 0.86 / parameters.stays.mean_days
    assert hospital + elsewhere == pytest.approx(leaving, rel=0.06)
    assert hospital / (hospital + elsewhere) == pytest.approx(0.35, abs=0.04)


def test_emptier_homes_draw_more_people(parameters: Parameters) -> None:
    year = demand(parameters)

    def coming(occupied: float) -> int:
        rng = Random(1)
        return sum(year.from_elsewhere(CATEGORY, occupied, day, rng) for day in YEAR)

    assert coming(0.85) > coming(0.86) > coming(0.87) > coming(0.95) == 0


def test_winter_brings_more_people(parameters: Parameters) -> None:
    rng, year = Random(1), demand(changed(parameters, {"arrivals.season": 0.5}))
    winter = sum(year.from_hospital(CATEGORY, day, rng) for day in YEAR if day.month in {1, 12})
    summer = sum(year.from_hospital(CATEGORY, day, rng) for day in YEAR if day.month in {7, 8})
    assert winter > 2 * summer


def test_bursts_bring_more_people(parameters: Parameters) -> None:
    rng = Random(1)
    usual = sum(demand(parameters).from_hospital(CATEGORY, day, rng) for day in YEAR)
    bursting = demand(changed(parameters, {"arrivals.bursts_a_year": 20}))
    assert sum(bursting.from_hospital(CATEGORY, day, rng) for day in YEAR) > 1.2 * usual
