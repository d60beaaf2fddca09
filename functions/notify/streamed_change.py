"""Read the records of the table's stream as changes, and report the records that fail."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from shared.aws.telemetry import AddMetric, logger
from shared.domain.alert import Alert
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, SETTLE, Change

_STREAM_PRECISION: Final = timedelta(seconds=1)
"""The stream rounds its times down to whole seconds."""


class StreamedChange(NamedTuple):
    """A change from the log, with its stamp and the time when the stream says it was written."""

    change: Change
    stamped: datetime
    written: datetime
    is_republished: bool
    """Whether the entry repeats another one, for readers who may have missed that."""
    end_of_mark: str | None = None
    """The id of the change that ended a placing stop; `change` is then what its home offers."""

    @property
    def change_id(self) -> str:
        """Return the id under which teams are told of it."""
        return self.end_of_mark or self.change.change_id

    @property
    def may_be_missed(self) -> bool:
        """Whether it was written so late that readers may have looked past it.

        Its writer republishes it then, unless the writer died first.
        """
        return self.written - self.stamped > SETTLE - _STREAM_PRECISION

    def was_visible_at(self, moment: datetime) -> bool:
        """Tell whether every search at this moment, by any clock, saw the change."""
        return not self.may_be_missed and moment > self.stamped + SETTLE + CLOCK_SKEW


def is_beat(record: DynamoDBRecord) -> bool:
    """Tell whether the record is a new heartbeat."""
    content: dict[str, Any] = record.raw_event["dynamodb"]
    item_keys = content["Keys"]
    return (
        record.raw_event["eventName"] == "INSERT"
        and item_keys[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)
        and keys.is_beat(item_keys[keys.SORT]["S"])
    )


def read_change(record: DynamoDBRecord) -> StreamedChange | None:
    """Return the change in a record, or None if the record is not a new entry of the log.

    Raises KeyError or ValueError if the entry cannot be read.
    """
    content: dict[str, Any] = record.raw_event["dynamodb"]
    partition: str = content["Keys"][keys.PARTITION]["S"]
    if record.raw_event["eventName"] != "INSERT" or not partition.startswith(keys.CHANGE_PREFIX):
        return None
    item = content["NewImage"]
    stamp, _, _ = item[keys.SORT]["S"].partition("#")
    return StreamedChange(
        change=Change.from_item(item),
        stamped=datetime.fromisoformat(stamp),
        written=datetime.fromtimestamp(content["ApproximateCreationDateTime"], UTC),
        is_republished=keys.REPUBLISHED in item,
    )


def active_when_opened(
    streamed: StreamedChange, matches: dict[str, list[Alert]]
) -> dict[str, list[Alert]]:
    """Return the alerts, by team, that were active when the vacancy opened, whatever they are now.

    One that was created after the change could be seen is left out: its team sees the vacancy in
    its own search. Without this, redriving a dead letter days afterwards would alert that team. One
    that was paused at the time, or had ended, is left out although it was resumed or renewed; one
    paused since is told.
    """
    earlier = {
        team: [
            alert
            for alert in alerts
            if not streamed.was_visible_at(alert.created_at)
            and alert.was_active_at(streamed.stamped)
        ]
        for team, alerts in matches.items()
    }
    return {team: alerts for team, alerts in earlier.items() if alerts}


class StreamBatch(BatchProcessor):
    """Report each failed record, so that the stream retries it, and in the end sets it aside."""

    def __init__(self, add_metric: AddMetric) -> None:
        """Report a batch as failed record by record, even if all its records failed."""
        super().__init__(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
        self._add_metric = add_metric

    def failure_handler(self, record: DynamoDBRecord, exception: Any) -> Any:  # noqa: ANN401 - as Powertools declares it
        """Log and count the failure of one record."""
        content = record.raw_event["dynamodb"]
        logger.error(
            "record failed",
            exc_info=exception,
            sequence_number=content["SequenceNumber"],
            log_entry=content["Keys"][keys.SORT]["S"],
        )
        self._add_metric("AlertFailed", MetricUnit.Count, 1)
        return super().failure_handler(record, exception)
