"""Measure every action of councils of several sizes: `python -m benchmarks.cost.measure`.

Deploys the council of council.toml to a local stack of its own, calls the real handlers, and writes
measurements.json.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import boto3

from benchmarks.cost import measurements
from benchmarks.cost.actions import IMPORT_FUNCTION
from benchmarks.cost.council_actions import CouncilActions
from benchmarks.cost.council_homes import CouncilHomes
from benchmarks.cost.measurements import (
    Consumption,
    ImportMeasurement,
    Measurements,
    SizeMeasurement,
    Start,
)
from benchmarks.cost.month import alerts_of
from benchmarks.cost.template import COUNCIL, read_assembly
from benchmarks.cost.usage import read_usage
from benchmarks.meter import machine
from benchmarks.meter.function_process import (
    FunctionRunner,
    MeasuringError,
    stop_stack_functions,
)
from infra.council.load import SettingsError
from local.demo import seed
from local.demo.seed import SeedError
from local.emulator.assembly import SynthError, assembly
from local.emulator.deploy import DeployError
from local.emulator.process import EmulatorError
from local.emulator.stack import running
from local.lambda_events import object_created
from shared.aws.import_files import ImportBucket
from shared.aws.import_keys import directory_key

Json = dict[str, Any]
Say = Callable[[str], object]

SIZES: Final = (50, 300, 1_000, 15_000)


def measure(sizes: Sequence[int], alerts: Callable[[int], int], say: Say) -> Measurements:
    """Deploy a stack and measure it with each number of homes; `alerts` gives those of a size.

    Raises MeasuringError, and what a deployment raises.
    """
    say("writing the council's template")
    template = read_assembly(assembly(COUNCIL))
    with TemporaryDirectory() as folder, running(Path(folder) / "stack", say=say) as stack:
        stop_stack_functions(stack)
        runner = FunctionRunner.of(stack, Path(folder))
        say("measuring an import")
        imports = measure_import(runner)
        return Measurements(
            measured_on=datetime.now(UTC).date(),
            machine=machine.description(),
            template=template,
            imports=imports,
            sizes=tuple(measure_sizes(runner, sizes, alerts, say)),
        )


def measure_import(runner: FunctionRunner) -> ImportMeasurement:
    """Import the fictional directory twice into an empty council. Raises MeasuringError."""
    stack = runner.stack
    name, content = seed.fictional_directory()
    key = directory_key(name, closures_confirmed=False)
    bucket = ImportBucket(boto3.client("s3", **stack.connection), stack.import_bucket)
    bucket.put_directory(key, content)
    event = object_created(stack.import_bucket, key)
    run = runner.run(IMPORT_FUNCTION, [event, event], record=True)
    first, second = map(Consumption.of, run.calls)
    if not first.writes or second.writes:
        raise MeasuringError("the second import of the same file should have changed nothing")
    count = len(CouncilHomes(stack).imported)
    return ImportMeasurement(
        new_home=first.divided_by(count),
        known_home=second.divided_by(count),
        directory_bytes_per_home=len(content) / count,
        start=Start(run.start_ms, Consumption(), run.peak_mb),
        metrics=len({name for call in run.calls for name in call["metrics"]}),
    )


def measure_sizes(
    runner: FunctionRunner, sizes: Sequence[int], alerts: Callable[[int], int], say: Say
) -> Iterator[SizeMeasurement]:
    """Measure each size in turn, in a stack into which a directory has been imported."""
    seed.simulate(runner.stack, datetime.now(UTC), lambda *_: None)
    council = CouncilActions(runner)
    for homes in sizes:
        say(f"measuring {homes:,} homes")
        yield council.measure(homes, alerts(homes))


def main() -> None:
    """Measure every size and write measurements.json."""

    def say(text: str) -> None:
        print(f"cost: {text}", file=sys.stderr, flush=True)

    usage = read_usage()
    try:
        result = measure(SIZES, lambda homes: alerts_of(usage, homes), say)
    except (
        *(SettingsError, SynthError, EmulatorError, DeployError, SeedError),
        MeasuringError,
    ) as error:
        sys.exit(str(error))
    measurements.save(result)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports Ctrl-C
