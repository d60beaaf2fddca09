"""A dead letter says what, when and why, in each of the forms in which AWS writes one."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.dead_letters import redrive
from cli.dead_letters.dead_letter_queue import Held, named
from cli.dead_letters.message import letter
from cli.errors import UsageError
from notify import delivery
from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.change_log import commit, republish
from shared.store.table import Table
from tests.support.builders import changed, created, home, save
from tests.support.dead_letters import FUNCTION, UPLOADED, message, of_destination, of_stream


def test_records_of_the_stream_are_pointed_to() -> None:
    found = letter(message(of_stream()))
    assert found.function == "bedboard-x-Notify"
    assert found.when == datetime(2026, 11, 22, 10, 13, 49, 717_000, tzinfo=UTC)
    assert found.why == "RetryAttemptsExhausted after 21 invocations"
    assert found.what == "2 stream records from 2026-11-22T09:30:00Z"
    assert found.records
    assert found.records.first == "800000000003126276362"
    assert found.event is None


def test_an_event_that_a_function_failed_at_is_in_its_letter() -> None:
    found = letter(message(of_destination(UPLOADED)))
    assert (found.function, found.event) == ("bedboard-x-Notify", UPLOADED)
    assert found.why == "RetriesExhausted (BusyError: the store is busy)"
    assert found.what == "Object Created: directory/2026-11.csv"


def test_an_event_that_a_rule_could_not_hand_on_is_its_own_letter() -> None:
    found = letter(message(UPLOADED, TARGET_ARN=FUNCTION, ERROR_CODE="THROTTLING"))
    assert (found.function, found.event) == ("bedboard-x-Notify", UPLOADED)
    assert (found.why, found.what) == ("THROTTLING", "Object Created: directory/2026-11.csv")


@pytest.mark.parametrize("body", [{"remind_at": "09:30"}, {"Payload": '{"remind_at": "09:30"}'}])
def test_what_a_schedule_could_not_call_for_is_in_its_letter(body: dict[str, str]) -> None:
    found = letter(
        message(
            body,
            SCHEDULE_ARN="arn:aws:scheduler:eu-west-2:123456789012:schedule/default/At0930",
            TARGET_ARN=FUNCTION,
            SCHEDULED_TIME="2026-11-22T09:30:00Z",
            ERROR_CODE="AWS.Lambda.TooManyRequestsException",
        )
    )
    assert (found.function, found.event) == ("bedboard-x-Notify", {"remind_at": "09:30"})
    assert found.when == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert found.what == "the reminders of 09:30"
    assert found.why == "AWS.Lambda.TooManyRequestsException"


@pytest.mark.parametrize("body", ["", "hello", "[]", "{}", '{"DDBStreamBatchInfo": {}}', "null"])
def test_what_is_in_no_known_form_is_listed_all_the_same(body: str) -> None:
    found = letter(message(body))
    assert found.letter_id.startswith("3f9c0d1e")
    assert (found.function, found.event, found.records) == ("", None, None)


def test_letters_are_named_by_as_much_of_their_id_as_is_needed() -> None:
    first = Held(letter(message(UPLOADED)), "a")
    second = Held(letter({**message(UPLOADED), "MessageId": "3fffffff"}), "b")
    assert named([first, second], ["3f9"], everything=False) == [first]
    assert named([first, second], [], everything=True) == [first, second]
    for ids, everything in ((["3f"], False), (["9"], False), ([], False), (["3f9"], True)):
        with pytest.raises(UsageError):
            named([first, second], ids, everything=everything)


def test_what_the_stream_holds_no_more_is_read_from_the_log(table: Table) -> None:
    before = SYSTEM.now()
    save(table, home())
    change = changed(home(accepting=1), home(accepting=2))
    commit(table, SYSTEM, [change])
    republish(table, SYSTEM, change)
    arrived = f"{before:%Y-%m-%dT%H:%M:%SZ}"
    wanted = letter(message(of_stream(arrived=arrived))).records
    assert wanted
    records = redrive.of_log(table, wanted)
    assert [each["dynamodb"]["NewImage"]["version"]["N"] for each in records] == ["1", "2"]
    first = records[0]["dynamodb"]
    assert first["NewImage"]["document"] == created(home()).to_item(before)["document"]
    assert first["Keys"][keys.PARTITION]["S"] == keys.change_day(before)

    long_ago = f"{before - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    elsewhere = letter(message(of_stream(arrived=long_ago))).records
    assert elsewhere
    assert redrive.of_log(table, elsewhere) == []


def test_nothing_is_sent_whose_telling_notify_may_have_forgotten() -> None:
    assert redrive.REMEMBERED == delivery.KEPT
    assert redrive.TOLD_UNTIL < delivery.KEPT
