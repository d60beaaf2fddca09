"""Parse a message of the dead-letter queue: which function failed, at what, when and why.

AWS writes four forms: of a stream's event source mapping, of an asynchronous invocation, of an
EventBridge rule and of EventBridge Scheduler. A message to people that was tried too often comes
from the delivery queue as it was there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from shared.aws.delivery_queue import REPEAT

Json = dict[str, Any]

DELIVER: Final = "deliver"
"""The function of a message that comes from the delivery queue, which says no function's name."""

REMIND_AT: Final = "remind_at"
"""The member of a schedule's event that says which of the council's reminder times it is."""

_SHORT_ID: Final = 8


@dataclass(frozen=True, slots=True)
class StreamRange:
    """The place of failed records in the table's stream; the message does not hold the records."""

    stream_arn: str
    shard_id: str
    first_sequence_number: str
    last_sequence_number: str
    """Inclusive."""
    arrived_from: datetime
    arrived_to: datetime


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message of the delivery queue. It names people by id, never by address."""

    body: str
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that a function did not handle, in spite of all retries."""

    message_id: str
    function: str
    """The function's name; empty where the message does not say."""
    failed_at: datetime | None
    reason: str
    summary: str
    """What the event is about, in a few words."""
    stream_range: StreamRange | None = None
    event: Json | None = None
    queued: QueuedMessage | None = None

    @property
    def short_id(self) -> str:
        """The beginning of the message id, as the commands print it."""
        return self.message_id[:_SHORT_ID]

    @property
    def can_redrive(self) -> bool:
        """Whether the message says which function failed, and at what."""
        return bool(self.function and (self.event is not None or self.stream_range or self.queued))


def parse_message(message: Mapping[str, Any]) -> DeadLetter:
    """Parse a message as SQS returns it; an unknown form gives a dead letter without an event."""
    message_id = message["MessageId"]
    attributes = {
        name: attribute.get("StringValue", "")
        for name, attribute in message.get("MessageAttributes", {}).items()
    }
    try:
        body = json.loads(message["Body"])
        if "DDBStreamBatchInfo" in body:
            return _from_stream_mapping(message_id, body)
        if "requestPayload" in body:
            return _from_invocation(message_id, body)
        if "event" in body:
            return _from_delivery_queue(message, body, attributes)
        if "detail-type" in body:
            return _from_rule(message_id, body, attributes)
        if "SCHEDULE_ARN" in attributes:
            return _from_schedule(message_id, body, attributes)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return DeadLetter(message_id, "", None, "unknown", "a message of an unknown form")


def _from_stream_mapping(message_id: str, body: Json) -> DeadLetter:
    """Parse what an event source mapping writes: the failed records' place, not their content."""
    batch, context = body["DDBStreamBatchInfo"], body["requestContext"]
    stream_range = StreamRange(
        batch["streamArn"],
        batch["shardId"],
        batch["startSequenceNumber"],
        batch["endSequenceNumber"],
        datetime.fromisoformat(batch["approximateArrivalOfFirstRecord"]),
        datetime.fromisoformat(batch["approximateArrivalOfLastRecord"]),
    )
    return DeadLetter(
        message_id,
        _function_name(context["functionArn"]),
        datetime.fromisoformat(body["timestamp"]),
        f"{context['condition']} after {context.get('approximateInvokeCount', '?')} invocations",
        f"{batch['batchSize']} stream records from {batch['approximateArrivalOfFirstRecord']}",
        stream_range=stream_range,
    )


def _from_invocation(message_id: str, body: Json) -> DeadLetter:
    """Parse what an asynchronous invocation writes when its retries are used up."""
    context = body["requestContext"]
    response = body.get("responsePayload") or {}
    error = ": ".join(
        str(response[name]) for name in ("errorType", "errorMessage") if name in response
    )
    return DeadLetter(
        message_id,
        _function_name(context["functionArn"]),
        datetime.fromisoformat(body["timestamp"]) if "timestamp" in body else None,
        f"{context['condition']}{f' ({error})' if error else ''}",
        _summary(body["requestPayload"]),
        event=body["requestPayload"],
    )


def _from_delivery_queue(
    message: Mapping[str, Any], body: Json, attributes: Mapping[str, str]
) -> DeadLetter:
    """Parse a message that `deliver` could not handle, however often it came again."""
    times = message.get("Attributes", {})
    sent = times.get("SentTimestamp")
    return DeadLetter(
        message["MessageId"],
        DELIVER,
        datetime.fromtimestamp(int(sent) / 1000, UTC) if sent else None,
        "tried too often; the log of deliver has the provider's reason",
        _summary_of_delivery(body),
        queued=QueuedMessage(message["Body"], attributes.get(REPEAT) == "yes"),
    )


def _summary_of_delivery(body: Json) -> str:
    event = str(body["event"])
    about = body.get("about", body)
    subject = about.get("change_id") or about.get("location_id") or ""
    who = " ".join(str(body[name]) for name in ("owner", "member_id") if name in body)
    return " ".join(part for part in (event, who, f"about {subject}" if subject else "") if part)


def _from_rule(message_id: str, body: Json, attributes: Mapping[str, str]) -> DeadLetter:
    """Parse the event that an EventBridge rule could not deliver to its function."""
    return DeadLetter(
        message_id,
        _function_name(attributes.get("TARGET_ARN", "")),
        datetime.fromisoformat(body["time"]),
        _delivery_error(attributes) or "the rule could not invoke the function",
        _summary(body),
        event=body,
    )


def _from_schedule(message_id: str, body: Json, attributes: Mapping[str, str]) -> DeadLetter:
    """Parse the event that EventBridge Scheduler could not deliver to its function."""
    event = json.loads(body["Payload"]) if "Payload" in body else body
    scheduled = attributes.get("SCHEDULED_TIME")
    return DeadLetter(
        message_id,
        _function_name(attributes.get("TARGET_ARN", "")),
        datetime.fromisoformat(scheduled) if scheduled else None,
        _delivery_error(attributes) or "the schedule could not invoke the function",
        _summary(event),
        event=event,
    )


def _delivery_error(attributes: Mapping[str, str]) -> str | None:
    return attributes.get("ERROR_MESSAGE") or attributes.get("ERROR_CODE")


def _summary(event: Json) -> str:
    """Summarise an event in a few words; of an upload, with the file's key."""
    if REMIND_AT in event:
        return f"the reminders of {event[REMIND_AT]}"
    kind = str(event.get("detail-type", "an event"))
    detail = event.get("detail")
    uploaded = detail.get("object") if isinstance(detail, dict) else None
    return f"{kind}: {uploaded['key']}" if isinstance(uploaded, dict) else kind


def _function_name(function_arn: str) -> str:
    """Return `notify` of `arn:aws:lambda:eu-west-2:123456789012:function:notify:$LATEST`."""
    parts = function_arn.split(":")
    return parts[6] if len(parts) > 6 else ""
