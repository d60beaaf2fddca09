"""Cold starts: from a process's start to its first answer, each function and the naive way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.meter import emulated
from benchmarks.meter.traffic import traffic
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import homes
from benchmarks.scale import Scale
from layer.build import functions_folder, layer_folder
from local.emulator.stack import LocalStack, running
from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import ChangeKind
from shared.search_index.board import Board
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack
from snapshot_homes.save_snapshot import save_snapshot

HOMES: Final = 1_000
MANY_HOMES: Final = 15_000

FUNCTION: Final = """
import json, sys, time
started = time.process_time()
event = json.loads(sys.argv[2])
class Context: pass
context = Context()
context.__dict__ = json.loads(sys.argv[3])
from importlib import import_module
handler = import_module(sys.argv[1] + ".handler").handler
imported = time.process_time()
answer = handler(event, context)
answered = time.process_time()
memory = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "ready": answered,
    "interpreter": started, "imports": imported - started, "first answer": answered - imported,
    "memory": int(memory.split()[1]) / 1024,
    "status": (answer or {}).get("statusCode", 200),
    "loads": sorted({"numpy", "boto3.s3.inject"} & sys.modules.keys()),
}))
"""
"""`python -c` of this with the function's name, an event and a context."""

_IMPORTS = """
import json, time
import boto3
from pydantic import BaseModel
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
"""
_READY = 'print(json.dumps({"ready": time.process_time()}))'
NAIVE: Final = {
    "the same imports, no client": _IMPORTS + _READY,
    "the same imports, clients as usual": _IMPORTS
    + """
dynamodb, s3, sns = boto3.resource("dynamodb"), boto3.client("s3"), boto3.client("sns")
app, logger, metrics = APIGatewayHttpResolver(enable_validation=True), Logger(), Metrics()
"""
    + _READY,
}
"""What a handler's first lines usually are; it has answered nothing yet."""

POSTED: Final = {
    "beds": {
        "general_nursing": {
            "maximum_capacity": 20,
            "occupied": 18,
            "reserved": 0,
            "accepting": 2,
            "not_available": 0,
        }
    }
}

EVENTS: Final[Mapping[str, Any]] = {
    "search": emulated.event("GET", "/vacancies", "near=51.5,-0.1&radius_miles=10"),
    "update_vacancy": emulated.event(
        "PUT", "/homes/1-0000000001/vacancies", body=json.dumps(POSTED)
    ),
    "show_home": emulated.event("GET", "/homes/1-0000000001"),
    "subscribe": emulated.event("GET", "/alerts"),
    # A change of state, which tells nobody anything: that is in the log.
    "notify": {
        "Records": [
            {
                "eventID": "1",
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "dynamodb": {
                    "SequenceNumber": "1",
                    "Keys": {"pk": {"S": "HOME"}, "sk": {"S": "1-0000000001"}},
                    "NewImage": {"pk": {"S": "HOME"}, "sk": {"S": "1-0000000001"}},
                },
            }
        ]
    },
    # A folder is made in the bucket: looked at, and let be.
    "import_homes": {"detail": {"bucket": {"name": "none"}, "object": {"key": "directory/"}}},
}


@dataclass(frozen=True, slots=True)
class Child:
    """A process that has ended: how long it took, and what it said of itself."""

    wall: float
    told: dict[str, Any]

    @property
    def cpu(self) -> float:
        """Processor time until it was ready: its end counts for nobody."""
        ready: float = self.told["ready"]
        return ready


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Every function with 1,000 homes; then memory and cold load with 15,000."""
    rounds = scale.starts
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        among = homes(MANY_HOMES, "england")
        emulated.fill(table, map(among.document, range(HOMES)))
        say(f"cold start: {rounds} times each function, {HOMES:,} homes")
        path = asset()
        tables = {f"cold start, {HOMES:,} homes": starts(stack, path, rounds)}
        say(f"cold load: {MANY_HOMES:,} homes")
        emulated.fill(table, map(among.document, range(HOMES, MANY_HOMES)))
        loads = tables[f"cold load, {MANY_HOMES:,} homes"] = {}
        loads["every home by itself"] = load(stack, path, rounds)
        save_snapshot(table, SYSTEM)
        loads["search"] = load(stack, path, rounds)
    return tables


def asset() -> str:
    """PYTHONPATH as on Lambda: the functions and the layer as they are shipped."""
    return f"{functions_folder('here')}{os.pathsep}{layer_folder('here') / 'python'}"


def starts(stack: LocalStack, path: str, rounds: int) -> Table:
    """Milliseconds, medians; everybody's turn comes once a round."""
    commands = {name: [name, json.dumps(event), _CONTEXT] for name, event in EVENTS.items()}
    taken: dict[str, list[Child]] = {name: [] for name in [*commands, *NAIVE]}
    for _ in range(rounds):
        for name, arguments in commands.items():
            taken[name].append(spawned(stack, path, arguments))
        for name, code in NAIVE.items():
            taken[name].append(spawned(stack, path, [], code))
    naive = median(child.cpu for child in taken[list(NAIVE)[-1]])
    return {name: _row(children, naive) for name, children in taken.items()}


def spawned(stack: LocalStack, path: str, arguments: Sequence[str], code: str = FUNCTION) -> Child:
    """A process of its own, started as Lambda starts one. Raises CalledProcessError."""
    environment = {**emulated.environment(stack), "PYTHONPATH": path, "PATH": os.defpath}
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own words only
        [sys.executable, "-B", "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    wall = time.perf_counter() - began
    told = json.loads(done.stdout.splitlines()[-1])
    if told.get("status", 200) >= 300:
        raise RuntimeError(f"{arguments[:1]} did not answer as it should: {told}")
    return Child(wall, told)


def load(stack: LocalStack, path: str, rounds: int) -> dict[str, float]:
    """As it is now, with a snapshot or without; medians."""
    table = of_this_stack()
    arguments = ["search", json.dumps(EVENTS["search"]), _CONTEXT]
    found = [
        {
            **loaded(table),
            "process MB": (child := spawned(stack, path, arguments)).told["memory"],
            "process start to answer ms": child.cpu * 1e3,
        }
        for _ in range(rounds)
    ]
    return {name: median(each[name] for each in found) for name in found[0]}


def loaded(table: DynamoTable) -> dict[str, float]:
    """What it takes a new process to know every home."""
    board = Board(home_members)
    with traffic() as seen:
        began = time.process_time()
        LogFollower(table, SYSTEM, ChangeKind.HOME, board).catch_up()
        took = time.process_time() - began
    if len(board) != MANY_HOMES:
        raise RuntimeError(f"{len(board)} homes loaded of {MANY_HOMES}")
    return {
        "requests": float(seen.requests),
        "client ms": took * 1e3,
        "MB received": seen.received / 1e6,
    }


def _row(children: Sequence[Child], naive: float) -> dict[str, float]:
    cpu = median(child.cpu for child in children)
    row = {
        "cpu ms": cpu * 1e3,
        "elapsed ms": median(child.wall for child in children) * 1e3,
        "cpu / naive": cpu / naive,
    }
    if "imports" in (told := children[0].told):
        for part in ("interpreter", "imports", "first answer"):
            row[f"{part} ms"] = median(child.told[part] for child in children) * 1e3
        row["MB"] = median(child.told["memory"] for child in children)
        row["numpy or S3 loaded"] = len(told["loads"])
    return row


_CONTEXT = json.dumps(vars(emulated.CONTEXT))
