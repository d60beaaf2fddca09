"""The queue from which `deliver` tells people: what it holds names them by id, never by address."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shared.aws import clients
from shared.aws.settings import settings
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

TELL_MEMBER: Final = "tell_member"
"""The event to tell one person `about` another event."""
PUBLISH_ALERT: Final = "publish_alert"
"""The event to publish an alert to a team's topic, which `notify` could not do."""

REPEAT: Final = "repeat"
"""The attribute of a message about an opening that says whether it repeats an earlier one."""

_MOST_ENTRIES: Final = 10
_MOST_BYTES: Final = 200_000
"""Bytes of one request; the service's own limit was 256 KiB for years."""


@dataclass(frozen=True, slots=True)
class DeliveryQueue:
    """The queue of one stack."""

    client: "SQSClient"
    url: str

    def send(self, bodies: Iterable[Document], *, is_repeat: bool = False) -> None:
        """Send a message for each body: all of them, or some and BusyError."""
        for batch in _batches(map(to_json, bodies)):
            self._send_batch(batch, repeat_attribute(is_repeat=is_repeat))

    def _send_batch(self, bodies: list[str], attributes: dict[str, Any]) -> None:
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": body, "MessageAttributes": attributes}
            for number, body in enumerate(bodies)
        ]
        response = clients.call(
            "The queue",
            lambda: self.client.send_message_batch(QueueUrl=self.url, Entries=entries),
        )
        if response.get("Failed"):
            raise BusyError("The queue did not take every message. Send them again.")

    def postpone(self, receipt_handle: str, seconds: int) -> None:
        """Hide a message that was received for so long. Raises BusyError, whatever is wrong."""
        clients.call(
            "The queue",
            lambda: self.client.change_message_visibility(
                QueueUrl=self.url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            ),
            lambda response: BusyError(clients.error_code(response)),
        )


def repeat_attribute(*, is_repeat: bool) -> dict[str, Any]:
    """Return the attribute that SNS and SQS carry beside a message: phones get no repeats."""
    return {REPEAT: {"DataType": "String", "StringValue": "yes" if is_repeat else "no"}}


def is_repeat(attributes: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether the attributes of a message, as Lambda gets them, say that it is a repeat."""
    return attributes.get(REPEAT, {}).get("stringValue") == "yes"


def _batches(bodies: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for body in bodies:
        length = len(body.encode())
        if batch and (len(batch) == _MOST_ENTRIES or size + length > _MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += length
    if batch:
        yield batch


@functools.cache
def of_this_stack() -> DeliveryQueue:
    """Return the queue of the stack that this function belongs to."""
    return DeliveryQueue(clients.on_first_use(clients.sqs), settings().delivery_queue_url)
