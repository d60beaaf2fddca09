"""Reads a directory file: finds its header row, in whichever sheet, and the rows under it."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import chain, islice
from typing import Final, NamedTuple

from import_homes import workbook
from import_homes.columns import REQUIRED, Column, column_named
from shared.domain.errors import MalformedError, TooLargeError

LARGEST_FILE: Final = 60_000_000
"""Bytes; CQC's own file has about 25 MB."""
MOST_ROWS: Final = 200_000
"""CQC's register has some 56,000 locations."""
LONGEST_CELL: Final = 32_767
"""As in a spreadsheet."""

_HEADER_WITHIN: Final = 50
"""Rows of a sheet among which the header must be; older files have it in the seventh."""

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_UTF_8_MARK = b"\xef\xbb\xbf"

_WHICH = "CQC's monthly 'care directory with filters' (.ods, .xlsx or .csv)"

_Table = Iterable[tuple[int, Sequence[object]]]


class Row(NamedTuple):
    """One row under the header."""

    number: int
    """As a spreadsheet program numbers it."""
    cells: Mapping[str, str]
    """What stands in each column that is read, tidied; blank is empty."""
    is_whole: bool
    """Whether it has the header's cells, no fewer and no more."""


def rows(content: bytes) -> Iterator[Row]:
    """Every row that is not blank. Raises MalformedError, TooLargeError, the last of them late."""
    if len(content) > LARGEST_FILE:
        raise TooLargeError(
            f"the file has more than {LARGEST_FILE // 1_000_000} MB: upload {_WHICH}, "
            "or the council's part of it"
        )
    missing: Sequence[str] = REQUIRED
    for table in _tables(content):
        remaining = iter(table)
        first = list(islice(remaining, _HEADER_WITHIN))
        for at, (_, cells) in enumerate(first):
            header = _Header.of(cells)
            if not header.missing:
                return _rows_under(header, chain(first[at + 1 :], remaining))
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
            if column := column_named(name):
                positions.setdefault(column, position)
        return cls(positions, len(names))

    @property
    def missing(self) -> Sequence[str]:
        return [name for name in REQUIRED if name not in self.positions]


def _rows_under(header: _Header, table: _Table) -> Iterator[Row]:
    found, is_cut_off = 0, False
    for number, cells in table:
        if not any(cells):
            continue
        found += 1
        if found > MOST_ROWS:
            raise TooLargeError(f"the file has more than {MOST_ROWS:,} rows: upload {_WHICH}")
        is_cut_off = len(cells) < header.width
        yield Row(
            number,
            {
                column: _tidy(cells[position]) if position < len(cells) else ""
                for column, position in header.positions.items()
            },
            is_whole=not is_cut_off and not any(cells[header.width :]),
        )
    if not found:
        raise MalformedError(f"there is no row under the header: upload {_WHICH}")
    if is_cut_off:
        raise MalformedError(
            f"the file is cut off in row {number}: download it again and upload it whole"
        )


def _tables(content: bytes) -> Iterator[_Table]:
    if content.startswith(workbook.SIGNATURE):
        yield from workbook.sheets(content)
    elif content.startswith(_OLD_WORKBOOK):
        raise MalformedError(
            "this workbook is of the old .xls format or has a password: save it as .xlsx or .ods, "
            "without a password"
        )
    else:
        yield _comma_separated(_decoded(content))


def _comma_separated(text: str) -> _Table:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise MalformedError(
            f"the file is damaged or cut off in line {reader.line_num}: "
            "download it again and upload it whole"
        ) from None


def _decoded(content: bytes) -> str:
    """Spreadsheet programs write UTF-8, with a mark or without, or Windows-1252."""
    marked = content.startswith(_UTF_8_MARK)
    # No text has a zero byte but in UTF-16 and UTF-32.
    if b"\0" not in content:
        for encoding in ("utf-8-sig",) if marked else ("utf-8", "cp1252"):
            with suppress(UnicodeDecodeError):
                return content.decode(encoding)
    raise MalformedError(
        f"this is no text in UTF-8 or Windows-1252, nor a workbook: upload {_WHICH}"
    )


def _tidy(cell: object) -> str:
    """A cell as text on one line: neither control characters nor invisible ones."""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(text.split())


def _not_a_directory(missing: Sequence[str]) -> MalformedError:
    if Column.LOCATION_ID in missing or len(missing) > len(REQUIRED) / 2:
        return MalformedError(
            "this is not CQC's directory: none of its first rows names the columns "
            f"({', '.join(list(Column)[:5])}, ...): upload {_WHICH}"
        )
    return MalformedError(
        "the directory lacks " + "; ".join(missing) + ": upload it with all its columns"
    )
