"""Slices of the latitude bands: the matches of a search, which may lie in a circle, or do.

Only the homes near the circle's edge have their distances compared one by one.
"""

from collections.abc import Sequence
from math import dist
from typing import Final, TypeAlias

from shared.domain.geo import Circle
from shared.domain.needs import Answer
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, set_bits

FITS: Final = tuple(Answer)
"""The order in which matches are divided; a tuple, because iterating an enumeration is slow."""

Slice: TypeAlias = tuple[LatitudeBand, int, int]
"""A part of a band: the first home's position, and the matches: bit i is home start + i."""

Divided: TypeAlias = tuple[LatitudeBand, int, tuple[int, int, int]]
"""The same with the matches that say yes, ask and no to all requirements, in the order of FITS."""

Near: TypeAlias = list[tuple[float, IndexedHome]]
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
            exact.append((band, start, kept))
    return exact


def of_fits(divided: Sequence[Divided], fits: Sequence[int]) -> list[Slice]:
    """Return the matches with these fits, given by their places in FITS."""
    if len(fits) == 1:
        (fit,) = fits
        return [(band, start, parts[fit]) for band, start, parts in divided if parts[fit]]
    return [(band, start, sum([parts[fit] for fit in fits])) for band, start, parts in divided]


def touching(slices: Sequence[Slice], circle: Circle) -> list[Slice]:
    """Keep what may lie in a smaller circle."""
    fewer = []
    for band, start, matches in slices:
        first, last = band.range_touching(circle)
        if clipped := _clip(matches, start, first, last):
            fewer.append((band, max(start, first), clipped))
    return fewer


def between(divided: Sequence[Divided], inner: Circle | None, circle: Circle) -> list[Divided]:
    """Keep what may lie in a smaller circle, without what surely lies in the inner one."""
    fewer = []
    for band, start, (yes, ask, no) in divided:
        if allowed := _bits(start, *band.range_touching(circle)):
            if inner:
                allowed &= ~_bits(start, *band.range_inside(inner))
            fewer.append((band, start, (yes & allowed, ask & allowed, no & allowed)))
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


def _bits(start: int, first: int, last: int) -> int:
    """Return a number with the bits of homes[first:last]; the lowest bit is home start."""
    first = max(start, first)
    return (1 << last - first) - 1 << first - start if first < last else 0
