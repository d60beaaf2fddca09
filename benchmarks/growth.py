"""How cost grows: with homes, with homes far away, with alerts, with changes a second."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import search
from benchmarks.meter import emulated
from benchmarks.meter.timing import each_took, exponent
from benchmarks.meter.traffic import traffic
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import NOW, Homes, homes, searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from search.response import home_members
from shared.aws.clock import SYSTEM, Clock
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
QUICKLY: Final = (1_000, 5_000, 25_000)
RATES: Final = (1, 10, 100)
NEAR: Final = 1_000
FAR_MILES: Final = 150

SEARCH: Final = "growth of a search in memory with homes, mean us"
FAR: Final = "growth of a warm search with homes outside the circle"
CHANGES: Final = "growth of following the log with changes a second"
EXPONENT: Final = "exponent"


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Mean costs by size, and the exponent fitted to them."""
    sizes = SIZES if scale.part == 1 else QUICKLY
    say(f"growth: searches in memory, {sizes} homes")
    tables: Tables = {SEARCH: by_homes(sizes, scale, folder, say)}
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        say("growth: homes outside the circle")
        tables[FAR] = by_homes_far_away(sizes, scale)
        say(f"growth: {RATES} changes a second")
        tables[CHANGES] = by_changes(table, scale)
    return tables


def by_homes(sizes: Sequence[int], scale: Scale, folder: Path, say: Say) -> Table:
    """Every peer, over England more and more crowded."""
    table: Table = {}
    with search.peers(folder, say) as starts:
        for size in sizes:
            among = homes(size, "england")
            questions = searches(max(50, scale.searches // 5), among)
            spreads = search.compared(among, questions, starts, rounds=2)
            for name, spread in spreads.items():
                table.setdefault(name, {})[f"{size:,}"] = spread.mean
    for name, row in table.items():
        table[name] = row | {EXPONENT: exponent(dict(zip(sizes, row.values(), strict=True)))}
    return table


def by_homes_far_away(sizes: Sequence[int], scale: Scale) -> Table:
    """The handler, with the same homes near and more and more far away."""
    from benchmarks.peers.search_function import Handler
    from search.handler import build

    near = around_london(NEAR)
    questions = [each.without_age() for each in searches(max(50, scale.searches // 5), near)]
    board = Board(home_members)
    function = Handler(
        build(
            table=of_this_stack(),
            clock=SYSTEM,
            board=board,
            load_postcodes=postcodes.installed,
            search_is_public=True,
        )
    )
    function.ask(questions[0])  # loads what the table holds, which the homes below replace
    board.clear()
    for at in range(NEAR):
        board.put(near.document(at))
    table: Table = {"board": {}, "search": {}}
    world = homes(2 * max(sizes), "world")
    far = iter(far_from_london(world))
    for size in sizes:
        while len(board) < size:
            at = next(far)
            board.put({**world.document(at), "location_id": f"1-7{at:09}"})
        column = f"{size:,}"
        asked = [each.wanted for each in questions]
        table["board"][column] = each_took(board.search, asked, scale.rounds).mean
        table["search"][column] = each_took(function.ask, questions, scale.rounds).mean
    for name, row in table.items():
        table[name] = row | {EXPONENT: exponent(dict(zip(sizes, row.values(), strict=True)))}
    return table


def around_london(count: int) -> Homes:
    """Within half a degree or so."""
    among = homes(count, "england")
    dice = np.random.default_rng(1)
    return replace(
        among,
        latitude=(51.5 + dice.normal(0, 0.3, count)).clip(50.6, 52.4).round(6),
        longitude=(-0.1 + dice.normal(0, 0.4, count)).clip(-1.3, 1.1).round(6),
    )


def far_from_london(world: Homes) -> list[int]:
    """Rows farther than any search around there reaches."""
    degrees = FAR_MILES / 40
    far = (np.abs(world.latitude - 51.5) > degrees) | (np.abs(world.longitude + 0.1) > degrees)
    rows: list[int] = np.flatnonzero(far).tolist()
    return rows


class _Nothing:
    """A memory that keeps nothing: what is timed is the reading."""

    def clear(self) -> None:
        pass

    def put(self, document: Document, _: str = "") -> None:
        pass


def by_changes(table: DynamoTable, scale: Scale) -> Table:
    """One look at the log while homes change so often, all changes of the overlap in it."""
    now = NOW
    result: Table = {}
    among = homes(1_000, "england")
    for rate in RATES:
        later = now + timedelta(days=rate)
        entries = (
            _entry(among, at, later, rate) for at in range(int(OVERLAP.total_seconds() * rate))
        )
        emulated.put_all(table, table.name, entries)
        clock = Clock(lambda later=later: later, SYSTEM.steady, SYSTEM.pause)  # type: ignore[misc]
        follower = LogFollower(table, clock, ChangeKind.HOME, _Nothing())
        follower.catch_up()
        follower.catch_up()
        took = each_took(lambda _, f=follower: f.catch_up(), range(20), scale.rounds)  # type: ignore[misc]
        with traffic() as seen:
            follower.catch_up()
        result[f"{rate} a second"] = {
            "mean us": took.mean,
            "requests": float(seen.requests),
            "bytes received": float(seen.received),
        }
    costs = {rate: row["mean us"] for rate, row in zip(RATES, result.values(), strict=True)}
    result[EXPONENT] = {"mean us": exponent(costs)}
    return result


def _entry(among: Homes, at: int, now: Any, rate: int) -> dict[str, Any]:  # noqa: ANN401
    was = among.document(at % len(among))
    version = 2 + at // len(among)
    change = Change(
        ChangeKind.HOME,
        was["location_id"],
        Action.UPDATED,
        was,
        {**was, "version": version},
        "somebody",
        "bench",
    )
    item = change.to_item(now - timedelta(seconds=at / rate))
    item.pop(keys.OF_HOME)
    return item
