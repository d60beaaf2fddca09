"""Answers to searches with needs: three totals, and the nearest homes with their fit."""

from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.meter.timing import Contestant
from benchmarks.peers.answers import METRE, OF_THE_EARTH, Answer, Truth, WrongAnswerError
from benchmarks.peers.arrays import BruteForce, nearest
from benchmarks.peers.board import BoardPeer
from benchmarks.samples.declarations import NEEDS, NO, YES
from benchmarks.samples.homes import Homes, Search
from shared.domain.fit import fit_of
from shared.search_index.board import SearchResults
from shared.search_index.slices import FITS


class NeedsAnswer(NamedTuple):
    """How many homes say yes, ask and no, and the nearest of all: row, miles and fit."""

    totals: tuple[int, int, int]
    nearest: list[tuple[int, float, int]]
    """The fit is its place in the totals."""


class NeedsPeer(Contestant[Search], Protocol):
    """A contestant that answers searches with needs, in order of distance, of every fit."""

    @property
    def tolerance(self) -> float: ...

    def answer(self, search: Search) -> NeedsAnswer: ...

    def close(self) -> None: ...


def columns_of(search: Search) -> list[int]:
    """Return the columns of the needs that a search asks for."""
    return [NEEDS.index(need) for need in search.query.requirements.needs]


def fits_of(homes: Homes, search: Search) -> npt.NDArray[np.int64]:
    """Return the fit of every home by looking at each answer: 0 is yes, 1 ask, 2 no."""
    answers = homes.declarations.answers[:, columns_of(search)]
    no, yes = (answers == NO).any(axis=1), (answers == YES).all(axis=1)
    return np.select([no, yes], [2, 0], 1)


class NeedsTruth:
    """Looks at every home, for every search."""

    def __init__(self, homes: Homes) -> None:
        self._homes, self._truth = homes, Truth(homes)

    def check(self, name: str, search: Search, answer: NeedsAnswer, tolerance: float) -> None:
        """Check a peer's answer. Raises WrongAnswerError."""
        places = [(row, miles) for row, miles, _ in answer.nearest]
        self._truth.check(name, search, Answer(sum(answer.totals), places), tolerance)
        fits = fits_of(self._homes, search)
        for row, _, fit in answer.nearest:
            if fits[row] != fit:
                raise WrongAnswerError(f"{name}: row {row} has the fit {fits[row]}, not {fit}")
        slack = search.miles * tolerance + METRE
        least, most = (
            self._truth.count_by_fit(search, fits, search.miles + side) for side in (-slack, slack)
        )
        for fit, total in enumerate(answer.totals):
            if not least[fit] <= total <= most[fit]:
                raise WrongAnswerError(
                    f"{name}: {total} homes of the fit {fit}, not {least[fit]} to {most[fit]}"
                )


class NeedsBoard:
    """The board that `search` keeps in memory."""

    name = "board"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._board = BoardPeer(homes)

    def ask(self, search: Search) -> SearchResults:
        return self._board.ask(search)

    def answer(self, search: Search) -> NeedsAnswer:
        found = self.ask(search)
        yes, ask, no = (found.totals[fit] for fit in FITS)
        return NeedsAnswer(
            (yes, ask, no),
            [
                (
                    int(each.location_id[2:]) - 1,
                    each.miles,
                    FITS.index(fit_of(each.answers(search.query).values())),
                )
                for each in found.results
            ],
        )

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


class NeedsArrays:
    """Computes every distance and looks at every answer, in numpy."""

    name = "numpy, every home"
    tolerance = OF_THE_EARTH

    def __init__(self, homes: Homes) -> None:
        self._homes, self._places = homes, BruteForce(homes)

    def answer(self, search: Search) -> NeedsAnswer:
        rows, squared = self._places.inside(search)
        fits = fits_of(self._homes, search)[rows]
        yes, ask, no = np.bincount(fits, minlength=3).tolist()
        first = nearest(rows, squared, search.query.limit).nearest
        fit_of_row = dict(zip(rows.tolist(), fits.tolist(), strict=True))
        return NeedsAnswer((yes, ask, no), [(row, miles, fit_of_row[row]) for row, miles in first])

    ask = answer

    def server_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass
