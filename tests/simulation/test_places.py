"""Places lie in the square, most of them in towns."""

from random import Random
from statistics import fmean

import pytest

from shared.domain.geo import in_great_britain, miles_between
from simulation.parameters import Parameters, changed
from simulation.places import Country


def test_without_towns_places_are_spread_over_the_whole_square(parameters: Parameters) -> None:
    places = changed(parameters, {"places.in_towns": 0.0}).places
    rng = Random(1)
    country = Country.draw(rng, places)
    points = [country.point(rng) for _ in range(400)]
    assert all(map(in_great_britain, points))
    pairs = list(zip(points[::2], points[1::2], strict=True))
    # The mean distance between two places in a square is 0.5214 of its side.
    assert fmean(miles_between(a, b) for a, b in pairs) == pytest.approx(0.5214 * 40, rel=0.1)


def test_towns_bring_places_together(parameters: Parameters) -> None:
    rng = Random(1)
    all_in_one = changed(parameters, {"places.in_towns": 1.0, "places.towns": 1}).places
    country = Country.draw(rng, all_in_one)
    points = [country.point(rng) for _ in range(200)]
    assert fmean(miles_between(points[0], each) for each in points) < 10
