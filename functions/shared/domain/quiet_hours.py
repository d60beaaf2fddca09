"""The hours in which a member wants no messages, by London's clock."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple, Self

from shared.domain.admission_hours import Period
from shared.domain.uk_time import uk_day, uk_moment


class QuietHours(NamedTuple):
    """The same hours each day, such as from 22:00 to 07:00; they may last past midnight."""

    period: Period

    @classmethod
    def read(cls, text: str) -> Self:
        """Read hours such as "22:00-07:00". Raises ValueError; also of a whole day."""
        period = Period.read(text)
        if period is None or period.end - period.start >= _A_DAY:
            raise ValueError(f"'{text}' is not hours such as 22:00-07:00")
        return cls(period)

    def __str__(self) -> str:
        """Write them as they are read."""
        return str(self.period)

    def until(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end that it is in; None where messages may be sent now.

        On the nights on which clocks change they last as long as the clock shows.
        """
        today = uk_day(now)
        for day in (today - timedelta(days=1), today):  # those of yesterday may end today
            begins, ends = (uk_moment(day, minutes) for minutes in self.period)
            if begins <= now < ends:
                return ends
        return None


_A_DAY: Final = 24 * 60
