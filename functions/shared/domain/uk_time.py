"""The time of day, and the day, in the United Kingdom.

Lambda has no time zone database, and this rule is short.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Final

_WINTER: Final = timezone(timedelta(0), "GMT")
_SUMMER: Final = timezone(timedelta(hours=1), "BST")


def uk_time(moment: datetime) -> datetime:
    """Convert a moment to GMT or British Summer Time.

    Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of
    October (Summer Time Act 1972, as amended in 2002).
    """
    utc = moment.astimezone(UTC)
    return utc.astimezone(_SUMMER if _is_summer(utc) else _WINTER)


def uk_moment(day: date, minutes: int = 0) -> datetime:
    """Return the moment at which clocks in the United Kingdom show so many minutes after midnight.

    A day and more of minutes leads into the next days. Of an hour that comes twice it is the first;
    an hour that is left out counts as the one after it.
    """
    winter = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    summer = winter - timedelta(hours=1)
    return uk_time(summer if _is_summer(summer) else winter)


def uk_day(moment: datetime) -> date:
    """Return the day that it is in the United Kingdom: every promised day is compared with it."""
    return uk_time(moment).date()


def _is_summer(utc: datetime) -> bool:
    return _clock_change(utc.year, 3) <= utc < _clock_change(utc.year, 10)


@cache
def _clock_change(year: int, month: int) -> datetime:
    """Return 01:00 UTC on the last Sunday of a month that has 31 days."""
    last_day = datetime(year, month, 31, 1, tzinfo=UTC)
    return last_day - timedelta(days=last_day.isoweekday() % 7)
