"""The time in the United Kingdom is the one that the time zone database gives for London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.domain.uk_time import uk_day, uk_moment, uk_time

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_quarter_of_an_hour_around_a_clock_change_is_right(year: int) -> None:
    for month in (3, 10):
        start = datetime(year, month, 24, tzinfo=UTC)
        for quarter in range(9 * 24 * 4):
            moment = start + timedelta(minutes=15 * quarter)
            ours, theirs = uk_time(moment), moment.astimezone(LONDON)
            assert (ours.replace(tzinfo=None), ours.tzname()) == (
                theirs.replace(tzinfo=None),
                theirs.tzname(),
            )


def test_the_moment_stays_the_same() -> None:
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert uk_time(moment) == moment
    assert f"{uk_time(moment):%H:%M}" == "13:30"


def test_the_day_is_london_s_not_that_of_utc() -> None:
    assert uk_day(datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert uk_day(datetime(2026, 7, 1, 23, 0, tzinfo=UTC)) == date(2026, 7, 2)
    assert uk_day(datetime(2026, 1, 5, 23, 59, tzinfo=UTC)) == date(2026, 1, 5)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_clock_s_moment_is_the_one_at_which_it_shows_that_time(year: int) -> None:
    for month in (3, 10):
        day = date(year, month, 24)
        for quarter in range(9 * 24 * 4):
            moment = uk_moment(day, 15 * quarter)
            clock = datetime(year, month, 24) + timedelta(minutes=15 * quarter)
            shown = moment.astimezone(LONDON).replace(tzinfo=None)
            assert shown == clock or shown == clock + timedelta(hours=1) == uk_moment(
                day, 15 * quarter + 60
            ).replace(tzinfo=None)
