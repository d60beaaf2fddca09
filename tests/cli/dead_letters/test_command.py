"""Through the deployed stack: what was given up on is done again, and nobody is told twice."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from cli.dead_letters.dead_letter_queue import Queue
from cli.target import Target
from local.demo.story import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.change_log import commit
from tests.cli.conftest import Bedboard
from tests.import_homes.directories import csv_file, location
from tests.support.builders import changed, home, save
from tests.support.dead_letters import of_destination, of_stream

LIST = ("alerts", "dead-letters", "list")
SEND = ("alerts", "dead-letters", "send")
DROP = ("alerts", "dead-letters", "drop")
WITHIN_SECONDS = 30


@pytest.fixture(autouse=True)
def nothing_left(bedboard: Bedboard) -> Iterator[None]:
    yield
    bedboard(*DROP, "--all", "--yes")


def put(stack: LocalStack, body: object) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    boto3.client("sqs", **stack.connection).send_message(
        QueueUrl=stack.dead_letter_queue_url, MessageBody=text
    )


def listed(bedboard: Bedboard) -> list[Any]:
    return list(bedboard(*LIST, "--json").json)


def test_a_directory_that_was_not_taken_in_is_taken_in_when_sent_again(
    stack: LocalStack, bedboard: Bedboard
) -> None:
    key = "directory/confirmed/late.csv"
    event = {"detail": {"bucket": {"name": stack.import_bucket}, "object": {"key": key}}}
    # There is no such file: the function fails, is tried again and given up on.
    boto3.client("lambda", **stack.connection).invoke(
        FunctionName=stack.import_function,
        InvocationType="Event",
        Payload=json.dumps({"detail-type": "Object Created", **event}).encode(),
    )
    deadline = time.monotonic() + WITHIN_SECONDS
    while not (found := listed(bedboard)) and time.monotonic() < deadline:
        time.sleep(0.2)
    (letter,) = found
    assert letter["what"] == f"Object Created: {key}"
    assert letter["can_be_sent"]

    again = bedboard(*SEND, letter["id"][:8])
    assert again.status == 1
    assert "it failed again" in again.err
    assert len(listed(bedboard)) == 1

    s3 = boto3.client("s3", **stack.connection)
    s3.put_object(Bucket=stack.import_bucket, Key=key, Body=csv_file([location(7)]))
    sent = bedboard(*SEND, letter["id"])
    assert (sent.status, sent.err) == (0, "")
    assert listed(bedboard) == []
    assert s3.list_objects_v2(Bucket=stack.import_bucket, Prefix="reports/confirmed/late.csv")[
        "KeyCount"
    ]


def test_an_opening_that_nobody_was_told_of_is_told_once(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    full, free = home("1-9700000201", accepting=0), home("1-9700000201", accepting=2)
    inbox = watched_by_a_team(stack, "cli-dead-letters")
    save(target.table, full)
    change = changed(full, free)
    commit(target.table, SYSTEM, [change])
    assert inbox.next(WITHIN_SECONDS)

    # As if telling had failed: nobody is on record as told.
    sent_at = {"pk": {"S": keys.sent(change.change_id)}, "sk": {"S": "cli-dead-letters"}}
    target.table.client.delete_item(TableName=target.table.name, Key=sent_at)
    put(stack, given_up_on(target, change.subject_id))
    assert "2 stream records" in bedboard(*LIST).out
    sent = bedboard(*SEND, "--all")
    assert sent.status == 0, sent.err
    assert "records from the stream were handled again" in sent.out
    told = inbox.next(WITHIN_SECONDS)
    assert told
    assert told["change_id"] == change.change_id
    assert listed(bedboard) == []

    put(stack, given_up_on(target, change.subject_id))
    put(stack, {**given_up_on(target, change.subject_id), "version": "1.0"})
    assert bedboard(*SEND, "--all").status == 0
    assert inbox.next(1) is None
    assert listed(bedboard) == []


def test_what_is_too_old_or_for_nobody_here_is_not_sent(
    stack: LocalStack, bedboard: Bedboard
) -> None:
    notify = f"arn:aws:lambda:{stack.region}:000000000000:function:{stack.notify_function}"
    put(stack, of_stream(function=notify, arrived="2020-01-01T09:30:00Z"))
    put(stack, of_stream())
    put(stack, "hello")
    sent = bedboard(*SEND, "--all")
    assert (sent.status, sent.out) == (1, "")
    assert "older than 27 days" in sent.err
    assert "for no function of bedboard-local" in sent.err
    assert len(listed(bedboard)) == 3


def test_nobody_is_reminded_in_the_night_of_what_was_due_in_the_morning(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    functions = target.resources("AWS::Lambda::Function")
    (remind_homes,) = (name for logical, name in functions.items() if logical.startswith("Remind"))

    def given_up(at: datetime) -> dict[str, Any]:
        arn = f"arn:aws:lambda:{stack.region}:000000000000:function:{remind_homes}"
        left = of_destination({"remind_at": "09:30"}, function=arn)
        return {**left, "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.000Z"}

    now = datetime.now(UTC)
    put(stack, given_up(now - timedelta(hours=3)))
    put(stack, given_up(now - timedelta(minutes=50)))
    sent = bedboard(*SEND, "--all")
    assert "the reminders of 09:30 would reach homes at any hour" in sent.err
    assert "done again: the reminders of 09:30" in sent.out
    (late,) = listed(bedboard)
    assert late["what"] == "the reminders of 09:30"


def test_a_letter_that_was_held_too_long_does_not_keep_the_others_from_going_back(
    target: Target, stack: LocalStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(stack, "first")
    put(stack, "second")
    queue = Queue(target)
    tried = []

    def back_already(**asked: Any) -> None:
        tried.append(asked["ReceiptHandle"])
        code = "AWS.SimpleQueueService.MessageNotInflight"
        raise ClientError({"Error": {"Code": code}}, "ChangeMessageVisibility")

    monkeypatch.setattr(queue._sqs, "change_message_visibility", back_already)
    with queue.held() as held:
        receipts = {each.receipt for each in held}
    assert len(tried) == len(receipts) == 2
    monkeypatch.undo()
    sqs = boto3.client("sqs", **stack.connection)
    for receipt in receipts:
        sqs.delete_message(QueueUrl=stack.dead_letter_queue_url, ReceiptHandle=receipt)


def test_dropping_asks_first(stack: LocalStack, bedboard: Bedboard) -> None:
    put(stack, "hello")
    assert bedboard(*DROP, "--all", says="n\n").status == 1
    (letter,) = listed(bedboard)
    assert bedboard(*DROP, "zzz", "--yes").status == 2
    assert bedboard(*DROP, letter["id"], says="y\n").status == 0
    assert listed(bedboard) == []


def watched_by_a_team(stack: LocalStack, team: str) -> Inbox:
    """The inbox of a team with an alert for any bed near the homes of the examples."""
    inbox = Inbox(stack, f"inbox-{team}")
    signed = {"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"}
    with httpx.Client(base_url=stack.api_url, headers=signed, timeout=30) as client:
        member = {"protocol": "sqs", "address": inbox.arn}
        assert client.post("/alerts/members", json=member).status_code == 201
        wanted = {"near": "50.7167,-3.5062", "radius_miles": 1}
        assert client.post("/alerts", json=wanted).status_code == 201
    return inbox


def given_up_on(target: Target, location_id: str) -> dict[str, Any]:
    """The letter about a home's records, with the numbers that the stream gave them."""
    streams = boto3.client("dynamodbstreams", **target.connection)
    described = target.table.client.describe_table(TableName=target.table.name)["Table"]
    stream = described["LatestStreamArn"]
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
    now = SYSTEM.now()
    return of_stream(
        function=f"arn:aws:lambda:eu-west-2:000000000000:function:{target.output('NotifyFunction')}",
        stream=stream,
        shard=shard,
        first=numbers[0],
        last=numbers[-1],
        arrived=f"{now:%Y-%m-%dT%H:%M:%SZ}",
    )
