"""Homes by place: the earth cut into cells, each with its homes and who of them has which trait."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import cos, dist, floor, inf, radians
from typing import Final

from shared.geo import Point, earth_xyz, latitude_span, longitude_half_span
from shared.traits import Trait

CELL_DEGREES: Final = 0.07
"""Cells 4.8 miles high and about as wide."""

_FLAGS = bytes(character == ord("1") for character in range(256))


@dataclass(frozen=True, slots=True)
class Listed:
    """A home as the cell keeps it."""

    location_id: str
    xyz: tuple[float, float, float]
    """Of the earth, in miles: see `earth_xyz`."""
    confirmed_at: datetime | None
    confirmed: float
    """In epoch seconds; 0 where it never was."""
    coming_free: Mapping[str, str]
    shown: str


class Cell:
    """The homes of one patch of the earth.

    `reach`, `newest` and `oldest` are bounds: a home that left may leave them wider than need be.
    """

    __slots__ = ("_holders", "_homes", "middle", "newest", "oldest", "reach")

    def __init__(self, middle: tuple[float, float, float]) -> None:
        self.middle = middle
        self.reach = 0.0
        """No home of this cell is farther from its middle, in a straight line, in miles."""
        self.newest = 0.0
        self.oldest = inf
        self._homes: list[Listed] = []
        self._holders: dict[Trait, int] = {}
        """Bit i of a trait's number: the i-th home has it."""

    def add(self, home: Listed, traits: Iterable[Trait]) -> None:
        bit = 1 << len(self._homes)
        self._homes.append(home)
        holders = self._holders
        for trait in traits:
            holders[trait] = holders.get(trait, 0) | bit
        self.reach = max(self.reach, dist(self.middle, home.xyz))
        self.newest = max(self.newest, home.confirmed)
        self.oldest = min(self.oldest, home.confirmed)

    def remove(self, location_id: str) -> None:
        """The last home takes the place of the one that goes, so that bits stay without gaps."""
        homes = self._homes
        gone = next(i for i, home in enumerate(homes) if home.location_id == location_id)
        last = len(homes) - 1
        homes[gone] = homes[last]
        homes.pop()
        others = ~(1 << gone | 1 << last)
        for trait, holders in self._holders.items():
            moved = (holders >> last & 1) << gone if gone != last else 0
            self._holders[trait] = holders & others | moved

    def holders(self, any_of: Iterable[Trait], all_of: Iterable[Trait]) -> int:
        """Who has one of these and all of those, one bit a home."""
        holders = self._holders.get
        found = 0
        for trait in any_of:
            found |= holders(trait, 0)
        for trait in all_of:
            found &= holders(trait, 0)
        return found

    def homes(self, bits: int) -> Iterator[Listed]:
        """The homes of these bits."""
        # The digits of the number, lowest first, are the flags to pick by: all of it in C.
        return compress(self._homes, bin(bits)[:1:-1].encode().translate(_FLAGS))

    def pick(self, bits: int, fits: Callable[[Listed], bool]) -> int:
        """The bits of those among these who fit."""
        found = 0
        for position, home in enumerate(self._homes):
            if bits >> position & 1 and fits(home):
                found |= 1 << position
        return found


class Grid:
    """The cells that have homes: rows of equal height, each of as many columns as are about
    square there."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[int, dict[int, Cell]]] = {}

    def cell_at(self, point: Point) -> Cell:
        """The cell of this point, made if need be."""
        row = floor(point.latitude / CELL_DEGREES)
        latitude = min(90.0, (row + 0.5) * CELL_DEGREES)
        if row not in self._rows:
            self._rows[row] = max(1, int(360 * cos(radians(latitude)) / CELL_DEGREES)), {}
        columns, cells = self._rows[row]
        column = _column(point.longitude, columns) % columns
        if column not in cells:
            longitude = (column + 0.5) * 360 / columns - 180
            cells[column] = Cell(earth_xyz(Point(latitude, longitude)))
        return cells[column]

    def near(self, centre: Point, miles: float) -> Iterator[Cell]:
        """Every cell with a home in this circle, and some that have none."""
        south, north = latitude_span(centre, miles)
        half_span = longitude_half_span(centre, miles, south, north)
        west, east = centre.longitude - half_span, centre.longitude + half_span
        for row in range(floor(south / CELL_DEGREES), floor(north / CELL_DEGREES) + 1):
            if row not in self._rows:
                continue
            columns, cells = self._rows[row]
            first, last = _column(west, columns), _column(east, columns)
            if last - first + 1 >= columns:
                yield from cells.values()
                continue
            for column in range(first, last + 1):
                if cell := cells.get(column % columns):
                    yield cell


def _column(longitude: float, columns: int) -> int:
    return floor((longitude + 180) / 360 * columns)
