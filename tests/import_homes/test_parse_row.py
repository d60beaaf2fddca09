"""A row becomes what the register says of a home, or a reason that names its columns."""

import pytest

from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from import_homes.parse_row import is_care_home, location_id_in, register_in
from shared.domain.care_home import Register
from shared.domain.errors import RefusedError
from shared.domain.geo import Point
from shared.domain.vocabulary import Rating, Registration, ServiceUserBand
from shared.places.postcodes import Place
from tests.import_homes.directories import location

SOMEWHERE = Point(50.7, -3.5)


def locate(text: str) -> Place | None:
    return {
        "EX2 5DW": Place(SOMEWHERE, "EX2 5DW", approximate=False),
        "EX2": Place(SOMEWHERE, "EX2", approximate=True),
    }.get(text)


def row(**columns: str) -> Row:
    return Row(2, location(**columns), is_whole=True)


def register(**columns: str) -> Register:
    return register_in(row(**columns), locate)


def refused(**columns: str) -> set[str]:
    with pytest.raises(RefusedError) as problems:
        register(**columns)
    return {problem.field for problem in problems.value.problems}


def test_a_row_is_read_whole() -> None:
    assert register(ADDRESS_LINE_2="Heavitree", COUNTY="Devon", POSTCODE="ex25dw") == Register(
        name="Larkrise House 1",
        address="1 Example Lane, Heavitree, Exeter, Devon",
        postcode="EX2 5DW",
        local_authority="Exampleshire",
        latitude=50.7167,
        longitude=-3.5062,
        registration=Registration.ACTIVE,
        phone="01632960001",
        registered_beds=30,
        rating=Rating.GOOD,
        nursing=True,
        service_user_bands=(ServiceUserBand.DEMENTIA, ServiceUserBand.OLDER_PEOPLE),
        provider_id="1-900000001",
        register_website="www.larkrise.example",
    )


def test_nobody_is_named_in_it() -> None:
    assert "Secret" not in str(register())


def test_marks_are_read_in_any_case_and_as_words() -> None:
    assert is_care_home(row(CARE_HOME="yes"))
    assert not is_care_home(row(CARE_HOME="n"))
    assert not is_care_home(row(CARE_HOME=""))
    assert register(DORMANT="y").registration is Registration.DORMANT
    assert register(NURSING="").nursing is False
    with pytest.raises(RefusedError):
        is_care_home(row(CARE_HOME="perhaps"))


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("01632 960 001", "01632960001"),
        ("(01632) 960-001", "01632960001"),
        ("+44 1632 960001", "01632960001"),
        ("1632960001", "01632960001"),
        ("", None),
        ("see website", None),
        ("manager@larkrise.example", None),
        ("٠١٦٣٢٩٦٠٠٠١", None),
    ],
)
def test_a_phone_number_is_digits_or_left_out(text: str, phone: str | None) -> None:
    assert register(PHONE=text).phone == phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("www.larkrise.example/home_1?a=b", True),
        ("https://Larkrise.example/", True),
        ("manager@larkrise.example", False),
        ("https://manager@larkrise.example", False),
        ("javascript:alert(1)", False),
        ("www.larkrise.example/<script>", False),
        ("none", False),
        ("www." + "x" * 300 + ".example", False),
    ],
)
def test_a_website_is_an_address_of_the_web_or_left_out(text: str, kept: bool) -> None:
    assert register(WEBSITE=text).register_website == (text if kept else None)


@pytest.mark.parametrize(
    "text", ["", "Inspected but not rated", "Insufficient evidence to rate", "No published rating"]
)
def test_what_is_no_rating_is_none(text: str) -> None:
    assert register(RATING=text).rating is None
    assert register(RATING="requires Improvement").rating is Rating.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(("text", "beds"), [("", None), ("0", None), ("028", 28), ("1000", 1000)])
def test_beds_are_a_number_or_not_given(text: str, beds: int | None) -> None:
    assert register(BEDS=text).registered_beds == beds


@pytest.mark.parametrize("text", ["many", "-1", "2.5", "1001", "9" * 40, "٣", "1e2"])
def test_beds_that_cannot_be_are_refused(text: str) -> None:
    assert refused(BEDS=text) == {Column.BEDS}


def test_without_coordinates_a_home_is_where_its_postcode_is() -> None:
    found = register(LATITUDE="", LONGITUDE="")
    assert (found.latitude, found.longitude) == SOMEWHERE


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("", "-3.5"),
        ("-3.5062", "50.7167"),
        ("48.85", "2.35"),
        ("nan", "nan"),
        ("inf", "-3.5"),
        ("north", "west"),
    ],
)
def test_coordinates_outside_the_country_give_way_to_the_postcode(
    latitude: str, longitude: str
) -> None:
    found = register(LATITUDE=latitude, LONGITUDE=longitude)
    assert (found.latitude, found.longitude) == SOMEWHERE
    assert refused(LATITUDE=latitude, LONGITUDE=longitude, POSTCODE="EX2 9ZZ") == {
        "Location Latitude and Location Longitude"
    }


def test_a_postcode_that_is_new_is_kept_where_there_are_coordinates() -> None:
    assert register(POSTCODE="EX2 9ZZ").postcode == "EX2 9ZZ"


@pytest.mark.parametrize("text", ["", "EX2", "unknown", "EX2 5D", "12345"])
def test_what_is_no_full_postcode_is_refused(text: str) -> None:
    assert refused(POSTCODE=text) == {Column.POSTCODE}


def test_every_column_at_fault_is_named() -> None:
    assert refused(NAME="", BEDS="x", DORMANT="?", LOCAL_AUTHORITY="x" * 201) == {
        Column.NAME,
        Column.BEDS,
        Column.DORMANT,
        Column.LOCAL_AUTHORITY,
    }
    assert refused(STREET="", CITY="") == {Column.STREET}
    cells = location() | {BANDS[ServiceUserBand.DEMENTIA]: "some"}
    with pytest.raises(RefusedError, match="Service user band - Dementia: Y, N or blank"):
        register_in(Row(2, cells, is_whole=True), locate)


def test_a_refusal_repeats_nothing_of_the_row() -> None:
    with pytest.raises(RefusedError) as problems:
        register(BEDS="Mrs Secret", POSTCODE="Mrs Secret", LATITUDE="Mrs Secret", DORMANT="Secret")
    assert "Secret" not in problems.value.detail


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1-1000587219", True), ("RBA11", True), ("", False), ("1-", False), ("Mrs Secret", False)],
)
def test_an_id_has_the_form_of_one(text: str, is_one: bool) -> None:
    assert location_id_in(row(LOCATION_ID=text)) == (text if is_one else None)
