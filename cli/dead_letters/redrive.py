"""Redrive a dead letter: invoke its function again with the event or the stream records.

No team is alerted twice: `notify` records for four weeks which team it alerted to which change.
Older changes are refused, because that record is gone.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from botocore.config import Config
from botocore.exceptions import ClientError

from cli.dead_letters.message import REMIND_AT, DeadLetter, Json, QueuedMessage, StreamRange
from cli.errors import CommandError
from cli.output import plural
from cli.target import Target
from local.lambda_events import stream_batch, stream_record
from shared.aws.delivery_queue import repeat_attribute
from shared.store import keys
from shared.store.change_log import SETTLE
from shared.store.table import Item, Table

ALERTS_RECORDED_FOR: Final = timedelta(days=28)
"""How long `notify` records which team it alerted to a change."""

OLDEST_CHANGE: Final = ALERTS_RECORDED_FOR - timedelta(days=1)

REMINDERS_WITHIN: Final = timedelta(hours=2)
"""Later reminders would arrive at a time that the council did not choose, perhaps at night."""

BATCH_SIZE: Final = 100
"""Stream records in one invocation, as the event source mapping sends them."""

ARRIVAL_MARGIN: Final = timedelta(minutes=1)
"""How long before its arrival in the stream a change may be stamped: a slow write's time."""

_GONE_FROM_STREAM: Final = {
    "TrimmedDataAccessException",
    "ResourceNotFoundException",
    "ValidationException",
}


def redrive(stack: Target, letter: DeadLetter, now: datetime) -> str:
    """Invoke the dead letter's function again; return what was done.

    Raises CommandError where it must not be redriven or the function fails again.
    """
    if letter.queued:
        return _send_again(stack, letter.queued, letter.summary)
    if letter.function not in stack.resources("AWS::Lambda::Function").values():
        raise CommandError(
            f"{stack.stack_name} has no function {letter.function or '(not named)'}."
            " Read the message, then delete it."
        )
    if letter.event is not None:
        _refuse_late_reminders(letter, now)
        _invoke(stack, letter.function, letter.event)
        return f"redriven: {letter.summary}"
    if letter.stream_range is None:
        raise CommandError("This message has an unknown form. Read it, then delete it.")
    if now - letter.stream_range.arrived_from > OLDEST_CHANGE:
        raise CommandError(
            f"Its changes are older than {OLDEST_CHANGE.days} days. Teams could be alerted twice,"
            " to beds that are long gone. Delete it."
        )
    records = records_from_stream(stack, letter.stream_range)
    source = "the stream"
    if records is None:
        records = records_from_log(stack.table, letter.stream_range)
        source = "the change log"
    for start in range(0, len(records), BATCH_SIZE):
        batch = records[start : start + BATCH_SIZE]
        response = _invoke(stack, letter.function, stream_batch(*batch))
        failed = response.get("batchItemFailures") if isinstance(response, dict) else None
        if failed:
            raise CommandError(
                f"{plural(len(failed), 'change')} failed again. Read the log of {letter.function}."
            )
    return f"redriven: {plural(len(records), 'record')} from {source}"


def _send_again(stack: Target, message: QueuedMessage, summary: str) -> str:
    """Put a message to people back into the queue: whoever was told of it is not told again."""
    stack.client("sqs").send_message(
        QueueUrl=stack.output("DeliveryQueueUrl"),
        MessageBody=message.body,
        MessageAttributes=repeat_attribute(is_repeat=message.is_repeat),
    )
    return f"in the queue again: {summary}"


def records_from_stream(stack: Target, stream_range: StreamRange) -> list[Json] | None:
    """Read the records as a function receives them; None where the stream no longer holds them."""
    streams = stack.client("dynamodbstreams")
    last = int(stream_range.last_sequence_number)
    records: list[Json] = []
    try:
        iterator = streams.get_shard_iterator(
            StreamArn=stream_range.stream_arn,
            ShardId=stream_range.shard_id,
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=stream_range.first_sequence_number,
        ).get("ShardIterator")
        while iterator:
            page = streams.get_records(ShardIterator=iterator)
            for record in page["Records"]:
                number = int(record["dynamodb"]["SequenceNumber"])
                if number <= last:
                    records.append(_as_lambda_record(record, stream_range.stream_arn))
                if number >= last:
                    return records
            iterator = page.get("NextShardIterator")
    except ClientError as error:
        if error.response["Error"]["Code"] not in _GONE_FROM_STREAM:
            raise
    return None


def records_from_log(table: Table, stream_range: StreamRange) -> list[Json]:
    """Make records of every log entry of the time in which the records arrived."""
    start = stream_range.arrived_from - ARRIVAL_MARGIN
    end = stream_range.arrived_to + SETTLE
    return [
        stream_record(entry)
        for entry in _log_entries(table, start, end)
        if keys.REPUBLISHED not in entry and not keys.is_beat(entry[keys.SORT]["S"])
    ]


def _log_entries(table: Table, start: datetime, end: datetime) -> Iterator[Item]:
    for day in keys.change_days(start, end):
        yield from table.query(
            "#pk = :day AND #sk BETWEEN :start AND :end",
            {":day": day, ":start": keys.stamp(start), ":end": keys.stamp(end)},
            ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
        )


def _as_lambda_record(record: Any, stream_arn: str) -> Json:  # noqa: ANN401 - boto3's own type
    """Convert a record of the streams API to the form in which Lambda passes it on."""
    created = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
    return {
        **record,
        "eventSourceARN": stream_arn,
        "dynamodb": {**record["dynamodb"], "ApproximateCreationDateTime": created},
    }


def _refuse_late_reminders(letter: DeadLetter, now: datetime) -> None:
    if letter.event is None or REMIND_AT not in letter.event:
        return
    if letter.failed_at is None or now - letter.failed_at > REMINDERS_WITHIN:
        hours = int(REMINDERS_WITHIN.total_seconds() // 3600)
        raise CommandError(
            f"It is more than {hours} hours late: {letter.summary} could now reach homes at night."
            " The next reminders go out at the next reminder time. Delete it."
        )


def _invoke(stack: Target, function: str, event: Json) -> Any:  # noqa: ANN401 - the function's own
    """Invoke a function and return its response. Raises CommandError where it fails."""
    # The timeout is longer than any function runs. There is one attempt: a second invocation
    # could overtake the first.
    config = Config(read_timeout=930, retries={"total_max_attempts": 1}, tcp_keepalive=True)
    response = stack.client("lambda", config).invoke(
        FunctionName=function, Payload=json.dumps(event).encode()
    )
    payload = json.loads(response["Payload"].read() or b"null")
    if response.get("FunctionError"):
        kind = payload.get("errorType", "an error") if isinstance(payload, dict) else "an error"
        raise CommandError(f"It failed again ({kind}). Read the log of {function}.")
    return payload
