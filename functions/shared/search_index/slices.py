"""Slices of the latitude bands: the matches of a search, which may lie in a circle, or do.

Only the homes near the circle's edge have their distances compared one by one.
"""

from collections.abc import Sequence
from math import dist
from typing import NamedTuple

from shared.domain.geo import Circle
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, set_bits


class Slice(NamedTuple):
    """A part of a band: the first home's position, and the matches: bit i is home start + i."""

    band: LatitudeBand
    start: int
    matches: int


Near = list[tuple[float, IndexedHome]]
"""Homes in a circle with their chords."""


def count(slices: Sequence[Slice], circle: Circle) -> int:
    """Count the matches in the circle."""
    total = 0
    origin, chord = circle.xyz, circle.chord
    for band, start, matches in slices:
        inside = _surely_inside(band, start, matches, circle)
        total += inside.bit_count()
        coordinates = band.coordinates
        near_edge = set_bits(matches ^ inside)
        total += sum([dist(coordinates[start + at], origin) <= chord for at in near_edge])
    return total


def inside(slices: Sequence[Slice], circle: Circle) -> list[Slice]:
    """Keep the matches in the circle."""
    exact = []
    origin, chord = circle.xyz, circle.chord
    for band, start, matches in slices:
        near_edge = set_bits(matches ^ _surely_inside(band, start, matches, circle))
        coordinates = band.coordinates
        outside = [1 << at for at in near_edge if dist(coordinates[start + at], origin) > chord]
        if kept := matches ^ sum(outside):
            exact.append(Slice(band, start, kept))
    return exact


def touching(slices: Sequence[Slice], circle: Circle, inner: Circle | None = None) -> list[Slice]:
    """Keep what may lie in a smaller circle, without what surely lies in the inner one."""
    fewer = []
    for band, start, matches in slices:
        first, last = band.range_touching(circle)
        if clipped := _clip(matches, start, first, last):
            begin = max(start, first)
            if inner:
                clipped ^= _surely_inside(band, begin, clipped, inner)
            fewer.append(Slice(band, begin, clipped))
    return fewer


def homes_in(slices: Sequence[Slice], circle: Circle) -> Near:
    """Return the matches in the circle with their chords."""
    origin, reach = circle.xyz, circle.chord
    return [
        (chord, band.homes[start + at])
        for band, start, matches in slices
        for at in set_bits(matches)
        if (chord := dist(band.coordinates[start + at], origin)) <= reach
    ]


def _surely_inside(band: LatitudeBand, start: int, matches: int, circle: Circle) -> int:
    """Return the matches whose distances need no comparing."""
    first, last = band.range_inside(circle)
    return _clip(matches, start, first, last) << max(0, first - start)


def _clip(matches: int, start: int, first: int, last: int) -> int:
    """Keep the bits of homes[first:last]; the lowest bit is then the later of start and first."""
    first = max(start, first)
    return matches >> first - start & (1 << last - first) - 1 if first < last else 0
