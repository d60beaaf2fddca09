"""Find the header of a directory, and say what is missing where there is none."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import Final, NamedTuple

from import_homes.columns import REQUIRED, Column, find_column
from import_homes.csv_file import Record
from import_homes.text_file import read_foreign
from shared.domain.errors import MalformedError

WHAT_TO_UPLOAD: Final = "Upload CQC's monthly 'care directory with filters' (.ods, .xlsx or .csv)"

HEADER_WITHIN: Final = 50
"""The header must be among so many first rows of a sheet; older files have it in the seventh."""

FEW_COLUMNS: Final = 3
"""With so many known headings, a row is meant as the header of a directory."""

_CELLS_OF_AN_END: Final = 5

# An id, or how one begins in a row that is cut off.
_ID_LIKE = re.compile(r"[0-9A-Z-]+", re.ASCII)


class Header(NamedTuple):
    """A row that may be the header of a directory."""

    positions: Mapping[str, int] = MappingProxyType({})
    """By column that is read: the position of its heading."""
    width: int = 0
    """Cells up to the last heading."""
    span: int = 0
    """Cells of the whole row: a spreadsheet program also writes columns without a heading."""
    repeated: Sequence[str] = ()
    """The headings of columns that are read which are there twice."""

    @classmethod
    def of(cls, cells: Sequence[object]) -> "Header":
        """Return the headings in a row of cells."""
        names = [tidy(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        positions: dict[str, int] = {}
        for position, name in enumerate(names):
            if column := find_column(name):
                positions.setdefault(column, position)
        known = Counter(name.casefold() for name in names if find_column(name) in REQUIRED)
        repeated = [name for name, count in known.items() if count > 1]
        return cls(positions, len(names), len(cells), repeated)

    @property
    def missing(self) -> Sequence[str]:
        """The columns without a heading."""
        return [name for name in REQUIRED if name not in self.positions]

    def may_have_id(self, record: Record) -> bool:
        """Tell whether the record's location id may be one, or the beginning of one."""
        position = self.positions[Column.LOCATION_ID]
        cells = record.cells
        return position >= len(cells) or _ID_LIKE.fullmatch(tidy(cells[position])) is not None

    def is_short(self, record: Record) -> bool:
        """Tell whether the record ends before the last heading."""
        return len(record.cells) < self.width

    def is_continued(self, record: Record, following: Record | None) -> bool:
        """Tell whether the following record is the end of this one, behind a stray line end."""
        if following is None or not self.is_short(record) or self.may_have_id(following):
            return False
        together = len(record.cells) + len(following.cells) - 1
        # Not a note about the source, which may have a comma or two.
        return len(following.cells) >= _CELLS_OF_AN_END and together <= self.width


def find_header(records: Iterator[Record]) -> tuple[Header, Iterator[Record]]:
    """Return the header of a directory and the records below it, or the likeliest row and none."""
    best, first = Header(), list(islice(records, HEADER_WITHIN))
    for at, record in enumerate(first, 1):
        header = Header.of(record.cells)
        if not header.missing:
            if header.repeated:
                raise MalformedError(
                    f"Two columns have the same heading: {', '.join(header.repeated)}. Delete the "
                    "one that is not CQC's, and upload the file again."
                )
            return header, chain(first[at:], records)
        best = max(best, header, key=lambda each: len(each.positions))
    return best, iter(())


def not_a_directory(header: Header) -> MalformedError:
    """Return the refusal of a file in which this row is the likeliest header."""
    if len(header.positions) < FEW_COLUMNS:
        return MalformedError(
            "This is not CQC's directory, because none of its first rows names the columns "
            f"({', '.join(list(Column)[:5])}, ...). {WHAT_TO_UPLOAD}."
        )
    missing = header.missing
    columns = "Some columns are" if len(missing) > 1 else "A column is"
    return MalformedError(
        f"{columns} missing: {', '.join(missing)}. Upload the directory with all its columns and "
        "their headings."
    )


def tidy(cell: object) -> str:
    """Return a cell as text on one line, without control or invisible characters."""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in read_foreign(text))
    return " ".join(text.split())
