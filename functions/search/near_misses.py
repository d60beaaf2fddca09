"""Near misses: homes that a search would find if it gave up exactly one thing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.fit import ADMIT_BY, Requirements, fit_of
from shared.domain.geo import miles_to_chord
from shared.domain.needs import Answer
from shared.domain.vocabulary import MAX_DAYS, BedCategory
from shared.search_index.board import Board, Match
from shared.search_index.query import DISTANCE_BANDS, SearchQuery, Sort, SortKey

MOST: Final = 5
"""How many near misses are shown at most."""

LATER: Final = timedelta(days=14)
"""How much longer than the search asks a person may wait for an announced bed."""


class Relaxed(StrEnum):
    """What of the search is given up."""

    REQUIREMENT = "requirement"
    CATEGORY = "category"
    RADIUS = "radius"
    DATE = "date"


class NearMiss(NamedTuple):
    """What is given up, and what that finds besides the results."""

    relaxed: Relaxed
    query: SearchQuery
    """The search without it."""
    total: int
    nearest: Match
    requirement: str | None = None
    """The need, the funding or `admit_by`, where one is given up."""

    @property
    def fit(self) -> Answer:
        """Return what the nearest home says of all that is still asked."""
        return fit_of(self.nearest.answers(self.query).values())


def near_misses(board: Board, query: SearchQuery) -> list[NearMiss]:
    """Return the near misses, those that say yes to all the rest first.

    Of these a home a little farther away, or a bed a little later, comes before one that does not
    have what was asked; then the nearest comes first.
    """
    asked = replace(query, sort=Sort.DISTANCE, after=None, limit=1)
    found = [*_without_a_requirement(board, asked), *_of_another_category(board, asked)]
    found += [*_farther(board, asked), *_later(board, asked)]
    found.sort(key=_order)
    return found[:MOST]


def _order(each: NearMiss) -> tuple[bool, bool, float]:
    is_without = each.relaxed is Relaxed.REQUIREMENT
    return each.fit is not Answer.YES, is_without, each.nearest.miles


def _without_a_requirement(board: Board, query: SearchQuery) -> Iterator[NearMiss]:
    for name in query.requirements.names:
        relaxed = replace(query, requirements=_without(query.requirements, name))
        yield from _found(board, Relaxed.REQUIREMENT, relaxed, query, name)


def _without(requirements: Requirements, name: str) -> Requirements:
    if name == ADMIT_BY:
        return replace(requirements, admit_by=None)
    if name == requirements.funding:
        return replace(requirements, funding=None)
    return replace(requirements, needs=tuple(each for each in requirements.needs if each != name))


def _of_another_category(board: Board, query: SearchQuery) -> Iterator[NearMiss]:
    if query.categories:
        relaxed = replace(query, categories=tuple(BedCategory))
        yield from _found(board, Relaxed.CATEGORY, relaxed, query)


def _farther(board: Board, query: SearchQuery) -> Iterator[NearMiss]:
    """Yield what the next bands of distance have, as soon as one of them has something."""
    edge = miles_to_chord(query.radius_miles)
    beyond = SortKey(edge, edge, "\U0010ffff")
    within = board.search(query).total
    for miles in DISTANCE_BANDS:
        if miles > query.radius_miles:
            relaxed = replace(query, radius_miles=float(miles), after=beyond)
            results = board.search(relaxed)
            if results.results:
                total = results.total - within
                yield NearMiss(Relaxed.RADIUS, relaxed, total, results.results[0])
                return


def _later(board: Board, query: SearchQuery) -> Iterator[NearMiss]:
    farthest = query.today + timedelta(days=MAX_DAYS)
    day: date = min((query.available_by or query.today) + LATER, farthest)
    if not query.include_full:
        yield from _found(board, Relaxed.DATE, replace(query, available_by=day), query)


def _found(
    board: Board,
    relaxed: Relaxed,
    query: SearchQuery,
    besides: SearchQuery,
    requirement: str | None = None,
) -> Iterator[NearMiss]:
    results = board.search(query, besides)
    if results.results:
        yield NearMiss(relaxed, query, results.total, results.results[0], requirement)
