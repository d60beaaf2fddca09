"""Run deployed functions outside the emulator, each run in a new process, and measure them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3

from layer.build import functions_folder, layer_folder
from local.emulator.process import ROOT
from local.emulator.stack import LocalStack

Json = dict[str, Any]

_CHILD: Final = Path(__file__).with_name("child.py")


class MeasuringError(Exception):
    """A handler did not do what was to be measured. The message says which, and what it logged."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process of a function: its start and its calls."""

    interpreter_ms: float
    """Processor time until Python ran its first line."""
    imports_ms: float
    """Processor time of importing the handler, which creates its clients."""
    calls: Sequence[Json]
    """The figures of each call, in the order of the events."""
    loaded_modules: Sequence[str]
    """Of the watched modules, those that the process had loaded at its end."""
    elapsed_seconds: float

    @property
    def peak_mb(self) -> float:
        """The most memory held up to the end of the first call, which loads everything."""
        peak: float = self.calls[0]["peak_mb"]
        return peak

    @property
    def start_ms(self) -> float:
        """The processor time until the function could take its first event."""
        return self.interpreter_ms + self.imports_ms

    @property
    def first_response_ms(self) -> float:
        """The processor time until the first event was answered."""
        cpu: float = self.calls[0]["cpu_ms"]
        return self.start_ms + cpu


@dataclass(frozen=True, slots=True)
class FunctionRunner:
    """Runs functions with the environment they were deployed with, against the stack's table."""

    stack: LocalStack
    folder: Path
    environments: Mapping[str, Mapping[str, str]]
    """The deployed environment variables of each function."""

    @classmethod
    def of(cls, stack: LocalStack, folder: Path) -> "FunctionRunner":
        """Read the deployed functions of a stack; `folder` takes the reports and logs."""
        client = boto3.client("lambda", **stack.connection)
        environments = {}
        for page in client.get_paginator("list_functions").paginate():
            for each in page["Functions"]:
                name = each["Handler"].split(".")[0]
                environments[name] = dict(each.get("Environment", {}).get("Variables", {}))
        return cls(stack, folder, environments)

    def run(
        self,
        function: str,
        events: Sequence[Json],
        *,
        record: bool,
        watched_modules: Sequence[str] = (),
    ) -> Run:
        """Pass all events to the function in one new process.

        Functions and layer are those that are shipped. With `record`, what each call sends and
        logs is counted, too; without, nothing is in the process that is not on Lambda. Raises
        MeasuringError where a call fails.
        """
        report = self.folder / f"{function}.json"
        request = {
            "function": function,
            "events": list(events),
            "record": record,
            "benchmarks": str(ROOT),
            "watched_modules": list(watched_modules),
        }
        path = [str(functions_folder("here")), str(layer_folder("here") / "python")]
        began = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-B", "-P", str(_CHILD), str(report)],
            env={**self._environment(function), "PYTHONPATH": os.pathsep.join(path)},
            input=json.dumps(request),
            text=True,
            check=False,
        )
        elapsed = time.perf_counter() - began
        log = Path(f"{report}.log").read_text(encoding="utf-8", errors="replace")
        if done.returncode != 0:
            raise MeasuringError(f"{function} did not run:\n{log[-3000:]}")
        run = Run(**json.loads(report.read_text(encoding="utf-8")), elapsed_seconds=elapsed)
        for call in run.calls:
            if call["status"] >= 400:
                raise MeasuringError(f"{function} answered {call['status']}:\n{log[-2000:]}")
            if (call.get("response") or {}).get("batchItemFailures"):
                raise MeasuringError(f"{function} failed:\n{log[-2000:]}")
        return run

    def _environment(self, function: str) -> dict[str, str]:
        return {
            **connection_environment(self.stack),
            **self.environments[function],
            "PATH": os.environ.get("PATH", os.defpath),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": function,
        }


def connection_environment(stack: LocalStack) -> dict[str, str]:
    """Return the environment variables by which AWS clients reach the stack."""
    return {
        "AWS_ENDPOINT_URL": stack.endpoint_url,
        "AWS_ACCESS_KEY_ID": stack.access_key_id,
        "AWS_SECRET_ACCESS_KEY": stack.secret_access_key,
        "AWS_DEFAULT_REGION": stack.region,
        "AWS_REGION": stack.region,
        "NO_PROXY": "127.0.0.1,localhost",
    }


def stop_stack_functions(stack: LocalStack) -> None:
    """Detach the stack's own functions from stream and rules: only measured processes act."""
    functions = boto3.client("lambda", **stack.connection)
    for each in functions.list_event_source_mappings()["EventSourceMappings"]:
        functions.delete_event_source_mapping(UUID=each["UUID"])
    events = boto3.client("events", **stack.connection)
    for rule in events.list_rules()["Rules"]:
        events.disable_rule(Name=rule["Name"])
