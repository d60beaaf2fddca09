"""The clocks of a writer: the wall's, for stamps; a steady one, for how long; and a pause."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple


class Clock(NamedTuple):
    """`now` is UTC; `steady` is in seconds and never goes back; `pause` takes seconds."""

    now: Callable[[], datetime]
    steady: Callable[[], float]
    pause: Callable[[float], None]


def _utc_now() -> datetime:
    return datetime.now(UTC)


SYSTEM = Clock(_utc_now, time.monotonic, time.sleep)
