"""Measure how searches grow with homes, with homes far away, and with changes a second."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import search
from benchmarks.meter import stack_table
from benchmarks.meter.in_process import become_a_function
from benchmarks.meter.timing import exponent, time_each
from benchmarks.meter.traffic import count_traffic
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import NOW, Homes, sample_homes, sample_searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from search.response import home_members
from shared.aws.clock import SYSTEM, Clock
from shared.domain.demand import Span
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, ChangeKind
from shared.places import postcodes
from shared.search_index.board import Board
from shared.store import keys
from shared.store.change_log import OVERLAP, Change
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

SIZES: Final = (1_000, 15_000, 100_000, 500_000)
QUICK_SIZES: Final = (1_000, 5_000, 15_000)
RATES: Final = (1, 10, 100)
NEAR: Final = 1_000
FAR_MILES: Final = 150


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure mean costs by size, and fit an exponent to them."""
    sizes = SIZES if scale.is_whole else QUICK_SIZES
    say(f"growth: searches in memory, {sizes} homes")
    tables: Tables = {titles.SEARCH_GROWTH: by_homes(sizes, scale, folder, say)}
    with running(folder / "stack") as stack:
        become_a_function(stack)
        table = of_this_stack()
        say("growth: homes outside the circle")
        tables[titles.FAR_HOMES_GROWTH] = by_homes_far_away(sizes, scale)
        say(f"growth: {RATES} changes a second")
        tables[titles.LOG_GROWTH] = by_changes(table, scale)
    return tables


def by_homes(sizes: Sequence[int], scale: Scale, folder: Path, say: Say) -> Table:
    """Measure every peer in an England that gets more and more crowded."""
    table: Table = {}
    with search.peers(folder, say) as starts:
        for size in sizes:
            homes = sample_homes(size, "england")
            questions = sample_searches(max(50, scale.searches // 5), homes)
            spreads = search.compare(homes, questions, starts, rounds=2)
            for name, spread in spreads.items():
                table.setdefault(name, {})[f"{size:,}"] = spread.mean
    for name, row in table.items():
        table[name] = row | {titles.EXPONENT: exponent(dict(zip(sizes, row.values(), strict=True)))}
    return table


def by_homes_far_away(sizes: Sequence[int], scale: Scale) -> Table:
    """Measure the board and the handler with the same homes near, and ever more far away."""
    from benchmarks.peers.search_function import SearchFunction
    from search.demand_counter import DemandCounter
    from search.handler import build

    near = homes_around_london(NEAR)
    questions = [each.without_age() for each in sample_searches(max(50, scale.searches // 5), near)]
    board = Board(home_members)
    function = SearchFunction(
        build(
            table=of_this_stack(),
            clock=SYSTEM,
            board=board,
            load_postcodes=postcodes.installed,
            search_is_public=True,
            demand=DemandCounter(of_this_stack(), SYSTEM, Span.WEEK),
        )
    )
    function.ask(questions[0])  # loads what the table has, which the homes below replace
    board.clear()
    for at in range(NEAR):
        board.put(near.document(at))
    table: Table = {"board": {}, "search": {}}
    world = sample_homes(2 * max(sizes), "world")
    far = iter(rows_far_from_london(world))
    for size in sizes:
        while len(board) < size:
            at = next(far)
            board.put({**world.document(at), "location_id": f"1-7{at:09}"})
        column = f"{size:,}"
        queries = [each.query for each in questions]
        table["board"][column] = time_each(board.search, queries, scale.rounds).mean
        table["search"][column] = time_each(function.ask, questions, scale.rounds).mean
    for name, row in table.items():
        table[name] = row | {titles.EXPONENT: exponent(dict(zip(sizes, row.values(), strict=True)))}
    return table


def homes_around_london(count: int) -> Homes:
    """Return homes within half a degree or so of London."""
    homes = sample_homes(count, "england")
    dice = np.random.default_rng(1)
    return replace(
        homes,
        latitude=(51.5 + dice.normal(0, 0.3, count)).clip(50.6, 52.4).round(6),
        longitude=(-0.1 + dice.normal(0, 0.4, count)).clip(-1.3, 1.1).round(6),
    )


def rows_far_from_london(world: Homes) -> list[int]:
    """Return the rows of homes that no search around London reaches."""
    degrees = FAR_MILES / 40
    far = (np.abs(world.latitude - 51.5) > degrees) | (np.abs(world.longitude + 0.1) > degrees)
    rows: list[int] = np.flatnonzero(far).tolist()
    return rows


class _NoMemory:
    """A memory that keeps nothing, so that only the reading is timed."""

    def remove(self, subject_id: str) -> None:
        pass

    def clear(self) -> None:
        pass

    def put(self, document: Document, _: str = "") -> None:
        pass


def by_changes(table: DynamoTable, scale: Scale) -> Table:
    """Measure one look at the log, in which all changes of the overlap are read again."""
    homes = sample_homes(1_000, "england")
    result: Table = {
        f"{rate} a second": _look(table, scale, homes, NOW + timedelta(days=rate), rate)
        for rate in RATES
    }
    costs = {rate: row["mean us"] for rate, row in zip(RATES, result.values(), strict=True)}
    result[titles.EXPONENT] = {"mean us": exponent(costs)}
    return result


def _look(
    table: DynamoTable, scale: Scale, homes: Homes, now: datetime, rate: int
) -> dict[str, float]:
    """Measure one look at this moment, after so many changes a second."""
    entries = (_entry(homes, at, now, rate) for at in range(int(OVERLAP.total_seconds() * rate)))
    stack_table.put_items(table.client, table.name, entries)
    clock = Clock(lambda: now, SYSTEM.steady, SYSTEM.pause)
    follower = LogFollower(table, clock, {ChangeKind.HOME: _NoMemory()})
    follower.catch_up()
    follower.catch_up()
    spread = time_each(lambda _: follower.catch_up(), range(20), scale.rounds)
    with count_traffic() as traffic:
        follower.catch_up()
    return {
        "mean us": spread.mean,
        "requests": float(traffic.requests),
        "bytes received": float(traffic.bytes_received),
    }


def _entry(homes: Homes, at: int, now: datetime, rate: int) -> dict[str, Any]:
    previous = homes.document(at % len(homes))
    version = 2 + at // len(homes)
    change = Change(
        ChangeKind.HOME,
        previous["location_id"],
        Action.UPDATED,
        previous,
        {**previous, "version": version},
        "someone",
        "bench",
    )
    item = change.to_item(now - timedelta(seconds=at / rate))
    item.pop(keys.OF_HOME)
    return item
