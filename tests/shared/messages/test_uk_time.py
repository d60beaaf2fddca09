"""British clocks, as the time zone database has them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.messages.uk_time import on_the_wall

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_quarter_of_an_hour_around_a_change_is_londons(year: int) -> None:
    for month in (3, 10):
        start = datetime(year, month, 24, tzinfo=UTC)
        for quarter in range(9 * 24 * 4):
            moment = start + timedelta(minutes=15 * quarter)
            ours, theirs = on_the_wall(moment), moment.astimezone(LONDON)
            assert (ours.replace(tzinfo=None), ours.tzname()) == (
                theirs.replace(tzinfo=None),
                theirs.tzname(),
            )


def test_it_is_the_same_moment() -> None:
    moment = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert on_the_wall(moment) == moment
    assert f"{on_the_wall(moment):%H:%M}" == "13:30"
