"""Read a directory file: find the header row, in whichever sheet, and the rows below it."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import chain, islice
from typing import Final, NamedTuple

from import_homes.columns import REQUIRED, Column, find_column
from import_homes.workbook import ZIP_SIGNATURE, read_sheets
from shared.aws.import_files import LARGEST_DIRECTORY
from shared.domain.errors import MalformedError, TooLargeError

MOST_ROWS: Final = 200_000
"""CQC's register has some 56,000 locations."""

LONGEST_CELL: Final = 32_767
"""Characters; the limit of spreadsheet programs."""

_HEADER_WITHIN: Final = 50
"""The header must be among so many first rows of a sheet; older files have it in the seventh."""

_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_UTF_8_MARK: Final = b"\xef\xbb\xbf"

_WHAT_TO_UPLOAD: Final = "Upload CQC's monthly 'care directory with filters' (.ods, .xlsx or .csv)"

_Table = Iterable[tuple[int, Sequence[object]]]
"""Rows of cells, each with its number."""


class Row(NamedTuple):
    """One row below the header."""

    number: int
    """The row's number in a spreadsheet program."""
    cells: Mapping[str, str]
    """The text of each column that is read, tidied; a blank cell is empty."""
    is_whole: bool
    """Whether the row has as many cells as the header."""


def read_rows(content: bytes, *, most_rows: int = MOST_ROWS) -> Iterator[Row]:
    """Return every row that is not blank.

    Raises MalformedError and TooLargeError, also while the rows are read: whether a file is
    complete is only known at its end.
    """
    if len(content) > LARGEST_DIRECTORY:
        raise TooLargeError(
            f"The file is larger than {LARGEST_DIRECTORY // 1_000_000} MB. {_WHAT_TO_UPLOAD}, "
            "or your area's part of it."
        )
    missing: Sequence[str] = REQUIRED
    for table in _tables(content):
        remaining = iter(table)
        first = list(islice(remaining, _HEADER_WITHIN))
        for at, (_, cells) in enumerate(first):
            header = _Header.of(cells)
            if not header.missing:
                return _rows_below(header, chain(first[at + 1 :], remaining), most_rows)
            missing = min(missing, header.missing, key=len)
    raise _not_a_directory(missing)


class _Header(NamedTuple):
    positions: Mapping[str, int]
    width: int

    @classmethod
    def of(cls, cells: Sequence[object]) -> "_Header":
        names = [_tidy(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        positions: dict[str, int] = {}
        for position, name in enumerate(names):
            if column := find_column(name):
                positions.setdefault(column, position)
        return cls(positions, len(names))

    @property
    def missing(self) -> Sequence[str]:
        return [name for name in REQUIRED if name not in self.positions]


def _rows_below(header: _Header, table: _Table, most_rows: int) -> Iterator[Row]:
    count, is_cut_off = 0, False
    for number, cells in table:
        if not any(cells):
            continue
        count += 1
        if count > most_rows:
            raise TooLargeError(
                f"The file has more than {most_rows:,} rows. {_WHAT_TO_UPLOAD}, "
                "or your area's part of it."
            )
        is_cut_off = len(cells) < header.width
        yield Row(
            number,
            {
                column: _tidy(cells[position]) if position < len(cells) else ""
                for column, position in header.positions.items()
            },
            is_whole=not is_cut_off and not any(cells[header.width :]),
        )
    if not count:
        raise MalformedError(f"There is no row below the header. {_WHAT_TO_UPLOAD}.")
    if is_cut_off:
        raise MalformedError(
            f"The file is cut off in row {number}. Download it again and upload all of it."
        )


def _tables(content: bytes) -> Iterator[_Table]:
    if content.startswith(ZIP_SIGNATURE):
        yield from read_sheets(content)
    elif content.startswith(_OLD_WORKBOOK):
        raise MalformedError(
            "This workbook is in the old .xls format or has a password. Save it as .xlsx or .ods, "
            "without a password, and upload that."
        )
    else:
        yield _comma_separated(_decode(content))


def _comma_separated(text: str) -> _Table:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise MalformedError(
            f"The file is damaged or cut off in line {reader.line_num}. "
            "Download it again and upload all of it."
        ) from None


def _decode(content: bytes) -> str:
    """Decode UTF-8, with or without a mark, or Windows-1252: what spreadsheet programs write."""
    has_mark = content.startswith(_UTF_8_MARK)
    # A zero byte occurs in text only where it is in UTF-16 or UTF-32.
    if b"\0" not in content:
        for encoding in ("utf-8-sig",) if has_mark else ("utf-8", "cp1252"):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    raise MalformedError(
        f"This file is neither a workbook nor text in UTF-8 or Windows-1252. {_WHAT_TO_UPLOAD}."
    )


def _tidy(cell: object) -> str:
    """Return a cell as text on one line, without control or invisible characters."""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(text.split())


def _not_a_directory(missing: Sequence[str]) -> MalformedError:
    if Column.LOCATION_ID in missing or len(missing) > len(REQUIRED) / 2:
        return MalformedError(
            "This is not CQC's directory, because none of its first rows names the columns "
            f"({', '.join(list(Column)[:5])}, ...). {_WHAT_TO_UPLOAD}."
        )
    return MalformedError(
        f"Some columns are missing ({', '.join(missing)}). Upload the directory with all of them."
    )
