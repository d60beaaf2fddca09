"""Read a directory file: find the header row, in whichever sheet, and the rows below it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Final, NamedTuple

from import_homes.csv_file import LONGEST_CELL, Record, other_separators, read_records
from import_homes.header import (
    FEW_COLUMNS,
    HEADER_WITHIN,
    WHAT_TO_UPLOAD,
    Header,
    find_header,
    not_a_directory,
    tidy,
)
from import_homes.text_file import decode, is_foreign
from import_homes.workbook import ZIP_SIGNATURE, Sheet, read_sheets
from shared.aws.import_files import LARGEST_DIRECTORY
from shared.domain.errors import MalformedError, TooLargeError

__all__ = ["LONGEST_CELL", "MOST_ROWS", "Row", "read_rows"]

MOST_ROWS: Final = 200_000
"""CQC's register has some 56,000 locations."""

_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"

_ENCODING: Final = (
    "Some characters are not in the encoding of the file and were read as Windows-1252: check them"
)


class Row(NamedTuple):
    """One row below the header."""

    number: int
    """The row's number in a spreadsheet program."""
    cells: Mapping[str, str]
    """The text of each column that is read, tidied; a blank cell is empty."""
    is_whole: bool
    """Whether each cell is surely under its own heading.

    Not if the row has more cells than the header, unpaired quotation marks, or its end in a line of
    its own. Spreadsheet programs leave out the blank cells at a row's end: such a row is whole.
    """
    note: str | None = None
    """What was read otherwise than it stands in the file."""


def read_rows(content: bytes, *, most_rows: int = MOST_ROWS) -> Iterator[Row]:
    """Return every row that is not blank.

    Raises MalformedError and TooLargeError, also while the rows are read: whether a file is
    complete is only known at its end.
    """
    if len(content) > LARGEST_DIRECTORY:
        raise TooLargeError(
            f"The file is larger than {LARGEST_DIRECTORY // 1_000_000} MB. {WHAT_TO_UPLOAD}, "
            "or your area's part of it."
        )
    if content.startswith(ZIP_SIGNATURE):
        return _rows_of(read_sheets(content), most_rows)
    if content.startswith(_OLD_WORKBOOK):
        raise MalformedError(
            "This workbook is in the old .xls format or has a password. Save it as .xlsx or .ods, "
            "without a password, and upload that."
        )
    text = decode(content)
    if text is None:
        raise MalformedError(
            f"This file is neither a workbook nor text in UTF-8 or Windows-1252. {WHAT_TO_UPLOAD}."
        )
    if not text.strip():
        raise MalformedError(f"The file is empty. {WHAT_TO_UPLOAD}.")
    _refuse_other_separators(text)
    return _rows_of([Sheet(read_records(text))], most_rows)


def _rows_of(sheets: Iterable[Sheet], most_rows: int) -> Iterator[Row]:
    """Return the rows of the one visible sheet that has the header of a directory and rows."""
    best, bare, directory, has_hidden = Header(), False, 0, False
    for number, sheet in enumerate(sheets, 1):
        header, below = find_header(sheet.records)
        filled = next((record for record in below if _is_filled(record)), None)
        if header.missing:
            best = max(best, header, key=lambda each: len(each.positions))
        elif filled is None:
            bare = True
        elif sheet.is_hidden:
            has_hidden = True
        elif directory:
            raise _two_directories(directory, number)
        else:
            directory = number
            yield from _rows_below(header, chain([filled], below), most_rows)
    if has_hidden and not directory:
        raise MalformedError(
            "The directory is on a hidden sheet of this workbook. Show the sheet, save the "
            "workbook, and upload it again."
        )
    if bare and not directory:
        raise MalformedError(f"There is no row below the header. {WHAT_TO_UPLOAD}.")
    if not directory:
        raise not_a_directory(best)


def _rows_below(header: Header, table: Iterable[Record], most_rows: int) -> Iterator[Row]:
    shortest, last = header.width, None
    records = filter(_is_filled, table)
    for count, (record, following) in enumerate(pairwise(chain(records, [None])), 1):
        assert record is not None  # noqa: S101 - only the last is
        if count > most_rows:
            raise TooLargeError(
                f"The file has more than {most_rows:,} rows. {WHAT_TO_UPLOAD}, "
                "or your area's part of it."
            )
        last = record
        if record.is_ended and not record.is_damaged and header.may_have_id(record):
            shortest = min(shortest, len(record.cells))
        yield _row(header, record, is_continued=header.is_continued(record, following))
    # A file is cut off in a record without a line end, which has lost cells that others have. A
    # note in the last line has no id.
    has_lost_cells = last is not None and (len(last.cells) < shortest or last.is_damaged)
    if last and has_lost_cells and not last.is_ended and header.may_have_id(last):
        raise MalformedError(
            f"The file is cut off in row {last.number}. Download it again and upload all of it. "
            "If it is complete, delete that row, or end it with a new line."
        )


def _row(header: Header, record: Record, *, is_continued: bool) -> Row:
    read = [record.cells[at] for at in header.positions.values() if at < len(record.cells)]
    is_whole = not (
        record.is_damaged or is_continued or any(map(tidy, record.cells[header.span :]))
    )
    note = _ENCODING if any(isinstance(cell, str) and is_foreign(cell) for cell in read) else None
    return Row(
        record.number,
        {
            column: tidy(record.cells[position]) if position < len(record.cells) else ""
            for column, position in header.positions.items()
        },
        is_whole,
        note,
    )


def _is_filled(record: Record) -> bool:
    return any(cell != "" and tidy(cell) != "" for cell in record.cells)


def _refuse_other_separators(text: str) -> None:
    for name, record in other_separators(text, HEADER_WITHIN):
        if len(Header.of(record.cells).positions) >= FEW_COLUMNS:
            raise MalformedError(
                f"The cells of this file are separated by {name}, not by commas. Open it in a "
                "spreadsheet program and save it as .xlsx or .ods. Upload that."
            )


def _two_directories(first: int, second: int) -> MalformedError:
    return MalformedError(
        f"Two sheets of this workbook have rows of a directory: sheets {first} and {second}. Put "
        "all rows on one sheet, or delete the sheet that is out of date. Upload the workbook again."
    )
