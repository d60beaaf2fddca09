"""The clock that is passed to whatever tells the time, measures it or waits."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Reading(NamedTuple):
    """What a clock showed at one moment: the time in UTC, and its steady count of seconds."""

    now: datetime
    steady: float

    def was_ahead(self, later: "Reading", tolerance: timedelta) -> bool:
        """Tell whether the clock was set back between this reading and a later one.

        It may be past this time again: then it moved less than the steady count did, by more than
        the tolerance. The steady count may stand still between two calls of a function.
        """
        steady_elapsed = timedelta(seconds=later.steady - self.steady)
        return later.now < self.now or steady_elapsed - (later.now - self.now) > tolerance


class Clock(NamedTuple):
    """The time in UTC, a steady count of seconds that never goes back, and a pause of seconds."""

    now: Callable[[], datetime]
    steady: Callable[[], float]
    pause: Callable[[float], None]

    def read(self) -> Reading:
        """Read the time and the steady count."""
        return Reading(self.now(), self.steady())


def _utc_now() -> datetime:
    return datetime.now(UTC)


SYSTEM = Clock(_utc_now, time.monotonic, time.sleep)
