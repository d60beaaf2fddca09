"""The log a day at a time: each change once, wherever its day ends."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from council_overview.daily_changes import Days, asked
from shared.aws.clock import Clock
from shared.domain.errors import RefusedError
from shared.store.change_log import commit, republish
from shared.store.table import Table
from tests.support.builders import NOON, changed, created, home
from tests.support.fakes import Hands, next_of

TODAY = NOON.date()
HOUR = timedelta(hours=1)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return hands.clock()


def told(days: Days, day: date, now: datetime) -> Any:
    return json.loads(days.sum_of(day, now))


def test_a_change_that_was_appended_again_counts_once(
    table: Table, clock: Clock, hands: Hands
) -> None:
    before = home(accepting=2)
    commit(table, clock, [created(before)])
    _, change = next_of(before)
    commit(table, clock, [change])
    hands.move(timedelta(seconds=3))
    republish(table, clock, change)
    hands.move(timedelta(seconds=3))
    # As a repeat of the request shows it: whoever appends it does not know what it was.
    republish(table, clock, replace(change, previous=None))
    sums = told(Days(table), TODAY, NOON)
    assert (sums["changes"], sums["confirmations"]) == (2, 1)
    assert sums["opened"] == {"general_nursing": 2}


def test_a_change_that_was_appended_again_after_midnight_is_of_its_own_day(
    table: Table, clock: Clock, hands: Hands
) -> None:
    hands.now = datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)
    commit(table, clock, [created(home())])
    hands.move(timedelta(seconds=3))
    republish(table, clock, created(home()))
    days = Days(table)
    assert told(days, date(2026, 1, 5), hands.now)["changes"] == 1
    assert told(days, date(2026, 1, 6), hands.now)["changes"] == 0


def test_a_day_is_kept_when_it_has_been_over_for_an_hour(
    table: Table, clock: Clock, hands: Hands
) -> None:
    days = Days(table)
    midnight = datetime(2026, 1, 6, tzinfo=UTC)
    assert told(days, TODAY, midnight + HOUR)["changes"] == 0
    commit(table, clock, [created(home())])
    assert told(days, TODAY, midnight + HOUR)["changes"] == 1
    assert told(days, TODAY, midnight + HOUR + timedelta(seconds=1))["changes"] == 1
    opened = replace(home(accepting=3), version=2)
    commit(table, clock, [changed(home(), opened)])
    assert told(days, TODAY, midnight + 2 * HOUR)["changes"] == 1


@pytest.mark.parametrize("text", ["2026-01-05", "2025-12-31", "2025-01-04"])
def test_any_day_to_a_year_back_may_be_asked(text: str) -> None:
    assert asked(text, NOON).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-06",
        "2025-01-03",
        "2025-02-30",
        "yesterday",
        "",
        "20260105",
        "2026-1-5",
        "２０２６-01-05",
    ],
)
def test_no_other_day_may(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        asked(text, NOON)
    assert refused.value.problems[0].field == "day"
