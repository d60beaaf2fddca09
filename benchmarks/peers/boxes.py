"""The box of latitudes and longitudes around a circle, for peers whose index holds boxes."""

from math import asin, degrees, sqrt
from typing import Final, NamedTuple

from shared.domain.geo import Point, earth_xyz, latitude_span, miles_to_chord

# A box must also cover the rounding of the distances it is compared with: about 1e-12 miles.
_SLACK_MILES: Final = 1e-9


class Box(NamedTuple):
    """A box in degrees; `west` and `east` may lie beyond the 180th meridian."""

    south: float
    north: float
    west: float
    east: float


def box_around(centre: Point, miles: float) -> Box:
    """Return a box that holds all of a circle, up to a quarter of the way round the earth."""
    south, north = latitude_span(centre, miles)
    half = longitude_half_span(centre, miles, south, north)
    return Box(south, north, centre.longitude - half, centre.longitude + half)


def longitude_half_span(centre: Point, miles: float, south: float, north: float) -> float:
    """Return how many degrees of longitude a circle reaches to either side, between two latitudes.

    It is never too small: 180 if the circle may go all the way round, 0 if it does not reach these
    latitudes at all.
    """
    # In distances from the axis r and heights z, the squared chord between two points is
    #     (r1 - r2)^2 + (z1 - z2)^2 + 4 r1 r2 sin^2(half the difference in longitude).
    # The first two terms are least at the latitude nearest to the centre, and r is least at
    # the latitude nearest to a pole: together they let the last term be as large as possible.
    centre_r, centre_z = _meridian(centre.latitude)
    nearest_r, nearest_z = _meridian(min(max(centre.latitude, south), north))
    chord = miles_to_chord(miles) + _SLACK_MILES
    left = chord**2 - (nearest_r - centre_r) ** 2 - (nearest_z - centre_z) ** 2
    if left < 0:
        return 0.0
    narrowest_r, _ = _meridian(min(90.0, max(abs(south), abs(north))))
    most = 4 * narrowest_r * centre_r
    return 180.0 if left >= most else degrees(2 * asin(sqrt(left / most)))


def _meridian(latitude: float) -> tuple[float, float]:
    """Return the distance from the earth's axis and the height above the equator, in miles."""
    from_axis, _, above_equator = earth_xyz(Point(latitude, 0))
    return from_axis, above_equator
