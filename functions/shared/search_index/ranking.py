"""Count the matches of a search, and find the first of them, without looking at every home."""

from math import dist, sqrt
from typing import Final

from shared.domain.geo import Circle, chord_to_miles
from shared.search_index import bitmaps
from shared.search_index.filters import ConfirmedSince
from shared.search_index.latitude_bands import IndexedHome, LatitudeBand, set_bits
from shared.search_index.query import SearchQuery, Sort, SortKey

NARROWED_TO: Final = 1.3
"""Times the number of results: how many candidates a smaller circle is made to hold."""

NEWEST_DAYS: Final = 31
"""The law asks for an update a month, so nearly every home was confirmed in these days."""

Slice = tuple[LatitudeBand, int, int]
"""A part of a band: the first home's position and the matches, whose bit i is home start + i."""

Ranked = tuple[float, float, IndexedHome]
"""A SortKey with the home itself for its id: these two sort alike."""


def count(slices: list[Slice], circle: Circle) -> int:
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


def rank(slices: list[Slice], circle: Circle, query: SearchQuery) -> list[Ranked]:
    """Return the matches in the circle with their sort keys, unsorted."""
    origin, reach = circle.xyz, circle.chord
    ranked = [
        (chord, chord, band.homes[start + at])
        for band, start, matches in slices
        for at in set_bits(matches)
        if (chord := dist(band.coordinates[start + at], origin)) <= reach
    ]
    if query.sort is Sort.DISTANCE:
        return ranked
    if query.sort is Sort.CURRENT_FIRST:
        # Homes that never confirmed have the second 0.
        limit = query.stale_before.timestamp() if query.stale_before else 1.0
        return [(float(home.confirmed_seconds < limit), chord, home) for _, chord, home in ranked]
    return [(-home.confirmed_seconds, chord, home) for _, chord, home in ranked]


def after_key(key: SortKey | None, ranked: list[Ranked]) -> list[Ranked]:
    """Keep what comes after a place in the order."""
    return [each for each in ranked if sort_key(each) > key] if key else ranked


def sort_key(ranked: Ranked) -> SortKey:
    """Return a home's place in the order."""
    primary, chord, home = ranked
    return SortKey(primary, chord, home.location_id)


def select(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, last_day: int
) -> list[Ranked]:
    """Return at least as many as needed of the first in the query's order, or all, unsorted.

    No home was confirmed after `last_day`, counted from the epoch.
    """
    if query.sort is Sort.DISTANCE:
        begin = query.after.primary if query.after else 0.0
        return _nearest(slices, circle, query, needed, begin)
    if query.sort is Sort.FRESHNESS:
        return _newest(slices, circle, query, needed, last_day)
    return _current_first(slices, circle, query, needed, last_day)


def _nearest(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, begin: float
) -> list[Ranked]:
    """Return at least as many as needed of the nearest: all of a smaller circle with enough.

    The query's `after` leaves out what is nearer than `begin`, a chord.
    """
    begin = max(0.0, min(begin, circle.chord))
    at_most = sum([matches.bit_count() for _, _, matches in slices])
    share = NARROWED_TO * needed / max(1, at_most)
    while share < 1:
        # As if homes were spread evenly: the ring from `begin` on with this share of the area.
        chord = sqrt(begin**2 + share * (circle.chord**2 - begin**2))
        smaller = Circle(circle.point, chord_to_miles(chord))
        fewer = []
        for band, start, matches in slices:
            first, last = band.range_touching(smaller)
            if clipped := _clip(matches, start, first, last):
                fewer.append((band, max(start, first), clipped))
        ranked = after_key(query.after, rank(fewer, smaller, query))
        if len(ranked) >= needed:
            return ranked
        share *= 2
    return after_key(query.after, rank(slices, circle, query))


def _newest(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, last_day: int
) -> list[Ranked]:
    """Return at least as many as needed of the last confirmed: it adds one day at a time."""
    key = query.after
    ranked: list[Ranked] = []
    first = int(-key.primary // bitmaps.DAY) if key else last_day
    for day in range(first, max(0, first - NEWEST_DAYS), -1):
        confirmed = bitmaps.confirmed_on(day)
        slices_of_day = [
            (band, start, matches & band.bitmaps.get(confirmed, 0) >> start)
            for band, start, matches in slices
        ]
        ranked += after_key(key, rank(slices_of_day, circle, query))
        if len(ranked) >= needed:
            return ranked
    return after_key(key, rank(slices, circle, query))


def _current_first(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, last_day: int
) -> list[Ranked]:
    """Return at least as many as needed: the nearest current homes, then the nearest stale."""
    if query.stale_before is None:  # no bitmap has all homes that ever confirmed
        return after_key(query.after, rank(slices, circle, query))
    confirmed = ConfirmedSince(query.stale_before.timestamp(), last_day)
    groups: tuple[list[Slice], list[Slice]] = ([], [])
    for band, start, matches in slices:
        current = confirmed.matches(band, matches << start) >> start
        groups[0].append((band, start, current))
        groups[1].append((band, start, matches ^ current))
    key = query.after
    ranked: list[Ranked] = []
    for primary, group in enumerate(groups):
        if len(ranked) < needed and not (key and key.primary > primary):
            begin = key.chord if key and key.primary == primary else 0.0
            ranked += _nearest(group, circle, query, needed - len(ranked), begin)
    return ranked


def _clip(matches: int, start: int, first: int, last: int) -> int:
    """Keep the bits of homes[first:last]; the lowest bit is then the later of start and first."""
    first = max(start, first)
    return matches >> first - start & (1 << last - first) - 1 if first < last else 0
