"""The table's stream: its records read as entries of the change log, its batches answered."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from shared.aws.telemetry import logger, metrics
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, SETTLE, Change

_WHOLE_SECONDS: Final = timedelta(seconds=1)
"""The stream's times are rounded down to these."""


class Entry(NamedTuple):
    """A log entry, and when the stream says that it was written."""

    change: Change
    stamped: datetime
    written: datetime
    is_again: bool
    """Whether this only shows again what another entry tells."""

    @property
    def may_be_unseen(self) -> bool:
        """Whether it took longer than readers look back for, so that it must be shown again; its
        writer does that, unless it died first."""
        return self.written - self.stamped > SETTLE - _WHOLE_SECONDS

    def was_seen_at(self, moment: datetime) -> bool:
        """Whether everybody who searched at this moment, by whichever clock, saw what it tells."""
        return not self.may_be_unseen and moment > self.stamped + SETTLE + CLOCK_SKEW


def entry(record: DynamoDBRecord) -> Entry | None:
    """The log entry that this record brings; None if it brings another item or takes one away.

    Raises KeyError or ValueError if it is an entry that cannot be read.
    """
    sent: dict[str, Any] = record.raw_event["dynamodb"]
    partition: str = sent["Keys"][keys.PARTITION]["S"]
    if record.raw_event["eventName"] != "INSERT" or not partition.startswith(keys.CHANGE_PREFIX):
        return None
    item = sent["NewImage"]
    stamp, _, _ = item[keys.SORT]["S"].partition("#")
    return Entry(
        change=Change.from_item(item),
        stamped=datetime.fromisoformat(stamp),
        written=datetime.fromtimestamp(sent["ApproximateCreationDateTime"], UTC),
        is_again="republished" in item,
    )


class Batch(BatchProcessor):
    """Says of every failed record which it is, and reports it, so that the stream brings it again
    or in the end puts it aside for somebody to look into."""

    def __init__(self) -> None:
        super().__init__(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)

    def failure_handler(self, record: DynamoDBRecord, exception: Any) -> Any:  # noqa: ANN401
        sent = record.raw_event["dynamodb"]
        logger.error(
            "record failed",
            exc_info=exception,
            sequence_number=sent["SequenceNumber"],
            log_entry=sent["Keys"][keys.SORT]["S"],
        )
        metrics.add_metric("AlertFailed", MetricUnit.Count, 1)
        return super().failure_handler(record, exception)
