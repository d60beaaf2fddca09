"""Everything that a stack leaves behind: items, lines of logs, waiting messages, metrics.

Tests that something is never stored or logged look here, so that each looks everywhere.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import boto3

from local.emulator.stack import LocalStack
from shared.store.table import Item, Table

Json = dict[str, Any]


def items(table: Table) -> list[Item]:
    """Return every item of the table."""
    pages = table.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True)
    return [item for page in pages for item in page["Items"]]


def log_lines(stack: LocalStack) -> list[str]:
    """Return every line of every log: of functions, with the metrics in them, and of the API."""
    logs = boto3.client("logs", **stack.connection)
    groups = logs.get_paginator("describe_log_groups").paginate()
    names = [group["logGroupName"] for page in groups for group in page["logGroups"]]
    events = logs.get_paginator("filter_log_events")
    return [
        line
        for name in names
        for page in events.paginate(logGroupName=name)
        for event in page["events"]
        for line in event["message"].splitlines()
    ]


def metrics(stack: LocalStack) -> list[str]:
    """Return every metric with its dimensions, as text."""
    pages = boto3.client("cloudwatch", **stack.connection).get_paginator("list_metrics").paginate()
    return [json.dumps(metric) for page in pages for metric in page["Metrics"]]


def waiting(stack: LocalStack, queue_url: str) -> list[Json]:
    """Return the messages of a queue, which stay there for the next receiver.

    Each look counts as an attempt to handle them.
    """
    sqs = boto3.client("sqs", **stack.connection)
    found: dict[str, Json] = {}
    while True:
        received = sqs.receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=30,
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not received:
            break
        found |= {each["MessageId"]: dict(each) for each in received}
    for each in found.values():
        sqs.change_message_visibility(
            QueueUrl=queue_url, ReceiptHandle=each["ReceiptHandle"], VisibilityTimeout=0
        )
    return list(found.values())


def named_in(text: str, names: Iterable[str]) -> set[str]:
    """Return which of these names the text holds, however they are written."""
    return {name for name in names if re.search(rf"\b{name}\b", text, re.IGNORECASE)}


def joined(texts: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Yield the texts that hold two or more of these names."""
    wanted = list(names)
    return (text for text in texts if len(named_in(text, wanted)) > 1)
