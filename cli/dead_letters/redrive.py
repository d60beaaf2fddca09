"""A dead letter, done again: its event, or the stream's records that it only points to.

Nobody is alerted twice: `notify` keeps for four weeks whom it told of which change. What is older
is not sent, because nobody remembers any more who was told of it.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.dead_letters.message import REMIND_AT, Json, Letter, StreamRange
from cli.errors import CommandError
from cli.target import Connection, Target
from local.lambda_events import stream_batch, stream_record
from shared.store import keys
from shared.store.change_log import SETTLE
from shared.store.table import Item, Table

REMEMBERED: Final = timedelta(days=28)
"""How long `notify` knows whom it told of a change."""

TOLD_UNTIL: Final = REMEMBERED - timedelta(days=1)

REMINDERS_WITHIN: Final = timedelta(hours=2)
"""Later they come at a time that the council did not choose, which may be night."""

BATCH: Final = 100
"""Records in an invocation, as the stream brings them."""

MARGIN: Final = timedelta(minutes=1)
"""A change is stamped before it arrives in the stream, at most as much as a slow write takes."""

_GONE: Final = {"TrimmedDataAccessException", "ResourceNotFoundException", "ValidationException"}


def send(stack: Target, letter: Letter, now: datetime) -> str:
    """Have the letter's function do its work; what was done. Raises CommandError if it failed."""
    known = stack.resources("AWS::Lambda::Function").values()
    if letter.function not in known:
        raise CommandError(f"it was for no function of {stack.stack_name}: look, then drop it")
    if letter.event is not None:
        is_late = letter.when is None or now - letter.when > REMINDERS_WITHIN
        if REMIND_AT in letter.event and is_late:
            raise CommandError(
                f"{letter.what} would reach homes at any hour, and the next time comes: drop it"
            )
        _invoke(stack, letter.function, letter.event)
        return f"done again: {letter.what}"
    if letter.records is None:
        raise CommandError("what it says is not known here: look, then drop it")
    if now - letter.records.arrived_from > TOLD_UNTIL:
        raise CommandError(
            f"its changes are older than {TOLD_UNTIL.days} days, and who was told of them is soon"
            " forgotten: it could alert twice, and of beds long gone; drop it"
        )
    records = of_stream(stack, letter.records)
    source = "the stream"
    if records is None:
        records, source = of_log(stack.table, letter.records), "the change log"
    for start in range(0, len(records), BATCH):
        answer = _invoke(stack, letter.function, stream_batch(*records[start : start + BATCH]))
        failed = answer.get("batchItemFailures") if isinstance(answer, dict) else None
        if failed:
            raise CommandError(f"{len(failed)} of its changes failed again: see the function's log")
    return f"{len(records)} records from {source} were handled again"


def of_stream(stack: Target, wanted: StreamRange) -> list[Json] | None:
    """The records as the stream hands them to a function; None where it holds them no more."""
    streams = boto3.client("dynamodbstreams", **stack.connection)
    try:
        iterator = streams.get_shard_iterator(
            StreamArn=wanted.stream_arn,
            ShardId=wanted.shard_id,
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=wanted.first,
        ).get("ShardIterator")
        found: list[Json] = []
        while iterator:
            page = streams.get_records(ShardIterator=iterator)
            for each in page["Records"]:
                number = each["dynamodb"]["SequenceNumber"]
                if int(number) > int(wanted.last):
                    return found
                found.append(_as_a_function_gets_it(each, wanted.stream_arn))
                if int(number) == int(wanted.last):
                    return found
            iterator = page.get("NextShardIterator")
    except ClientError as error:
        if error.response["Error"]["Code"] not in _GONE:
            raise
    return None


def of_log(table: Table, wanted: StreamRange) -> list[Json]:
    """Every log entry of the time in which the records arrived, as the stream brought them."""
    start, end = wanted.arrived_from - MARGIN, wanted.arrived_to + SETTLE
    return [
        stream_record(entry, sequence_number=str(number))
        for number, entry in enumerate(_logged(table, start, end), 1)
        if "republished" not in entry
    ]


def _logged(table: Table, start: datetime, end: datetime) -> Iterator[Item]:
    for day in keys.change_days(start, end):
        yield from table.query(
            "#pk = :day AND #sk BETWEEN :start AND :end",
            {":day": day, ":start": keys.stamp(start), ":end": keys.stamp(end)},
            ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
        )


def _as_a_function_gets_it(record: Any, stream_arn: str) -> Json:  # noqa: ANN401
    written = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
    return {
        **record,
        "eventSourceARN": stream_arn,
        "dynamodb": {**record["dynamodb"], "ApproximateCreationDateTime": written},
    }


def _invoke(stack: Target, function: str, event: Json) -> Any:  # noqa: ANN401 - what it answers
    """Raises CommandError where the function fails."""
    # Longer than any function runs, and once: a second call could overtake the first.
    patient = Config(read_timeout=930, retries={"total_max_attempts": 1}, tcp_keepalive=True)
    connection: Connection = {**stack.connection, "config": patient}
    client = boto3.client("lambda", **connection)
    answer = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
    said = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        kind = said.get("errorType", "an error") if isinstance(said, dict) else "an error"
        raise CommandError(f"it failed again ({kind}): see the log of {function}")
    return said
