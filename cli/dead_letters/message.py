"""What a message of the dead-letter queue says: of the stream's records, or of one event."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

Json = dict[str, Any]

REMIND_AT: Final = "remind_at"
"""In an event: at which of the council's times `remind_homes` was to remind."""


@dataclass(frozen=True, slots=True)
class StreamRange:
    """Records of the table's stream that were given up on; their content is not in the letter."""

    stream_arn: str
    shard_id: str
    first: str
    last: str
    """Sequence numbers, inclusive."""
    arrived_from: datetime
    arrived_to: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: what was given up on, when, why, and which function was to handle it."""

    letter_id: str
    function: str
    """Its name; empty where the letter does not say."""
    when: datetime | None
    why: str
    what: str
    records: StreamRange | None = None
    event: Json | None = None


def letter(message: Mapping[str, Any]) -> Letter:
    """A message as SQS hands it out; one that says nothing known is told as such."""
    letter_id = message["MessageId"]
    said = {
        name: each.get("StringValue", "")
        for name, each in message.get("MessageAttributes", {}).items()
    }
    try:
        body = json.loads(message["Body"])
        if "DDBStreamBatchInfo" in body:
            return _of_stream(letter_id, body)
        if "requestPayload" in body:
            return _of_destination(letter_id, body)
        if "detail-type" in body:
            return _of_rule(letter_id, body, said)
        if "SCHEDULE_ARN" in said:
            return _of_schedule(letter_id, body, said)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return Letter(letter_id, "", None, "unknown", "not in a form that this command knows")


def _of_stream(letter_id: str, body: Json) -> Letter:
    """Of an event source mapping: only shard and sequence numbers of what failed."""
    info, context = body["DDBStreamBatchInfo"], body["requestContext"]
    records = StreamRange(
        info["streamArn"],
        info["shardId"],
        info["startSequenceNumber"],
        info["endSequenceNumber"],
        _moment(info["approximateArrivalOfFirstRecord"]),
        _moment(info["approximateArrivalOfLastRecord"]),
    )
    return Letter(
        letter_id,
        _name(context["functionArn"]),
        _moment(body["timestamp"]),
        f"{context['condition']} after {context.get('approximateInvokeCount', '?')} invocations",
        f"{info['batchSize']} stream records from {info['approximateArrivalOfFirstRecord']}",
        records=records,
    )


def _of_destination(letter_id: str, body: Json) -> Letter:
    """Of a function that was called with an event and failed: the event is in it."""
    context = body["requestContext"]
    failed = body.get("responsePayload") or {}
    error = ": ".join(str(failed[name]) for name in ("errorType", "errorMessage") if name in failed)
    return Letter(
        letter_id,
        _name(context["functionArn"]),
        _moment(body["timestamp"]) if "timestamp" in body else None,
        f"{context['condition']}{f' ({error})' if error else ''}",
        _about(body["requestPayload"]),
        event=body["requestPayload"],
    )


def _of_rule(letter_id: str, body: Json, said: Mapping[str, str]) -> Letter:
    """Of an EventBridge rule that could not call its function: the event itself."""
    return Letter(
        letter_id,
        _name(said.get("TARGET_ARN", "")),
        _moment(body["time"]),
        said.get("ERROR_MESSAGE") or said.get("ERROR_CODE") or "the rule could not call it",
        _about(body),
        event=body,
    )


def _of_schedule(letter_id: str, body: Json, said: Mapping[str, str]) -> Letter:
    """Of EventBridge Scheduler that could not call its function: what it called it with."""
    event = json.loads(body["Payload"]) if "Payload" in body else body
    return Letter(
        letter_id,
        _name(said.get("TARGET_ARN", "")),
        _moment(said["SCHEDULED_TIME"]) if "SCHEDULED_TIME" in said else None,
        said.get("ERROR_MESSAGE") or said.get("ERROR_CODE") or "the schedule could not call it",
        _about(event),
        event=event,
    )


def _about(event: Json) -> str:
    """An event in a few words; of an upload, the file."""
    if REMIND_AT in event:
        return f"the reminders of {event[REMIND_AT]}"
    kind = str(event.get("detail-type", "an event"))
    detail = event.get("detail")
    uploaded = detail.get("object") if isinstance(detail, dict) else None
    return f"{kind}: {uploaded['key']}" if isinstance(uploaded, dict) else kind


def _name(function_arn: str) -> str:
    """`arn:aws:lambda:eu-west-2:123456789012:function:notify:$LATEST` is of `notify`."""
    parts = function_arn.split(":")
    return parts[6] if len(parts) > 6 else ""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
