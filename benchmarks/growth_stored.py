"""Measure how cold loads, posts and imports grow with the homes in the table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import update
from benchmarks.meter import stack_table
from benchmarks.meter.in_process import become_a_function
from benchmarks.meter.timing import exponent, time_each
from benchmarks.meter.traffic import count_traffic
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import sample_homes
from benchmarks.scale import Scale
from local.emulator.stack import running
from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import ChangeKind
from shared.search_index.board import Board
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

SIZES: Final = (1_000, 15_000, 100_000)
QUICK_SIZES: Final = (1_000, 3_000)
IMPORTS: Final = (1_000, 5_000, 15_000)
QUICK_IMPORTS: Final = (150, 500, 1_500)
"""Numbers of homes that the emulator can import within a minute."""
POSTS: Final = 30


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure processor time of the client by size, and fit an exponent to it."""
    whole = scale.is_whole
    with running(folder / "stack") as stack:
        become_a_function(stack)
        table = of_this_stack()
        return {
            titles.STORED_GROWTH: by_homes_stored(table, SIZES if whole else QUICK_SIZES, say),
            titles.IMPORT_GROWTH: by_homes_imported(
                table, IMPORTS if whole else QUICK_IMPORTS, say
            ),
        }


def by_homes_stored(table: DynamoTable, sizes: Sequence[int], say: Say) -> Table:
    """Measure the load of every home by a new process, and a post by one of them."""
    from update_vacancy.handler import build

    loads: dict[int, float] = {}
    requests: dict[int, float] = {}
    posts: dict[int, float] = {}
    for size in sizes:
        say(f"growth: {size:,} homes in a table")
        homes = sample_homes(size, "england")
        own = stack_table.create_table(table, f"bench-stored-{size}")
        stack_table.put_homes(own, map(homes.document, range(size)))
        board = Board(home_members)
        with count_traffic() as traffic:
            loaded = time_each(partial(_load, own, board), range(1), rounds=1)
        if len(board) != size:
            raise RuntimeError(f"{len(board)} homes were loaded, not {size}")
        handler = build(table=own, clock=SYSTEM)
        posts[size] = time_each(partial(update.post, handler), range(POSTS), rounds=1).mean
        loads[size], requests[size] = loaded.mean / 1e3, traffic.requests
        own.client.delete_table(TableName=own.name)
    return {
        "cold load, client ms": _row(loads),
        titles.COLD_LOAD_REQUESTS: _row(requests),
        "post, mean us": _row(posts),
    }


def by_homes_imported(table: DynamoTable, sizes: Sequence[int], say: Say) -> Table:
    """Measure the import of a directory into a table that has none of its homes."""
    seconds: dict[int, float] = {}
    requests: dict[int, float] = {}
    for size in sizes:
        say(f"growth: an import of {size:,} homes")
        own = stack_table.create_table(table, f"bench-import-{size}")
        homes = sample_homes(max(size, update.FEW_HOMES), "england")
        figures = update.import_directory(own, homes, size)
        seconds[size], requests[size] = figures["client s"], figures["requests"]
        own.client.delete_table(TableName=own.name)
    return {"import, client s": _row(seconds), "import, requests": _row(requests)}


def _load(table: DynamoTable, board: Board, _: int) -> None:
    LogFollower(table, SYSTEM, {ChangeKind.HOME: board}).catch_up()


def _row(costs: dict[int, float]) -> dict[str, float]:
    return {f"{size:,}": cost for size, cost in costs.items()} | {titles.EXPONENT: exponent(costs)}
