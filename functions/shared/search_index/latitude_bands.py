"""Care homes by place: bands of latitude, each with its homes from west to east and bitmaps.

A band has one whole number, a bitmap, for each attribute; bit i says whether the i-th home from the
west has it. So one AND filters all homes of a band at once, and `int.bit_count` counts them.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import asin, degrees, sqrt
from statistics import median_low
from typing import Final

from shared.domain.geo import Circle, Point, earth_xyz
from shared.domain.listings import Listing
from shared.domain.terms import Terms
from shared.search_index.bitmaps import AnswerBits, Attribute

LONGEST_BAND: Final = 8.0
"""Homes in a band, as a multiple of the square root of all homes; measured with 15,000 and 500,000.
Fewer bands take less time to filter, but longer bands have more homes near the circle's edge, whose
distances must be compared one by one."""

_ONES: Final = bytes(character == ord("1") for character in range(256))


@dataclass(slots=True, eq=False)
class IndexedHome:
    """A home as the board holds it, at one version; ordered by id."""

    location_id: str
    point: Point
    attributes: tuple[Attribute, ...]
    announced_beds: Mapping[str, tuple[str, ...]]
    """By category, the days from which beds are announced that may serve as it; or have passed."""
    days: tuple[str, ...]
    """Every day in the document: what is shown of the home may change when it has passed."""
    confirmed_at: datetime | None
    confirmed_seconds: float
    """Epoch seconds; 0 if it was never confirmed."""
    listings: tuple[Listing, ...]
    answers: AnswerBits
    terms: Terms | None
    """Where the home has said when it admits people; homes with the same terms share them."""
    document_json: str
    """The document, for as long as `rendered` may have to be made from it."""
    rendered: str = ""
    rendered_until: str = ""
    """The last day on which `rendered` is right; empty before it is made."""

    def __lt__(self, other: "IndexedHome") -> bool:
        """Compare by id."""
        return self.location_id < other.location_id


class LatitudeBand:
    """The homes between two latitudes, from west to east; sorted when they are next needed."""

    __slots__ = (
        "_edges",
        "_is_sorted",
        "_largest_radius",
        "_longitudes",
        "_north",
        "_smallest_radius",
        "_south",
        "bitmaps",
        "coordinates",
        "homes",
        "homes_by_id",
        "version",
    )

    def __init__(self, homes_by_id: dict[str, IndexedHome]) -> None:
        """Take over the homes, unsorted."""
        self.homes_by_id = homes_by_id
        self._is_sorted = False
        self.version = 0
        """Counts the changes of its homes, for those who keep something about them."""

    def put(self, home: IndexedHome) -> None:
        """Insert the home, replacing any earlier version of it."""
        previous = self.homes_by_id.get(home.location_id)
        self.homes_by_id[home.location_id] = home
        if previous is None or previous.point != home.point or not self._is_sorted:
            self._is_sorted = False
            return
        first_at_longitude = bisect_left(self._longitudes, previous.point.longitude)
        at = self.homes.index(previous, first_at_longitude)
        self.homes[at] = home
        self.version += 1
        for attribute in set(previous.attributes) ^ set(home.attributes):
            if bitmap := self.bitmaps.get(attribute, 0) ^ 1 << at:
                self.bitmaps[attribute] = bitmap
            else:
                del self.bitmaps[attribute]

    def remove(self, location_id: str) -> None:
        """Remove a home of the band."""
        del self.homes_by_id[location_id]
        self._is_sorted = False

    def sort(self) -> None:
        """Sort the homes and build the bitmaps, unless nothing changed since."""
        if self._is_sorted:
            return
        self.homes = sorted(self.homes_by_id.values(), key=lambda home: home.point.longitude)
        self._longitudes = array("d", [home.point.longitude for home in self.homes])
        # Created in this order, so that neighbours lie side by side in memory.
        self.coordinates = [earth_xyz(home.point) for home in self.homes]
        self.bitmaps: dict[Attribute, int] = {}
        for at, home in enumerate(self.homes):
            for attribute in home.attributes:
                self.bitmaps[attribute] = self.bitmaps.get(attribute, 0) | 1 << at
        latitudes = [home.point.latitude for home in self.homes]
        self._south, self._north = min(latitudes, default=0.0), max(latitudes, default=0.0)
        south_axis, _, south_height = earth_xyz(Point(self._south, 0.0))
        north_axis, _, north_height = earth_xyz(Point(self._north, 0.0))
        self._edges = south_axis, south_height, north_axis, north_height
        nearest_equator = min(max(self._south, 0.0), self._north)
        self._smallest_radius = min(south_axis, north_axis)
        self._largest_radius = earth_xyz(Point(nearest_equator, 0.0))[0]
        self._is_sorted = True
        self.version += 1

    # By their distances r from the earth's axis and their heights z, the squared chord between two
    # points is (r1 - r2)^2 + (z1 - z2)^2 + 4 r1 r2 sin^2(half the difference in longitude). Both
    # methods solve that for the longitude. Each takes the value of the band that makes it err on
    # the safe side.

    def range_touching(self, circle: Circle) -> tuple[int, int]:
        """Return start and end such that no home outside homes[start:end] lies in the circle."""
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.axis, circle.height
        left = circle.outer
        if self._south > circle.point.latitude:
            left -= (south_axis - axis) ** 2 + (south_height - height) ** 2
        elif self._north < circle.point.latitude:
            left -= (north_axis - axis) ** 2 + (north_height - height) ** 2
        if left < 0:
            return 0, 0
        return self._between(circle, left, self._smallest_radius) or (0, len(self.homes))

    def range_inside(self, circle: Circle) -> tuple[int, int]:
        """Return start and end such that every home in homes[start:end] lies in the circle."""
        south_axis, south_height, north_axis, north_height = self._edges
        axis, height = circle.axis, circle.height
        left = circle.inner - max(
            (south_axis - axis) ** 2 + (south_height - height) ** 2,
            (north_axis - axis) ** 2 + (north_height - height) ** 2,
        )
        if left <= 0:
            return 0, 0
        return self._between(circle, left, self._largest_radius) or (0, 0)

    def _between(self, circle: Circle, left: float, radius: float) -> tuple[int, int] | None:
        """Return start and end, or None if the longitudes pass a pole or the date line."""
        most = 4 * circle.axis * radius
        if left >= most:
            return None
        longitude = circle.point.longitude
        half = degrees(2 * asin(sqrt(left / most)))
        west, east = longitude - half, longitude + half
        if west < -180 or east > 180:
            return None
        return bisect_left(self._longitudes, west), bisect_right(self._longitudes, east)


class LatitudeBands:
    """The bands from south to north: high where homes are few, narrow where they are many."""

    def __init__(self) -> None:
        """Begin with one band for the whole earth."""
        self._souths: list[float] = [-90.0]
        self._bands: list[LatitudeBand] = [LatitudeBand({})]
        self._homes: dict[str, IndexedHome] = {}

    def __len__(self) -> int:
        return len(self._homes)

    def put(self, home: IndexedHome) -> None:
        """Insert the home, replacing any earlier version of it, even at another place."""
        at = self._band_at(home.point.latitude)
        band = self._bands[at]
        if home.location_id not in band.homes_by_id:
            self.remove(home.location_id)
        band.put(home)
        self._homes[home.location_id] = home
        if len(band.homes_by_id) > LONGEST_BAND * sqrt(len(self._homes)):
            self._split(at)

    def remove(self, location_id: str) -> None:
        """Remove the home, if there is such a home."""
        if home := self._homes.pop(location_id, None):
            self._bands[self._band_at(home.point.latitude)].remove(location_id)

    def change_listings(
        self, location_id: str, change: Callable[[tuple[Listing, ...]], None]
    ) -> None:
        """Let `change` note something at the listings of a home, if there is such a home."""
        if home := self._homes.get(location_id):
            change(home.listings)
            self._bands[self._band_at(home.point.latitude)].version += 1

    def homes(self) -> Iterable[IndexedHome]:
        """Return every home."""
        return self._homes.values()

    def touching(self, circle: Circle) -> Iterator[LatitudeBand]:
        """Yield every band that the circle touches, sorted."""
        south, north = circle.latitudes
        for band in self._bands[self._band_at(south) : self._band_at(north) + 1]:
            band.sort()
            yield band

    def _band_at(self, latitude: float) -> int:
        return bisect_right(self._souths, latitude) - 1

    def _split(self, at: int) -> None:
        homes = self._bands[at].homes_by_id
        middle = median_low(home.point.latitude for home in homes.values())
        south = {key: home for key, home in homes.items() if home.point.latitude < middle}
        if south:  # otherwise half of them share one latitude
            north = {key: home for key, home in homes.items() if key not in south}
            self._bands[at : at + 1] = LatitudeBand(south), LatitudeBand(north)
            self._souths.insert(at + 1, middle)


def set_bits(bitmap: int) -> list[int]:
    """Return the positions of the bits that are 1, the lowest first."""
    if bitmap.bit_count() * 8 > bitmap.bit_length():
        # The digits, the lowest first, select the positions: all of it runs in C.
        digits = bin(bitmap)[:1:-1].encode().translate(_ONES)
        return list(compress(range(len(digits)), digits))
    found = []
    while bitmap:
        lowest = bitmap & -bitmap
        found.append(lowest.bit_length() - 1)
        bitmap ^= lowest
    return found
