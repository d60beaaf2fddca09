"""A place is a postcode, an outward code or coordinates; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layer.build import postcode_package
from shared.domain.errors import RefusedError
from shared.domain.geo import Point, miles_between
from shared.places import near
from shared.places.postcodes import FILE_NAME, Postcodes
from tests.support import pasted


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


@pytest.mark.parametrize("text", pasted.POSTCODES)
def test_a_postcode_is_found_however_it_is_typed(postcodes: Postcodes, text: str) -> None:
    place = near.find(text, postcodes)
    assert place.label == "EX2 5DW"
    assert not place.approximate
    assert miles_between(place.point, Point(50.7167, -3.5062)) < 0.3


def test_an_outward_code_is_found_at_its_centre_and_is_approximate(postcodes: Postcodes) -> None:
    place = near.find("ex2", postcodes)
    assert place.label == "EX2"
    assert place.approximate


@pytest.mark.parametrize(
    "text",
    [
        "50.7167,-3.5062",
        " 50.7167 , -3.5062 ",
        "+50.71670,-3.50620",
        "5.07167e1,-3.5062",
        "50.7167,\u00a0\u22123.5062",
        "\u200b50.7167,\t-3.5062\u202c",
    ],
)
def test_coordinates_are_used_unchanged(postcodes: Postcodes, text: str) -> None:
    place = near.find(text, postcodes)
    assert place.point == Point(50.7167, -3.5062)
    assert place.label == "50.71670,-3.50620"
    assert not place.approximate


@given(st.floats(49.8, 60.9), st.floats(-8.7, 1.8))
def test_any_point_of_the_country_is_read_in_full_precision(
    latitude: float, longitude: float
) -> None:
    place = near.find(f"{latitude},{longitude}", None)  # type: ignore[arg-type]  # coordinates need no postcodes
    assert place.point == Point(latitude, longitude)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "nowhere",
        "EX2 5DW; DROP TABLE",
        "EX2 5",
        "ＥＸ２ ５ＤＷ",
        "ZZ99 9ZZ",
        "ZZ9",
        "BT1 5GS",
        "50.7167",
        "50.7167;-3.5062",
        "50.7167,-3.5062,0",
        ",",
        "50.7167,",
        "nan,nan",
        "NaN,-3.5",
        "inf,-3.5",
        "50.7,-inf",
        "1e999,-3.5",
        "-3.5062,50.7167",
        "48.8566,2.3522",
        "0,0",
        "٥٠,٣",
        "50_0.7,-3.5",
        "0x32,-3.5",
        "1" * 1000,
        "1" * 1000 + ",2",
    ],
)
def test_other_text_is_not_a_place_and_is_refused(postcodes: Postcodes, text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        near.find(text, postcodes)
    (problem,) = refused.value.problems
    assert problem.field == "near"
    assert problem.expected
