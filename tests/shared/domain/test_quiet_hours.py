"""A member gets no message in their quiet hours, by London's clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.admission_hours import Period, read_clock
from shared.domain.quiet_hours import QuietHours
from shared.domain.uk_time import uk_moment

NIGHT = QuietHours.read("22:00-07:00")
NAP = QuietHours.read("13:00-14:30")


def at(text: str) -> datetime:
    day, clock = text.split()
    minutes = read_clock(clock)
    assert minutes is not None
    return uk_moment(date.fromisoformat(day), minutes)


# Clocks go back on 25 October 2026 and forward on 28 March 2027.
@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (NIGHT, "2026-11-27 21:59", None),
        (NIGHT, "2026-11-27 22:00", "2026-11-28 07:00"),
        (NIGHT, "2026-11-28 06:59", "2026-11-28 07:00"),
        (NIGHT, "2026-11-28 07:00", None),
        (NIGHT, "2026-10-24 23:00", "2026-10-25 07:00"),
        (NIGHT, "2027-03-28 03:00", "2027-03-28 07:00"),
        (NAP, "2026-07-01 13:00", "2026-07-01 14:30"),
        (NAP, "2026-07-01 12:59", None),
    ],
)
def test_messages_wait_until_the_quiet_hours_end(
    hours: QuietHours, now: str, until: str | None
) -> None:
    assert hours.until(at(now)) == (at(until) if until else None)


def test_they_are_read_and_written() -> None:
    assert str(NIGHT) == "22:00-07:00"


@pytest.mark.parametrize("text", ["", "22-07", "22:00", "08:00-08:00", "00:00-24:00"])
def test_what_is_no_quiet_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not hours"):
        QuietHours.read(text)


@given(
    st.tuples(st.integers(2, 23), st.integers(2, 23)).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from([date(2026, 10, 24), date(2027, 3, 27), date(2026, 7, 1)]),
    st.integers(0, 3 * 24 * 4),
)
def test_it_is_quiet_when_the_clock_on_the_wall_says_so(
    hours: tuple[int, int], first: date, quarters: int
) -> None:
    """Against the time zone database; no hours that begin or end while clocks change."""
    start, end = (60 * hour for hour in hours)
    quiet = QuietHours(Period(start, end if end > start else end + 24 * 60))
    now = datetime(first.year, first.month, first.day, tzinfo=UTC) + quarters * timedelta(
        minutes=15
    )
    shown = now.astimezone(ZoneInfo("Europe/London"))
    minutes = shown.hour * 60 + shown.minute
    is_quiet = start <= minutes < end if start < end else minutes >= start or minutes < end
    until = quiet.until(now)
    assert (until is not None) is is_quiet
    if until:
        assert quiet.until(until) is None
