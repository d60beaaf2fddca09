"""What is measured is the same every time, and like what is out there."""

import numpy as np
import pytest

from benchmarks.samples.homes import ANY, earth_xyz, homes, searches
from benchmarks.samples.towns import Land
from shared.domain.availability import free_beds
from shared.domain.care_home import CareHome
from shared.domain.geo import Point
from shared.domain.geo import earth_xyz as xyz_of


@pytest.mark.parametrize("land", ["england", "world"])
def test_the_same_seed_gives_the_same_homes_and_searches(land: Land) -> None:
    first, second = homes(300, land), homes(300, land)
    assert [first.document(at) for at in range(300)] == [second.document(at) for at in range(300)]
    assert searches(20, first) == searches(20, second)


def test_a_home_is_one_that_the_table_could_hold() -> None:
    among = homes(200, "england")
    for at in range(200):
        document = among.document(at)
        home = CareHome.from_document(document)
        assert home.to_document().keys() == document.keys()
        assert max(free_beds(document).values(), default=0) == among.free[at, ANY]


def test_searches_have_none_to_five_filters_and_radii_of_all_lengths() -> None:
    asked = searches(400, homes(1_000, "england"))
    filters = {
        sum(
            map(
                bool,
                (each.wanted.categories, each.bands, each.features, each.rating, each.since),
            )
        )
        for each in asked
    }
    assert filters == {0, 1, 2, 3, 4, 5}
    radii = sorted(each.miles for each in asked)
    assert 1 <= radii[0] < 1.2
    assert 5.5 < radii[200] < 9  # the middle of 1 and 50 is 7.1, where lengths are powers
    assert 45 < radii[-1] <= 50


def test_the_truth_takes_the_earth_for_what_the_project_does() -> None:
    among = homes(100, "world")
    rows = earth_xyz(among.latitude, among.longitude)
    for at, row in enumerate(rows.tolist()):
        point = Point(float(among.latitude[at]), float(among.longitude[at]))
        assert np.allclose(row, xyz_of(point), rtol=0, atol=1e-9)
