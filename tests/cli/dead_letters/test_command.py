"""Failed events are redriven through the deployed stack, and no team is alerted twice."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest

from cli.target import Target
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.change_log import commit
from tests.cli.conftest import Bedboard
from tests.import_homes.directories import csv_file, location
from tests.support.builders import changed, home, save
from tests.support.dead_letters import invocation_failure, stream_failure

LIST = ("dead-letters", "list")
REDRIVE = ("dead-letters", "redrive")
DELETE = ("dead-letters", "delete")
WITHIN_SECONDS = 30


@pytest.fixture(autouse=True)
def empty_queue(bedboard: Bedboard) -> Iterator[None]:
    yield
    bedboard(*DELETE, "--all", "--yes")


def put(stack: LocalStack, body: object) -> None:
    """Put a message into the dead-letter queue."""
    text = body if isinstance(body, str) else json.dumps(body)
    boto3.client("sqs", **stack.connection).send_message(
        QueueUrl=stack.dead_letter_queue_url, MessageBody=text
    )


def dead_letters(bedboard: Bedboard) -> list[Any]:
    """List the dead letters."""
    return list(bedboard(*LIST, "--json").json)


def test_a_failed_import_succeeds_when_redriven_after_its_cause_is_gone(
    stack: LocalStack, bedboard: Bedboard
) -> None:
    key = "directory/confirmed/late.csv"
    event = {"detail": {"bucket": {"name": stack.import_bucket}, "object": {"key": key}}}
    # There is no such file: the function fails at every retry.
    boto3.client("lambda", **stack.connection).invoke(
        FunctionName=stack.import_function,
        InvocationType="Event",
        Payload=json.dumps({"detail-type": "Object Created", **event}).encode(),
    )
    deadline = time.monotonic() + WITHIN_SECONDS
    while not (letters := dead_letters(bedboard)) and time.monotonic() < deadline:
        time.sleep(0.2)
    (letter,) = letters
    assert letter["summary"] == f"Object Created: {key}"
    assert letter["can_redrive"]

    failing = bedboard(*REDRIVE, letter["id"][:8])
    assert failing.status == 1
    assert "It failed again" in failing.err
    assert len(dead_letters(bedboard)) == 1

    s3 = boto3.client("s3", **stack.connection)
    s3.put_object(Bucket=stack.import_bucket, Key=key, Body=csv_file([location(7)]))
    redriven = bedboard(*REDRIVE, letter["id"])
    assert (redriven.status, redriven.err) == (0, "")
    assert dead_letters(bedboard) == []
    assert s3.list_objects_v2(Bucket=stack.import_bucket, Prefix="reports/confirmed/late.csv")[
        "KeyCount"
    ]


def test_a_redriven_opening_alerts_a_team_exactly_once(
    stack: LocalStack,
    target: Target,
    bedboard: Bedboard,
    team_inbox: Callable[[str], Inbox],
) -> None:
    full, free = home("1-9700000201", accepting=0), home("1-9700000201", accepting=2)
    inbox = team_inbox("cli-dead-letters")
    save(target.table, full)
    change = changed(full, free)
    commit(target.table, SYSTEM, [change])
    assert inbox.next(WITHIN_SECONDS)

    # As if the alert had failed: no team is recorded as alerted.
    record = {"pk": {"S": keys.sent(change.change_id)}, "sk": {"S": "cli-dead-letters"}}
    target.table.client.delete_item(TableName=target.table.name, Key=record)
    put(stack, stream_dead_letter(target, change.subject_id))
    assert "2 stream records" in bedboard(*LIST).out
    redriven = bedboard(*REDRIVE, "--all")
    assert redriven.status == 0, redriven.err
    assert "records from the stream" in redriven.out
    alert = inbox.next(WITHIN_SECONDS)
    assert alert
    assert alert["change_id"] == change.change_id
    assert dead_letters(bedboard) == []

    put(stack, stream_dead_letter(target, change.subject_id))
    put(stack, {**stream_dead_letter(target, change.subject_id), "version": "1.0"})
    assert bedboard(*REDRIVE, "--all").status == 0
    assert inbox.next(1) is None
    assert dead_letters(bedboard) == []


def test_old_changes_and_messages_of_other_stacks_are_refused(
    stack: LocalStack, bedboard: Bedboard
) -> None:
    notify = f"arn:aws:lambda:{stack.region}:000000000000:function:{stack.notify_function}"
    put(stack, stream_failure(function=notify, arrived="2020-01-01T09:30:00Z"))
    put(stack, stream_failure())
    put(stack, "hello")
    refused = bedboard(*REDRIVE, "--all")
    assert (refused.status, refused.out) == (1, "")
    assert "older than 27 days" in refused.err
    assert "bedboard-local has no function bedboard-x-Notify" in refused.err
    assert len(dead_letters(bedboard)) == 3


def test_late_reminders_are_refused(stack: LocalStack, target: Target, bedboard: Bedboard) -> None:
    functions = target.resources("AWS::Lambda::Function")
    (remind_homes,) = (name for logical, name in functions.items() if logical.startswith("Remind"))

    def failed_reminders(at: datetime) -> dict[str, Any]:
        arn = f"arn:aws:lambda:{stack.region}:000000000000:function:{remind_homes}"
        body = invocation_failure({"remind_at": "09:30"}, function=arn)
        return {**body, "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.000Z"}

    now = SYSTEM.now()
    put(stack, failed_reminders(now - timedelta(hours=3)))
    put(stack, failed_reminders(now - timedelta(minutes=50)))
    result = bedboard(*REDRIVE, "--all")
    assert "the reminders of 09:30 could now reach homes at night" in result.err
    assert "redriven: the reminders of 09:30" in result.out
    (late,) = dead_letters(bedboard)
    assert late["summary"] == "the reminders of 09:30"


def test_deleting_asks_for_confirmation(stack: LocalStack, bedboard: Bedboard) -> None:
    put(stack, "hello")
    assert bedboard(*DELETE, "--all", typed="n\n").status == 1
    (letter,) = dead_letters(bedboard)
    assert bedboard(*DELETE, "zzz", "--yes").status == 2
    assert bedboard(*DELETE, letter["id"], typed="y\n").status == 0
    assert dead_letters(bedboard) == []


def stream_dead_letter(target: Target, location_id: str) -> dict[str, Any]:
    """Return a dead letter about a home's records, with the stream's sequence numbers."""
    streams = boto3.client("dynamodbstreams", **target.connection)
    description = target.table.client.describe_table(TableName=target.table.name)["Table"]
    stream = description["LatestStreamArn"]
    shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator: Any = streams.get_shard_iterator(
        StreamArn=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    numbers = []
    while records := (page := streams.get_records(ShardIterator=iterator))["Records"]:
        iterator = page["NextShardIterator"]
        numbers += [
            each["dynamodb"]["SequenceNumber"]
            for each in records
            if f"#{location_id}#" in each["dynamodb"]["Keys"]["sk"]["S"]
        ]
    return stream_failure(
        function=f"arn:aws:lambda:eu-west-2:000000000000:function:{target.output('NotifyFunction')}",
        stream=stream,
        shard=shard,
        first=numbers[0],
        last=numbers[-1],
        arrived=f"{SYSTEM.now():%Y-%m-%dT%H:%M:%SZ}",
    )


def test_a_message_to_people_goes_back_to_its_queue(stack: LocalStack, bedboard: Bedboard) -> None:
    # Nobody asked for the reminders of this home, so that nothing is sent.
    put(stack, {"event": "check_vacancies", "location_id": "1-9700000999", "name": "Nobody"})
    result = bedboard(*REDRIVE, "--all")
    assert result.status == 0, result.err
    assert "in the queue again: check_vacancies about 1-9700000999" in result.out
    assert dead_letters(bedboard) == []
