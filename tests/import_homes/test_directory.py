"""Every format of a directory gives the same rows, and no other file is read as one."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest

from import_homes.columns import BANDS, REQUIRED, Column, OptionalColumn
from import_homes.directory import LONGEST_CELL, Row, read_rows
from import_homes.workbook import read_sheets
from shared.aws.import_files import LARGEST_DIRECTORY
from shared.domain.errors import MalformedError, TooLargeError
from tests.import_homes.directories import (
    HEADER,
    MANAGER,
    PROVIDER,
    README,
    cells_of,
    csv_file,
    csv_of,
    location,
    locations,
    ods_of,
    xlsx_of,
    zip_of,
)
from tests.support.examples import PROFILE

TWO = locations(2)


def read(content: bytes, **limits: int) -> list[Row]:
    return list(read_rows(content, **limits))


def refusal(content: bytes) -> str:
    with pytest.raises(MalformedError) as refused:
        read(content)
    return refused.value.detail


def test_every_format_gives_the_same_rows() -> None:
    cells = cells_of([*TWO, location(3, NAME="Côte d’Azur & <Sons>", BEDS="", LATITUDE="51")])
    expected = read(csv_of(cells))
    assert [row.number for row in expected] == [2, 3, 4]
    assert all(row.is_whole for row in expected)
    assert expected[2].cells[Column.NAME] == "Côte d’Azur & <Sons>"
    assert expected[2].cells[Column.LATITUDE] == "51"
    assert read(xlsx_of(README, cells)) == expected
    assert read(ods_of(README, cells, [["Location ID", "Linked Organisation ID"]])) == expected


def test_a_byte_order_mark_is_not_part_of_the_first_column() -> None:
    assert read(b"\xef\xbb\xbf" + csv_file(TWO)) == read(csv_file(TWO))


def test_windows_1252_is_decoded() -> None:
    text = csv_file([location(NAME="Côte d’Azur – Exeter")]).decode()
    (row,) = read(text.encode("cp1252"))
    assert row.cells[Column.NAME] == "Côte d’Azur – Exeter"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(encoding: str) -> None:
    assert "UTF-8" in refusal(csv_file(TWO).decode().encode(encoding))


def test_a_file_that_ends_within_a_character_is_cut_off() -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        assert "cut off" in refusal(mark + csv_file(TWO) + b"1-9000000003,C\xc3")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_of_windows_1252_in_a_file_in_utf_8_changes_its_own_cell_alone(mark: bytes) -> None:
    rows = [location(1, NAME="St Mary’s, £9"), location(2, NAME="Côte"), location(3, NAME="CAFÉ’S")]
    content = csv_file(rows)
    content = content.replace("Côte".encode(), "Côte".encode("cp1252"))
    content = content.replace("CAFÉ’S".encode(), "CAFÉ’S".encode("cp1252"))
    first, second, third = read(mark + content)
    assert (first.cells[Column.NAME], first.note) == ("St Mary’s, £9", None)
    assert second.cells[Column.NAME] == "Côte"
    assert third.cells[Column.NAME] == "CAFÉ’S"
    assert second.note == third.note
    assert "Windows-1252" in (second.note or "")


def test_a_file_in_windows_1252_alone_needs_no_note() -> None:
    rows = read(csv_file(locations(2, NAME="CAFÉ’S")).decode().encode("cp1252"))
    assert [row.note for row in rows] == [None] * 2
    assert rows[0].cells[Column.NAME] == "CAFÉ’S"


def test_a_character_that_no_encoding_has_is_never_left_out() -> None:
    (row,) = read(csv_file([location(NAME="A@B")]).replace(b"@", b"\x81"))
    assert row.cells[Column.NAME] == "A\ufffdB"


def test_the_header_is_found_below_a_preamble_and_in_any_case() -> None:
    header = [f"  {name.upper().replace(' ', '  ')} " for name in HEADER]
    preamble = [["Active locations"], [], ["Source: a test"], [], [], []]
    rows = read(csv_of([*preamble, header, *cells_of(TWO)[1:]]))
    assert [row.number for row in rows] == [8, 9]
    assert rows[0].cells == read(csv_file(TWO))[0].cells


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Location Status", OptionalColumn.STATUS),
        ("Registration status", OptionalColumn.STATUS),
        ("Location HSCA end date", OptionalColumn.END_DATE),
        ("De-registration date", OptionalColumn.END_DATE),
    ],
)
def test_a_column_that_only_some_files_have_is_read_where_it_is(
    heading: str, column: OptionalColumn
) -> None:
    (row,) = read_rows(csv_file([location() | {heading: "31/03/2026"}], [*HEADER, heading]))
    assert row.cells[column] == "31/03/2026"
    (without,) = read_rows(csv_file([location()]))
    assert column not in without.cells


def test_columns_may_be_in_any_order_and_have_known_variants_of_their_names() -> None:
    header = list(reversed(HEADER))
    cells = cells_of(TWO, header)
    cells[0] = [{"Dormant (Y/N)": "Dormant"}.get(name, name) for name in header]
    assert [row.cells for row in read(csv_of(cells))] == [row.cells for row in read(csv_file(TWO))]


def test_every_missing_column_is_named() -> None:
    lacking = [Column.PHONE, Column.LONGITUDE, "Service user band - Dementia"]
    detail = refusal(csv_file(TWO, [name for name in HEADER if name not in lacking]))
    assert all(name in detail for name in lacking)
    assert Column.LATITUDE not in detail


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"hello",
        b"%PDF-1.7\n\x00\x01",
        b"<html><body>Location ID</body></html>",
        b'{"Location ID": 1}',
        b"Location ID;Care home?;Location Name\n1-1000587219;Y;A\n",
        csv_of([[name for name in HEADER if name != "Location ID"], ["x"] * (len(HEADER) - 1)]),
        csv_of([["Name", "Also known as", "Address", "Postcode", "CQC Location ID"], ["a"] * 5]),
        zip_of({"directory.csv": csv_file(TWO).decode()}),
        xlsx_of(README),
        ods_of(README),
        bytes(range(256)) * 4,
    ],
)
def test_any_other_file_is_refused_and_the_message_says_what_to_upload(content: bytes) -> None:
    assert "Upload" in refusal(content)


def test_an_old_or_locked_workbook_is_refused_with_its_reason() -> None:
    assert ".xls format or has a password" in refusal(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    )


def test_a_refusal_names_what_is_wrong() -> None:
    for empty in (b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf"):
        assert "empty" in refusal(empty)
    for separator, name in {b";": "semicolons", b"\t": "tabs", b"|": "vertical bars"}.items():
        assert name in refusal(b"A preamble\n" + csv_file(TWO).replace(b",", separator))
    without_id = [name for name in HEADER if name != Column.LOCATION_ID]
    assert "A column is missing: Location ID." in refusal(csv_file(TWO, without_id))
    few = HEADER[:8]
    detail = refusal(csv_file(TWO, few))
    assert all((f"{name}," in detail) == (name not in few) for name in REQUIRED[:-1])


def test_a_header_without_rows_is_refused() -> None:
    assert "no row" in refusal(csv_file([]))
    assert "no row" in refusal(xlsx_of(README, cells_of([])))


def test_a_csv_file_cut_off_anywhere_in_its_last_row_is_refused() -> None:
    content = csv_file([location(1), location(2, NAME='The "Old" Barn, Exeter')])
    last_row = content.rindex(b"\r\n", 0, -2) + 2
    last_cell = content.rindex(b",")
    for end in range(last_row + 1, last_cell + 1):
        assert "cut off" in refusal(content[:end]), content[last_row:end]


@pytest.mark.parametrize("make", [xlsx_of, ods_of])
def test_a_workbook_cut_off_anywhere_is_refused(make: Callable[..., bytes]) -> None:
    content = make(README, cells_of(TWO))
    for end in range(4, len(content), 97):
        assert "cut off" in refusal(content[:end])


@pytest.mark.parametrize("make", [xlsx_of, ods_of])
def test_a_workbook_with_flipped_bytes_is_refused_or_read_correctly(
    make: Callable[..., bytes],
) -> None:
    content = make(README, cells_of(TWO))
    expected = read(content)
    for at in range(0, len(content), 13 if PROFILE == "full" else 39):
        damaged = bytearray(content)
        damaged[at] ^= 0x55
        with suppress(MalformedError, TooLargeError):
            assert read(bytes(damaged)) == expected


@pytest.mark.parametrize("damaged", [b'"Larkrise" House 1', b'"Larkrise House 1', b'"A" "B", "C'])
def test_unpaired_quotation_marks_cost_their_row_alone(damaged: bytes) -> None:
    three = [*TWO, location(3, NAME='The "Old" Barn, Exeter', CITY="Ex\neter")]
    expected = read(csv_file(three))
    rows = read(csv_file(three).replace(b"Larkrise House 1", damaged))
    assert [row.is_whole for row in rows] == [False, True, True]
    assert rows[0].cells[Column.LOCATION_ID] == "1-9000000001"
    assert rows[1:] == expected[1:]


def test_a_quotation_mark_that_is_never_closed_costs_its_row_alone() -> None:
    content = csv_file(locations(300))
    for number in (1, 100, 300):
        damaged = content.replace(b"House %d," % number, b'House,"%d,' % number)
        assert [row.number for row in read(damaged) if not row.is_whole] == [number + 1]
    assert "cut off" in refusal(damaged[:-2])


def test_blank_rows_are_skipped_but_numbered() -> None:
    header, first, second = cells_of(TWO)
    blank = [""] * len(header)
    for content in (
        csv_of([header, first, blank, [], second, blank]),
        xlsx_of(README, [header, first, blank, blank, second, blank]),
    ):
        assert [row.number for row in read(content)] == [2, 5]


def test_a_row_with_more_cells_than_the_header_is_not_whole() -> None:
    header, first, second = cells_of(TWO)
    long, padded = [*first, "x"], [*first, "", ""]
    rows = read(csv_of([header, long, padded, second]))
    assert [row.is_whole for row in rows] == [False, True, True]


def test_a_remark_in_a_column_without_a_heading_costs_nothing() -> None:
    header, first, second = cells_of(TWO)
    expected = read(csv_file(TWO))
    assert read(csv_of([[*header, ""], [*first, "a remark"], second])) == expected
    assert read(csv_of([header, [*first, " ", "\xa0"], second])) == expected
    assert read(xlsx_of([header, [*first, "a remark"], second])) == expected


def test_two_columns_with_one_heading_are_refused_and_named() -> None:
    twice = [
        [*row, cell] for row, cell in zip(cells_of(TWO), ["location name", "", ""], strict=True)
    ]
    assert "Two columns have the same heading: location name." in refusal(csv_of(twice))


def without_trailing_commas(content: bytes) -> list[bytes]:
    return [line.rstrip(b",") for line in content.splitlines()]


def test_rows_are_whole_without_the_blank_cells_at_their_end() -> None:
    few = [name for name in HEADER if name not in (MANAGER, PROVIDER)]
    rows = [location(1), location(2, RATING=""), location(3) | dict.fromkeys(BANDS.values(), "")]
    expected = read(csv_file(rows, few))
    lines = without_trailing_commas(csv_file(rows, few))
    assert len({line.count(b",") for line in lines}) == 3
    assert read(b"\r\n".join([*lines, b""])) == expected
    assert read(b"\n".join(lines[:3])) == expected[:2]


@pytest.mark.parametrize("end", [b"", b"\r\n"])
@pytest.mark.parametrize("line", [b" , , ", b",,", b" ", "\xa0,\u200b".encode(), b'" ",""'])
def test_a_blank_last_line_is_no_row(line: bytes, end: bytes) -> None:
    assert read(csv_file(TWO) + line + end) == read(csv_file(TWO))


@pytest.mark.parametrize("end", [b"", b"\r\n"])
@pytest.mark.parametrize(
    "line", [b"Source: CQC", b'"Source: CQC, 2026"', b"Source: CQC, 2026, OGL"]
)
def test_a_note_about_the_source_costs_nothing(line: bytes, end: bytes) -> None:
    whole = csv_file(TWO)
    short = b"\r\n".join([*without_trailing_commas(whole), b""])
    for content in (whole, short):
        assert read(content + line + end)[:2] == read(whole)


def test_a_row_with_a_line_end_in_the_middle_loses_no_cell_without_a_word() -> None:
    content = csv_file(TWO).replace(b"Exeter,", b"Exe\r\nter,", 1)
    rows = read(content)
    assert [row.is_whole for row in rows] == [False, True, True]
    assert rows[2] == read(csv_file(TWO))[1]._replace(number=4)


def test_cells_are_tidied_to_one_line() -> None:
    (row,) = read(csv_file([location(NAME=" Lark\xa0rise\r\n\tHouse\x07\u200b")]))
    assert row.cells[Column.NAME] == "Lark rise House"


def test_a_file_with_too_many_bytes_characters_or_rows_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read(b"x" * (LARGEST_DIRECTORY + 1))
    (row,) = read(csv_file([location(NAME="x" * (LONGEST_CELL + 1))]))
    assert (row.cells[Column.LOCATION_ID], row.is_whole) == ("1-9000000001", False)
    for content in (csv_file(TWO), xlsx_of(README, cells_of(TWO))):
        with pytest.raises(TooLargeError):
            read(content, most_rows=1)


def bomb(size: int) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"xl/{number}.xml", b"\0" * (size // 10))
    return content.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    content = bomb(1_000_010)
    # Unpacked, it would be refused as malformed: it is not a workbook.
    with pytest.raises(TooLargeError):
        list(read_sheets(content, largest_unpacked=1_000_000))
    # One that lies about its sizes does not unpack to what its checksums say.
    lying = content.replace((100_001).to_bytes(4, "little"), (1).to_bytes(4, "little"))
    assert lying != content
    assert "damaged" in refusal(lying)


def test_no_column_that_names_a_person_is_read() -> None:
    assert not any("manager" in name.lower() for name in REQUIRED)
    (row,) = read(csv_file([location()]))
    assert "Secret" not in str(row)
