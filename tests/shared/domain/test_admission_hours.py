"""Admission hours follow London's clock, over midnight, clock changes and bank holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.admission_hours import WEEKDAYS, AdmissionHours, Day, Period, read_clock
from shared.domain.errors import Problem
from shared.domain.uk_time import uk_moment, uk_time


def hours(same_day_before: str | None = None, **days: str) -> AdmissionHours:
    """Return the hours of a document: `friday="08:00-12:00 14:00-20:00"`."""
    document = {day: periods.split() for day, periods in days.items()}
    before = {"same_day_before": same_day_before} if same_day_before else {}
    return AdmissionHours.from_document({**document, **before})


def at(text: str) -> datetime:
    """Return the moment at which a clock in London shows a time such as "2026-11-27 14:00"."""
    day, clock = text.split()
    minutes = read_clock(clock)
    assert minutes is not None
    return uk_moment(date.fromisoformat(day), minutes)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("08:00-20:00", Period(480, 1200)),
        ("00:00-24:00", Period(0, 1440)),
        ("20:00-02:00", Period(1200, 1560)),
        ("22:30-00:00", Period(1350, 1440)),
    ],
)
def test_a_period_is_read_and_written(text: str, period: Period) -> None:
    assert Period.read(text) == period
    assert Period.read(str(period)) == period


@pytest.mark.parametrize(
    "text", ["", "08:00", "8:00-20:00", "08:00-08:00", "25:00-26:00", "08:00-24:30", "08:60-09:00"]
)
def test_what_is_no_period_is_not_read(text: str) -> None:
    assert Period.read(text) is None


# 27 November 2026 is a Friday.
@pytest.mark.parametrize(
    ("now", "latest", "admits"),
    [
        ("2026-11-27 09:00", "2026-11-27 16:00", True),
        ("2026-11-27 19:59", "2026-11-27 23:00", True),
        ("2026-11-27 20:00", "2026-11-28 07:59", False),
        ("2026-11-27 05:00", "2026-11-27 08:00", True),
        ("2026-11-27 05:00", "2026-11-27 07:59", False),
        ("2026-11-28 09:00", "2026-11-29 23:59", False),
        ("2026-11-28 09:00", "2026-11-30 08:00", True),
    ],
)
def test_a_home_that_admits_on_working_days(now: str, latest: str, admits: bool) -> None:
    working_days = dict.fromkeys(WEEKDAYS[:5], "08:00-20:00")
    assert hours(**working_days).admits_by(at(latest), at(now)) is admits


def test_a_period_may_last_past_midnight() -> None:
    night = hours(friday="20:00-02:00")
    assert night.admits_by(at("2026-11-28 01:00"), at("2026-11-28 00:30"))
    assert not night.admits_by(at("2026-11-28 09:00"), at("2026-11-28 02:00"))


def test_who_asks_too_late_is_admitted_from_the_next_day() -> None:
    home = hours("14:00", friday="08:00-20:00", saturday="10:00-12:00")
    assert home.admits_by(at("2026-11-27 20:00"), at("2026-11-27 13:59"))
    assert not home.admits_by(at("2026-11-27 20:00"), at("2026-11-27 14:00"))
    assert home.admits_by(at("2026-11-28 10:00"), at("2026-11-27 14:00"))


def test_a_bank_holiday_has_hours_of_its_own_where_the_home_gives_them() -> None:
    christmas, day_before = at("2026-12-25 18:00"), at("2026-12-25 00:00")
    assert hours(friday="08:00-20:00").admits_by(christmas, day_before)
    closed = hours(friday="08:00-20:00", bank_holiday="")
    assert not closed.admits_by(christmas, day_before)
    morning = hours(friday="", bank_holiday="09:00-12:00")
    assert morning.admits_by(christmas, day_before)
    assert not morning.admits_by(at("2026-12-25 08:59"), day_before)


def test_the_clock_is_london_s_in_summer_too() -> None:
    home = hours(saturday="08:00-09:00")
    assert home.admits_by(datetime(2026, 7, 4, 7, 0, tzinfo=UTC), at("2026-07-04 00:00"))
    assert not home.admits_by(datetime(2026, 7, 4, 6, 59, tzinfo=UTC), at("2026-07-04 00:00"))


def test_overlapping_and_too_many_periods_are_refused() -> None:
    assert list(hours(friday="08:00-12:00 11:00-13:00").problems("hours")) == [
        Problem("hours.friday", "periods that do not overlap")
    ]
    many = hours(monday="08:00-09:00 10:00-11:00 12:00-13:00 14:00-15:00")
    assert [each.field for each in many.problems("hours")] == ["hours.monday"]
    assert not list(hours(monday="08:00-12:00 12:00-13:00").problems("hours"))


def test_the_document_reads_back() -> None:
    home = hours("14:30", friday="08:00-12:00 20:00-02:00", sunday="", bank_holiday="09:00-10:00")
    assert AdmissionHours.from_document(home.to_document()) == home
    assert home.to_document() == {
        "friday": ["08:00-12:00", "20:00-02:00"],
        "sunday": [],
        "bank_holiday": ["09:00-10:00"],
        "same_day_before": "14:30",
    }


minutes = st.integers(0, 1439)
periods = st.tuples(minutes, st.integers(1, 1440)).map(lambda pair: Period(pair[0], sum(pair)))


@given(
    st.dictionaries(st.sampled_from(Day), st.lists(periods, max_size=2).map(tuple)),
    st.none() | minutes,
    st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 2)),
    st.integers(0, 4 * 96),
)
def test_it_admits_if_any_quarter_of_an_hour_does(
    days: dict[Day, tuple[Period, ...]], before: int | None, now: datetime, quarters: int
) -> None:
    """Against a walk through the minutes, over the end of summer time and up to four days ahead."""
    start = now.replace(tzinfo=UTC, second=0, microsecond=0)
    latest = start + timedelta(minutes=15 * quarters)
    home = AdmissionHours(days, before)
    earliest = start
    today = uk_time(start)
    if before is not None and today.hour * 60 + today.minute >= before:
        earliest = uk_moment(today.date() + timedelta(days=1))
    opened = [
        (uk_moment(day, period.start), uk_moment(day, period.end))
        for offset in range(-2, 7)
        for day in [today.date() + timedelta(days=offset)]
        for period in home.on(day)
    ]
    moment, admits = earliest, False
    while moment <= latest and not admits:
        admits = any(begins <= moment < ends for begins, ends in opened)
        moment += timedelta(minutes=1)
    assert home.admits_by(latest, start) is admits
