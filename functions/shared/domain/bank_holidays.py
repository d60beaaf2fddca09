"""The bank holidays of England and Wales.

The rule is that of the Banking and Financial Dealings Act 1971 and of the proclamations that repeat
each year. Days that were proclaimed once are listed; add those to come.
"""

from datetime import date, timedelta
from functools import cache
from typing import Final

_PROCLAIMED_ONCE: Final[frozenset[date]] = frozenset()
"""Extra days from 2026 on; gov.uk lists them at least a year ahead."""

_SATURDAY: Final = 5


def is_bank_holiday(day: date) -> bool:
    """Tell whether a day is a bank holiday in England and Wales."""
    return day in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year from 1978 on, without those that were moved once."""
    easter = _easter_sunday(year)
    days = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    # A day at a weekend is made up for on the next day that is none and is no holiday already.
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() >= _SATURDAY or day in days:
            day += timedelta(days=1)
        days.add(day)
    return frozenset(days | {day for day in _PROCLAIMED_ONCE if day.year == year})


def _monday_from(day: date) -> date:
    """Return the first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday: the rule of the Gregorian calendar, as Gauss and others computed it."""
    century, golden = year // 100, year % 19
    skipped = century - century // 4 - (8 * century + 13) // 25
    age = (19 * golden + skipped + 15) % 30
    age -= age // 28 * (1 - age // 28 * (29 // (age + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + age + 2 - century + century // 4) % 7
    offset = age - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
