"""A peer's answer to a search, and the check of it against looking at every home."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.samples.homes import Homes, Integers, Search, earth_xyz
from shared.domain.geo import chord_to_miles

OF_THE_EARTH: Final = 5e-6
"""The part of a distance by which peers on the same ellipsoid may differ."""

METRE: Final = 0.0007
"""A metre in miles, and a little more: Redis stores places to within 0.6 m."""


class Answer(NamedTuple):
    """The number of homes in all, and the nearest in order: row and miles."""

    total: int
    nearest: list[tuple[int, float]]


class WrongAnswerError(Exception):
    """A peer does not find what there is, so its times would mean nothing."""


class Truth:
    """Looks at every home, for every search."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._xyz = earth_xyz(homes.latitude, homes.longitude)
        self._cached: tuple[Search, dict[int, float]] | None = None

    def check(
        self, name: str, search: Search, answer: Answer, tolerance: float, rounded: float = 0
    ) -> None:
        """Check a peer's answer. Raises WrongAnswerError.

        Distances may differ by `tolerance`, a part of themselves, and a metre; those in the answer
        also by `rounded`, the miles they are rounded to.
        """
        miles = self._miles(search)
        slack = search.miles * tolerance + METRE
        inside = np.array(list(miles.values()))
        least, most = (int((inside <= search.miles + side).sum()) for side in (-slack, slack))
        if not least <= answer.total <= most:
            raise WrongAnswerError(f"{name}: {answer.total} homes, not {least} to {most}")
        rows = [row for row, _ in answer.nearest]
        if len(set(rows)) != len(rows) or len(rows) < min(least, search.query.limit):
            raise WrongAnswerError(f"{name}: {len(set(rows))} homes on the page, of {answer.total}")
        for (row, claimed), true in zip(answer.nearest, np.sort(inside).tolist(), strict=False):
            # Where homes are almost equally far, either may come first.
            allowed = true * tolerance + METRE + rounded
            if (
                row not in miles
                or abs(miles[row] - claimed) > allowed
                or abs(claimed - true) > 2 * allowed
            ):
                raise WrongAnswerError(f"{name}: row {row} at {claimed} miles, not one at {true}")

    def count_by_fit(self, search: Search, fits_of_homes: Integers, miles: float) -> list[int]:
        """Count the homes within so many miles that meet the filters, by fit: 0, 1 or 2."""
        within = [row for row, each in self._miles(search).items() if each <= miles]
        counts: list[int] = np.bincount(fits_of_homes[within], minlength=3).tolist()
        return counts

    def _miles(self, search: Search) -> dict[int, float]:
        """Return the distance of every home that fits, also outside the circle."""
        if self._cached and self._cached[0] is search:
            return self._cached[1]
        fitting = np.flatnonzero(fits(self._homes, search))
        centre = earth_xyz(np.array([search.point.latitude]), np.array([search.point.longitude]))
        chords = np.sqrt(((self._xyz[fitting] - centre) ** 2).sum(axis=1))
        miles = dict(zip(fitting.tolist(), map(chord_to_miles, chords.tolist()), strict=True))
        self._cached = search, miles
        return miles


def fits(
    homes: Homes, search: Search, rows: Integers | slice = slice(None)
) -> npt.NDArray[np.bool_]:
    """Return which of these rows meet the filters, wherever they are."""
    fitting: npt.NDArray[np.bool_] = homes.free[rows, search.column] >= search.beds
    if search.bands:
        fitting &= homes.bands[rows] & search.bands == search.bands
    if search.needs:
        fitting &= homes.needs[rows] & search.needs == search.needs
    if search.rating:
        fitting &= homes.rating[rows] >= search.rating
    if search.since:
        fitting &= homes.confirmed[rows] >= search.since
    return fitting
