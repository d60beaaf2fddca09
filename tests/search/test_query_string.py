"""The query string is read strictly: what is right is taken as meant, what is wrong is named."""

from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest

from layer.build import postcode_package
from search.query_string import PARAMETERS, Question, read
from shared.domain.errors import MalformedError, RefusedError
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.search_index.query import Sort
from tests.support.builders import NOON


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


def asked(postcodes: Postcodes, query: str) -> Question:
    return read(parse_qs(query, keep_blank_values=True), postcodes, NOON)


def refused(postcodes: Postcodes, query: str) -> set[str]:
    """The fields that are named, each with what is expected of it."""
    with pytest.raises(RefusedError) as refusal:
        asked(postcodes, query)
    assert all(problem.expected for problem in refusal.value.problems)
    return {problem.field for problem in refusal.value.problems}


def test_only_a_place_is_needed(postcodes: Postcodes) -> None:
    wanted = asked(postcodes, "near=EX2+5DW").wanted
    assert (wanted.radius_miles, wanted.beds, wanted.limit) == (10.0, 1, 25)
    assert (wanted.sort, wanted.include_full) == (Sort.DISTANCE, False)
    assert (wanted.categories, wanted.service_user_bands, wanted.features) == ((), (), ())
    assert (wanted.min_rating, wanted.confirmed_since, wanted.available_by) == (None, None, None)


def test_everything_at_once(postcodes: Postcodes) -> None:
    question = asked(
        postcodes,
        "near=ex2&radius_miles=0.5&category=general_nursing,DEMENTIA_NURSING"
        "&category=general_nursing&beds=3&service_user_band=physical_disability"
        "&service_user_band=learning+disabilities+or+autistic+spectrum+disorder"
        "&min_rating=REQUIRES_improvement&feature=en_suite&feature=pets&max_age_hours=48"
        "&available_by=2026-01-05&include_full=true&sort=freshness&limit=100",
    )
    wanted = question.wanted
    assert wanted.radius_miles == 0.5
    assert wanted.categories == (BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING)
    assert wanted.beds == 3
    assert wanted.service_user_bands == (
        ServiceUserBand.PHYSICAL_DISABILITY,
        ServiceUserBand.LEARNING_DISABILITIES,
    )
    assert wanted.min_rating is Rating.REQUIRES_IMPROVEMENT
    assert wanted.features == (Feature.EN_SUITE, Feature.PETS)
    assert wanted.confirmed_since == NOON - timedelta(hours=48)
    assert wanted.available_by == date(2026, 1, 5)
    assert (wanted.include_full, wanted.sort, wanted.limit) == (True, Sort.FRESHNESS, 100)
    assert question.place.approximate


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "near"),
        ("near=", "near"),
        ("near=ZZ9+9ZZ", "near"),
        ("near=EX2+5DW&near=EX2", "near"),
        ("near=48.8,2.3", "near"),
        ("near=-3.5,50.7", "near"),
        ("near=nan,nan", "near"),
        ("near=inf,0", "near"),
        ("near=٥٠.٧,-٣.٥", "near"),
        ("near=1e3,0", "near"),
        *(
            (f"near=EX2&{name}={value}", name)
            for name, values in {
                "radius_miles": ["", "0", "0.0", "-1", "100.01", "5000", "nan", "inf", "1e1", "٣"],
                "category": ["", "penthouse", "general_nursing,", "general_nursing;transitional"],
                "beds": ["", "0", "-1", "1.0", "1001", "two", "1e1", "٣", "99999999999999999999"],
                "service_user_band": ["", "Wizards"],
                "min_rating": ["", "Splendid", "Good,Outstanding"],
                "feature": ["", "helipad"],
                "max_age_hours": ["", "0", "-1", "1.5", "nan", "99999"],
                "available_by": ["", "tomorrow", "2026-01-04", "2027-01-08", "2026-02-30", "٢٠٢٦"],
                "include_full": ["", "maybe", "1", "TRUE"],
                "sort": ["", "price"],
                "limit": ["", "0", "101", "-5", "1.0"],
            }.items()
            for value in values
        ),
        *(
            (f"near=EX2&{name}={value}&{name}={value}", name)
            for name, value in {
                "radius_miles": "5",
                "beds": "1",
                "min_rating": "Good",
                "max_age_hours": "5",
                "available_by": "2026-01-06",
                "include_full": "true",
                "sort": "distance",
                "limit": "5",
                "cursor": "x",
            }.items()
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(postcodes: Postcodes, query: str, field: str) -> None:
    assert refused(postcodes, query) == {field}


def test_everything_wrong_is_named_at_once(postcodes: Postcodes) -> None:
    names = PARAMETERS - {"cursor"}
    assert refused(postcodes, "&".join(f"{name}=%00" for name in names)) == names


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "W10", "bnVsbA", "é", "A" * 1500])
def test_a_cursor_of_nobodys_making_is_malformed(postcodes: Postcodes, cursor: str) -> None:
    with pytest.raises(MalformedError, match="cursor"):
        asked(postcodes, f"near=EX2&cursor={cursor}")


def test_a_search_is_the_same_whatever_the_length_of_its_pages(postcodes: Postcodes) -> None:
    one = asked(postcodes, "near=EX2&beds=2&limit=5").fingerprint
    assert asked(postcodes, "limit=9&beds=2&near=EX2").fingerprint == one
    assert asked(postcodes, "near=EX2&beds=3&limit=5").fingerprint != one
    assert asked(postcodes, "near=EX2").fingerprint != one
