"""Find the point of a postcode in a memory-mapped table of every postcode of Great Britain.

The table is one file, written by `layer/postcode_table.py`; numbers are in the byte order of
the machine (little-endian, both on AWS and on any laptop). N outward codes, P postcodes:

    header          magic, version, N, P
    codes           uint32 [N]   "EX2 " read as a big-endian number, ascending
    first rows      uint32 [N]   row of the outward code's first postcode
    centres         uint32 [N] latitude, uint32 [N] longitude
    presence        845 bytes [N]   one bit for each possible inward code: is it in use?
    latitudes       uint8 [P] high, uint8 [P] middle, uint8 [P] low byte
    longitudes      uint8 [P] high, uint8 [P] middle, uint8 [P] low byte

A postcode's row is its outward code's first row plus the number of inward codes in use before
it. Presence bits instead of sorted codes, and bytes of one weight side by side instead of whole
numbers, let the file be zipped to 7 MB instead of 10.
"""

import mmap
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from struct import Struct
from typing import Final, NamedTuple

from shared.domain.geo import Point, latitude_span, miles_between
from shared.domain.typed_text import visible_text

PACKAGE: Final = "bedboard_postcodes"
"""The package in the dependency layer that contains the table, beside its `__init__.py`."""
FILE_NAME: Final = "postcodes.bin"

HEADER: Final = Struct("=8sIII")
MAGIC: Final = b"BEDPOST\n"
VERSION: Final = 1

INWARD_CODES: Final = 10 * 26 * 26
PRESENCE_BYTES: Final = (INWARD_CODES + 7) // 8

# Coordinates are counted in hundred-thousandths of a degree: steps of 2.2 m north and, at most,
# 2.2 m east, so that no point moves by more than 1.6 m.
UNITS_PER_DEGREE: Final = 100_000
SOUTH_EDGE: Final = 49 * UNITS_PER_DEGREE
WEST_EDGE: Final = -9 * UNITS_PER_DEGREE
LATITUDE_STEP: Final = 2
LONGITUDE_STEP: Final = 3

_LONGEST_INPUT = 32
_AFTER_TEXT: Final = " .,;"
"""What a sentence or an address leaves at the end of what is copied from it."""
# NPT was Newport's code before NP10 and others; the directory still has it.
_OUTWARD = r"[A-Z]{1,2}[0-9][0-9A-Z]?|NPT"
_FULL = re.compile(rf"({_OUTWARD})([0-9][A-Z]{{2}})")
_OUTWARD_ALONE = re.compile(_OUTWARD)


class Place(NamedTuple):
    """The point of a postcode or of an outward code."""

    point: Point
    label: str
    """The normal form: "EX2 5DW", or "EX2"."""
    approximate: bool
    """Whether the point is only the centre of an outward code."""


def normalise(text: str) -> str | None:
    """Return the normal form of a postcode or an outward code, or None if it has no such form.

    "ex25dw" becomes "EX2 5DW", and " ex2" becomes "EX2". Spaces may be anywhere in a full postcode,
    but not within an outward code: "W1 1" is not W11, nor any other place.
    """
    typed = visible_text(text).rstrip(_AFTER_TEXT)
    if len(typed) > _LONGEST_INPUT or not typed.isascii():
        return None
    upper = typed.upper()
    if full := _FULL.fullmatch(upper.replace(" ", "").replace("-", "")):
        return f"{full[1]} {full[2]}"
    return upper if _OUTWARD_ALONE.fullmatch(upper) else None


def outward_number(outward: str) -> int:
    """Return a number that sorts as the outward codes do when padded with spaces."""
    return int.from_bytes(outward.ljust(4).encode("ascii"), "big")


def inward_number(inward: str) -> int:
    """Return a number that sorts as the inward codes do: 0 for "0AA", 6759 for "9ZZ"."""
    return (int(inward[0]) * 26 + ord(inward[1]) - 65) * 26 + ord(inward[2]) - 65


def section_sizes(outward_codes: int, postcodes: int) -> list[int]:
    """Return the bytes of each section of the file in order: the header and ten others."""
    return (
        [HEADER.size] + [4 * outward_codes] * 4 + [PRESENCE_BYTES * outward_codes] + [postcodes] * 6
    )


class Postcodes:
    """The table, open for reading. Only the pages of memory that a look-up touches are read."""

    def __init__(self, path: Path) -> None:
        """Open the table. Raises ValueError if it is not a whole table of this version."""
        with path.open("rb") as file:
            header = file.read(HEADER.size)
            size = file.seek(0, 2)
            if len(header) < HEADER.size or not header.startswith(MAGIC):
                raise ValueError(f"{path} is not a postcode table")
            _, version, outward_codes, postcodes = HEADER.unpack(header)
            if version != VERSION:
                raise ValueError(f"{path} is of version {version}, not {VERSION}: build it again")
            sizes = section_sizes(outward_codes, postcodes)
            if size != sum(sizes):
                raise ValueError(
                    f"{path} has {size:,} bytes instead of {sum(sizes):,}: build it again"
                )
            table = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        edges = accumulate(sizes, initial=0)
        sections = [table[start:end] for start, end in pairwise(edges)]
        self._codes, self._first_rows, self._centre_latitudes, self._centre_longitudes = (
            section.cast("I") for section in sections[1:5]
        )
        self._presence = sections[5]
        self._latitudes = sections[6:9]
        self._longitudes = sections[9:12]

    def __len__(self) -> int:
        return len(self._latitudes[0])

    def locate(self, text: str) -> Place | None:
        """Return the place of a full postcode, or the centre of an outward code.

        Return None if it is not in use; `normalise` tells whether it has the form of a postcode.
        """
        label = normalise(text)
        if label is None:
            return None
        outward, _, inward = label.partition(" ")
        code = outward_number(outward)
        at = bisect_left(self._codes, code)
        if at == len(self._codes) or self._codes[at] != code:
            return None
        if not inward:
            centre = _point(self._centre_latitudes[at], self._centre_longitudes[at])
            return Place(centre, label, approximate=True)
        number = inward_number(inward)
        start = at * PRESENCE_BYTES
        # Only as far as this code's own byte; its bit is the highest but a few.
        presence = int.from_bytes(self._presence[start : start + number // 8 + 1], "little")
        if not presence >> number & 1:
            return None
        row = self._first_rows[at] + (presence & ((1 << number) - 1)).bit_count()
        point = _point(_number(self._latitudes, row), _number(self._longitudes, row))
        return Place(point, label, approximate=False)

    def outward_codes_near(self, point: Point, miles: float) -> list[str]:
        """Return the outward codes whose centre is within so many miles, the nearest first."""
        south, north = latitude_span(point, miles)
        near = []
        for code, latitude, longitude in zip(
            self._codes, self._centre_latitudes, self._centre_longitudes, strict=True
        ):
            centre = _point(latitude, longitude)
            if south <= centre.latitude <= north:
                distance = miles_between(point, centre)
                if distance <= miles:
                    near.append((distance, code.to_bytes(4, "big").decode("ascii").rstrip()))
        return [code for _, code in sorted(near)]

    def outward_codes(self) -> Iterator[tuple[str, list[Point]]]:
        """Yield every outward code in order, with the points of its postcodes."""
        edges = [*self._first_rows, len(self)]
        for code, (start, end) in zip(self._codes, pairwise(edges), strict=True):
            rows = range(start, end)
            points = [
                _point(_number(self._latitudes, row), _number(self._longitudes, row))
                for row in rows
            ]
            yield code.to_bytes(4, "big").decode("ascii").rstrip(), points


@cache
def installed() -> Postcodes:
    """Open the table of the layer, once. Raises FileNotFoundError if the layer is missing."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise FileNotFoundError(
            f"no package {PACKAGE} to import: build the layer and put its python/ on the path"
        )
    return Postcodes(Path(package.origin).with_name(FILE_NAME))


def _number(planes: list[memoryview], row: int) -> int:
    high, middle, low = planes
    return (high[row] << 16) + (middle[row] << 8) + low[row]


def _point(latitude_steps: int, longitude_steps: int) -> Point:
    return Point(
        (SOUTH_EDGE + LATITUDE_STEP * latitude_steps) / UNITS_PER_DEGREE,
        (WEST_EDGE + LONGITUDE_STEP * longitude_steps) / UNITS_PER_DEGREE,
    )
