"""Homes with old vacancies are reminded, each once at a reminder time; the age is measured."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from remind_homes.reminders import NotRemindedError
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.domain.care_home import CareHome
from shared.domain.documents import to_json
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, Registration
from shared.store import keys
from shared.store.change_log import commit
from shared.store.table import Table
from tests.remind_homes.conftest import Remind
from tests.support.builders import NOON, REGISTER, changed, home, save, unposted

FIRST, SECOND = "1-9000000001", "1-9000000002"
DAY = timedelta(days=1)


class Failing:
    """A client with one operation that fails the first few times."""

    def __init__(self, client: Any, name: str, error: Exception, times: int = 1) -> None:
        self._client, self._name, self._error, self._left = client, name, error, times

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._client, name)

        def called(**arguments: Any) -> Any:
            if name == self._name and self._left:
                self._left -= 1
                raise self._error
            return method(**arguments)

        return called


def unregistered(location_id: str) -> CareHome:
    return home(location_id, register=replace(REGISTER, registration=Registration.DEREGISTERED))


def failing_topics(remind: Remind) -> Topics:
    response: Any = {
        "Error": {"Code": "InternalError"},
        "ResponseMetadata": {"HTTPStatusCode": 500},
    }
    error = ClientError(response, "Publish")
    client: Any = Failing(remind.topics.client, "publish", error)
    return replace(remind.topics, client=client)


def test_a_home_with_vacancies_older_than_a_day_is_reminded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + DAY + timedelta(minutes=1))
    assert remind.reminded() == {FIRST: 1}


def test_a_home_that_confirmed_within_a_day_is_not_reminded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + DAY)
    assert not remind.reminded()


def test_a_home_that_has_confirmed_again_is_not_reminded(table: Table, remind: Remind) -> None:
    before = home(FIRST)
    save(table, before)
    now = NOON + 3 * DAY
    commit(table, SYSTEM, [changed(before, before.confirm(now), Action.CONFIRMED)])
    remind.open(FIRST)
    remind.at(now)
    assert not remind.reminded()


def test_a_home_that_never_posted_is_reminded(table: Table, remind: Remind) -> None:
    save(table, unposted(FIRST))
    remind.open(FIRST)
    remind.at()
    (message,) = remind.read()
    assert message["confirmed_at"] is None


def test_repeated_runs_at_one_time_of_day_remind_a_home_once(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    for minutes in (0, 1, 60):
        remind.at(NOON + 2 * DAY + timedelta(minutes=minutes))
    assert remind.reminded() == {FIRST: 1}


def test_every_time_of_day_and_every_day_has_its_own_reminder(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + 2 * DAY, "09:30")
    remind.at(NOON + 2 * DAY + timedelta(hours=4), "14:00")
    # Where clocks go forward a day has 23 hours.
    remind.at(NOON + 2 * DAY + timedelta(hours=23), "09:30")
    assert remind.reminded() == {FIRST: 3}


def test_a_home_where_no_one_asked_for_reminders_is_skipped(table: Table, remind: Remind) -> None:
    save(table, home(FIRST), home(SECOND))
    remind.open(SECOND)
    remind.at()
    assert remind.reminded() == {SECOND: 1}


def test_a_home_that_left_the_register_is_not_reminded(table: Table, remind: Remind) -> None:
    save(table, unregistered(FIRST))
    remind.open(FIRST)
    remind.at()
    assert not remind.reminded()


def test_without_a_reminder_time_no_home_is_reminded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(time_of_day=None)
    assert not remind.reminded()


def test_a_failed_reminder_does_not_hold_up_others_and_is_sent_on_the_next_try(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST), home(SECOND))
    remind.open(FIRST, SECOND)
    with pytest.raises(NotRemindedError, match=FIRST):
        remind.at(topics=failing_topics(remind))
    assert remind.reminded() == {SECOND: 1}
    remind.at()
    assert remind.reminded() == {FIRST: 1}


def test_a_reminder_without_a_record_is_sent_again(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    busy = BusyError("busy")
    with pytest.raises(NotRemindedError):
        remind.at(table=replace(table, client=Failing(table.client, "put_item", busy)))  # type: ignore[arg-type]
    remind.at()
    assert remind.reminded() == {FIRST: 2}


def test_the_age_of_the_vacancies_is_measured(table: Table, remind: Remind) -> None:
    fresh = replace(home("1-9000000003"), confirmed_at=NOON + 10 * DAY)
    ageing = replace(home("1-9000000004"), confirmed_at=NOON + 5 * DAY)
    gone = unregistered("1-9000000005")
    save(table, home(FIRST), unposted(SECOND), fresh, ageing, gone)
    remind.at(NOON + 10 * DAY, time_of_day=None)
    assert remind.metrics == {
        "HomesFresh": 1,
        "HomesAgeing": 1,
        "HomesStale": 2,
        "HomesStalePercent": 50,
        "OldestConfirmation": 10 * 24 * 60 * 60,
    }


def test_a_council_without_homes_has_no_metrics(table: Table, remind: Remind) -> None:
    remind.at(time_of_day=None)
    assert not remind.metrics


def test_sent_reminders_are_counted(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at()
    assert remind.metrics["HomesReminded"] == 1


def test_a_home_that_cannot_be_read_does_not_stop_the_reminders_of_others(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST), home(SECOND))
    partition = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": FIRST}}
    wrong = {**home(FIRST).to_document(), "confirmed_at": "long ago"}
    table.put({**partition, keys.DOCUMENT: {"S": to_json(wrong)}})
    remind.open(FIRST, SECOND)
    remind.at(NOON + 2 * DAY)
    assert remind.reminded() == {SECOND: 1}


def test_a_home_whose_message_cannot_be_written_does_not_stop_the_others(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST), home(SECOND))
    partition = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": FIRST}}
    wrong = {**home(FIRST).to_document(), "name": None}
    table.put({**partition, keys.DOCUMENT: {"S": to_json(wrong)}})
    remind.open(FIRST, SECOND)
    with pytest.raises(NotRemindedError, match=FIRST):
        remind.at(NOON + 2 * DAY)
    assert remind.reminded() == {SECOND: 1}
