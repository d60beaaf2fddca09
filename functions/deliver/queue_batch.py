"""Report each failed message of the queue, and have it come again later and later."""

from contextlib import suppress
from typing import Any, Final

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.telemetry import AddMetric, logger
from shared.domain.errors import BusyError

FIRST_DELAY: Final = 15
LONGEST_DELAY: Final = 900
"""Seconds until a message that failed comes again: from 15, doubling, to a quarter of an hour."""


def delay(receive_count: int) -> int:
    """Return the seconds to wait after a message failed for so many times."""
    return min(LONGEST_DELAY, FIRST_DELAY << min(receive_count - 1, 10))


class QueueBatch(BatchProcessor):
    """Report each failed message, so that it alone is tried again."""

    def __init__(self, queue: DeliveryQueue, add_metric: AddMetric) -> None:
        """Report a batch as failed message by message, even if all its messages failed."""
        super().__init__(EventType.SQS, raise_on_entire_batch_failure=False)
        self._queue, self._add_metric = queue, add_metric

    def failure_handler(self, record: SQSRecord, exception: Any) -> Any:  # noqa: ANN401 - as Powertools declares it
        """Log and count the failure of one message."""
        count = int(record.attributes.approximate_receive_count)
        logger.error(
            "not delivered", exc_info=exception, queue_message=record.message_id, attempt=count
        )
        self._add_metric("DeliveryFailed", MetricUnit.Count, 1)
        with suppress(BusyError):  # it comes again after the queue's own time
            self._queue.postpone(record.receipt_handle, delay(count))
        return super().failure_handler(record, exception)
