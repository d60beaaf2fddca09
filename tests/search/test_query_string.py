"""A search is read strictly, and every wrong parameter is named."""

from datetime import date, timedelta
from urllib.parse import parse_qs, quote

import pytest

from layer.build import postcode_package
from search.query_string import PARAMETERS, SearchRequest, read_search
from shared.domain.errors import MalformedError, RefusedError
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand
from shared.http.query_params import QueryParams
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.search_index.query import Sort
from tests.support import pasted
from tests.support.builders import NOON


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


def search(postcodes: Postcodes, query: str) -> SearchRequest:
    params = QueryParams(parse_qs(query, keep_blank_values=True))
    return read_search(params, postcodes, NOON)


def wrong_parameters(postcodes: Postcodes, query: str) -> set[str]:
    """Return the parameters that the error names, each with what is expected of it."""
    with pytest.raises(RefusedError) as refusal:
        search(postcodes, query)
    assert all(problem.expected for problem in refusal.value.problems)
    return {problem.field for problem in refusal.value.problems}


def test_only_the_place_is_required(postcodes: Postcodes) -> None:
    query = search(postcodes, "near=EX2+5DW").query
    assert (query.radius_miles, query.beds, query.limit) == (10.0, 1, 25)
    assert (query.sort, query.include_full) == (Sort.DISTANCE, False)
    assert (query.categories, query.service_user_bands, query.features) == ((), (), ())
    assert (query.min_rating, query.confirmed_since, query.available_by) == (None, None, None)


def test_a_pasted_postcode_is_read(postcodes: Postcodes) -> None:
    for text in pasted.POSTCODES:
        assert search(postcodes, f"near={quote(text)}").place.label == pasted.POSTCODE


def test_every_parameter_is_read(postcodes: Postcodes) -> None:
    request = search(
        postcodes,
        "near=ex2&radius_miles=0.5&category=general_nursing,DEMENTIA_NURSING"
        "&category=general_nursing&beds=3&service_user_band=physical_disability"
        "&service_user_band=learning+disabilities+or+autistic+spectrum+disorder"
        "&min_rating=REQUIRES_improvement&feature=en_suite&feature=pets&max_age_hours=48"
        "&available_by=2026-01-05&include_full=true&sort=freshness&limit=100",
    )
    query = request.query
    assert query.radius_miles == 0.5
    assert query.categories == (BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING)
    assert query.beds == 3
    assert query.service_user_bands == (
        ServiceUserBand.PHYSICAL_DISABILITY,
        ServiceUserBand.LEARNING_DISABILITIES,
    )
    assert query.min_rating is Rating.REQUIRES_IMPROVEMENT
    assert query.features == (Feature.EN_SUITE, Feature.PETS)
    assert query.confirmed_since == NOON - timedelta(hours=48)
    assert query.available_by == date(2026, 1, 5)
    assert (query.include_full, query.sort, query.limit) == (True, Sort.FRESHNESS, 100)
    assert query.stale_before == NOON - timedelta(days=7)
    assert request.place.approximate


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
def test_a_wrong_parameter_is_named(postcodes: Postcodes, query: str, field: str) -> None:
    assert wrong_parameters(postcodes, query) == {field}


def test_all_wrong_parameters_are_named_at_once(postcodes: Postcodes) -> None:
    names = PARAMETERS - {"cursor"}
    assert wrong_parameters(postcodes, "&".join(f"{name}=%00" for name in names)) == names


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "W10", "bnVsbA", "é", "A" * 1500])
def test_an_invented_cursor_is_malformed(postcodes: Postcodes, cursor: str) -> None:
    with pytest.raises(MalformedError, match="cursor"):
        search(postcodes, f"near=EX2&cursor={cursor}")


def test_the_fingerprint_of_a_search_ignores_the_size_of_its_pages(postcodes: Postcodes) -> None:
    one = search(postcodes, "near=EX2&beds=2&limit=5").fingerprint
    assert search(postcodes, "limit=9&beds=2&near=EX2").fingerprint == one
    assert search(postcodes, "near=EX2&beds=3&limit=5").fingerprint != one
    assert search(postcodes, "near=EX2").fingerprint != one
