"""The box around a circle holds all of it, and is not much wider."""

from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Geod

from benchmarks.peers.boxes import box_around, longitude_half_span
from shared.domain.geo import METRES_PER_MILE, Point, latitude_span, miles_between

WGS84 = Geod(ellps="WGS84")

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
bearings = st.floats(0, 360)
radii = st.floats(0, 100)


def towards(start: Point, bearing: float, miles: float) -> Point:
    longitude, latitude, _ = WGS84.fwd(
        start.longitude, start.latitude, bearing, miles * METRES_PER_MILE
    )
    return Point(latitude, longitude)


def longitude_apart(a: Point, b: Point) -> float:
    apart = abs(a.longitude - b.longitude) % 360
    return min(apart, 360 - apart)


@given(points, radii, bearings, st.floats(0, 1), st.floats(0, 2), st.floats(0, 1))
@example(Point(89.5, 20), 100, 0, 1, 0.5, 0.5)
@example(Point(89, 20), 60, 0, 0.9999, 0.01, 0.5)
@example(Point(90, 0), 10, 0, 1, 0.1, 0)
@example(Point(-88.9, 0), 100, 180, 1, 1, 1)
@example(Point(50.72, 179.99), 50, 90, 1, 0.02, 0.5)
@example(Point(60, 0), 100, 88.5, 1, 0, 0)
@example(Point(0, 0), 0, 0, 0, 0, 0)
def test_no_point_of_a_circle_is_outside_its_longitude_span(
    centre: Point, radius: float, bearing: float, fraction: float, height: float, place: float
) -> None:
    point = towards(centre, bearing, radius * fraction)
    radius = max(radius, miles_between(centre, point))
    south = point.latitude - height * place
    half_span = longitude_half_span(centre, radius, south, south + height)
    if point.latitude <= south + height:  # it may miss by a rounding
        assert longitude_apart(centre, point) <= half_span


def test_a_circle_round_a_pole_reaches_every_longitude() -> None:
    assert longitude_half_span(Point(89.5, 0), 50, 89, 90) == 180


def test_latitudes_beyond_the_circle_have_no_longitude_span() -> None:
    assert longitude_half_span(Point(50.72, -3.53), 10, 51, 51.1) == 0


@given(st.floats(49.8, 60.9), st.floats(0.1, 100))
def test_a_longitude_span_is_not_much_wider_than_the_circle(latitude: float, radius: float) -> None:
    centre = Point(latitude, -3.5)
    south, north = latitude_span(centre, radius)
    east = towards(centre, 90, radius).longitude - centre.longitude
    narrow = longitude_half_span(centre, radius, latitude, latitude)
    assert east * 0.999 < narrow < east * 1.001
    assert longitude_half_span(centre, radius, south, north) < east * 1.1


def test_a_box_reaches_as_far_to_the_west_as_to_the_east() -> None:
    box = box_around(Point(50.72, -3.53), 10)
    assert box.west + box.east == 2 * -3.53
    assert box.south < 50.72 < box.north
