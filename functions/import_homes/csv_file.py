"""Read the records of comma-separated text, so that a damaged one costs itself alone."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final, NamedTuple

LONGEST_CELL: Final = 32_767
"""Characters; the limit of spreadsheet programs."""

_LONGEST_RECORD: Final = 200_000
"""Characters of a record over several lines. One unpaired quotation mark takes in what follows."""

_OTHER_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}


class Record(NamedTuple):
    """The cells of one row of a table."""

    number: int
    """The row's number in a spreadsheet program."""
    cells: Sequence[object]
    is_damaged: bool = False
    """Whether its quotation marks do not pair, or a cell is too long."""
    is_ended: bool = True
    """Whether a line end follows. The last record of a file that is cut off has none."""


def read_records(text: str) -> Iterator[Record]:
    """Return every record; one that is damaged has the cells of its first line."""
    csv.field_size_limit(LONGEST_CELL)
    lines = _Lines(text)
    number = 0
    while (line := lines.next()) is not None:
        number += 1
        cells, is_damaged = _parse(line, lines)
        yield Record(number, cells, is_damaged, is_ended=lines.last.endswith(("\r", "\n")))


def other_separators(text: str, most_lines: int) -> Iterator[tuple[str, Record]]:
    """Return the first lines as records that something else than commas separates, and its name."""
    lines = [line for line, _ in zip(StringIO(text), range(most_lines), strict=False)]
    for separator, name in _OTHER_SEPARATORS.items():
        for number, line in enumerate(lines, 1):
            yield name, Record(number, [cell.strip('" ') for cell in line.split(separator)])


class _Lines:
    """The lines of a text, of which the latest can be put back."""

    def __init__(self, text: str) -> None:
        self._lines = iter(StringIO(text, newline=""))
        self._put_back: deque[str] = deque()
        self.last = ""

    def next(self) -> str | None:
        line = self._put_back.popleft() if self._put_back else next(self._lines, None)
        if line is not None:
            self.last = line
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        self._put_back.extendleft(reversed(lines))


def _parse(line: str, lines: _Lines) -> tuple[Sequence[str], bool]:
    """Return the cells of the record that begins with this line, and whether it is damaged."""
    following: list[str] = []

    def of_record() -> Iterator[str]:
        yield line
        length = len(line)
        while length < _LONGEST_RECORD and (more := lines.next()) is not None:
            following.append(more)
            length += len(more)
            yield more

    try:
        return next(csv.reader(of_record(), strict=True), []), False
    except csv.Error:
        # The lines behind it are records of their own, unless they prove to be damaged too.
        lines.put_back(following)
        lines.last = line
    try:
        return next(csv.reader([line]), []), True
    except csv.Error:
        return line.split(","), True
