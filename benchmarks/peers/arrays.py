"""Homes in numpy arrays: all of them, or only those that a k-d tree finds."""

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.peers.answers import OF_THE_EARTH, Answer, fits
from benchmarks.samples.homes import Homes, Integers, Search, earth_xyz
from benchmarks.samples.towns import Floats
from shared.domain.geo import EQUATORIAL_RADIUS_MILES, FLATTENING, miles_to_chord
from shared.domain.geo import earth_xyz as xyz_of

_DIAMETER = 2 * EQUATORIAL_RADIUS_MILES * (1 - FLATTENING / 3)


class BruteForce:
    """Computes every distance, for every search."""

    name = "numpy, every home"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._xyz = earth_xyz(homes.latitude, homes.longitude)

    def answer(self, search: Search) -> Answer:
        rows, squared = self.inside(search)
        return nearest(rows, squared, search.query.limit)

    ask = answer

    def inside(self, search: Search) -> tuple[Integers, Floats]:
        """Return the homes in the circle that meet the filters, with their squared chords."""
        squared = ((self._xyz - xyz_of(search.point)) ** 2).sum(axis=1)
        inside = squared <= miles_to_chord(search.miles) ** 2
        rows = np.flatnonzero(inside & fits(self._homes, search))
        return rows, squared[rows]

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


class KDTree:
    """Finds points in space with scipy's cKDTree, then filters."""

    name = "scipy cKDTree"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._xyz = earth_xyz(homes.latitude, homes.longitude)
        self._tree = cKDTree(self._xyz)

    def answer(self, search: Search) -> Answer:
        centre = xyz_of(search.point)
        rows = np.array(
            self._tree.query_ball_point(centre, miles_to_chord(search.miles)), dtype=np.int64
        )
        rows = rows[fits(self._homes, search, rows)]
        squared = ((self._xyz[rows] - centre) ** 2).sum(axis=1)
        return nearest(rows, squared, search.query.limit)

    ask = answer

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


def nearest(rows: Integers, squared: Floats, limit: int) -> Answer:
    """Return how many homes there are, and the nearest in order."""
    total = len(rows)
    if total > limit:
        first = np.argpartition(squared, limit)[:limit]
        rows, squared = rows[first], squared[first]
    order = np.argsort(squared)
    miles = _DIAMETER * np.arcsin(np.sqrt(squared[order]) / _DIAMETER)
    return Answer(total, list(zip(rows[order].tolist(), miles.tolist(), strict=True)))
