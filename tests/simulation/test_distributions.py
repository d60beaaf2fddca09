"""What is drawn has the mean that it should have."""

from random import Random
from statistics import fmean, variance

import pytest

from simulation.distributions import length_of_stay, poisson, remaining_stays, whole_number
from simulation.parameters import Parameters, changed


def test_poisson_has_its_mean_as_its_variance() -> None:
    rng = Random(1)
    drawn = [poisson(rng, 3.5) for _ in range(20_000)]
    assert fmean(drawn) == pytest.approx(3.5, rel=0.03)
    assert variance(drawn) == pytest.approx(3.5, rel=0.05)


def test_rounding_at_random_keeps_the_mean() -> None:
    rng = Random(1)
    drawn = [whole_number(rng, 2.3) for _ in range(20_000)]
    assert set(drawn) == {2, 3}
    assert fmean(drawn) == pytest.approx(2.3, rel=0.02)


def test_stays_have_the_published_mean(parameters: Parameters) -> None:
    rng = Random(1)
    drawn = [length_of_stay(rng, parameters.stays) for _ in range(50_000)]
    assert min(drawn) >= 1
    assert fmean(drawn) == pytest.approx(parameters.stays.mean_days, rel=0.03)


def test_people_who_are_there_already_stay_as_if_found_at_a_random_moment(
    parameters: Parameters,
) -> None:
    # Of exponential stays what remains is as long as the whole: they have no memory.
    stays = changed(parameters, {"stays.short_share": 1.0, "stays.short_days": 200}).stays
    drawn = remaining_stays(Random(1), stays, 20_000)
    assert fmean(drawn) == pytest.approx(200, rel=0.04)
