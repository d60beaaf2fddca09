"""A heartbeat goes through the deployed stack: log, stream, filter, notify and its metric."""

import json

import boto3

from local.emulator.stack import LocalStack
from tests.support import traces
from tests.support.deployed import configuration
from tests.support.patience import eventually


def test_a_run_of_snapshot_homes_makes_notify_count_a_heartbeat(stack: LocalStack) -> None:
    before = counted_beats(stack)
    run = boto3.client("lambda", **stack.connection).invoke(
        FunctionName=configuration(stack, "snapshot_homes")["FunctionName"], Payload=b"{}"
    )
    assert "FunctionError" not in run, run["Payload"].read()
    assert eventually(lambda: counted_beats(stack) == before + 1)


def counted_beats(stack: LocalStack) -> int:
    """Sum up what the log of notify hands to CloudWatch as the metric `Beat`."""
    lines = (line for line in traces.log_lines(stack) if '"Beat"' in line)
    return int(sum(sum(json.loads(line)["Beat"]) for line in lines))
