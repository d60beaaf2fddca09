"""Covered cells lie wholly inside the circle, and no part of the circle lies outside all cells."""

from math import cos, radians, sin

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from notify.cells import cells_at, cells_of
from shared.domain.geo import Circle, Point, miles_between

LATITUDES = st.floats(-70, 70)
LONGITUDES = st.floats(-170, 170)


@given(
    LATITUDES, LONGITUDES, st.floats(0.01, 100), st.lists(
        st.tuples(st.floats(0, 360), st.floats(0, 1.2)), min_size=10, max_size=40
    ),
)  # fmt: skip
@example(0.0, 0.0, 50.0, [(0.0, 0.5), (45.0, 0.5), (180.0, 0.99), (225.0, 0.5), (90.0, 1.1)])
@example(51.5, -0.1, 0.5, [(0.0, 0.5), (180.0, 0.5)])
def test_a_place_lies_in_one_covered_cell_or_in_one_edge_cell_or_outside(
    latitude: float, longitude: float, miles: float, ways: list[tuple[float, float]]
) -> None:
    centre = Point(latitude, longitude)
    cells = cells_of(Circle(centre, miles))
    covered, edge = set(cells.covered), set(cells.edge)
    for bearing, part in ways:
        place = moved(centre, bearing, miles * part)
        away = miles_between(centre, place)
        assume(abs(away - miles) > 1e-6)
        around = cells_at(place)
        held = len(covered.intersection(around)) + (around[0] in edge)
        assert held <= 1
        if away < miles:
            assert held
        else:
            assert not covered.intersection(around)


@pytest.mark.parametrize("miles", [1.0, 7.0, 23.0, 50.0])
@pytest.mark.parametrize("centre", [Point(50.7, -3.5), Point(52.49, -0.001), Point(60.1, -1.2)])
def test_cells_end_where_the_circle_does(centre: Point, miles: float) -> None:
    cells = cells_of(Circle(centre, miles))
    covered, edge = set(cells.covered), set(cells.edge)
    for degree in range(720):
        for part in (0.98, 0.999, 1.001, 1.01, 1.02):
            place = moved(centre, degree / 2, miles * part)
            around = cells_at(place)
            if miles_between(centre, place) < miles:
                assert covered.intersection(around) or around[0] in edge
            else:
                assert not covered.intersection(around)


@given(LATITUDES, LONGITUDES, st.floats(0.01, 100))
def test_no_cell_comes_twice(latitude: float, longitude: float, miles: float) -> None:
    cells = cells_of(Circle(Point(latitude, longitude), miles))
    named = [*cells.covered, *cells.edge]
    assert len(named) == len(set(named))


def test_few_cells_cover_most_of_a_large_circle() -> None:
    """With cells of 4 by 4 miles only, there would be almost five hundred."""
    cells = cells_of(Circle(Point(52.5, -1.5), 50))
    assert len(cells.covered) < 120
    assert len(cells.edge) < 130


def moved(centre: Point, bearing: float, miles: float) -> Point:
    """Return the place about so many miles away in a direction (in degrees)."""
    north = miles * cos(radians(bearing)) / 69.0
    east = miles * sin(radians(bearing)) / (69.2 * cos(radians(centre.latitude)))
    return Point(centre.latitude + north, centre.longitude + east)
