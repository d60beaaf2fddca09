"""A row is parsed into a register entry, or is refused with the columns that are wrong."""

import pytest

from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from import_homes.parse_row import (
    UnreadableRowError,
    location_id_of,
    parse_is_care_home,
    parse_register,
)
from shared.domain.care_home import Register
from shared.domain.geo import Point
from shared.domain.vocabulary import Rating, Registration, ServiceUserBand
from shared.places.postcodes import Place
from tests.import_homes.directories import location
from tests.support import pasted

POINT = Point(50.7, -3.5)


def locate(text: str) -> Place | None:
    return {
        "EX2 5DW": Place(POINT, "EX2 5DW", approximate=False),
        "EX2": Place(POINT, "EX2", approximate=True),
    }.get(text)


def row(**columns: str) -> Row:
    return Row(2, location(**columns), is_whole=True)


def register(**columns: str) -> Register:
    return parse_register(row(**columns), locate)


def notes_on(**columns: str) -> list[str]:
    notes: list[str] = []
    parse_register(row(**columns), locate, notes)
    return notes


def wrong_columns(**columns: str) -> set[str]:
    with pytest.raises(UnreadableRowError) as refused:
        register(**columns)
    return {problem.column for problem in refused.value.problems}


def test_every_field_of_a_row_is_parsed() -> None:
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
        register_website="https://www.larkrise.example",
    )


def test_the_register_entry_names_no_person() -> None:
    assert "Secret" not in str(register())


def test_yes_and_no_are_read_as_letters_and_words_in_any_case() -> None:
    assert parse_is_care_home(row(CARE_HOME="yes"))
    assert not parse_is_care_home(row(CARE_HOME="n"))
    assert not parse_is_care_home(row(CARE_HOME=""))
    assert register(DORMANT="y").registration is Registration.DORMANT
    assert register(NURSING="").nursing is False
    assert register(NURSING="TRUE").nursing is True
    assert register(NURSING="False").nursing is False
    with pytest.raises(UnreadableRowError):
        parse_is_care_home(row(CARE_HOME="perhaps"))


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("01632 960 001", "01632960001"),
        ("(01632) 960-001", "01632960001"),
        ("+44 1632 960001", "01632960001"),
        ("1632960001", "01632960001"),
        ("441632960001", "01632960001"),
        ("", None),
        ("see website", None),
        ("manager@larkrise.example", None),
        ("٠١٦٣٢٩٦٠٠٠١", None),
    ],
)
def test_a_phone_number_becomes_digits_or_is_left_out(text: str, phone: str | None) -> None:
    assert register(PHONE=text).phone == phone


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("1632960001.0", "01632960001"),
        ("441632960001.0", "01632960001"),
        ("169772222.0", "0169772222"),
        ("+44 (0)1632 960001", "01632960001"),
        ("44 (0) 1632 960001", "01632960001"),
    ],
)
def test_a_number_of_a_spreadsheet_is_the_same_number(text: str, phone: str) -> None:
    assert register(PHONE=text).phone == phone
    assert notes_on(PHONE=text) == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("01632 960001 ext 2", "01632960001"),
        ("01632 960001 x2", "01632960001"),
        ("(01632) 960001 / 07700 900123", "01632960001"),
        ("01632960001/2", "01632960001"),
        ("+44 (0)1632 960001, 01632 960002", "01632960001"),
        ("01632 960001 or 960002", "01632960001"),
        ("Office: 01632 960001 (option 1)", "01632960001"),
        ("1.63296E+09", None),
        ("01632 960001 2", None),
        ("Fax 01632 960002 Tel 01632 960001", None),
        ("see website", None),
        ("0" * 300, None),
    ],
)
def test_a_cell_that_is_not_one_number_is_noted(text: str, phone: str | None) -> None:
    assert register(PHONE=text).phone == phone
    (note,) = notes_on(PHONE=text)
    assert note.startswith("Location Telephone Number is not one telephone number")
    assert ("first" in note) == (phone is not None)


def test_nothing_is_left_out_without_a_note() -> None:
    assert notes_on() == notes_on(PHONE="", WEBSITE="", RATING="", PROVIDER_ID="") == []
    assert notes_on(RATING="Inspected but not rated") == []
    for column in ("WEBSITE", "RATING", "PROVIDER_ID"):
        (note,) = notes_on(**{column: "Mrs Secret"})
        assert Column[column] in note
        assert "Secret" not in note
    (note,) = notes_on(NAME="St Mary\ufffds")
    assert note == "Location Name has a character that cannot be read"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.larkrise.example/home_1?a=b", "https://www.larkrise.example/home_1?a=b"),
        ("https://Larkrise.example/", "https://larkrise.example/"),
        ("manager@larkrise.example", None),
        ("javascript:alert(1)", None),
        ("none", None),
    ],
)
def test_a_website_becomes_a_web_address_or_is_left_out(text: str, address: str | None) -> None:
    assert register(WEBSITE=text).register_website == address


def test_pasted_cells_are_read() -> None:
    for text in pasted.PHONES:
        assert register(PHONE=text).phone == pasted.PHONE, text
    for text in pasted.WEBSITES:
        assert register(WEBSITE=text).register_website == pasted.WEBSITE, text
    for text in pasted.POSTCODES:
        assert register(POSTCODE=text).postcode == pasted.POSTCODE, text


@pytest.mark.parametrize(
    "text", ["", "Inspected but not rated", "Insufficient evidence to rate", "No published rating"]
)
def test_an_unknown_rating_is_left_out(text: str) -> None:
    assert register(RATING=text).rating is None
    assert register(RATING="requires Improvement").rating is Rating.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(
    ("text", "beds"),
    [("", None), ("0", None), ("028", 28), ("1000", 1000), ("30.0", 30), ("0.00", None)],
)
def test_beds_are_a_number_or_unknown(text: str, beds: int | None) -> None:
    assert register(BEDS=text).registered_beds == beds


@pytest.mark.parametrize(
    "text", ["many", "-1", "2.5", "30.05", "30.", "1001", "9" * 40, "٣", "1e2"]
)
def test_an_invalid_number_of_beds_is_refused(text: str) -> None:
    assert wrong_columns(BEDS=text) == {Column.BEDS}


def test_a_row_without_coordinates_gets_those_of_its_postcode() -> None:
    entry = register(LATITUDE="", LONGITUDE="")
    assert (entry.latitude, entry.longitude) == POINT


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
def test_coordinates_outside_great_britain_are_replaced_by_those_of_the_postcode(
    latitude: str, longitude: str
) -> None:
    entry = register(LATITUDE=latitude, LONGITUDE=longitude)
    assert (entry.latitude, entry.longitude) == POINT
    assert wrong_columns(LATITUDE=latitude, LONGITUDE=longitude, POSTCODE="EX2 9ZZ") == {
        "Location Latitude and Location Longitude"
    }


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("53.8", "-1.55"), ("50.3", "-3.5"), ("50.75", "-3.5")]
)
def test_coordinates_that_are_not_at_the_postcode_are_replaced_with_a_note(
    latitude: str, longitude: str
) -> None:
    entry = register(LATITUDE=latitude, LONGITUDE=longitude)
    assert (entry.latitude, entry.longitude) == POINT
    (note,) = notes_on(LATITUDE=latitude, LONGITUDE=longitude)
    assert "postcode" in note
    assert notes_on(LATITUDE="50.72", LONGITUDE="-3.5") == []
    assert notes_on(LATITUDE="", LONGITUDE="") == []


def test_coordinates_far_from_the_district_of_an_unknown_postcode_are_refused() -> None:
    assert register(POSTCODE="EX2 9ZZ", LATITUDE="50.9").latitude == 50.9
    assert wrong_columns(POSTCODE="EX2 9ZZ", LATITUDE="53.8", LONGITUDE="-1.55") == {
        "Location Latitude and Location Longitude"
    }


def test_an_unknown_postcode_is_accepted_with_coordinates() -> None:
    assert register(POSTCODE="EX2 9ZZ").postcode == "EX2 9ZZ"


@pytest.mark.parametrize("text", ["", "EX2", "unknown", "EX2 5D", "12345"])
def test_an_incomplete_postcode_is_refused(text: str) -> None:
    assert wrong_columns(POSTCODE=text) == {Column.POSTCODE}


def test_every_wrong_column_is_named() -> None:
    assert wrong_columns(NAME="", BEDS="x", DORMANT="?", LOCAL_AUTHORITY="x" * 201) == {
        Column.NAME,
        Column.BEDS,
        Column.DORMANT,
        Column.LOCAL_AUTHORITY,
    }
    assert wrong_columns(STREET="", CITY="") == {Column.STREET}
    cells = location() | {BANDS[ServiceUserBand.DEMENTIA]: "some"}
    with pytest.raises(
        UnreadableRowError, match="Service user band - Dementia must be Y, N or blank"
    ):
        parse_register(Row(2, cells, is_whole=True), locate)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "########", "Err:502"])
def test_a_formula_that_failed_is_no_value(text: str) -> None:
    for column in ("NAME", "PHONE", "BEDS", "RATING", "NURSING", "LATITUDE"):
        assert wrong_columns(**{column: text}) == {Column[column]}
    assert register(NAME="#1 The Lane").name == "#1 The Lane"


def test_the_reason_repeats_nothing_of_the_row() -> None:
    with pytest.raises(UnreadableRowError) as refused:
        register(BEDS="Mrs Secret", POSTCODE="Mrs Secret", LATITUDE="Mrs Secret", DORMANT="Secret")
    assert "Secret" not in refused.value.reason


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        ("1-1000587219", True),
        ("RBA11", True),
        ("10000812939", False),
        ("unknown", False),
        ("", False),
        ("1-", False),
        ("Mrs Secret", False),
    ],
)
def test_only_a_valid_location_id_is_read(text: str, is_id: bool) -> None:
    assert location_id_of(row(LOCATION_ID=text)) == (text if is_id else None)


@pytest.mark.parametrize(
    "text",
    [
        "10000812939",
        "10000812939.0",
        "110000812939",
        "'1-10000812939",
        "1\u201110000812939",
        "1–10000812939",
    ],
)
def test_an_id_without_its_beginning_is_of_a_known_home_or_of_none(text: str) -> None:
    typed = row(LOCATION_ID=text)
    assert location_id_of(typed, {"1-10000812939"}) == "1-10000812939"
    assert location_id_of(typed) in (None, "1-10000812939")
    assert (
        location_id_of(row(LOCATION_ID="110000812939"), {"1-10000812939", "1-110000812939"}) is None
    )
