"""Rank the matches of a search: the first of each order, without ranking all where it can.

A slice is a part of a band with the matches in it. Only the homes near the circle's edge have their
distances compared one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from math import dist, sqrt
from typing import Final, NamedTuple

from shared.domain.geo import Circle, chord_to_miles
from shared.domain.needs import Answer
from shared.search_index import bitmaps
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, set_bits
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort, SortKey

NARROWED_TO: Final = 1.3
"""Times the number of results: how many candidates a smaller circle is made to hold."""

NEWEST_DAYS: Final = 31
"""The law asks for an update a month, so nearly every home was confirmed in these days."""


class Slice(NamedTuple):
    """A part of a band: the first home's position, and the matches: bit i is home start + i."""

    band: LatitudeBand
    start: int
    matches: int


Ranked = tuple[float, float, IndexedHome]
"""A SortKey with the home itself for its id: these two sort alike."""

_Primary = Callable[[float, IndexedHome], float]
"""Return the first number of a home's SortKey from its chord."""


def count(slices: Sequence[Slice], circle: Circle) -> int:
    """Count the matches in the circle."""
    total = 0
    origin, chord = circle.xyz, circle.chord
    for band, start, matches in slices:
        first, last = band.range_inside(circle)
        inside = _clip(matches, start, first, last)
        total += inside.bit_count()
        near_edge = matches ^ inside << max(0, first - start)
        coordinates = band.coordinates
        total += sum([dist(coordinates[start + at], origin) <= chord for at in set_bits(near_edge)])
    return total


def all_of(
    by_fit: Mapping[Answer, Sequence[Slice]], circle: Circle, query: SearchQuery
) -> list[Ranked]:
    """Return every match in the circle with its sort key, unsorted."""
    if query.sort is Sort.BEST:
        return _best(by_fit, circle, query, needed=None)
    return _rank(_merged(by_fit), circle, _primary(query))


def first_of(
    by_fit: Mapping[Answer, Sequence[Slice]],
    circle: Circle,
    query: SearchQuery,
    needed: int,
    last_day: int,
) -> list[Ranked]:
    """Return at least as many as needed of the first after the query's `after`, unsorted.

    No home was confirmed after `last_day`, counted from the epoch.
    """
    if query.sort is Sort.BEST:
        return _best(by_fit, circle, query, needed)
    slices = _merged(by_fit)
    if query.sort is Sort.DISTANCE:
        return _nearest(slices, circle, query, needed)
    return _newest(slices, circle, query, needed, last_day)


def after(key: SortKey | None, ranked: list[Ranked]) -> list[Ranked]:
    """Return those that come after a place in the order."""
    return [each for each in ranked if sort_key(each) > key] if key else ranked


def sort_key(ranked: Ranked) -> SortKey:
    """Return the place in the order."""
    primary, chord, home = ranked
    return SortKey(primary, chord, home.location_id)


def _merged(by_fit: Mapping[Answer, Sequence[Slice]]) -> list[Slice]:
    return [each for slices in by_fit.values() for each in slices]


def _primary(query: SearchQuery) -> _Primary:
    if query.sort is Sort.DISTANCE:
        return lambda chord, _: chord
    return lambda _, home: -home.confirmed_seconds


def _nearest(slices: list[Slice], circle: Circle, query: SearchQuery, needed: int) -> list[Ranked]:
    """Return at least as many as needed of the nearest: all of a smaller circle with enough."""
    primary = _primary(query)
    at_most = sum([matches.bit_count() for _, _, matches in slices])
    if not at_most:
        return []
    begin = max(0.0, min(query.after.primary, circle.chord)) if query.after else 0.0
    share = NARROWED_TO * needed / at_most
    while share < 1:
        # As if homes were spread evenly: the ring from `begin` on with this share of the area.
        chord = sqrt(begin**2 + share * (circle.chord**2 - begin**2))
        smaller = Circle(circle.point, chord_to_miles(chord))
        ranked = after(query.after, _rank(_touching(slices, smaller), smaller, primary))
        if len(ranked) >= needed:
            return ranked
        share *= 2
    return after(query.after, _rank(slices, circle, primary))


def _newest(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, last_day: int
) -> list[Ranked]:
    """Return at least as many as needed of the last confirmed: it adds one day at a time."""
    primary = _primary(query)
    ranked: list[Ranked] = []
    first_day = int(-query.after.primary // bitmaps.DAY) if query.after else last_day
    for day in range(first_day, max(0, first_day - NEWEST_DAYS), -1):
        confirmed = bitmaps.confirmed_on(day)
        slices_of_day = [
            Slice(band, start, matches & band.bitmaps.get(confirmed, 0) >> start)
            for band, start, matches in slices
        ]
        ranked += after(query.after, _rank(slices_of_day, circle, primary))
        if len(ranked) >= needed:
            return ranked
    return after(query.after, _rank(slices, circle, primary))


def _best(
    by_fit: Mapping[Answer, Sequence[Slice]],
    circle: Circle,
    query: SearchQuery,
    needed: int | None,
) -> list[Ranked]:
    """Return at least as many as needed of the best, or all: ring by ring, and fit by fit."""
    # Homes that never confirmed have the second 0.
    stale_before = query.stale_before.timestamp() if query.stale_before else 1.0
    wishes = bitmaps.bits_of(query.would_like)
    most = wishes.bit_count()
    classes = 2 * (most + 1)
    ranked: list[Ranked] = []
    inner = -1.0
    rings = [miles for miles in DISTANCE_BANDS if miles < query.radius_miles]
    for number, miles in enumerate([*rings, None]):
        ring = circle if miles is None else Circle(circle.point, miles)
        for place, fit in enumerate(query.fits):
            first = (number * len(query.fits) + place) * classes
            if query.after and first + classes <= query.after.primary:
                continue

            def primary(
                chord: float, home: IndexedHome, *, first: int = first, inner: float = inner
            ) -> float:
                if chord <= inner:
                    return -1.0
                missing = most - (home.answers.yes & wishes).bit_count()
                return first + 2.0 * missing + (home.confirmed_seconds < stale_before)

            slices = _touching(by_fit.get(fit, ()), ring)
            of_ring = [each for each in _rank(slices, ring, primary) if each[0] >= 0]
            ranked += after(query.after, of_ring)
            if needed is not None and len(ranked) >= needed:
                return ranked
        inner = ring.chord
    return ranked


def _touching(slices: Sequence[Slice], circle: Circle) -> list[Slice]:
    """Keep what may lie in a smaller circle."""
    fewer = []
    for band, start, matches in slices:
        first, last = band.range_touching(circle)
        if clipped := _clip(matches, start, first, last):
            fewer.append(Slice(band, max(start, first), clipped))
    return fewer


def _clip(matches: int, start: int, first: int, last: int) -> int:
    """Keep the bits of homes[first:last]; the lowest bit is then the later of start and first."""
    first = max(start, first)
    return matches >> first - start & (1 << last - first) - 1 if first < last else 0


def _rank(slices: Sequence[Slice], circle: Circle, primary: _Primary) -> list[Ranked]:
    """Return the matches in the circle with their sort keys, unsorted."""
    origin, reach = circle.xyz, circle.chord
    return [
        (primary(chord, home := band.homes[start + at]), chord, home)
        for band, start, matches in slices
        for at in set_bits(matches)
        if (chord := dist(band.coordinates[start + at], origin)) <= reach
    ]
