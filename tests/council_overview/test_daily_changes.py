"""The change log is read a day at a time, with each change counted once."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from council_overview.daily_changes import DailyChanges, parse_day
from shared.aws.clock import Clock
from shared.domain.errors import RefusedError
from shared.store.change_log import commit, republish
from shared.store.table import Table
from tests.support.builders import NOON, changed, created, home
from tests.support.fakes import ManualTime, confirmed

TODAY = NOON.date()
HOUR = timedelta(hours=1)


@pytest.fixture
def manual_time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def clock(manual_time: ManualTime) -> Clock:
    return manual_time.clock()


def totals(daily_changes: DailyChanges, day: date, now: datetime) -> Any:
    return json.loads(daily_changes.totals_json(day, now))


def test_a_republished_change_is_counted_once(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    before = home(accepting=2)
    commit(table, clock, [created(before)])
    _, change = confirmed(before)
    commit(table, clock, [change])
    manual_time.advance(timedelta(seconds=3))
    republish(table, clock, change)
    manual_time.advance(timedelta(seconds=3))
    # A repeated request republishes it without its previous state.
    republish(table, clock, replace(change, previous=None))
    today = totals(DailyChanges(table), TODAY, NOON)
    assert (today["changes"], today["confirmations"]) == (2, 1)
    assert today["opened"] == {"general_nursing": 2}


def test_a_change_republished_after_midnight_counts_for_its_own_day(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    manual_time.now = datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)
    commit(table, clock, [created(home())])
    manual_time.advance(timedelta(seconds=3))
    republish(table, clock, created(home()))
    daily_changes = DailyChanges(table)
    assert totals(daily_changes, date(2026, 1, 5), manual_time.now)["changes"] == 1
    assert totals(daily_changes, date(2026, 1, 6), manual_time.now)["changes"] == 0


def test_a_day_is_cached_once_it_has_been_over_for_an_hour(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    daily_changes = DailyChanges(table)
    midnight = datetime(2026, 1, 6, tzinfo=UTC)
    assert totals(daily_changes, TODAY, midnight + HOUR)["changes"] == 0
    commit(table, clock, [created(home())])
    assert totals(daily_changes, TODAY, midnight + HOUR)["changes"] == 1
    assert totals(daily_changes, TODAY, midnight + HOUR + timedelta(seconds=1))["changes"] == 1
    opened = replace(home(accepting=3), version=2)
    commit(table, clock, [changed(home(), opened)])
    assert totals(daily_changes, TODAY, midnight + 2 * HOUR)["changes"] == 1


@pytest.mark.parametrize("text", ["2026-01-05", "2025-12-31", "2025-01-04"])
def test_any_day_of_the_last_year_is_valid(text: str) -> None:
    assert parse_day(text, NOON).isoformat() == text


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
def test_any_other_day_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_day(text, NOON)
    assert refused.value.problems[0].field == "day"
