"""The samples are the same every time, and like real homes and searches."""

import numpy as np
import pytest

from benchmarks.samples.declarations import ASK, NEEDS, NO, UNSAID, YES
from benchmarks.samples.homes import ANY, earth_xyz, sample_homes, sample_searches
from benchmarks.samples.towns import Land
from local.demo.declared_shares import SHARES
from shared.domain.availability import free_beds
from shared.domain.care_home import CareHome
from shared.domain.geo import Point
from shared.domain.geo import earth_xyz as xyz_of


@pytest.mark.parametrize("land", ["england", "world"])
def test_the_same_seed_gives_the_same_homes_and_searches(land: Land) -> None:
    first, second = sample_homes(300, land), sample_homes(300, land)
    assert [first.document(at) for at in range(300)] == [second.document(at) for at in range(300)]
    assert sample_searches(20, first) == sample_searches(20, second)


def test_a_sample_home_is_a_valid_stored_home() -> None:
    homes = sample_homes(200, "england")
    for at in range(200):
        document = homes.document(at)
        home = CareHome.from_document(document)
        assert home.to_document().keys() == document.keys()
        assert max(free_beds(document).values(), default=0) == homes.free[at, ANY]


def test_homes_declare_six_in_ten_answers_of_every_kind() -> None:
    answers = sample_homes(5_000, "england").declarations.answers
    columns = [NEEDS.index(need) for need in SHARES]
    assert (answers[:, columns] != UNSAID).mean() == pytest.approx(0.6, abs=0.01)
    for code, share in ((YES, 0.25), (ASK, 0.12), (NO, 0.12)):
        assert (answers[:, columns] == code).mean() > share


def test_searches_have_none_to_five_filters_and_radii_of_all_lengths() -> None:
    searches = sample_searches(400, sample_homes(1_000, "england"))
    filters = {
        sum(
            map(
                bool,
                (each.query.categories, each.bands, each.needs, each.rating, each.since),
            )
        )
        for each in searches
    }
    assert filters == {0, 1, 2, 3, 4, 5}
    radii = sorted(each.miles for each in searches)
    assert 1 <= radii[0] < 1.2
    assert 5.5 < radii[200] < 9  # the middle of 1 and 50 is 7.1, where lengths are powers
    assert 45 < radii[-1] <= 50


def test_points_in_space_are_those_of_the_product() -> None:
    homes = sample_homes(100, "world")
    rows = earth_xyz(homes.latitude, homes.longitude)
    for at, row in enumerate(rows.tolist()):
        point = Point(float(homes.latitude[at]), float(homes.longitude[at]))
        assert np.allclose(row, xyz_of(point), rtol=0, atol=1e-9)
