"""The classic design asks every cell in which a home of the circle can be."""

import h3  # type: ignore[import-untyped]
import pytest

from benchmarks.peers.cells import CLASSIC, LAYERED, MOST_CELLS, Design, covering
from benchmarks.samples.homes import homes
from shared.domain.geo import Point, miles_between

HOMES = homes(3_000, "england")


@pytest.mark.parametrize("design", [CLASSIC, LAYERED])
@pytest.mark.parametrize("miles", [1.0, 5.0, 10.0, 25.0, 50.0])
def test_no_home_of_the_circle_is_in_another_cell(design: Design, miles: float) -> None:
    centre = Point(51.5, -0.1)
    cells = covering(centre, miles, design.resolutions)
    resolution = h3.get_resolution(cells[0])
    assert resolution in design.resolutions
    assert len(cells) <= MOST_CELLS or resolution == design.resolutions[0]
    for at in range(len(HOMES)):
        point = Point(float(HOMES.latitude[at]), float(HOMES.longitude[at]))
        if miles_between(centre, point) <= miles:
            assert h3.latlng_to_cell(*point, resolution) in cells


def test_the_classic_asks_a_hundred_cells_or_so_of_the_widest_circle() -> None:
    """As many as its cells are smaller than the circle, and those around its edge."""
    few, many = (len(covering(Point(51.5, -0.1), miles, CLASSIC.resolutions)) for miles in (5, 50))
    assert 2 <= few <= 8
    assert 80 <= many <= 120
