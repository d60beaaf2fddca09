"""Homes by place: rows of the earth from west to east, and which of a row's homes have a trait.

A row holds one whole number for each trait, whose bit i says whether its i-th home from the west
has it. So a filter is one AND for all homes of a row at once, and a count is `int.bit_count`.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import asin, degrees, sqrt
from statistics import median_low
from typing import Final

from shared.domain.geo import Circle, Point, earth_xyz
from shared.search_index.bitmaps import Trait

LONGEST_BAND: Final = 8.0
"""Times the square root of how many homes there are; measured at 15,000 and 500,000. Fewer rows
cost less to ask, longer ones have more homes near the circle's edge that must be looked at."""

_ONES: Final = bytes(character == ord("1") for character in range(256))


@dataclass(slots=True, eq=False)
class IndexedHome:
    """A home as the board keeps it, at one version; ordered by id."""

    location_id: str
    point: Point
    traits: tuple[Trait, ...]
    coming_free: Mapping[str, str]
    confirmed_at: datetime | None
    confirmed: float
    """In epoch seconds; 0 where it never was."""
    text: str
    """The document as JSON, until `shown` is written from it."""
    shown: str = ""

    def __lt__(self, other: "IndexedHome") -> bool:
        return self.location_id < other.location_id


class LatitudeBand:
    """The homes between two latitudes, from west to east; put in order when next asked."""

    __slots__ = (
        "_edges",
        "_in_order",
        "_longitudes",
        "_narrowest",
        "_north",
        "_south",
        "_widest",
        "holders",
        "homes",
        "members",
        "places",
    )

    def __init__(self, members: dict[str, IndexedHome]) -> None:
        self.members = members
        self._in_order = False

    def put(self, home: IndexedHome) -> None:
        was = self.members.get(home.location_id)
        self.members[home.location_id] = home
        if was is None or was.point != home.point or not self._in_order:
            self._in_order = False
            return
        at = self.homes.index(was, bisect_left(self._longitudes, was.point.longitude))
        self.homes[at] = home
        for trait in set(was.traits) ^ set(home.traits):
            if holders := self.holders.get(trait, 0) ^ 1 << at:
                self.holders[trait] = holders
            else:
                del self.holders[trait]

    def remove(self, location_id: str) -> None:
        del self.members[location_id]
        self._in_order = False

    def put_in_order(self) -> None:
        if self._in_order:
            return
        self.homes = sorted(self.members.values(), key=lambda home: home.point.longitude)
        self._longitudes = array("d", [home.point.longitude for home in self.homes])
        # Made anew, so that neighbours lie side by side in memory.
        self.places = [earth_xyz(home.point) for home in self.homes]
        self.holders: dict[Trait, int] = {}
        for at, home in enumerate(self.homes):
            for trait in home.traits:
                self.holders[trait] = self.holders.get(trait, 0) | 1 << at
        latitudes = [home.point.latitude for home in self.homes]
        self._south, self._north = min(latitudes, default=0.0), max(latitudes, default=0.0)
        south_axis, _, south_height = earth_xyz(Point(self._south, 0.0))
        north_axis, _, north_height = earth_xyz(Point(self._north, 0.0))
        self._edges = south_axis, south_height, north_axis, north_height
        nearest_equator = min(max(self._south, 0.0), self._north)
        self._narrowest = min(south_axis, north_axis)
        self._widest = earth_xyz(Point(nearest_equator, 0.0))[0]
        self._in_order = True

    # The squared chord between two points, by their distances r from the earth's axis and their
    # heights z, is (r1 - r2)^2 + (z1 - z2)^2 + 4 r1 r2 sin^2(half the difference in longitude).
    # Both methods solve that for the longitude, each with what of the row errs on its side.

    def reached(self, circle: Circle) -> tuple[int, int]:
        """Outside of homes[start:end] none lies in the circle."""
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.axis, circle.height
        left = circle.outer
        if self._south > circle.point.latitude:
            left -= (south_axis - axis) ** 2 + (south_height - height) ** 2
        elif self._north < circle.point.latitude:
            left -= (north_axis - axis) ** 2 + (north_height - height) ** 2
        if left < 0:
            return 0, 0
        return self._between(circle, left, self._narrowest) or (0, len(self.homes))

    def covered(self, circle: Circle) -> tuple[int, int]:
        """Within homes[start:end] all lie in the circle."""
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.axis, circle.height
        left = circle.inner - max(
            (south_axis - axis) ** 2 + (south_height - height) ** 2,
            (north_axis - axis) ** 2 + (north_height - height) ** 2,
        )
        if left <= 0:
            return 0, 0
        return self._between(circle, left, self._widest) or (0, 0)

    def _between(self, circle: Circle, left: float, row_axis: float) -> tuple[int, int] | None:
        """None where the longitudes go round a pole or across the date line."""
        most = 4 * circle.axis * row_axis
        if left >= most:
            return None
        longitude = circle.point.longitude
        half = degrees(2 * asin(sqrt(left / most)))
        west, east = longitude - half, longitude + half
        if west < -180 or east > 180:
            return None
        return bisect_left(self._longitudes, west), bisect_right(self._longitudes, east)


class LatitudeBands:
    """The rows, from south to north: short and wide where homes are few, thin where they crowd."""

    def __init__(self) -> None:
        self._souths: list[float] = [-90.0]
        self._rows: list[LatitudeBand] = [LatitudeBand({})]
        self._homes: dict[str, IndexedHome] = {}

    def __len__(self) -> int:
        return len(self._homes)

    def put(self, home: IndexedHome) -> None:
        """In place of what had its id, wherever that was."""
        at = self._at(home.point.latitude)
        row = self._rows[at]
        if home.location_id not in row.members:
            self.remove(home.location_id)
        row.put(home)
        self._homes[home.location_id] = home
        if len(row.members) > LONGEST_BAND * sqrt(len(self._homes)):
            self._split(at)

    def remove(self, location_id: str) -> None:
        """Nothing where there is none."""
        if home := self._homes.pop(location_id, None):
            self._rows[self._at(home.point.latitude)].remove(location_id)

    def reached(self, circle: Circle) -> Iterator[LatitudeBand]:
        """Every row that the circle touches."""
        south, north = circle.latitudes
        for row in self._rows[self._at(south) : self._at(north) + 1]:
            row.put_in_order()
            yield row

    def _at(self, latitude: float) -> int:
        return bisect_right(self._souths, latitude) - 1

    def _split(self, at: int) -> None:
        homes = self._rows[at].members
        middle = median_low(home.point.latitude for home in homes.values())
        south = {key: home for key, home in homes.items() if home.point.latitude < middle}
        if south:  # else half of them share one latitude
            north = {key: home for key, home in homes.items() if key not in south}
            self._rows[at : at + 1] = LatitudeBand(south), LatitudeBand(north)
            self._souths.insert(at + 1, middle)


def positions(bits: int) -> list[int]:
    """Which bits are set, lowest first."""
    if bits.bit_count() * 8 > bits.bit_length():
        # The digits, lowest first, are the flags to pick by: all of it in C.
        digits = bin(bits)[:1:-1].encode().translate(_ONES)
        return list(compress(range(len(digits)), digits))
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
