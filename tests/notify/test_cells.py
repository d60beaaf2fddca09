"""A covered cell is all inside, and outside all cells nothing is."""

from math import cos, radians, sin

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from notify.cells import around, filing
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
def test_a_place_is_in_one_covered_cell_or_by_an_edge_or_outside(
    latitude: float, longitude: float, miles: float, ways: list[tuple[float, float]]
) -> None:
    centre = Point(latitude, longitude)
    found = filing(Circle(centre, miles))
    covered, touched = set(found.covered), set(found.touched)
    for bearing, part in ways:
        place = moved(centre, bearing, miles * part)
        away = miles_between(centre, place)
        assume(abs(away - miles) > 1e-6)
        cells = around(place)
        held = len(covered.intersection(cells)) + (cells[0] in touched)
        assert held <= 1
        if away < miles:
            assert held
        else:
            assert not covered.intersection(cells)


@pytest.mark.parametrize("miles", [1.0, 7.0, 23.0, 50.0])
@pytest.mark.parametrize("centre", [Point(50.7, -3.5), Point(52.49, -0.001), Point(60.1, -1.2)])
def test_cells_end_where_the_circle_does(centre: Point, miles: float) -> None:
    found = filing(Circle(centre, miles))
    covered, touched = set(found.covered), set(found.touched)
    for degree in range(720):
        for part in (0.98, 0.999, 1.001, 1.01, 1.02):
            place = moved(centre, degree / 2, miles * part)
            cells = around(place)
            if miles_between(centre, place) < miles:
                assert covered.intersection(cells) or cells[0] in touched
            else:
                assert not covered.intersection(cells)


@given(LATITUDES, LONGITUDES, st.floats(0.01, 100))
def test_no_cell_is_named_twice(latitude: float, longitude: float, miles: float) -> None:
    found = filing(Circle(Point(latitude, longitude), miles))
    named = [*found.covered, *found.touched]
    assert len(named) == len(set(named))


def test_most_of_a_large_circle_is_filed_under_few_cells() -> None:
    """Of 4 by 4 miles it would be almost five hundred."""
    found = filing(Circle(Point(52.5, -1.5), 50))
    assert len(found.covered) < 120
    assert len(found.touched) < 130


def moved(centre: Point, bearing: float, miles: float) -> Point:
    """The place about so far away in that direction (degrees)."""
    north = miles * cos(radians(bearing)) / 69.0
    east = miles * sin(radians(bearing)) / (69.2 * cos(radians(centre.latitude)))
    return Point(centre.latitude + north, centre.longitude + east)
