"""Rank the matches of a search: the first of each order, without ranking all where it can."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from math import dist, sqrt
from typing import Final

from shared.domain.geo import Circle, miles_to_chord
from shared.domain.listings import RANKS
from shared.domain.needs import Answer
from shared.search_index import bitmaps
from shared.search_index.latitude_bands import IndexedHome, set_bits
from shared.search_index.likelihoods import LikelihoodsByWeighing
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort, SortKey
from shared.search_index.slices import (
    FITS,
    Divided,
    Near,
    Slice,
    between,
    homes_in,
    of_fits,
    touching,
)

NARROWED_TO: Final = 1.3
"""Times the number of results: how many candidates a smaller circle is made to hold."""

BEGIN_WITHIN: Final = 0.5
"""Times the radius that would hold enough if homes were spread evenly: bands of distance up to it
are ranked together, because they rarely have enough one by one."""

NEWEST_DAYS: Final = 31
"""The law asks for an update a month, so nearly every home was confirmed in these days."""

_RINGS: Final = [miles_to_chord(miles) for miles in DISTANCE_BANDS]
"""The outer edge of each band of distance, as a chord."""

Ranked = tuple[float, float, IndexedHome]
"""A SortKey with the home itself for its id: these two sort alike."""

_Keyed = Callable[[Near], list[Ranked]]
"""Adds the first number of its SortKey to each home."""


def all_of(
    divided: Sequence[Divided],
    circle: Circle,
    query: SearchQuery,
    likelihoods: LikelihoodsByWeighing,
) -> tuple[list[int], list[Ranked]]:
    """Count the matches in the circle by fit, and return those of the query's fits, unsorted."""
    totals: list[int] = []
    ranked: list[Ranked] = []
    best = _Best(query, likelihoods) if query.sort is Sort.BEST else None
    for place, fit in enumerate(FITS):
        slices = of_fits(divided, [place])
        if not slices:
            totals.append(0)
        elif best and fit in query.fits:
            of_fit = best.ranked_in(slices, circle, fit)
            totals.append(len(of_fit))
            ranked += of_fit
        else:
            near = homes_in(slices, circle)
            totals.append(len(near))
            if fit in query.fits:
                ranked += _keyed(query)(near)
    return totals, after(query.after, ranked)


def first_of(
    divided: Sequence[Divided],
    circle: Circle,
    query: SearchQuery,
    needed: int,
    last_day: int,
    likelihoods: LikelihoodsByWeighing,
) -> list[Ranked]:
    """Return at least as many as needed of the first after the query's `after`, unsorted.

    No home was confirmed after `last_day`, counted from the epoch.
    """
    if query.sort is Sort.BEST:
        return _best(divided, circle, query, needed, likelihoods)
    slices = of_fits(divided, [FITS.index(fit) for fit in query.fits])
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


def _keyed(query: SearchQuery) -> _Keyed:
    if query.sort is Sort.DISTANCE:
        return lambda near: [(chord, chord, home) for chord, home in near]
    return lambda near: [(-home.confirmed_seconds, chord, home) for chord, home in near]


def _nearest(slices: list[Slice], circle: Circle, query: SearchQuery, needed: int) -> list[Ranked]:
    """Return at least as many as needed of the nearest: all of a smaller circle with enough."""
    keyed = _keyed(query)
    at_most = sum([matches.bit_count() for _, _, matches in slices])
    if not at_most:
        return []
    begin = max(0.0, min(query.after.primary, circle.chord)) if query.after else 0.0
    share = NARROWED_TO * needed / at_most
    while share < 1:
        # As if homes were spread evenly: the ring from `begin` on with this share of the area.
        smaller = circle.smaller(sqrt(begin**2 + share * (circle.chord**2 - begin**2)))
        ranked = after(query.after, keyed(homes_in(touching(slices, smaller), smaller)))
        if len(ranked) >= needed:
            return ranked
        share *= 2
    return after(query.after, keyed(homes_in(slices, circle)))


def _newest(
    slices: list[Slice], circle: Circle, query: SearchQuery, needed: int, last_day: int
) -> list[Ranked]:
    """Return at least as many as needed of the last confirmed: it adds one day at a time."""
    keyed = _keyed(query)
    ranked: list[Ranked] = []
    first_day = int(-query.after.primary // bitmaps.DAY) if query.after else last_day
    for day in range(first_day, max(0, first_day - NEWEST_DAYS), -1):
        confirmed = bitmaps.confirmed_on(day)
        slices_of_day = [
            (band, start, matches & band.bitmaps.get(confirmed, 0) >> start)
            for band, start, matches in slices
        ]
        ranked += after(query.after, keyed(homes_in(slices_of_day, circle)))
        if len(ranked) >= needed:
            return ranked
    return after(query.after, keyed(homes_in(slices, circle)))


class _Best:
    """The classes of `Sort.BEST`: by band of distance, then fit, then wishes, then likelihood."""

    def __init__(self, query: SearchQuery, likelihoods: LikelihoodsByWeighing) -> None:
        """Prepare the numbers of the classes."""
        self._likelihoods = likelihoods.of(query.weighing)
        self._wishes = bitmaps.bits_of(query.would_like) if query.would_like else 0
        self._most = self._wishes.bit_count()
        self._fits = query.fits
        self._of_fit = float(RANKS * (self._most + 1))
        self._of_ring = self._of_fit * len(query.fits)

    def first(self, ring: int, fit: Answer) -> float:
        """Return the first class of homes with this fit in a band of distance."""
        return ring * self._of_ring + self._fits.index(fit) * self._of_fit

    def last(self, ring: int, fit: Answer) -> float:
        """Return the last class of such homes."""
        return self.first(ring, fit) + self._of_fit - 1

    def ranked_in(self, slices: Sequence[Slice], circle: Circle, fit: Answer) -> list[Ranked]:
        """Return the homes of slices with this fit in the circle."""
        first, of_ring, likelihoods = self.first(0, fit) - 1, self._of_ring, self._likelihoods
        origin, reach, weigh = circle.xyz, circle.chord, likelihoods.weigh
        ranked = [
            (
                bisect_left(_RINGS, chord) * of_ring
                + first
                + (places[start + at] or weigh(band, start + at, places)),
                chord,
                band.homes[start + at],
            )
            for band, start, matches in slices
            for places in (likelihoods.of(band),)
            for at in set_bits(matches)
            if (chord := dist(band.coordinates[start + at], origin)) <= reach
        ]
        return self._wished(ranked) if self._wishes else ranked

    def _wished(self, ranked: list[Ranked]) -> list[Ranked]:
        """Put homes that do not have what is wished for into the classes after."""
        wishes, most = self._wishes, self._most
        return [
            (primary + RANKS * (most - (home.answers.yes & wishes).bit_count()), chord, home)
            for primary, chord, home in ranked
        ]


def _best(
    divided: Sequence[Divided],
    circle: Circle,
    query: SearchQuery,
    needed: int,
    likelihoods: LikelihoodsByWeighing,
) -> list[Ranked]:
    """Return at least as many as needed of the best, or all: ring by ring, and fit by fit."""
    best = _Best(query, likelihoods)
    ranked: list[Ranked] = []
    inner: Circle | None = None
    places = [FITS.index(fit) for fit in query.fits]
    edges = [chord for chord in _RINGS if chord < circle.chord]
    at_most = sum([matches.bit_count() for _, _, matches in of_fits(divided, places)])
    begin = BEGIN_WITHIN * circle.chord * sqrt(needed / max(at_most, needed))
    for number, edge in enumerate([*edges, circle.chord]):
        if edge < begin:
            continue
        ring = circle.smaller(edge)
        in_ring = between(divided, inner, ring)
        for fit, place in zip(query.fits, places, strict=True):
            if query.after and best.last(number, fit) < query.after.primary:
                continue
            slices = of_fits(in_ring, [place])
            of_fit = best.ranked_in(slices, ring, fit)
            if inner:
                of_fit = [each for each in of_fit if each[1] > inner.chord]
            ranked += after(query.after, of_fit)
            if len(ranked) >= needed and (inner or fit is query.fits[-1]):
                return ranked
        inner = ring
    return ranked
