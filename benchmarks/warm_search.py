"""Measure a whole warm search, on the local stack, against designs that query DynamoDB cells."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import boto3

from benchmarks.meter import stack_table
from benchmarks.meter.in_process import become_a_function
from benchmarks.meter.timing import percentile, time_side_by_side
from benchmarks.meter.traffic import count_traffic
from benchmarks.peers import cells_table
from benchmarks.peers.answers import Truth
from benchmarks.peers.cells import CLASSIC, FILTERED, LAYERED, Cells
from benchmarks.peers.search_function import SearchFunction
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables, spread_table
from benchmarks.samples.homes import Homes, Search, sample_homes, sample_searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from shared.search_index.board import Board
from shared.store import keys
from shared.store.change_log import OVERLAP
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

HOMES: Final = 15_000
QUICK_HOMES: Final = 3_000
"""Writing them takes most of a quick run, and the board is measured by itself."""
DESIGNS: Final = (CLASSIC, FILTERED, LAYERED)
QUICK_DESIGNS: Final = (CLASSIC, LAYERED)

LOG_LAYER: Final = "the SDK: one Query of the log"
BOARD_LAYER: Final = "the board"
MODULE_LAYERS: Final = {
    "read_search": "validation of the query string",
    "results_json": "rendering",
}
"""The names of functions in the handler's module, and what they do."""
ROUNDING_MILES: Final = 0.005
"""The response has two decimals."""
REST: Final = "resolver and the rest"


class BareQuery:
    """What every search needs that follows the log: one Query, through boto3 as it comes.

    The project's own client is set up to cost less, which is the project's own merit.
    """

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
    """Measure processor time against peers, requests and bytes, and the time of each layer."""
    homes = sample_homes(HOMES if scale.is_whole else QUICK_HOMES, "england")
    # The samples' confirmations are from a fixed day, and the handler's clock is today's.
    questions = [
        each.without_age() for each in sample_searches(max(50, scale.searches // 5), homes)
    ]
    say(f"warm search: starting a stack and filling it with {len(homes):,} homes")
    with ExitStack() as stack:
        table = stack.enter_context(filled_stack(folder, homes))
        say("warm search: filling the classic design's table")
        cells_table.create(homes, table)
        designs = DESIGNS if scale.is_whole else QUICK_DESIGNS
        cells = [Cells(design, table) for design in designs]
        for each in cells:
            stack.callback(each.close)
        function = SearchFunction()
        say("warm search: checking every answer")
        truth = Truth(homes)
        traffic = {function.name: traffic_of(function, questions, truth, ROUNDING_MILES)}
        traffic |= {each.name: traffic_of(each, questions, truth) for each in cells}
        say(f"warm search: {len(questions)} searches")
        spreads = time_side_by_side(
            [function, BareQuery(table), *cells], questions, rounds=scale.rounds
        )
        return {
            titles.WARM_SEARCH: spread_table(spreads),
            titles.WARM_SEARCH_TRAFFIC: traffic,
            titles.WARM_SEARCH_LAYERS: by_layer(function, questions),
        }


@contextmanager
def filled_stack(folder: Path, homes: Homes) -> Iterator[DynamoTable]:
    """Run a stack with these homes, have this process become a function of it, yield its table."""
    with running(folder / "stack") as stack:
        become_a_function(stack)
        table = of_this_stack()
        stack_table.put_homes(table, map(homes.document, range(len(homes))))
        yield table


def traffic_of(
    peer: SearchFunction | Cells,
    questions: Sequence[Search],
    truth: Truth,
    rounded: float = 0,
) -> dict[str, float]:
    """Count requests and bytes of each search, and check its answer. Raises WrongAnswerError."""
    peer.answer(questions[0])  # loads the homes, where that is still to be done
    requests, received = [], []
    for question in questions:
        with count_traffic() as traffic:
            answer = peer.answer(question)
        truth.check(peer.name, question, answer, peer.tolerance, rounded)
        requests.append(traffic.requests)
        received.append(traffic.bytes_received)
    requests.sort()
    return {
        "requests p50": percentile(requests, 50),
        "requests p99": percentile(requests, 99),
        "requests max": requests[-1],
        "mean bytes received": sum(received) / len(received),
    }


def by_layer(function: SearchFunction, questions: Sequence[Search]) -> Table:
    """Measure the mean processor time in each layer of the handler, in microseconds."""
    seconds: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the wrapped function takes
            began = time.process_time()
            try:
                return inner(*arguments)
            finally:
                seconds[name] += time.process_time() - began

        return outer

    import search.handler as module

    layers: list[tuple[Any, str, str]] = [
        (LogFollower, "catch_up", LOG_LAYER),
        (Board, "search", BOARD_LAYER),
        *((module, name, layer) for name, layer in MODULE_LAYERS.items()),
    ]
    with ExitStack() as stack:
        for holder, name, layer in layers:
            stack.enter_context(patch.object(holder, name, timed(layer, getattr(holder, name))))
        began = time.process_time()
        for question in questions:
            function.ask(question)
        whole = time.process_time() - began
    rest = whole - sum(seconds.values())
    return {
        name: {"us": each * 1e6 / len(questions), "part of all": each / whole}
        for name, each in {**seconds, REST: rest}.items()
    }
