"""Where homes are and people live: towns in a square of country."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from random import Random
from typing import Final, Self

from shared.domain.geo import EQUATORIAL_RADIUS_MILES, Point
from simulation.parameters import Places

_SOUTH_WEST: Final = Point(52.0, -1.5)
"""Anywhere in England."""

_MILES_A_DEGREE: Final = radians(1) * EQUATORIAL_RADIUS_MILES


@dataclass(frozen=True, slots=True)
class Country:
    """A square with towns in it; places are in miles from its south-western corner."""

    places: Places
    towns: Sequence[tuple[float, float]]

    @classmethod
    def draw(cls, rng: Random, places: Places) -> Self:
        """Put the towns anywhere, but not at the edge."""
        edge = 2 * places.town_miles
        towns = [
            (
                rng.uniform(edge, places.side_miles - edge),
                rng.uniform(edge, places.side_miles - edge),
            )
            for _ in range(places.towns)
        ]
        return cls(places, towns)

    def point(self, rng: Random) -> Point:
        """Draw where a home is, or where a person lives."""
        side = self.places.side_miles
        east, north = rng.uniform(0, side), rng.uniform(0, side)
        if rng.random() < self.places.in_towns:
            middle_east, middle_north = rng.choice(self.towns)
            east = rng.gauss(middle_east, self.places.town_miles)
            north = rng.gauss(middle_north, self.places.town_miles)
        return Point(
            _SOUTH_WEST.latitude + north / _MILES_A_DEGREE,
            _SOUTH_WEST.longitude + east / (_MILES_A_DEGREE * cos(radians(_SOUTH_WEST.latitude))),
        )
