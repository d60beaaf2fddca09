"""Points on the earth, how far apart they are, and which coordinates a circle can reach."""

from math import asin, cos, degrees, dist, hypot, pi, radians, sin, sqrt
from typing import Final, NamedTuple


class Point(NamedTuple):
    """Degrees north and degrees east, WGS84."""

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
    """Whether the point lies in the country's bounding box; NaN and infinities never do."""
    return _SOUTH <= point.latitude <= _NORTH and _WEST <= point.longitude <= _EAST


def earth_xyz(point: Point) -> tuple[float, float, float]:
    """The point as earth-centred, earth-fixed coordinates in miles.

    The straight line between two of these orders places as the distance does, so neighbours
    can be found by comparing squared chords, without trigonometry.
    """
    from_axis, above_equator = _meridian(point.latitude)
    longitude = radians(point.longitude)
    return from_axis * cos(longitude), from_axis * sin(longitude), above_equator


def chord_to_miles(chord: float) -> float:
    """Distance over the ground of two points whose straight line is this long (miles).

    Taken as an arc of the mean sphere. Up to 100 miles the earth's flattening makes that wrong
    by less than one part in a million; see the tests.
    """
    return _MEAN_DIAMETER * asin(min(1.0, chord / _MEAN_DIAMETER))


def miles_to_chord(miles: float) -> float:
    """Straight line below this distance over the ground: the inverse of `chord_to_miles`."""
    return _MEAN_DIAMETER * sin(min(pi / 2, miles / _MEAN_DIAMETER))


def miles_between(a: Point, b: Point) -> float:
    """Distance over the ground, in miles."""
    return chord_to_miles(dist(earth_xyz(a), earth_xyz(b)))


def latitude_span(centre: Point, miles: float) -> tuple[float, float]:
    """Southernmost and northernmost latitude that a circle can reach: never too narrow.

    For circles up to a quarter of the way round the earth, as `longitude_half_span` too.
    """
    # An arc that bends less than a circle has a longer chord (Schur's comparison theorem), so
    # the sharpest meridian gives the largest angle that the chord can stand for.
    chord = _reach(miles)
    reach = degrees(2 * asin(min(1.0, chord / _SHARPEST_MERIDIAN_DIAMETER)))
    return max(-90.0, centre.latitude - reach), min(90.0, centre.latitude + reach)


def longitude_half_span(centre: Point, miles: float, south: float, north: float) -> float:
    """Degrees of longitude either side of the centre that a circle can reach in a latitude row.

    Never too small; 180 where the row may go all the way round; 0 where the circle does not
    reach the row. A row is the latitudes south..north.
    """
    # In distances from the axis r and heights z, the squared chord between two points is
    #     (r1 - r2)^2 + (z1 - z2)^2 + 4 r1 r2 sin^2(half the difference in longitude).
    # The first two terms are least at the row's nearest latitude to the centre, r is least at
    # its nearest latitude to a pole: together they let the last term be as large as it can.
    centre_r, centre_z = _meridian(centre.latitude)
    nearest_r, nearest_z = _meridian(min(max(centre.latitude, south), north))
    left = _reach(miles) ** 2 - (nearest_r - centre_r) ** 2 - (nearest_z - centre_z) ** 2
    if left < 0:
        return 0.0
    narrowest_r, _ = _meridian(min(90.0, max(abs(south), abs(north))))
    most = 4 * narrowest_r * centre_r
    return 180.0 if left >= most else degrees(2 * asin(sqrt(left / most)))


def _reach(miles: float) -> float:
    return miles_to_chord(miles) + _SLACK_MILES


def _meridian(latitude: float) -> tuple[float, float]:
    """Distance from the earth's axis and height above the equator's plane, in miles."""
    phi = radians(latitude)
    sine = sin(phi)
    normal = EQUATORIAL_RADIUS_MILES / sqrt(1 - _ECCENTRICITY_SQUARED * sine * sine)
    return normal * cos(phi), normal * (1 - _ECCENTRICITY_SQUARED) * sine


ROUNDING_MILES: Final = 1e-9
"""Far more than is lost in subtracting coordinates of 4,000 miles."""


class Circle:
    """All places at most so many miles from a centre, with what every row asks of it."""

    __slots__ = ("axis", "chord", "height", "inner", "latitudes", "outer", "point", "xyz")

    def __init__(self, point: Point, miles: float) -> None:
        self.point = point
        self.xyz = earth_xyz(point)
        x, y, self.height = self.xyz
        self.axis = hypot(x, y)
        self.latitudes = latitude_span(point, miles)
        self.chord = miles_to_chord(miles)
        # Squared chords: beyond the outer no home can be inside, up to the inner none outside.
        self.outer = (self.chord + ROUNDING_MILES) ** 2
        self.inner = max(0.0, self.chord - ROUNDING_MILES) ** 2
