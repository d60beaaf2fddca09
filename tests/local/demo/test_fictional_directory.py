"""The demo's directory reads like CQC's, is as large as a county's, and nothing in it is real."""

import csv
import re
from collections import Counter
from datetime import date
from io import StringIO
from statistics import mean, quantiles

import pytest

from import_homes.directory import read_rows
from import_homes.plan import Result, plan_import
from layer.build import postcode_package
from local.demo import fictional_directory
from shared.domain.documents import Document
from shared.places.postcodes import FILE_NAME, Postcodes
from tests.support.shared_data import CARE_DIRECTORY, shared_data


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


@pytest.fixture(scope="module")
def content(postcodes: Postcodes) -> bytes:
    return fictional_directory.directory(postcodes.locate)


@pytest.fixture(scope="module")
def written(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


@pytest.fixture(scope="module")
def homes(content: bytes, postcodes: Postcodes) -> list[Document]:
    """As the import of the fictional council brings them in."""
    plan = plan_import(
        read_rows(content),
        {},
        frozenset({fictional_directory.LOCAL_AUTHORITY}),
        postcodes.locate,
        date(2026, 1, 5),
    )
    assert Counter(outcome.result for outcome in plan.outcomes) == {
        Result.NEW: fictional_directory.HOMES,
        Result.DORMANT: fictional_directory.DORMANT,
        Result.OUTSIDE: fictional_directory.OUTSIDE,
        Result.NOT_A_CARE_HOME: fictional_directory.NOT_CARE_HOMES,
    }
    return [write.document for write in plan.writes]


def test_the_directory_is_the_same_every_time(content: bytes, postcodes: Postcodes) -> None:
    assert fictional_directory.directory(postcodes.locate) == content
    assert fictional_directory.directory(postcodes.locate, seed=1) != content


def test_home_sizes_are_distributed_as_on_the_register(homes: list[Document]) -> None:
    sizes = [home["registered_beds"] for home in homes]
    assert mean(sizes) == pytest.approx(28, abs=1)
    assert quantiles(sizes, n=4) == pytest.approx([8, 22, 41], abs=1)
    assert min(sizes) >= 1
    assert max(sizes) <= 215


def test_the_directory_has_homes_of_every_kind(homes: list[Document]) -> None:
    nursing = sum(home["nursing"] for home in homes) / len(homes)
    assert 0.2 < nursing < 0.35
    ratings = Counter(home.get("rating") for home in homes)
    assert ratings.keys() == {"Outstanding", "Good", "Requires improvement", "Inadequate", None}
    assert ratings["Good"] > len(homes) / 2
    bands = Counter(band for home in homes for band in home["service_user_bands"])
    assert len(bands) >= 7


def test_postcodes_are_real_with_their_own_coordinates(
    written: list[dict[str, str]], postcodes: Postcodes
) -> None:
    without = 0
    for row in written:
        place = postcodes.locate(row["Location Postal Code"])
        assert place
        assert not place.approximate
        given = row["Location Latitude"], row["Location Longitude"]
        without += given == ("", "")
        assert given in {("", ""), tuple(f"{degrees:.6f}" for degrees in place.point)}
    assert without == fictional_directory.WITHOUT_COORDINATES
    assert len({row["Location Postal Code"] for row in written}) == len(written)


def test_everything_in_the_directory_is_marked_fictional(written: list[dict[str, str]]) -> None:
    for row in written:
        assert row["Location Name"].endswith("(fictional)")
        assert "fictional" in row["Provider Name"]
        assert re.fullmatch(r"01632960\d{3}", row["Location Telephone Number"])
        assert re.fullmatch(r"1-0\d{9}", row["Location ID"])
        assert re.fullmatch(r"1-0\d{9}", row["Provider ID"])
        assert re.fullmatch(r"(www\.[a-z]+\.example)?", row["Location Web Address"])
        assert row["Registered manager"] == ""
    for once in ("Location ID", "Location Name", "Location Telephone Number"):
        assert len({row[once] for row in written}) == len(written)


def test_a_table_with_too_few_postcodes_raises_an_error() -> None:
    with pytest.raises(ValueError, match="too few postcodes"):
        fictional_directory.directory(lambda _: None)


def test_the_directory_has_the_real_columns_and_no_real_home(
    written: list[dict[str, str]],
) -> None:
    real = list(
        csv.DictReader(StringIO(shared_data(CARE_DIRECTORY).read_text("utf-8"), newline=""))
    )
    assert list(written[0]) == list(real[0])
    words = {word for row in real for word in row["Location Name"].lower().split()}
    assert not any(row["Location Name"].lower().split()[0] in words for row in written)
    for column in ("Location ID", "Location Telephone Number", "Provider ID"):
        assert not {row[column] for row in real} & {row[column] for row in written}
