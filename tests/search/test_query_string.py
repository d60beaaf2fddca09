"""A search is read strictly, and every wrong parameter is named."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, quote

import pytest

from layer.build import postcode_package
from search import query_string
from search.query_string import PARAMETERS, SearchRequest, read_search
from shared.domain.errors import MalformedError, Problem, RefusedError
from shared.domain.fit import Requirements
from shared.domain.needs import Answer
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand
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
    assert (query.categories, query.service_user_bands) == ((), ())
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
        "&min_rating=REQUIRES_improvement&max_age_hours=48"
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
    assert query.confirmed_since == NOON - timedelta(hours=48)
    assert query.available_by == date(2026, 1, 5)
    assert (query.include_full, query.sort, query.limit) == (True, Sort.FRESHNESS, 100)
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
                "max_age_hours": ["", "0", "-1", "1.5", "nan", "99999"],
                "available_by": ["", "tomorrow", "2026-01-04", "2027-01-08", "2026-02-30", "٢٠٢٦"],
                "include_full": ["", "maybe", "1", "TRUE"],
                "sort": ["", "price"],
                "limit": ["", "0", "101", "-5", "1.0"],
                "need": ["", "penthouse", "peg,", "council_rate"],
                "would_like": ["", "penthouse"],
                "funding": ["", "lottery", "chc,fnc"],
                "fit": ["", "no", "perhaps"],
                "admit_by": [
                    "",
                    "2026-01-06",
                    "2026-01-05T11:59",
                    "2026-02-06T00:00",
                    "2026-01-06T24:00",
                    "2026-13-01T10:00",
                    "2026-01-06T10:00:00",
                    "0001-01-01T00:00",
                ],
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


def test_what_is_asked_of_a_home_is_read(postcodes: Postcodes) -> None:
    request = search(
        postcodes,
        "near=EX2&need=peg&need=Hoist,PEG&would_like=pet&would_like=language_pol,chc"
        "&funding=Council_Rate&admit_by=2026-01-07T16:00&fit=any",
    )
    query = request.query
    assert query.requirements == Requirements(
        ("peg", "hoist"), Funding.COUNCIL_RATE, datetime(2026, 1, 7, 16, 0, tzinfo=UTC)
    )
    assert query.would_like == ("pet", "language_pol", "chc")
    assert query.fits == (Answer.YES, Answer.ASK, Answer.NO)
    assert query.as_of == NOON
    assert request.notices == []


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-01-07T16:00Z", 16), ("2026-01-07T16:00%2B01:00", 15)]
)
def test_a_moment_may_have_an_offset(postcodes: Postcodes, text: str, hour: int) -> None:
    admit_by = search(postcodes, f"near=EX2&admit_by={text}").query.requirements.admit_by
    assert admit_by == datetime(2026, 1, 7, hour, 0, tzinfo=UTC)


def test_the_best_come_first_once_something_is_asked(postcodes: Postcodes) -> None:
    assert search(postcodes, "near=EX2&would_like=pet").query.sort is Sort.DISTANCE
    assert search(postcodes, "near=EX2&need=peg").query.sort is Sort.BEST
    assert search(postcodes, "near=EX2&need=peg&sort=distance").query.sort is Sort.DISTANCE


def test_an_unknown_need_is_named(postcodes: Postcodes) -> None:
    with pytest.raises(RefusedError) as refusal:
        search(postcodes, "near=EX2&need=peg,penthouse")
    assert refusal.value.problems == (
        Problem("need", "needs that docs/http.md lists; not 'penthouse'"),
    )


def test_a_need_that_is_no_longer_asked_is_left_out_with_a_notice(
    postcodes: Postcodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = "No one asks for iron lungs any more."
    monkeypatch.setattr(query_string, "RETIRED", {"iron_lung": notice})
    request = search(postcodes, "near=EX2&need=peg,iron_lung&would_like=pet,iron_lung")
    assert request.query.requirements.needs == ("peg",)
    assert request.query.would_like == ("pet",)
    assert request.notices == [notice]


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "W10", "bnVsbA", "é", "A" * 1500])
def test_an_invented_cursor_is_malformed(postcodes: Postcodes, cursor: str) -> None:
    with pytest.raises(MalformedError, match="cursor"):
        search(postcodes, f"near=EX2&cursor={cursor}")


def test_the_fingerprint_of_a_search_ignores_the_size_of_its_pages(postcodes: Postcodes) -> None:
    one = search(postcodes, "near=EX2&beds=2&limit=5").fingerprint
    assert search(postcodes, "limit=9&beds=2&near=EX2").fingerprint == one
    assert search(postcodes, "near=EX2&beds=3&limit=5").fingerprint != one
    assert search(postcodes, "near=EX2").fingerprint != one
