"""How likely homes still have what a search asks for: a byte for each home of a latitude band.

A home's place among the words of a chance is calculated when a search first wants to know it, and
kept for searches that ask for the same beds as of the same moment. Bytes side by side are read far
faster than the listings of one home after the other.
"""

from typing import Final

from shared.domain.listings import Weighing
from shared.search_index.latitude_bands import LatitudeBand

MOST_KEPT: Final = 32
"""Weighings whose places are kept, the latest: each kind of bed, and any, at two moments. Those of
one take a byte for each home in the bands that were searched."""


class Likelihoods:
    """The places of homes for one weighing, from 0 for the most likely."""

    def __init__(self, weighing: Weighing) -> None:
        """Begin without having weighed any home."""
        self._rank = weighing.ranker()
        self._bands: dict[LatitudeBand, tuple[int, bytearray]] = {}

    def of(self, band: LatitudeBand) -> bytearray:
        """Return for each home of the band one more than its place; 0 where nobody asked yet."""
        version, places = self._bands.get(band, (-1, None))
        if places is None or version != band.version:
            places = bytearray(len(band.homes))
            self._bands[band] = band.version, places
        return places

    def weigh(self, band: LatitudeBand, at: int, places: bytearray) -> int:
        """Weigh one home of a band, and return what `of` has of it from now on."""
        places[at] = 1 + self._rank(band.homes[at].listings)
        return places[at]


class LikelihoodsByWeighing:
    """The places of homes for the latest weighings."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kept: dict[Weighing, Likelihoods] = {}

    def of(self, weighing: Weighing) -> Likelihoods:
        """Return those for a weighing."""
        kept = self._kept.get(weighing)
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            kept = self._kept[weighing] = Likelihoods(weighing)
        return kept
