"""A local authority that the settings spell otherwise than the file is named, with the nearest."""

import pytest

from import_homes.authorities import missing_authorities

IN_FILE = [
    "Bournemouth, Christchurch and Poole",
    "Bristol, City of",
    "County Durham",
    "Devon",
    "Dorset",
    "Kingston upon Hull, City of",
    "Kingston upon Thames",
    "North Somerset",
    "Somerset",
    "Southend-on-Sea",
    "St. Helens",
]


@pytest.mark.parametrize(
    ("setting", "spelling"),
    [
        ("Bristol", "Bristol, City of"),
        ("Bristol City Council", "Bristol, City of"),
        ("St Helens", "St. Helens"),
        ("Saint Helens", "St. Helens"),
        ("Durham", "County Durham"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Devon County Council", "Devon"),
        ("Devonn", "Devon"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("Bournemouth Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
    ],
)
def test_the_nearest_spelling_in_the_file_comes_first(setting: str, spelling: str) -> None:
    (missing,) = missing_authorities([setting], IN_FILE)
    assert missing.local_authority == setting
    assert missing.nearest[0] == spelling


def test_an_authority_that_is_in_the_file_is_not_missing() -> None:
    assert missing_authorities(["DEVON", "St. Helens"], IN_FILE) == []


def test_a_name_like_none_in_the_file_has_no_nearest_spelling() -> None:
    (missing,) = missing_authorities(["Northumberland"], IN_FILE)
    assert missing.nearest == []


def test_a_council_of_every_authority_misses_none() -> None:
    assert missing_authorities([], IN_FILE) == []
