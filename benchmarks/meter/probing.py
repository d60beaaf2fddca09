"""Runs the real handlers as deployed to a local stack, each function in a process of its own."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from benchmarks.cost.copies import Copies
from benchmarks.cost.taken import Once, Start, Taken
from layer.build import layer_folder
from local.demo import seed
from local.emulator.process import ROOT
from local.emulator.stack import LocalStack
from local.lambda_events import object_created

Json = dict[str, Any]


class MeasuringError(Exception):
    """A handler did not do what was to be measured; the message says which and what it said."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Runs handlers as deployed: their environment, the layer's packages, the stack's table."""

    stack: LocalStack
    folder: Path
    environments: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, stack: LocalStack, folder: Path) -> "Probe":
        lambda_ = boto3.client("lambda", **stack.connection)
        found = {}
        for page in lambda_.get_paginator("list_functions").paginate():
            for each in page["Functions"]:
                name = each["Handler"].split(".")[0]
                found[name] = dict(each.get("Environment", {}).get("Variables", {}))
        return cls(stack, folder, found)

    def run(self, function: str, events: Sequence[Json]) -> Json:
        """All events in one new process. Raises MeasuringError."""
        result = self.folder / f"{function}.json"
        path = [str(layer_folder("here") / "python"), str(ROOT / "functions"), str(ROOT)]
        environment = {
            **self.environments[function],
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": os.pathsep.join(path),
            "AWS_ENDPOINT_URL": self.stack.endpoint_url,
            "AWS_ACCESS_KEY_ID": self.stack.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.stack.secret_access_key,
            "AWS_DEFAULT_REGION": self.stack.region,
            "AWS_REGION": self.stack.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": function,
            "NO_PROXY": "127.0.0.1,localhost",
        }
        done = subprocess.run(  # noqa: S603 - our own words only
            [sys.executable, "-m", "benchmarks.meter.probe", str(result)],
            cwd=ROOT,
            env=environment,
            input=json.dumps({"function": function, "events": list(events)}),
            text=True,
            check=False,
        )
        printed = result.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        if done.returncode != 0:
            raise MeasuringError(f"{function} did not run:\n{printed[-3000:]}")
        said: Json = json.loads(result.read_text(encoding="utf-8"))
        for call in said["calls"]:
            if call["status"] >= 400:
                raise MeasuringError(f"{function} answered {call['status']}:\n{printed[-2000:]}")
            if (call.get("answer") or {}).get("batchItemFailures"):
                raise MeasuringError(f"{function} failed:\n{printed[-2000:]}")
        return said


def quieten(stack: LocalStack) -> None:
    """Have nothing but the probes act on what is written: no function of the stack itself."""
    lambda_ = boto3.client("lambda", **stack.connection)
    for each in lambda_.list_event_source_mappings()["EventSourceMappings"]:
        lambda_.delete_event_source_mapping(UUID=each["UUID"])
    events = boto3.client("events", **stack.connection)
    for rule in events.list_rules()["Rules"]:
        events.disable_rule(Name=rule["Name"])


def once(probe: Probe, assembly: Path) -> Once:
    """Import the fictional directory twice through the real handler, as an empty council's first.

    Raises MeasuringError.
    """
    stack = probe.stack
    name, content = seed.fictional_directory()
    key = f"directory/{name}"
    boto3.client("s3", **stack.connection).put_object(
        Bucket=stack.import_bucket, Key=key, Body=content
    )
    said = probe.run("import_homes", [object_created(stack.import_bucket, key)] * 2)
    new, known = (Taken.read(call) for call in said["calls"])
    if not new.writes or known.writes:
        raise MeasuringError("the second import of a file was to change nothing")
    count = len(list(Copies(boto3.client("dynamodb", **stack.connection), stack).homes))
    return Once(
        new_home=part(new, count),
        known_home=part(known, count),
        directory_bytes_per_home=len(content) / count,
        import_start=Start(said["init_cpu_ms"], Taken(), said["peak_mb"]),
        site_bytes=site_bytes(assembly),
        metrics=len({name for call in said["calls"] for name in call["metrics"]}),
    )


def part(taken: Taken, count: int) -> Taken:
    """A home's part of what so many took together."""
    return Taken(
        cpu_ms=taken.cpu_ms / count,
        reads=taken.reads / count,
        writes=taken.writes / count,
        bytes_read=taken.bytes_read / count,
        requests={name: each / count for name, each in taken.requests.items()},
        log_bytes=taken.log_bytes / count,
        told_reads=taken.told_reads / count,
        told_writes=taken.told_writes / count,
    )


def site_bytes(assembly: Path) -> float:
    """Of the pages' files, zipped as they travel; 0 where there is no site."""
    assets: set[str] = set()
    for listing in assembly.glob("*.assets.json"):
        files = json.loads(listing.read_text(encoding="utf-8"))["files"]
        assets.update(each["source"]["path"] for each in files.values())
    # The folder may hold assets of earlier writings beside those that are listed.
    found = [each for path in assets for each in (assembly / path).glob("site/**/*")]
    contents = [each.read_bytes() for each in found if each.is_file()]
    return sum(min(len(gzip.compress(each)), len(each)) for each in contents)
