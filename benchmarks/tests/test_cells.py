"""The classic design queries every cell in which a home of the circle can be."""

import h3
import pytest

from benchmarks.peers import answers
from benchmarks.peers.cells import CLASSIC, LAYERED, MOST_CELLS, Design, covering, fits
from benchmarks.samples.homes import sample_homes, sample_searches
from shared.domain.geo import Point, miles_between

HOMES = sample_homes(3_000, "england")


@pytest.mark.parametrize("design", [CLASSIC, LAYERED])
@pytest.mark.parametrize("miles", [1.0, 5.0, 10.0, 25.0, 50.0])
def test_every_home_of_the_circle_is_in_a_queried_cell(design: Design, miles: float) -> None:
    centre = Point(51.5, -0.1)
    cells = covering(centre, miles, design.resolutions)
    resolution = h3.get_resolution(cells[0])
    assert resolution in design.resolutions
    assert len(cells) <= MOST_CELLS or resolution == design.resolutions[0]
    for at in range(len(HOMES)):
        point = Point(float(HOMES.latitude[at]), float(HOMES.longitude[at]))
        if miles_between(centre, point) <= miles:
            assert h3.latlng_to_cell(*point, resolution) in cells


def test_the_classic_design_queries_about_a_hundred_cells_for_the_widest_circle() -> None:
    few, many = (len(covering(Point(51.5, -0.1), miles, CLASSIC.resolutions)) for miles in (5, 50))
    assert 2 <= few <= 8
    assert 80 <= many <= 120


def test_a_home_fits_where_it_says_yes_to_each_need() -> None:
    documents = [HOMES.document(at) for at in range(len(HOMES))]
    searches = [each.without_age() for each in sample_searches(30, HOMES)]
    assert any(each.needs for each in searches)
    for search in searches:
        fitting = [fits(each, search) for each in documents]
        assert fitting == answers.fits(HOMES, search).tolist()
