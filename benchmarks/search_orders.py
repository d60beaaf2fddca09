"""Measure what each order of the results costs in memory, beside the nearest first."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.meter.timing import time_side_by_side
from benchmarks.peers.board import BoardPeer
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import Search, sample_homes, sample_searches
from benchmarks.scale import Scale
from shared.search_index.board import SearchResults
from shared.search_index.query import SearchQuery, Sort

SIZES: Final = (300, 1_000, 15_000)
WIDE_MILES: Final = 50.0


class Ordered:
    """The board, asked for the homes in one order."""

    def __init__(self, board: BoardPeer, sort: Sort) -> None:
        self.name = sort.value
        self._board, self._sort = board, sort

    def ask(self, search: Search) -> SearchResults:
        query = replace(search.query, sort=self._sort)
        return self._board.ask(replace(search, query=query))

    def server_seconds(self) -> float:
        return 0.0


def run(scale: Scale, _folder: Path, say: Say) -> Tables:
    """Measure the sampled searches, and wide ones without filters, which have the most matches."""
    mixed: Table = {}
    wide: Table = {}
    for size in SIZES:
        say(f"orders of the results: {size:,} homes")
        homes = sample_homes(size, "england")
        board = BoardPeer(homes)
        searches = sample_searches(max(50, scale.searches // 5), homes)
        _measure(mixed, board, searches, size, scale)
        _measure(wide, board, list(map(_widened, searches)), size, scale)
    return {
        f"{titles.SEARCH_ORDERS}, mean us": mixed,
        f"{titles.SEARCH_ORDERS}, within {WIDE_MILES:.0f} miles and without filters, mean us": wide,
    }


def _measure(
    table: Table, board: BoardPeer, searches: list[Search], size: int, scale: Scale
) -> None:
    contestants = [Ordered(board, sort) for sort in Sort]
    spreads = time_side_by_side(contestants, searches, rounds=scale.rounds)
    nearest = spreads[Sort.DISTANCE.value]
    for name, spread in spreads.items():
        row = table.setdefault(name, {})
        row[f"{size:,}"] = spread.mean
        row[f"{size:,}, this / distance"] = spread.mean / nearest.mean


def _widened(search: Search) -> Search:
    query = SearchQuery(search.query.centre, WIDE_MILES, limit=search.query.limit)
    return replace(search, query=query)
