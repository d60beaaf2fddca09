"""Homes with old numbers are reminded, each once at a time; the council learns how old all are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from remind_homes.reminders import NotRemindedError
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.aws.telemetry import metrics
from shared.domain.care_home import CareHome
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, Registration
from shared.store.change_log import commit
from shared.store.table import Table
from tests.remind_homes.conftest import Remind
from tests.support.builders import NOON, REGISTER, changed, home, save, unposted

FIRST, SECOND = "1-9000000001", "1-9000000002"
DAY = timedelta(days=1)


class Failing:
    """A client one of whose calls fails, as often as said."""

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
    error = ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "Publish")
    client: Any = Failing(remind.topics.client, "publish", error)
    return replace(remind.topics, client=client)


def test_a_home_whose_numbers_are_older_than_a_day_is_reminded(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + DAY + timedelta(minutes=1))
    assert remind.reminded() == {FIRST: 1}


def test_a_home_that_confirmed_within_a_day_is_left_alone(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + DAY)
    assert not remind.reminded()


def test_a_home_that_has_confirmed_since_is_not_reminded(table: Table, remind: Remind) -> None:
    before = home(FIRST)
    save(table, before)
    now = NOON + 3 * DAY
    commit(table, SYSTEM, [changed(before, before.confirmed(now), Action.CONFIRMED)])
    remind.open(FIRST)
    remind.at(now)
    assert not remind.reminded()


def test_a_home_that_never_posted_is_reminded(table: Table, remind: Remind) -> None:
    save(table, unposted(FIRST))
    remind.open(FIRST)
    remind.at()
    (message,) = remind.read()
    assert message["confirmed_at"] is None


def test_a_home_is_reminded_once_for_a_time_however_often_it_runs(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    for minutes in (0, 1, 60):
        remind.at(NOON + 2 * DAY + timedelta(minutes=minutes))
    assert remind.reminded() == {FIRST: 1}


def test_each_time_of_a_day_and_each_day_reminds_anew(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(NOON + 2 * DAY, "09:30")
    remind.at(NOON + 2 * DAY + timedelta(hours=4), "14:00")
    # Where clocks go forward a day has 23 hours.
    remind.at(NOON + 2 * DAY + timedelta(hours=23), "09:30")
    assert remind.reminded() == {FIRST: 3}


def test_a_home_that_nobody_is_reminded_of_is_passed_over(table: Table, remind: Remind) -> None:
    save(table, home(FIRST), home(SECOND))
    remind.open(SECOND)
    remind.at()
    assert remind.reminded() == {SECOND: 1}


def test_a_home_that_is_registered_no_more_is_not_reminded(table: Table, remind: Remind) -> None:
    save(table, unregistered(FIRST))
    remind.open(FIRST)
    remind.at()
    assert not remind.reminded()


def test_without_a_time_nobody_is_reminded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at(time_of_day=None)
    assert not remind.reminded()


def test_a_home_that_could_not_be_told_holds_up_nobody_and_is_told_at_the_next_try(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST), home(SECOND))
    remind.open(FIRST, SECOND)
    with pytest.raises(NotRemindedError, match=FIRST):
        remind.at(topics=failing_topics(remind))
    assert remind.reminded() == {SECOND: 1}
    remind.at()
    assert remind.reminded() == {FIRST: 1}


def test_a_reminder_that_is_not_on_record_comes_again_rather_than_never(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    busy = BusyError("busy")
    with pytest.raises(NotRemindedError):
        remind.at(table=replace(table, client=Failing(table.client, "put_item", busy)))  # type: ignore[arg-type]
    remind.at()
    assert remind.reminded() == {FIRST: 2}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Every metric that was sent, by name."""
    found: dict[str, float] = {}
    monkeypatch.setattr(metrics, "add_metric", lambda name, _, value: found.update({name: value}))
    return found


def test_the_council_learns_how_old_the_numbers_are(
    table: Table, remind: Remind, counted: dict[str, float]
) -> None:
    fresh = replace(home("1-9000000003"), confirmed_at=NOON + 10 * DAY)
    ageing = replace(home("1-9000000004"), confirmed_at=NOON + 5 * DAY)
    gone = unregistered("1-9000000005")
    save(table, home(FIRST), unposted(SECOND), fresh, ageing, gone)
    remind.at(NOON + 10 * DAY, time_of_day=None)
    assert counted == {
        "HomesFresh": 1,
        "HomesAgeing": 1,
        "HomesStale": 2,
        "HomesStalePercent": 50,
        "OldestConfirmation": 10 * 24 * 60 * 60,
    }


def test_a_council_without_homes_is_not_stale(
    table: Table, remind: Remind, counted: dict[str, float]
) -> None:
    remind.at(time_of_day=None)
    assert not counted


def test_how_many_were_reminded_is_counted_and_none_is_named(
    table: Table, remind: Remind, counted: dict[str, float]
) -> None:
    save(table, home(FIRST))
    remind.open(FIRST)
    remind.at()
    assert counted["HomesReminded"] == 1
