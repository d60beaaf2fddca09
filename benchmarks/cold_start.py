"""Measure cold starts, from a process's start to its first response, and loads of every home."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.meter import stack_table
from benchmarks.meter.function_process import FunctionRunner, Run, connection_environment
from benchmarks.meter.in_process import become_a_function, request_event
from benchmarks.meter.traffic import count_traffic
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import NOW, sample_homes
from benchmarks.scale import Scale
from layer.build import layer_folder
from local.emulator.stack import LocalStack, running
from local.lambda_events import object_created, stream_batch, stream_record
from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import Action, ChangeKind
from shared.search_index.board import Board
from shared.store.change_log import Change
from shared.store.log_follower import LogFollower
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack
from snapshot_homes.read_homes import read_homes
from snapshot_homes.save_snapshot import save_snapshot

HOMES: Final = 1_000
MANY_HOMES: Final = 15_000
QUICK_MANY_HOMES: Final = 3_000

UNWANTED_MODULES: Final = ("numpy", "boto3.s3.inject")
"""Modules that no function needs, and that would make its start slower."""

_IMPORTS: Final = """
import json, time
import boto3
from pydantic import BaseModel
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
"""
_READY: Final = "print(json.dumps(time.process_time() * 1000))"
USUAL_STARTS: Final = {
    "the same imports, no client": _IMPORTS + _READY,
    "the same imports, clients as usual": _IMPORTS
    + """
dynamodb, s3, sns = boto3.resource("dynamodb"), boto3.client("s3"), boto3.client("sns")
app, logger, metrics = APIGatewayHttpResolver(enable_validation=True), Logger(), Metrics()
"""
    + _READY,
}
"""How handlers usually begin: programs that print their processor time, with no event answered."""

NEW_COUNTS: Final = {
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

_HOME: Final = sample_homes(HOMES, "england").document(0)
CONFIRMATION: Final = Change(
    ChangeKind.HOME,
    _HOME["location_id"],
    Action.CONFIRMED,
    _HOME,
    {**_HOME, "version": 2},
    "someone",
    "benchmark",
).to_item(NOW)
"""A log entry by which nothing opens."""

EVENTS: Final[Mapping[str, Any]] = {
    "search": request_event("GET", "/vacancies", "near=51.5,-0.1&radius_miles=10"),
    "update_vacancy": request_event("PUT", "/homes/1-0000000001/vacancies", body=NEW_COUNTS),
    "show_home": request_event("GET", "/homes/1-0000000001"),
    "subscribe": request_event("GET", "/alerts"),
    "notify": stream_batch(stream_record(CONFIRMATION)),
    # A folder in the bucket, which is no directory.
    "import_homes": object_created("none", "directory/"),
}
"""The first event of each function."""


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure every function with 1,000 homes, then memory and cold load with many."""
    rounds = scale.starts
    count = MANY_HOMES if scale.is_whole else QUICK_MANY_HOMES
    with running(folder / "stack") as stack:
        become_a_function(stack)
        table = of_this_stack()
        homes = sample_homes(count, "england")
        stack_table.put_homes(table, map(homes.document, range(HOMES)))
        say(f"cold start: {rounds} times each function, {HOMES:,} homes")
        runner = FunctionRunner.of(stack, folder)
        tables = {f"cold start, {HOMES:,} homes": starts(runner, rounds)}
        say(f"cold load: {count:,} homes")
        stack_table.put_homes(table, map(homes.document, range(HOMES, count)))
        loads = tables[f"cold load, {count:,} homes"] = {}
        loads["without a snapshot"] = load(runner, table, count, rounds)
        save_snapshot(table, read_homes(table, SYSTEM))
        loads["with a snapshot"] = load(runner, table, count, rounds)
    return tables


def starts(runner: FunctionRunner, rounds: int) -> Table:
    """Measure every function and the usual starts; medians, in milliseconds."""
    runs: dict[str, list[Run]] = {name: [] for name in EVENTS}
    usual: dict[str, list[tuple[float, float]]] = {name: [] for name in USUAL_STARTS}
    # In rounds, so that a disturbance does not hit one of them alone.
    for _ in range(rounds):
        for name, event in EVENTS.items():
            runs[name].append(start(runner, name, event))
        for name, program in USUAL_STARTS.items():
            usual[name].append(start_program(runner.stack, program))
    *_, last = USUAL_STARTS
    naive = median(cpu for cpu, _ in usual[last])
    table = {name: _function_row(each, naive) for name, each in runs.items()}
    for name, times in usual.items():
        cpu, elapsed = (median(column) for column in zip(*times, strict=True))
        table[name] = {"cpu ms": cpu, "elapsed ms": elapsed, "cpu / naive": cpu / naive}
    return table


def start(runner: FunctionRunner, function: str, event: Any) -> Run:  # noqa: ANN401 - any event of Lambda
    """Start a function and have it answer one event. Raises MeasuringError."""
    return runner.run(function, [event], record=False, watched_modules=UNWANTED_MODULES)


def start_program(stack: LocalStack, program: str) -> tuple[float, float]:
    """Run a program that prints its processor time; return that and the elapsed milliseconds."""
    environment = {
        **connection_environment(stack),
        "PYTHONPATH": str(layer_folder("here") / "python"),
        "PATH": os.defpath,
        "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
    }
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own words only
        [sys.executable, "-B", "-c", program], env=environment, stdout=subprocess.PIPE, check=True
    )
    elapsed = time.perf_counter() - began
    cpu_ms: float = json.loads(done.stdout)
    return cpu_ms, elapsed * 1e3


def load(runner: FunctionRunner, table: DynamoTable, homes: int, rounds: int) -> dict[str, float]:
    """Measure how a new process of `search` loads every home, as the table is now; medians."""
    rows = []
    for _ in range(rounds):
        run = start(runner, "search", EVENTS["search"])
        own = {"process MB": run.peak_mb, "process start to answer ms": run.first_response_ms}
        rows.append({**load_here(table, homes), **own})
    return {name: median(row[name] for row in rows) for name in rows[0]}


def load_here(table: DynamoTable, homes: int) -> dict[str, float]:
    """Measure what loading every home takes in this process."""
    board = Board(home_members)
    with count_traffic() as traffic:
        began = time.process_time()
        LogFollower(table, SYSTEM, {ChangeKind.HOME: board}).catch_up()
        cpu = time.process_time() - began
    if len(board) != homes:
        raise RuntimeError(f"{len(board)} homes were loaded, not {homes}")
    return {
        "requests": float(traffic.requests),
        "client ms": cpu * 1e3,
        "MB received": traffic.bytes_received / 1e6,
    }


def _function_row(runs: Sequence[Run], naive_ms: float) -> dict[str, float]:
    cpu = median(run.first_response_ms for run in runs)
    return {
        "cpu ms": cpu,
        "elapsed ms": median(run.elapsed_seconds for run in runs) * 1e3,
        "cpu / naive": cpu / naive_ms,
        "interpreter ms": median(run.interpreter_ms for run in runs),
        "imports ms": median(run.imports_ms for run in runs),
        "first answer ms": median(run.calls[0]["cpu_ms"] for run in runs),
        "MB": median(run.peak_mb for run in runs),
        "numpy or S3 loaded": len(runs[0].loaded_modules),
    }
