"""What a peer answers to a search, and whether that is what looking at every home finds."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.samples.homes import Floats, Homes, Search, Whole, earth_xyz
from shared.domain.geo import chord_to_miles

OF_THE_EARTH: Final = 5e-6
"""How far peers that take the earth for the same ellipsoid may differ, as a part of a distance."""

METRE: Final = 0.0007
"""In miles, and a little more: Redis keeps places to within 0.6 m."""


class Found(NamedTuple):
    """How many there are in all, and the nearest, nearest first: row and miles."""

    total: int
    nearest: list[tuple[int, float]]


class WrongAnswerError(Exception):
    """A peer does not find what there is; its times would mean nothing."""


class Truth:
    """Every home looked at, for every search."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._xyz = earth_xyz(homes.latitude, homes.longitude)
        self._known: tuple[Search, dict[int, float]] | None = None

    def check(
        self, name: str, search: Search, found: Found, tolerance: float, rounded: float = 0
    ) -> None:
        """Raises WrongAnswerError. Distances may differ by that part of themselves and a metre,
        and those shown by what they are rounded to."""
        miles = self._miles(search)
        slack = search.miles * tolerance + METRE
        inside = np.array(list(miles.values()))
        least, most = (int((inside <= search.miles + side).sum()) for side in (-slack, slack))
        if not least <= found.total <= most:
            raise WrongAnswerError(f"{name}: {found.total} homes; {least} to {most} are there")
        rows = [row for row, _ in found.nearest]
        if len(set(rows)) != len(rows) or len(rows) < min(least, search.wanted.limit):
            raise WrongAnswerError(f"{name}: {len(set(rows))} homes shown of {found.total}")
        for (row, said), true in zip(found.nearest, np.sort(inside).tolist(), strict=False):
            # Where homes are almost equally far, either may come first.
            near = true * tolerance + METRE + rounded
            if row not in miles or abs(miles[row] - said) > near or abs(said - true) > 2 * near:
                raise WrongAnswerError(f"{name}: row {row}, {said} miles, where {true} is next")

    def _miles(self, search: Search) -> dict[int, float]:
        """Of every home that fits, wherever it is; kept until another search is asked of."""
        if self._known and self._known[0] is search:
            return self._known[1]
        fitting = np.flatnonzero(fits(self._homes, search))
        centre = earth_xyz(np.array([search.point.latitude]), np.array([search.point.longitude]))
        chords: Floats = np.sqrt(((self._xyz[fitting] - centre) ** 2).sum(axis=1))
        miles = dict(zip(fitting.tolist(), map(chord_to_miles, chords.tolist()), strict=True))
        self._known = search, miles
        return miles


def fits(homes: Homes, search: Search, rows: Whole | slice = slice(None)) -> npt.NDArray[np.bool_]:
    """Which of these rows fit, wherever they are."""
    held: npt.NDArray[np.bool_] = homes.free[rows, search.column] >= search.beds
    if search.bands:
        held &= homes.bands[rows] & search.bands == search.bands
    if search.features:
        held &= homes.features[rows] & search.features == search.features
    if search.rating:
        held &= homes.rating[rows] >= search.rating
    if search.since:
        held &= homes.confirmed[rows] >= search.since
    return held
