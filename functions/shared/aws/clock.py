"""The clock that is passed to whatever tells the time, measures it or waits."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple


class Clock(NamedTuple):
    """The time in UTC, a steady count of seconds that never goes back, and a pause of seconds."""

    now: Callable[[], datetime]
    steady: Callable[[], float]
    pause: Callable[[float], None]


def _utc_now() -> datetime:
    return datetime.now(UTC)


SYSTEM = Clock(_utc_now, time.monotonic, time.sleep)
