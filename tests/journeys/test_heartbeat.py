"""A heartbeat goes through the deployed stack: log, stream, filter, notify and its metric."""

import json
from typing import Any

import boto3

from local.emulator.stack import LocalStack
from tests.support.patience import eventually


def test_a_run_of_snapshot_homes_makes_notify_count_a_heartbeat(stack: LocalStack) -> None:
    before = counted_beats(stack)
    run = boto3.client("lambda", **stack.connection).invoke(
        FunctionName=configuration(stack, "snapshot_homes")["FunctionName"], Payload=b"{}"
    )
    assert "FunctionError" not in run, run["Payload"].read()
    assert eventually(lambda: counted_beats(stack) == before + 1)


def configuration(stack: LocalStack, function: str) -> dict[str, Any]:
    """Return Lambda's configuration of the function in this folder."""
    functions = boto3.client("lambda", **stack.connection).get_paginator("list_functions")
    (found,) = (
        each
        for page in functions.paginate()
        for each in page["Functions"]
        if each["Handler"] == f"{function}.handler.handler"
    )
    return dict(found)


def counted_beats(stack: LocalStack) -> int:
    """Sum up what the log of notify hands to CloudWatch as the metric `Beat`."""
    log_group = configuration(stack, "notify")["LoggingConfig"]["LogGroup"]
    logs = boto3.client("logs", **stack.connection).get_paginator("filter_log_events")
    lines = (
        line
        for page in logs.paginate(logGroupName=log_group)
        for event in page["events"]
        for line in event["message"].splitlines()
        if '"Beat"' in line
    )
    return int(sum(sum(json.loads(line)["Beat"]) for line in lines))
