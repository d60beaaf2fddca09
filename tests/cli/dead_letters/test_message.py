"""Messages of the dead-letter queue are parsed in each of the forms in which AWS writes them."""

import json
from datetime import UTC, datetime

import pytest

from cli.dead_letters.message import QueuedMessage, parse_message
from tests.support.dead_letters import (
    FUNCTION,
    UPLOADED,
    invocation_failure,
    message,
    stream_failure,
)


def test_a_stream_batch_gives_the_place_of_its_records() -> None:
    letter = parse_message(message(stream_failure()))
    assert letter.function == "bedboard-x-Notify"
    assert letter.failed_at == datetime(2026, 11, 22, 10, 13, 49, 717_000, tzinfo=UTC)
    assert letter.reason == "RetryAttemptsExhausted after 21 invocations"
    assert letter.summary == "2 stream records from 2026-11-22T09:30:00Z"
    assert letter.stream_range
    assert letter.stream_range.first_sequence_number == "800000000003126276362"
    assert letter.event is None
    assert letter.can_redrive


def test_a_failed_invocation_gives_its_event_and_error() -> None:
    letter = parse_message(message(invocation_failure(UPLOADED)))
    assert (letter.function, letter.event) == ("bedboard-x-Notify", UPLOADED)
    assert letter.reason == "RetriesExhausted (BusyError: the store is busy)"
    assert letter.summary == "Object Created: directory/2026-11.csv"


def test_an_event_that_a_rule_could_not_deliver_is_the_message_itself() -> None:
    letter = parse_message(message(UPLOADED, TARGET_ARN=FUNCTION, ERROR_CODE="THROTTLING"))
    assert (letter.function, letter.event) == ("bedboard-x-Notify", UPLOADED)
    assert letter.reason == "THROTTLING"
    assert letter.summary == "Object Created: directory/2026-11.csv"


@pytest.mark.parametrize("body", [{"remind_at": "09:30"}, {"Payload": '{"remind_at": "09:30"}'}])
def test_an_event_that_a_schedule_could_not_deliver_is_in_the_message(body: dict[str, str]) -> None:
    letter = parse_message(
        message(
            body,
            SCHEDULE_ARN="arn:aws:scheduler:eu-west-2:123456789012:schedule/default/At0930",
            TARGET_ARN=FUNCTION,
            SCHEDULED_TIME="2026-11-22T09:30:00Z",
            ERROR_CODE="AWS.Lambda.TooManyRequestsException",
        )
    )
    assert (letter.function, letter.event) == ("bedboard-x-Notify", {"remind_at": "09:30"})
    assert letter.failed_at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert letter.summary == "the reminders of 09:30"
    assert letter.reason == "AWS.Lambda.TooManyRequestsException"


@pytest.mark.parametrize("body", ["", "hello", "[]", "{}", '{"DDBStreamBatchInfo": {}}', "null"])
def test_a_message_of_an_unknown_form_is_listed_and_cannot_be_redriven(body: str) -> None:
    letter = parse_message(message(body))
    assert letter.short_id == "3f9c0d1e"
    assert (letter.function, letter.event, letter.stream_range) == ("", None, None)
    assert not letter.can_redrive


def test_a_message_to_a_person_says_whom_and_what_it_is_about() -> None:
    body = {
        "event": "tell_member",
        "owner": "team#exeter-discharge",
        "member_id": "00000000-0000-4000-8000-000000000001",
        "about": {"event": "vacancy_opened", "change_id": "1-9000000001#7"},
    }
    message = {
        "MessageId": "3f9c0d1e",
        "Body": json.dumps(body),
        "Attributes": {"SentTimestamp": "1795348800000"},
        "MessageAttributes": {"repeat": {"DataType": "String", "StringValue": "yes"}},
    }
    letter = parse_message(message)
    assert letter.function == "deliver"
    assert letter.summary == (
        "tell_member team#exeter-discharge 00000000-0000-4000-8000-000000000001"
        " about 1-9000000001#7"
    )
    assert letter.failed_at == datetime.fromtimestamp(1795348800, UTC)
    assert letter.queued == QueuedMessage(json.dumps(body), is_repeat=True)
    assert letter.can_redrive
