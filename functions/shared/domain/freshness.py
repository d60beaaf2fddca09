"""How old a home's word on its vacancies is, in words and as a label."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

FRESH_FOR: Final = timedelta(hours=24)
"""Homes that keep their numbers do it daily, and most beds that are free today were yesterday."""

AGEING_FOR: Final = timedelta(days=7)
"""Older than a week is a guess: the law asks for one update a month, so a home may be within the
law and its numbers four weeks wrong."""


class Freshness(StrEnum):
    """How far to trust a count; what was never confirmed is stale too."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


def freshness(age: timedelta | None) -> Freshness:
    """The label of a confirmation this old; None: there never was one."""
    if age is None or age > AGEING_FOR:
        return Freshness.STALE
    return Freshness.FRESH if age <= FRESH_FOR else Freshness.AGEING


def age_in_words(age: timedelta | None) -> str:
    """ "confirmed 3 days ago", in whole units, rounded down; None: there never was one.

    Clocks differ a little, so a confirmation may seem to lie ahead: that is just now.
    """
    if age is None:
        return "never confirmed"
    for unit, length in _UNITS:
        if count := max(age, timedelta(0)) // length:
            return f"confirmed {count} {unit}{'s' * (count > 1)} ago"
    return "confirmed just now"


_UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)
