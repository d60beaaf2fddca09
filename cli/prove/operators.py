"""Steps `operators`, `dead letter` and `restore`: what the people who run a stack rely on."""

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from cli.dead_letters.message import parse_message
from cli.prove.probe import function_of
from cli.prove.proof import MARK, Proof
from cli.prove.story import open_inbox
from cli.restore import backups
from cli.restore.replay import Replay
from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.table import Table

if TYPE_CHECKING:
    from types_boto3_cloudwatch import CloudWatchClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_sns import SNSClient

_ALARM_WITHIN_SECONDS: Final = 60
_METRIC_WITHIN_SECONDS: Final = 180
_LETTER_WITHIN_SECONDS: Final = 1800
_COPY_WITHIN_SECONDS: Final = 3600
_METRIC: Final = "HomesNotHeardFromPercent"


def operators(proof: Proof) -> None:
    """Claim that an alarm reaches the operators' topic, and that measurements arrive."""
    cloudwatch: CloudWatchClient = proof.stack.client("cloudwatch")
    names = sorted(proof.stack.resources("AWS::CloudWatch::Alarm").values())
    alarms = cloudwatch.describe_alarms(AlarmNames=names[:100])["MetricAlarms"] if names else []
    topics = sorted({arn for alarm in alarms for arn in alarm.get("AlarmActions", [])})
    proof.ledger.require("every alarm of the stack is there", len(alarms) == len(names) > 0)
    proof.ledger.require("alarms go to a topic", len(topics) > 0, f"{len(topics)} topics")
    _check_topic(proof, alarms[0]["AlarmName"], topics[0])
    _check_metric(proof, cloudwatch)


def _check_topic(proof: Proof, alarm: str, topic: str) -> None:
    """Raise an alarm, and wait for its message. Its real readers get an email about it too."""
    sns: SNSClient = proof.stack.client("sns")
    cloudwatch: CloudWatchClient = proof.stack.client("cloudwatch")
    inbox = open_inbox(proof, "operators", topic)
    member = sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=inbox.arn, ReturnSubscriptionArn=True
    )["SubscriptionArn"]
    proof.cleanup.add(
        "the queue's place in the operators' topic",
        lambda: sns.unsubscribe(SubscriptionArn=member),
    )
    reason = f"A test of bedboard prove ({MARK}-{proof.run_id}): nothing is wrong"
    proof.cleanup.add(
        "the alarm that was raised",
        lambda: cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="OK", StateReason=reason),
    )
    began = time.monotonic()
    cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason=reason)
    claim = f"an alarm reaches the operators' topic within {_ALARM_WITHIN_SECONDS} seconds"
    message = inbox.next(5 if proof.is_emulated else _ALARM_WITHIN_SECONDS)
    if message is None and not proof.only_on_aws("it sends no message of an alarm", claim):
        return
    took = f"{time.monotonic() - began:.1f} s" if message else "no message came"
    proof.ledger.check(claim, message is not None, took)


def _check_metric(proof: Proof, cloudwatch: "CloudWatchClient") -> None:
    claim = f"the measurement {_METRIC} arrives"
    lambdas: LambdaClient = proof.stack.client("lambda")
    name = function_of(proof.stack, "RemindHomes")
    began = datetime.now(UTC) - timedelta(minutes=1)
    answer = lambdas.invoke(FunctionName=name, Payload=b"{}")
    proof.ledger.require("the homes are measured without an error", "FunctionError" not in answer)
    if not proof.only_on_aws("it takes no measurements out of a log", claim):
        return
    deadline = time.monotonic() + _METRIC_WITHIN_SECONDS
    while True:
        points = cloudwatch.get_metric_statistics(
            Namespace=f"Bedboard/{proof.stack.stack_name.removeprefix('bedboard-')}",
            MetricName=_METRIC,
            Dimensions=[{"Name": "service", "Value": "remind_homes"}],
            StartTime=began,
            EndTime=datetime.now(UTC) + timedelta(minutes=1),
            Period=60,
            Statistics=["SampleCount"],
        )["Datapoints"]
        if points or time.monotonic() > deadline:
            break
        time.sleep(5)
    proof.ledger.check(claim, bool(points))


def dead_letter(proof: Proof) -> None:
    """Claim that a change that nobody can read ends in the queue that keeps what failed."""
    claims = ("a change that cannot be read becomes a dead letter", "bedboard reads that letter")
    if not proof.only_if_slow(*claims):
        return
    if not proof.only_on_aws("it sends no dead letters of a stream", *claims):
        return
    table, now = proof.stack.table, datetime.now(UTC)
    partition, sort = keys.change_day(now), keys.change(now, "home", f"{MARK}-{proof.run_id}", 1)
    key: Any = {keys.PARTITION: {"S": partition}, keys.SORT: {"S": sort}}
    proof.cleanup.add(
        "the unreadable change",
        lambda: table.client.delete_item(TableName=table.name, Key=key),
    )
    began = time.monotonic()
    table.client.put_item(
        TableName=table.name,
        Item={
            **key,
            keys.KIND: {"S": "home"},
            keys.OF_HOME: {"S": f"{MARK}-{proof.run_id}"},
            keys.DOCUMENT: {"S": "this is no document"},
        },
    )
    message = _next_letter(proof, now)
    if message is None:
        # AWS does not say how long it waits between its tries.
        why = f"none came within {_LETTER_WITHIN_SECONDS // 60} minutes; look for it later"
        for claim in claims:
            proof.ledger.unseen(claim, f"{why}: bedboard dead-letters list")
        return
    proof.ledger.check(claims[0], True, f"{time.monotonic() - began:.0f} s")
    letter = parse_message(message)
    proof.ledger.check(claims[1], letter.can_redrive, letter.summary)
    proof.keep_event("dead_letter_stream", message)


def _next_letter(proof: Proof, since: datetime) -> dict[str, Any] | None:
    """Return the message of a failure since a moment and delete it; None if none comes in time.

    Others that are received meanwhile are seen by nobody else for a moment.
    """
    sqs, url = proof.stack.client("sqs"), proof.stack.output("DeadLetterQueueUrl")
    deadline = time.monotonic() + _LETTER_WITHIN_SECONDS
    while time.monotonic() < deadline:
        received = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=20,
            VisibilityTimeout=30,
            MessageAttributeNames=["All"],
        )
        for message in received.get("Messages", []):
            failed_at = parse_message(message).failed_at
            if failed_at and failed_at >= since:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                found: dict[str, Any] = message
                return found
    return None


def restore(proof: Proof) -> None:
    """Claim that the table can be had as it was some minutes ago, without restoring anything."""
    claims = ("AWS makes a copy of the table as it was", "the copy can be compared with the table")
    if not proof.only_if_slow(*claims):
        return
    if not proof.only_on_aws("its copy of a moment shows the present", *claims):
        return
    table = proof.stack.table
    described = table.client.describe_continuous_backups(TableName=table.name)
    window = described["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    moment = window.get("LatestRestorableDateTime")
    if moment is None:
        proof.ledger.check(claims[0], False, "point-in-time recovery is off")
        return
    began = time.monotonic()
    name = backups.start_copy(table, moment, SYSTEM.now())
    proof.cleanup.add("the copy of the table", lambda: delete_copy(table, name))
    is_there = backups.wait_until_active(
        table, name, poll_seconds=10, within_seconds=_COPY_WITHIN_SECONDS
    )
    proof.ledger.require(claims[0], is_there, f"{time.monotonic() - began:.0f} s")
    replay = Replay(
        table, Table(table.client, name), moment, SYSTEM, overwrite_newer=False, dry_run=True
    )
    replay.run(lambda _: None)
    counts = {what: count for what, count in replay.counts.items() if count}
    proof.ledger.check(claims[1], True, counts or "nothing differs")


def delete_copy(table: Table, name: str) -> None:
    """Delete a copy of the table, and nothing else."""
    try:
        table.client.delete_table(TableName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
