"""The outward districts of a search and around a home."""

import pytest

from layer.build import postcode_package
from shared.domain.geo import miles_between
from shared.places import near
from shared.places.districts import AREA_MILES, district_of, districts_around
from shared.places.postcodes import FILE_NAME, Postcodes
from tests.support.builders import home


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


@pytest.mark.parametrize("text", ["EX2 5DW", "EX2", "50.7167,-3.5062"])
def test_a_place_lies_in_one_district(postcodes: Postcodes, text: str) -> None:
    place = near.find(text, postcodes)
    nearest = postcodes.outward_codes_near(place.point, AREA_MILES)[0]
    assert district_of(place, postcodes) == (nearest if "," in text else "EX2")


def test_a_homes_area_is_its_district_and_those_near(postcodes: Postcodes) -> None:
    document = home().to_document()
    area = districts_around(document, postcodes)
    assert {"EX1", "EX2", "EX4"} <= area
    assert "PL1" not in area
    assert districts_around(document | {"postcode": "PL1 1AA"}, postcodes) == area | {"PL1"}


@pytest.mark.slow
def test_near_codes_are_those_within_so_many_miles(postcodes: Postcodes) -> None:
    here = near.find("EX2 5DW", postcodes).point
    by_distance = {
        code: miles_between(here, place.point)
        for code, _ in postcodes.outward_codes()
        if (place := postcodes.locate(code))
    }
    found = postcodes.outward_codes_near(here, AREA_MILES)
    assert set(found) == {code for code, miles in by_distance.items() if miles <= AREA_MILES}
    assert found == sorted(found, key=by_distance.__getitem__)
