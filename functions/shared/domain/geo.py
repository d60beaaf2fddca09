"""Points on the earth, the distances between them, and the latitudes that a circle reaches."""

from math import asin, cos, degrees, dist, hypot, pi, radians, sin, sqrt
from typing import Final, NamedTuple


class Point(NamedTuple):
    """A place in degrees north and degrees east (WGS84)."""

    latitude: float
    longitude: float


METRES_PER_MILE: Final = 1609.344

# The WGS84 ellipsoid (NGA.STND.0036).
EQUATORIAL_RADIUS_MILES: Final = 6378137.0 / METRES_PER_MILE
FLATTENING: Final = 1 / 298.257223563
_ECCENTRICITY_SQUARED: Final = FLATTENING * (2 - FLATTENING)
_MEAN_DIAMETER: Final = 2 * EQUATORIAL_RADIUS_MILES * (1 - FLATTENING / 3)
# Nowhere does a meridian bend more sharply than at the equator, where this is its radius.
_SHARPEST_MERIDIAN_DIAMETER: Final = 2 * EQUATORIAL_RADIUS_MILES * (1 - _ECCENTRICITY_SQUARED)

# A bound must also cover the rounding of the distances it is compared with: about 1e-12 miles.
_SLACK_MILES: Final = 1e-9

# Great Britain with its islands, rounded outwards to a tenth of a degree: the Western Rocks of
# Scilly (49.86 N), Out Stack in Shetland (60.86 N), St Kilda (8.67 W), Lowestoft Ness (1.76 E).
# A box, not a border: it catches swapped coordinates and other continents, not Dublin.
_SOUTH, _NORTH = 49.8, 60.9
_WEST, _EAST = -8.7, 1.8


def in_great_britain(point: Point) -> bool:
    """Tell whether the point lies in the country's bounding box; NaN and infinities do not."""
    return _SOUTH <= point.latitude <= _NORTH and _WEST <= point.longitude <= _EAST


def earth_xyz(point: Point) -> tuple[float, float, float]:
    """Convert the point to earth-centred, earth-fixed coordinates in miles.

    The straight line between two of these orders places as the distance does, so neighbours
    can be found by comparing squared chords, without trigonometry.
    """
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    sine = sin(latitude)
    normal = EQUATORIAL_RADIUS_MILES / sqrt(1 - _ECCENTRICITY_SQUARED * sine * sine)
    from_axis, above_equator = normal * cos(latitude), normal * (1 - _ECCENTRICITY_SQUARED) * sine
    return from_axis * cos(longitude), from_axis * sin(longitude), above_equator


def chord_to_miles(chord: float) -> float:
    """Convert a straight line between two points to the distance over the ground, in miles.

    It is an arc of the mean sphere. Up to 100 miles the earth's flattening makes that wrong
    by less than one part in a million; see the tests.
    """
    return _MEAN_DIAMETER * asin(min(1.0, chord / _MEAN_DIAMETER))


def miles_to_chord(miles: float) -> float:
    """Convert a distance over the ground to the straight line: the inverse of `chord_to_miles`."""
    return _MEAN_DIAMETER * sin(min(pi / 2, miles / _MEAN_DIAMETER))


def miles_between(a: Point, b: Point) -> float:
    """Return the distance over the ground, in miles."""
    return chord_to_miles(dist(earth_xyz(a), earth_xyz(b)))


def latitude_span(centre: Point, miles: float) -> tuple[float, float]:
    """Return the southernmost and northernmost latitude of a circle; it is never too narrow.

    Valid for circles up to a quarter of the way round the earth.
    """
    # An arc that bends less than a circle has a longer chord (Schur's comparison theorem), so
    # the sharpest meridian gives the largest angle that the chord can stand for.
    chord = miles_to_chord(miles) + _SLACK_MILES
    reach = degrees(2 * asin(min(1.0, chord / _SHARPEST_MERIDIAN_DIAMETER)))
    return max(-90.0, centre.latitude - reach), min(90.0, centre.latitude + reach)


ROUNDING_MILES: Final = 1e-9
"""Far more than rounding loses when coordinates of 4,000 miles are subtracted."""


class Circle:
    """All places within so many miles of a centre, with values that each latitude band needs."""

    __slots__ = ("axis", "chord", "height", "inner", "latitudes", "outer", "point", "xyz")

    def __init__(self, point: Point, miles: float) -> None:
        """Compute the values once."""
        self.point = point
        self.xyz = earth_xyz(point)
        x, y, self.height = self.xyz
        self.axis = hypot(x, y)
        self.latitudes = latitude_span(point, miles)
        self._reach(miles_to_chord(miles))

    def smaller(self, chord: float) -> "Circle":
        """Return a circle around the same centre; its latitudes may be too far apart."""
        circle = object.__new__(Circle)
        circle.point, circle.xyz, circle.latitudes = self.point, self.xyz, self.latitudes
        circle.axis, circle.height = self.axis, self.height
        circle._reach(chord)
        return circle

    def _reach(self, chord: float) -> None:
        self.chord = chord
        # Squared chords: a home beyond `outer` is outside, one up to `inner` is inside.
        self.outer = (self.chord + ROUNDING_MILES) ** 2
        self.inner = max(0.0, self.chord - ROUNDING_MILES) ** 2
