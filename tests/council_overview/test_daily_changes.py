"""The change log is read a day at a time, with each change counted once."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from council_overview.daily_changes import DailyChanges, parse_day
from shared.aws.clock import Clock
from shared.domain.care_home import CareHome
from shared.domain.errors import RefusedError
from shared.store.change_log import commit, republish
from shared.store.table import Table
from tests.support.builders import NOON, created, home
from tests.support.fakes import ManualTime, confirmed

TODAY = NOON.date()
HOUR = timedelta(hours=1)
MIDNIGHT = datetime(2026, 1, 6, tzinfo=UTC)
"""The end of TODAY."""


def totals(daily_changes: DailyChanges, day: date) -> Any:
    return json.loads(daily_changes.totals_json(day))


def commit_on(day: date, table: Table, new: CareHome) -> None:
    """Commit a new home at noon of this day."""
    commit(table, ManualTime(datetime.combine(day, time(12), UTC)).clock(), [created(new)])


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
    today = totals(DailyChanges(table, clock), TODAY)
    assert (today["changes"], today["confirmations"]) == (2, 1)
    assert today["opened"] == {"general_nursing": 2}


def test_a_change_republished_after_midnight_counts_for_its_own_day(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    manual_time.now = datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)
    commit(table, clock, [created(home())])
    manual_time.advance(timedelta(seconds=3))
    republish(table, clock, created(home()))
    daily_changes = DailyChanges(table, clock)
    assert totals(daily_changes, date(2026, 1, 5))["changes"] == 1
    assert totals(daily_changes, date(2026, 1, 6))["changes"] == 0


def test_a_day_is_cached_once_it_has_been_over_for_an_hour(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    daily_changes = DailyChanges(table, clock)
    manual_time.now = MIDNIGHT + HOUR
    assert totals(daily_changes, TODAY)["changes"] == 0
    commit_on(TODAY, table, home())
    assert totals(daily_changes, TODAY)["changes"] == 1
    manual_time.advance(timedelta(seconds=1))
    assert totals(daily_changes, TODAY)["changes"] == 1
    commit_on(TODAY, table, home("1-2000000002"))
    manual_time.advance(30 * 24 * HOUR)
    assert totals(daily_changes, TODAY)["changes"] == 1


@pytest.mark.parametrize("later", [timedelta(0), 16 * HOUR], ids=["at once", "a day later"])
def test_a_day_read_while_the_clock_was_ahead_is_read_again(
    later: timedelta, table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    daily_changes = DailyChanges(table, clock)
    manual_time.now += 14 * HOUR  # the clock jumps from noon into tomorrow
    assert totals(daily_changes, TODAY)["changes"] == 0
    manual_time.now -= 14 * HOUR  # and back
    commit_on(TODAY, table, home())
    manual_time.advance(later)  # past the time of the jump, so that only the steady clock tells
    assert totals(daily_changes, TODAY)["changes"] == 1


def test_a_clock_that_is_set_back_slowly_counts_too(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    daily_changes = DailyChanges(table, clock)
    manual_time.now = MIDNIGHT + 2 * HOUR  # two hours ahead
    assert totals(daily_changes, TODAY)["changes"] == 0
    commit_on(TODAY, table, home())
    for _ in range(20):
        manual_time.advance(timedelta(seconds=5))
        manual_time.now -= timedelta(seconds=5)
        shown = totals(daily_changes, TODAY)["changes"]
    assert shown == 1


def test_a_frozen_process_keeps_its_days(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    daily_changes = DailyChanges(table, clock)
    manual_time.now = MIDNIGHT + 2 * HOUR
    assert totals(daily_changes, TODAY)["changes"] == 0
    commit_on(TODAY, table, home())
    manual_time.now += 5 * HOUR  # between calls its steady clock may stand still
    assert totals(daily_changes, TODAY)["changes"] == 0


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
