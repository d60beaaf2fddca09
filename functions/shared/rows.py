"""Homes by place: rows of the earth, from west to east, and who in a row has which trait."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import asin, degrees, floor, sqrt
from typing import Final

from shared.geo import Point, earth_xyz, latitude_span, miles_to_chord
from shared.traits import Trait

ROW_DEGREES: Final = 0.07
ROUNDING_MILES: Final = 1e-9
"""More than is lost in subtracting coordinates of 4,000 miles."""

_FLAGS = bytes(character == ord("1") for character in range(256))


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A home as its row keeps it."""

    location_id: str
    longitude: float
    xyz: tuple[float, float, float]
    """Of the earth, in miles: see `earth_xyz`."""
    confirmed_at: datetime | None
    confirmed: float
    """In epoch seconds; 0 where it never was."""
    coming_free: Mapping[str, str]
    shown: str

    def __lt__(self, other: "Listed") -> bool:
        return self.location_id < other.location_id


class Circle:
    """All places at most so many miles from a centre."""

    __slots__ = ("latitude", "most", "least", "chord", "from_axis", "height", "longitude", "south", "north", "xyz")

    def __init__(self, centre: Point, miles: float) -> None:
        self.longitude = centre.longitude
        self.xyz = earth_xyz(centre)
        self.from_axis, _, self.height = earth_xyz(Point(centre.latitude, 0.0))
        self.chord = miles_to_chord(miles)
        self.south, self.north = latitude_span(centre, miles)
        self.latitude = centre.latitude
        self.most = (self.chord + ROUNDING_MILES) ** 2
        self.least = (self.chord - ROUNDING_MILES) ** 2


class Row:
    """The homes between two latitudes, from west to east."""

    __slots__ = ("_coordinates", "_edges", "_holders", "_longitudes", "_north", "_south", "homes")

    def __init__(self, south: float, north: float) -> None:
        self._south, self._north = south, north
        self._edges = (
            *earth_xyz(Point(south, 0.0))[::2],
            *earth_xyz(Point(min(north, 90.0), 0.0))[::2],
        )
        self.homes: list[Listed] = []
        self._longitudes: list[float] = []
        self._holders: dict[Trait, int] = {}

    def insert(self, home: Listed, traits: Iterable[Trait]) -> None:
        at = bisect_left(self._longitudes, home.longitude)
        self._longitudes.insert(at, home.longitude)
        self.homes.insert(at, home)
        west = (1 << at) - 1
        holders = self._holders
        if at < len(self.homes) - 1:
            for trait, bits in holders.items():
                holders[trait] = bits + (bits & ~west)  # shifted by one from here on
        bit = 1 << at
        for trait in traits:
            holders[trait] = holders.get(trait, 0) | bit

    def remove(self, home: Listed) -> None:
        at = self.homes.index(home, bisect_left(self._longitudes, home.longitude))
        del self._longitudes[at], self.homes[at]
        west = (1 << at) - 1
        self._holders = {
            trait: shifted
            for trait, bits in self._holders.items()
            if (shifted := bits & west | bits >> 1 & ~west)
        }

    def holders(self, any_of: Sequence[Trait], all_of: Sequence[Trait]) -> int:
        """Who has one of these and all of those: bit i is the i-th home from the west."""
        holders = self._holders.get
        found = 0
        for trait in any_of:
            found |= holders(trait, 0)
        for trait in all_of:
            found &= holders(trait, 0)
        return found

    def within(self, first: float, last: float) -> tuple[int, int]:
        """From which home on (inclusive) to which (exclusive) the longitude is in this range."""
        return bisect_left(self._longitudes, first), bisect_right(self._longitudes, last)

    def window(self, circle: Circle) -> tuple[int, int]:
        """From which home on (inclusive) to which (exclusive) one may be in the circle."""
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.from_axis, circle.height
        left = circle.most
        if self._south > circle.latitude:
            left -= (south_axis - axis) ** 2 + (south_height - height) ** 2
        elif self._north < circle.latitude:
            left -= (north_axis - axis) ** 2 + (north_height - height) ** 2
        if left < 0:
            return 0, 0
        most = 4 * axis * (north_axis if north_axis<south_axis else south_axis)
        if left < most:
            half = degrees(2 * asin(sqrt(left / most)))
            west, east = circle.longitude - half, circle.longitude + half
            if west >= -180 and east <= 180:
                lons = self._longitudes
                return bisect_left(lons, west), bisect_right(lons, east)
        return 0, len(self.homes)

    def sure(self, circle: Circle) -> tuple[int, int]:
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.from_axis, circle.height
        left = circle.least - max(
            (south_axis - axis) ** 2 + (south_height - height) ** 2,
            (north_axis - axis) ** 2 + (north_height - height) ** 2,
        )
        most = 4 * axis * max(north_axis, south_axis)
        if 0 < left < most:
            half = degrees(2 * asin(sqrt(left / most)))
            west, east = circle.longitude - half, circle.longitude + half
            if west >= -180 and east <= 180:
                return bisect_left(self._longitudes, west), bisect_right(self._longitudes, east)
        return 0, 0

    def pick(self, start: int, bits: int) -> list[Listed]:
        homes = self.homes
        if bits.bit_count() * 8 < bits.bit_length():
            found = []
            start -= 1
            while bits:
                bit = bits & -bits
                found.append(homes[start + bit.bit_length()])
                bits ^= bit
            return found
        # The digits of the number, lowest first, are the flags to pick by: all of it in C.
        return list(compress(
            homes[start : start + bits.bit_length()],
            bin(bits)[:1:-1].encode().translate(_FLAGS),
        ))


class Rows:
    """The rows that have homes."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def at(self, latitude: float) -> Row:
        """The row of this latitude, made if need be."""
        number = floor(latitude / ROW_DEGREES)
        if number not in self._rows:
            self._rows[number] = Row(number * ROW_DEGREES, (number + 1) * ROW_DEGREES)
        return self._rows[number]

    def reached(self, circle: Circle) -> Iterator[Row]:
        for number in range(
            floor(circle.south / ROW_DEGREES), floor(circle.north / ROW_DEGREES) + 1
        ):
            if row := self._rows.get(number):
                yield row
