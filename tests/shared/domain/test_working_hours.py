"""A home has four working hours to answer, and never longer than twenty hours on the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.admission_hours import WEEKDAYS, Day, Period, read_clock
from shared.domain.bank_holidays import is_bank_holiday
from shared.domain.uk_time import uk_moment
from shared.domain.working_hours import ANSWER_TIME, LONGEST_WAIT, WorkingHours

LONDON = ZoneInfo("Europe/London")
QUARTER = timedelta(minutes=15)

OFFICE = WorkingHours.read("monday tuesday wednesday thursday friday 09:00-17:00")
EVERY_DAY = WorkingHours.read(" ".join([*Day, "08:00-20:00"]))
ALWAYS = WorkingHours.read(" ".join([*Day, "00:00-24:00"]))


def at(text: str) -> datetime:
    """Return the moment at which a clock in London shows a time such as "2026-11-27 14:00"."""
    day, clock = text.split()
    minutes = read_clock(clock)
    assert minutes is not None
    return uk_moment(date.fromisoformat(day), minutes)


# 27 November 2026 is a Friday; 24 December 2026 a Thursday; clocks go back on 25 October 2026 and
# forward on 28 March 2027.
@pytest.mark.parametrize(
    ("hours", "asked_at", "deadline"),
    [
        pytest.param(OFFICE, "2026-11-26 10:10", "2026-11-26 14:10", id="within one day"),
        pytest.param(OFFICE, "2026-11-26 13:00", "2026-11-26 17:00", id="to the end of the day"),
        pytest.param(OFFICE, "2026-11-26 15:00", "2026-11-27 11:00", id="into the next morning"),
        pytest.param(OFFICE, "2026-11-26 05:00", "2026-11-26 13:00", id="before work"),
        pytest.param(OFFICE, "2026-11-26 16:55", "2026-11-27 12:55", id="20 hours are just enough"),
        pytest.param(OFFICE, "2026-11-27 16:55", "2026-11-28 12:55", id="Friday 16:55"),
        pytest.param(EVERY_DAY, "2026-11-27 16:55", "2026-11-28 08:55", id="seven days a week"),
        pytest.param(OFFICE, "2026-11-27 23:30", "2026-11-28 19:30", id="over midnight"),
        pytest.param(OFFICE, "2026-12-24 15:00", "2026-12-25 11:00", id="Christmas Eve"),
        pytest.param(EVERY_DAY, "2026-12-24 18:00", "2026-12-25 10:00", id="working at Christmas"),
        pytest.param(OFFICE, "2026-12-25 10:00", "2026-12-26 06:00", id="Christmas Day"),
        pytest.param(OFFICE, "2026-12-28 20:00", "2026-12-29 13:00", id="a holiday's evening"),
        pytest.param(EVERY_DAY, "2026-10-24 18:00", "2026-10-25 10:00", id="clocks go back"),
        pytest.param(ALWAYS, "2026-10-24 23:30", "2026-10-25 02:30", id="an hour comes twice"),
        pytest.param(ALWAYS, "2027-03-27 23:30", "2027-03-28 04:30", id="an hour is left out"),
        pytest.param(OFFICE, "2026-10-24 16:00", "2026-10-25 11:00", id="20 hours that pass"),
        pytest.param(OFFICE, "2027-03-27 16:00", "2027-03-28 13:00", id="20 hours in March"),
    ],
)
def test_a_deadline(hours: WorkingHours, asked_at: str, deadline: str) -> None:
    assert hours.deadline(at(asked_at)) == at(deadline)


def test_a_bank_holiday_counts_only_where_the_setting_names_it() -> None:
    weekdays = WorkingHours(frozenset(WEEKDAYS), EVERY_DAY.period)
    assert not weekdays.is_working_day(date(2026, 12, 25))
    assert EVERY_DAY.is_working_day(date(2026, 12, 25))
    assert weekdays.deadline(at("2026-12-24 19:00")) == at("2026-12-25 15:00")
    assert EVERY_DAY.deadline(at("2026-12-24 19:00")) == at("2026-12-25 11:00")


def test_a_deadline_is_a_whole_minute_and_never_too_late() -> None:
    asked_at = datetime(2026, 11, 26, 10, 10, 59, 999_999, tzinfo=UTC)
    assert OFFICE.deadline(asked_at) == datetime(2026, 11, 26, 14, 10, tzinfo=UTC)


def test_the_setting_is_read_and_written() -> None:
    text = "monday friday bank_holiday 08:30-18:00"
    assert str(WorkingHours.read(text)) == text
    assert WorkingHours.read("friday monday 20:00-24:00").period == Period(1200, 1440)


@pytest.mark.parametrize(
    "text",
    ["", "monday", "09:00-17:00", "monday 9-17", "mon 09:00-17:00", "monday 22:00-06:00"],
)
def test_what_is_no_setting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not"):
        WorkingHours.read(text)


# Not within the hour that comes twice or not at all: whether it counts once is tried by name.
_CLOCK_TIMES = st.sampled_from([0, 30, 120, 300, 480, 555, 780, 1020, 1200, 1425, 1440])


@given(
    st.frozensets(st.sampled_from(Day), min_size=1),
    st.tuples(_CLOCK_TIMES, _CLOCK_TIMES).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([date(2026, 10, 22), date(2026, 12, 22), date(2027, 3, 25)]),
    st.integers(0, 8 * 96),
)
def test_the_deadline_is_that_of_a_walk_through_every_quarter_of_an_hour(
    days: frozenset[Day], period: tuple[int, int], first: date, quarters: int
) -> None:
    """Against the time zone database, over clock changes, Christmas and New Year."""
    hours = WorkingHours(days, Period(*period))
    asked_at = datetime(first.year, first.month, first.day, tzinfo=UTC) + quarters * QUARTER
    moment, worked = asked_at, timedelta(0)
    while worked < ANSWER_TIME and moment < asked_at + LONGEST_WAIT:
        shown = moment.astimezone(LONDON)
        holiday = is_bank_holiday(shown.date())
        day = Day.BANK_HOLIDAY if holiday else WEEKDAYS[shown.weekday()]
        if day in days and period[0] <= shown.hour * 60 + shown.minute < period[1]:
            worked += QUARTER
        moment += QUARTER
    assert hours.deadline(asked_at) == moment
