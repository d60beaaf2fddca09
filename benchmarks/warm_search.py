"""A whole warm search: the Lambda handler against the local stack, the classic design beside it."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urlencode

from benchmarks import emulated
from benchmarks.counting import traffic
from benchmarks.peers.answers import OF_THE_EARTH, Found, Truth
from benchmarks.peers.cells import Cells
from benchmarks.places import Homes, Search, homes, searches
from benchmarks.report import Say, Table, Tables, spread_table
from benchmarks.scale import Scale
from benchmarks.timing import side_by_side
from local.stack import running
from shared import keys
from shared.changes import OVERLAP
from shared.table import Table as DynamoTable
from shared.table import of_this_stack

HOMES: Final = 15_000
HOMES_QUICKLY: Final = 5_000
"""They take the emulator most of the time, and the board is measured by itself."""

LAYERS: Final = {
    "search.handler.read": "validation: the query string, read strictly",
    "search.handler.follower.catch_up": "SDK: one Query of the log",
    "search.handler.board.search": "search: the board",
    "search.handler.rendered": "rendering",
}
ROUNDED: Final = 0.005
"""Miles: the answer has two decimals."""
REST: Final = "resolver and the rest"


class Handler:
    """`search` as Lambda calls it."""

    name = "search"
    tolerance = OF_THE_EARTH

    def __init__(self) -> None:
        import search.handler

        self._module = search.handler

    def ask(self, question: Search) -> dict[str, Any]:
        answer: dict[str, Any] = self._module.handler(
            emulated.event("GET", "/vacancies", query_string(question)),
            emulated.CONTEXT,
        )
        return answer

    def answer(self, question: Search) -> Found:
        body = json.loads(self.ask(question)["body"])
        nearest = [(int(each["location_id"][2:]) - 1, each) for each in body["results"]]
        return Found(body["total"], [(row, each["distance_miles"]) for row, each in nearest])

    def server_seconds(self) -> float:
        return 0.0


class BareQuery:
    """What no search that looks at all can do without: the log's Query, through boto3."""

    name = "one bare boto3 Query"

    def __init__(self, table: DynamoTable) -> None:
        self._table = table

    def ask(self, _: Search) -> object:
        now = datetime.now(UTC)
        return self._table.client.query(
            TableName=self._table.name,
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
        cells = Cells(among, table)
        stack.callback(cells.close)
        handler = Handler()
        _check(among, questions, handler, cells)
        say(f"warm search: {len(questions)} searches")
        spreads = side_by_side([handler, BareQuery(table), cells], questions, rounds=scale.rounds)
        return {
            "warm search, processor time of the client": spread_table(spreads),
            "warm search, on the wire": {
                each.name: on_the_wire(each.ask, questions) for each in (handler, cells)
            },
            "warm search, by layer (mean)": by_layer(handler, questions),
        }


@contextmanager
def filled(folder: Path, among: Homes) -> Iterator[DynamoTable]:
    """This process as a function of a stack of its own with these homes."""
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        emulated.fill(table, map(among.document, range(len(among))))
        yield table


def on_the_wire(ask: Callable[[Search], object], questions: Sequence[Search]) -> dict[str, float]:
    """Requests and bytes a search."""
    requests, received = [], []
    for question in questions:
        with traffic() as seen:
            ask(question)
        requests.append(seen.requests)
        received.append(seen.received)
    requests.sort()
    return {
        "requests p50": float(requests[len(requests) // 2]),
        "requests p99": float(requests[-1 - len(requests) // 100]),
        "requests max": float(requests[-1]),
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

    follower, board = module.follower, module.board
    with ExitStack() as stack:
        for holder, name, layer in (
            (module, "read", LAYERS["search.handler.read"]),
            (follower, "catch_up", LAYERS["search.handler.follower.catch_up"]),
            (board, "search", LAYERS["search.handler.board.search"]),
            (module, "rendered", LAYERS["search.handler.rendered"]),
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


def query_string(question: Search) -> str:
    """The same search as a client writes it."""
    wanted = question.wanted
    asked: dict[str, object] = {
        "near": f"{wanted.centre.latitude:.6f},{wanted.centre.longitude:.6f}",
        "radius_miles": f"{wanted.radius_miles:.6f}",
        "limit": wanted.limit,
    }
    if wanted.categories:
        asked |= {"category": wanted.categories[0], "beds": wanted.beds}
    if wanted.service_user_bands:
        asked["service_user_band"] = wanted.service_user_bands[0]
    if wanted.features:
        asked["feature"] = wanted.features[0]
    if wanted.min_rating:
        asked["min_rating"] = wanted.min_rating
    return urlencode(asked)


def _check(among: Homes, questions: Sequence[Search], handler: Handler, cells: Cells) -> None:
    truth = Truth(among)
    for question in questions:
        truth.check(cells.name, question, cells.answer(question), cells.tolerance)
        truth.check(handler.name, question, handler.answer(question), handler.tolerance, ROUNDED)
