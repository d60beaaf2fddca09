"""Distances agree with a geodesic, and the spans of a circle hold all of it."""

from math import inf, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Geod

from shared.domain.geo import (
    METRES_PER_MILE,
    Point,
    chord_to_miles,
    earth_xyz,
    in_great_britain,
    latitude_span,
    miles_between,
    miles_to_chord,
)

WGS84 = Geod(ellps="WGS84")

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.builds(Point, latitudes, longitudes)
bearings = st.floats(0, 360)
radii = st.floats(0, 100)
millimetre = 0.001 / METRES_PER_MILE


def towards(start: Point, bearing: float, miles: float) -> Point:
    longitude, latitude, _ = WGS84.fwd(
        start.longitude, start.latitude, bearing, miles * METRES_PER_MILE
    )
    return Point(latitude, longitude)


def geodesic_miles(a: Point, b: Point) -> float:
    _, _, metres = WGS84.inv(a.longitude, a.latitude, b.longitude, b.latitude)
    return float(metres) / METRES_PER_MILE


@given(points, bearings, radii)
@example(Point(90, 0), 180, 100)
@example(Point(-90, 77), 0, 50)
@example(Point(89.99, 10), 0, 100)
@example(Point(0, 180), 90, 100)
@example(Point(51.5, -179.9), 270, 30)
@example(Point(0, 0), 0, 100)
@example(Point(50.72, -3.53), 45, 1e-6)
def test_distance_is_the_geodesic_within_a_millionth_up_to_a_hundred_miles(
    start: Point, bearing: float, miles: float
) -> None:
    end = towards(start, bearing, miles)
    geodesic = geodesic_miles(start, end)
    assert miles_between(start, end) == pytest.approx(geodesic, rel=1e-6, abs=millimetre)


@given(st.floats(49.8, 60.9), st.floats(-8.7, 1.8), st.floats(49.8, 60.9), st.floats(-8.7, 1.8))
def test_distance_across_the_country_is_the_geodesic_within_a_ten_thousandth(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> None:
    a, b = Point(latitude, longitude), Point(other_latitude, other_longitude)
    assert miles_between(a, b) == pytest.approx(geodesic_miles(a, b), rel=1e-4, abs=millimetre)


@given(points, points)
def test_distance_is_the_same_both_ways_and_never_more_than_half_way_round(
    a: Point, b: Point
) -> None:
    assert miles_between(a, b) == miles_between(b, a)
    assert 0 <= miles_between(a, b) < 12_440


def test_a_point_at_the_antimeridian_is_at_no_distance_from_itself() -> None:
    assert miles_between(Point(51, 180), Point(51, -180)) < millimetre


def test_exeter_to_bristol_is_as_far_as_the_geodesic_says() -> None:
    royal_devon, southmead = Point(50.7166, -3.5069), Point(51.4959, -2.5916)
    assert miles_between(royal_devon, southmead) == pytest.approx(66.997, abs=0.001)


@given(radii)
def test_miles_and_chords_are_inverse(miles: float) -> None:
    assert chord_to_miles(miles_to_chord(miles)) == pytest.approx(miles, rel=1e-12)


@given(points, points)
def test_shorter_chords_are_shorter_distances(a: Point, b: Point) -> None:
    origin = Point(50.72, -3.53)
    squared_a, squared_b = (
        sum((p - q) ** 2 for p, q in zip(earth_xyz(point), earth_xyz(origin), strict=True))
        for point in (a, b)
    )
    if squared_a < squared_b * (1 - 1e-9):
        assert miles_between(origin, a) <= miles_between(origin, b)


@given(points, radii, bearings, st.floats(0, 1))
@example(Point(89.5, 20), 100, 0, 1)
@example(Point(90, 0), 10, 0, 1)
@example(Point(-88.9, 0), 100, 180, 1)
@example(Point(50.72, 179.99), 50, 90, 1)
@example(Point(0, 0), 100, 0, 1)
@example(Point(0, 0), 0, 0, 0)
def test_no_point_of_a_circle_is_outside_its_latitude_span(
    centre: Point, radius: float, bearing: float, fraction: float
) -> None:
    point = towards(centre, bearing, radius * fraction)
    radius = max(radius, miles_between(centre, point))
    south, north = latitude_span(centre, radius)
    assert south <= point.latitude <= north


def test_a_circle_round_a_pole_reaches_the_pole() -> None:
    assert latitude_span(Point(89.5, 0), 50)[1] == 90


@given(st.floats(49.8, 60.9), st.floats(0.1, 100))
def test_a_latitude_span_is_not_much_wider_than_the_circle(latitude: float, radius: float) -> None:
    centre = Point(latitude, -3.5)
    _, north = latitude_span(centre, radius)
    assert north - centre.latitude < 1.01 * (towards(centre, 0, radius).latitude - latitude)


@pytest.mark.parametrize(
    "point",
    [
        Point(49.86, -6.40),
        Point(60.86, -0.87),
        Point(57.81, -8.65),
        Point(52.48, 1.76),
        Point(50.7166, -3.5069),
    ],
    ids=["Western Rocks", "Out Stack", "St Kilda", "Lowestoft", "Exeter"],
)
def test_the_ends_of_the_country_are_in_great_britain(point: Point) -> None:
    assert in_great_britain(point)


@pytest.mark.parametrize(
    "point",
    [
        Point(-3.5069, 50.7166),
        Point(40.7, -74.0),
        Point(49.7, -3.5),
        Point(61.0, -1.0),
        Point(52, 1.9),
        Point(52, -8.8),
        Point(nan, -3.5),
        Point(50.7, nan),
        Point(inf, -3.5),
        Point(50.7, -inf),
    ],
)
def test_other_countries_nan_and_infinity_are_not_in_great_britain(point: Point) -> None:
    assert not in_great_britain(point)
