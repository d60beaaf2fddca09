"""When a home admits people: hours for each day of the week, by London's clock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

from shared.domain.bank_holidays import is_bank_holiday
from shared.domain.errors import Problem
from shared.domain.uk_time import uk_moment, uk_time

MAX_PERIODS: Final = 3
"""The periods of one day, such as a morning and an evening."""

_PERIOD: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_A_DAY: Final = 24 * 60


class Day(StrEnum):
    """The days for which a home gives hours; `bank_holiday` comes before the day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    BANK_HOLIDAY = "bank_holiday"


WEEKDAYS: Final = tuple(Day)[:7]


class Period(NamedTuple):
    """Minutes after midnight: from `start` until `end`, which may lie on the next day."""

    start: int
    end: int

    @classmethod
    def read(cls, text: str) -> "Period | None":
        """Read a period such as "08:00-20:00"; "20:00-02:00" ends on the next day.

        Return None for what is no period: a wrong form, a time such as 24:30, or no time at all.
        """
        match = _PERIOD.fullmatch(text)
        if not match:
            return None
        hours, minutes, end_hours, end_minutes = map(int, match.groups())
        start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
        if end > _A_DAY or start == end:
            return None
        return cls(start, end if end > start else end + _A_DAY)

    def __str__(self) -> str:
        """Write the period as it is read."""
        end = self.end if self.end <= _A_DAY else self.end - _A_DAY
        return f"{_clock(self.start)}-{_clock(end)}"


@dataclass(frozen=True, slots=True)
class AdmissionHours:
    """When a home admits people, and until when it takes someone on the same day.

    A day that is not named has no admissions. Without `bank_holiday`, a bank holiday is a day like
    any other.
    """

    periods: Mapping[Day, tuple[Period, ...]] = field(default_factory=dict)
    same_day_before: int | None = None
    """Minutes after midnight: who asks later is admitted from the next day on."""

    def admits_by(self, latest: datetime, now: datetime) -> bool:
        """Tell whether someone who is asked for now can be admitted by `latest`."""
        today = uk_time(now)
        first_day, minutes = today.date(), today.hour * 60 + today.minute
        earliest = now
        if self.same_day_before is not None and minutes >= self.same_day_before:
            earliest = uk_moment(first_day + timedelta(days=1))
        # A period of the day before may last past midnight.
        day, last_day = first_day - timedelta(days=1), uk_time(latest).date()
        while day <= last_day:
            for period in self.on(day):
                begins = max(uk_moment(day, period.start), earliest)
                if begins <= latest and begins < uk_moment(day, period.end):
                    return True
            day += timedelta(days=1)
        return False

    def on(self, day: date) -> tuple[Period, ...]:
        """Return the periods that begin on a day."""
        if Day.BANK_HOLIDAY in self.periods and is_bank_holiday(day):
            return self.periods[Day.BANK_HOLIDAY]
        return self.periods.get(WEEKDAYS[day.weekday()], ())

    def problems(self, where: str) -> Iterator[Problem]:
        """Yield what is wrong with the hours; the names of the fields begin with `where`."""
        for day, periods in self.periods.items():
            if len(periods) > MAX_PERIODS:
                yield Problem(f"{where}.{day}", f"at most {MAX_PERIODS} periods")
            ordered = sorted(periods)
            if any(first.end > second.start for first, second in pairwise(ordered)):
                yield Problem(f"{where}.{day}", "periods that do not overlap")

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the hours from a home's document."""
        before = document.get("same_day_before")
        return cls(
            {
                day: tuple(
                    period for text in document[day] if (period := Period.read(text)) is not None
                )
                for day in Day
                if day in document
            },
            read_clock(before) if before else None,
        )

    def to_document(self) -> dict[str, Any]:
        """Write the hours for a home's document."""
        document: dict[str, Any] = {
            day: [str(period) for period in self.periods[day]] for day in Day if day in self.periods
        }
        if self.same_day_before is not None:
            document["same_day_before"] = _clock(self.same_day_before)
        return document


def read_clock(text: str) -> int | None:
    """Read a time such as "14:30" as minutes after midnight; return None for what is no time."""
    match = _CLOCK.fullmatch(text)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
