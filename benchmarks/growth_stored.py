"""How the cost of what reads or writes the table grows with the homes that it holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final
from unittest.mock import patch

from benchmarks import update
from benchmarks.meter import emulated
from benchmarks.meter.timing import each_took, exponent
from benchmarks.meter.traffic import traffic
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import homes
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
QUICKLY: Final = (1_000, 5_000)
IMPORTS: Final = (1_000, 5_000, 15_000)
IMPORTED_QUICKLY: Final = (150, 500, 1_500)
"""An import is measured where the emulator can take one in within a minute."""
POSTS: Final = 30

STORED: Final = "growth of a cold load and of a post with homes in the table"
IMPORT: Final = "growth of an import with its homes"
REQUESTS: Final = "cold load, requests"
EXPONENT: Final = "exponent"


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Processor time of the client by size, and the exponent fitted to it."""
    whole = scale.part == 1
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        return {
            STORED: by_homes_stored(table, SIZES if whole else QUICKLY, say),
            IMPORT: by_homes_imported(table, IMPORTS if whole else IMPORTED_QUICKLY, say),
        }


def by_homes_stored(table: DynamoTable, sizes: Sequence[int], say: Say) -> Table:
    """A new process's load of every home, and a post by one of them."""
    import update_vacancy.handler as module

    loads: dict[int, float] = {}
    requests: dict[int, float] = {}
    posts: dict[int, float] = {}
    for size in sizes:
        say(f"growth: {size:,} homes in a table")
        among = homes(size, "england")
        own = emulated.own_table(table, f"bench-stored-{size}")
        emulated.fill(own, map(among.document, range(size)))
        board = Board(home_members)
        with traffic() as seen:
            loaded = each_took(
                lambda _, of=own, into=board: LogFollower(  # type: ignore[misc]
                    of, SYSTEM, ChangeKind.HOME, into
                ).catch_up(),
                range(1),
                rounds=1,
            )
        if len(board) != size:
            raise RuntimeError(f"{len(board)} homes loaded of {size}")
        with patch.object(module, "handler", module.build(table=own, clock=SYSTEM)):
            posts[size] = each_took(update.post, range(POSTS), rounds=1).mean
        loads[size], requests[size] = loaded.mean / 1e3, seen.requests
        own.client.delete_table(TableName=own.name)
    return {
        "cold load, client ms": _row(loads),
        REQUESTS: _row(requests),
        "post, mean us": _row(posts),
    }


def by_homes_imported(table: DynamoTable, sizes: Sequence[int], say: Say) -> Table:
    """A directory of so many homes into a table that has none of them."""
    took: dict[int, float] = {}
    requests: dict[int, float] = {}
    for size in sizes:
        say(f"growth: an import of {size:,} homes")
        own = emulated.own_table(table, f"bench-import-{size}")
        found = update.imported(own, homes(max(size, update.BEFORE), "england"), size)
        took[size], requests[size] = found["client s"], found["requests"]
        own.client.delete_table(TableName=own.name)
    return {"import, client s": _row(took), "import, requests": _row(requests)}


def _row(costs: dict[int, float]) -> dict[str, float]:
    return {f"{size:,}": cost for size, cost in costs.items()} | {EXPONENT: exponent(costs)}
