"""The council's working hours, and until when a home has to answer a team's ask for a bed.

Every length of time is one that passes: the night on which clocks change makes none of them longer
or shorter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Self

from shared.domain.admission_hours import WEEKDAYS, Day, Period
from shared.domain.bank_holidays import is_bank_holiday
from shared.domain.uk_time import uk_day, uk_moment

ANSWER_TIME: Final = timedelta(hours=4)
"""How many working hours a home has to answer."""

LONGEST_WAIT: Final = timedelta(hours=20)
"""How long it may take at most, working hours or not: no bed is held over a weekend."""

_A_DAY: Final = timedelta(days=1)
_LAST_MINUTE: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The days of the week and the hours by London's clock in which the council's teams work.

    A bank holiday counts only where `days` has `bank_holiday`, whatever its day of the week is.
    """

    days: frozenset[Day]
    period: Period
    """The same on each day; it ends at midnight at the latest."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a setting such as "monday tuesday bank_holiday 08:00-18:00". Raises ValueError."""
        *names, hours = text.split() or [""]
        days, period = frozenset(map(Day, names)), Period.read(hours)
        if not days or period is None or period.end > _LAST_MINUTE:
            raise ValueError(f"'{text}' is not days and hours such as 'monday friday 08:00-18:00'")
        return cls(days, period)

    def __str__(self) -> str:
        """Write them as they are read."""
        return " ".join([*(day for day in Day if day in self.days), str(self.period)])

    def deadline(self, asked_at: datetime) -> datetime:
        """Return until when an ask of this moment waits for its answer, in UTC.

        That is once `ANSWER_TIME` of working hours has passed, and at most `LONGEST_WAIT` later,
        back to the whole minute: the time that people read is the one that counts.
        """
        latest, left = asked_at + LONGEST_WAIT, ANSWER_TIME
        for begins, ends in self._periods(asked_at, latest):
            start = max(begins, asked_at)
            if ends - start >= left:
                return _whole_minute(min(start + left, latest))
            left -= max(ends - start, timedelta(0))
        return _whole_minute(latest)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the council's teams work on a day."""
        if is_bank_holiday(day):
            return Day.BANK_HOLIDAY in self.days
        return WEEKDAYS[day.weekday()] in self.days

    def _periods(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the working hours of every day from that of `start` to that of `end`."""
        day, last = uk_day(start), uk_day(end)
        while day <= last:
            if self.is_working_day(day):
                yield uk_moment(day, self.period.start), uk_moment(day, self.period.end)
            day += _A_DAY


def _whole_minute(moment: datetime) -> datetime:
    utc = moment.astimezone(UTC)
    return utc.replace(second=0, microsecond=0)
