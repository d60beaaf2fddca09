"""A whole warm search: the Lambda handler against the local stack, the classic design beside it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import boto3

from benchmarks.meter import emulated
from benchmarks.meter.timing import percentile, side_by_side
from benchmarks.meter.traffic import traffic
from benchmarks.peers import cells_table
from benchmarks.peers.answers import Truth
from benchmarks.peers.cells import CLASSIC, FILTERED, LAYERED, Cells
from benchmarks.peers.search_function import Handler
from benchmarks.report.tables import Say, Table, Tables, spread_table
from benchmarks.samples.homes import Homes, Search, homes, searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from shared.search_index.board import Board
from shared.store import keys
from shared.store.change_log import OVERLAP
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

HOMES: Final = 15_000
HOMES_QUICKLY: Final = 5_000
"""They take the emulator most of the time, and the board is measured by itself."""
DESIGNS: Final = (CLASSIC, FILTERED, LAYERED)
DESIGNS_QUICKLY: Final = (CLASSIC, LAYERED)

LAYERS: Final = {
    "search.handler.read_search": "validation: the query string, read strictly",
    "LogFollower.catch_up": "SDK: one Query of the log",
    "Board.search": "search: the board",
    "search.handler.results_json": "rendering",
}
ROUNDED: Final = 0.005
"""Miles: the answer has two decimals."""
WIRE: Final = "warm search, on the wire"
BY_LAYER: Final = "warm search, by layer (mean)"
REST: Final = "resolver and the rest"


class BareQuery:
    """What no search that looks at all can do without: the log's Query, through boto3 as it
    comes. The project's own client is set up to cost less: that is on the project's side."""

    name = "one bare boto3 Query"

    def __init__(self, table: DynamoTable) -> None:
        self._client = boto3.client("dynamodb")
        self._name = table.name

    def ask(self, _: Search) -> object:
        now = datetime.now(UTC)
        return self._client.query(
            TableName=self._name,
            KeyConditionExpression="pk = :day AND sk >= :start",
            ExpressionAttributeValues={
                ":day": {"S": keys.change_day(now)},
                ":start": {"S": keys.stamp(now - OVERLAP)},
            },
            ConsistentRead=True,
        )

    def server_seconds(self) -> float:
        return 0.0


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Processor time against its peers, requests and bytes, and the time of each layer."""
    among = homes(HOMES if scale.part == 1 else HOMES_QUICKLY, "england")
    # Their age is counted from a fixed day, and the handler's clock is today's.
    questions = [each.without_age() for each in searches(max(50, scale.searches // 5), among)]
    say(f"warm search: starting a stack and filling it with {len(among):,} homes")
    with ExitStack() as stack:
        table = stack.enter_context(filled(folder, among))
        say("warm search: filling the classic design's table")
        cells_table.create(among, table)
        designs = DESIGNS if scale.part == 1 else DESIGNS_QUICKLY
        cells = [Cells(design, table) for design in designs]
        for each in cells:
            stack.callback(each.close)
        handler = Handler()
        say("warm search: checking every answer")
        truth = Truth(among)
        wire = {handler.name: on_the_wire(handler, questions, truth, ROUNDED)}
        wire |= {each.name: on_the_wire(each, questions, truth) for each in cells}
        say(f"warm search: {len(questions)} searches")
        spreads = side_by_side([handler, BareQuery(table), *cells], questions, rounds=scale.rounds)
        return {
            "warm search, processor time of the client": spread_table(spreads),
            WIRE: wire,
            BY_LAYER: by_layer(handler, questions),
        }


@contextmanager
def filled(folder: Path, among: Homes) -> Iterator[DynamoTable]:
    """This process as a function of a stack of its own with these homes."""
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        emulated.fill(table, map(among.document, range(len(among))))
        yield table


def on_the_wire(
    peer: Handler | Cells, questions: Sequence[Search], truth: Truth, rounded: float = 0
) -> dict[str, float]:
    """Requests and bytes a search, and that each finds what there is. Raises WrongAnswerError."""
    peer.answer(questions[0])  # which loads the homes where that is still to be done
    requests, received = [], []
    for question in questions:
        with traffic() as seen:
            found = peer.answer(question)
        truth.check(peer.name, question, found, peer.tolerance, rounded)
        requests.append(seen.requests)
        received.append(seen.received)
    requests.sort()
    return {
        "requests p50": percentile(requests, 50),
        "requests p99": percentile(requests, 99),
        "requests max": requests[-1],
        "mean bytes received": sum(received) / len(received),
    }


def by_layer(handler: Handler, questions: Sequence[Search]) -> Table:
    """Mean microseconds of processor time in each layer of the handler."""
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*arguments: Any) -> Any:  # noqa: ANN401
            began = time.process_time()
            try:
                return inner(*arguments)
            finally:
                spent[name] += time.process_time() - began

        return outer

    import search.handler as module

    with ExitStack() as stack:
        for holder, name, layer in (
            (module, "read_search", LAYERS["search.handler.read_search"]),
            (LogFollower, "catch_up", LAYERS["LogFollower.catch_up"]),
            (Board, "search", LAYERS["Board.search"]),
            (module, "results_json", LAYERS["search.handler.results_json"]),
        ):
            stack.enter_context(patch.object(holder, name, timed(layer, getattr(holder, name))))
        began = time.process_time()
        for question in questions:
            handler.ask(question)
        whole = time.process_time() - began
    rest = whole - sum(spent.values())
    return {
        name: {"us": seconds * 1e6 / len(questions), "part of all": seconds / whole}
        for name, seconds in {**spent, REST: rest}.items()
    }
