"""The time of day in Britain: Lambda has no time zones installed, and this rule is short."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_WINTER: Final = timezone(timedelta(0), "GMT")
_SUMMER: Final = timezone(timedelta(hours=1), "BST")


def on_the_wall(moment: datetime) -> datetime:
    """The moment as British clocks show it.

    Summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last of October
    (Summer Time Act 1972, as amended in 2002).
    """
    utc = moment.astimezone(UTC)
    is_summer = _changeover(utc.year, 3) <= utc < _changeover(utc.year, 10)
    return utc.astimezone(_SUMMER if is_summer else _WINTER)


def _changeover(year: int, month: int) -> datetime:
    """01:00 UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=last.isoweekday() % 7)
