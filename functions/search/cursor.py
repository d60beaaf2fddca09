"""The cursor: the end of a page of results, as a text that only the same search accepts.

It has the moment of the first page too, so that time which passes moves no home to another page.
"""

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any, Final, NamedTuple

from shared.domain.errors import MalformedError
from shared.search_index.query import SortKey

LASTS_FOR: Final = timedelta(days=1)

_MAX_LENGTH: Final = 240


class Cursor(NamedTuple):
    """Where a page begins, and the moment of the search."""

    key: SortKey
    as_of: datetime


def write(key: SortKey, fingerprint: str, as_of: datetime) -> str:
    """Return the cursor of the page that begins after this key."""
    parts = [fingerprint, as_of.timestamp(), *key]
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str, fingerprint: str, now: datetime) -> Cursor:
    """Return what the cursor was written for. Raises MalformedError, also for one of the past."""
    try:
        padded = text + "=" * (-len(text) % 4)
        raw = base64.b64decode(padded if len(text) <= _MAX_LENGTH else "!", b"-_", validate=True)
        its_fingerprint, *numbers, location_id = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _malformed() from None
    if its_fingerprint != fingerprint or not _are_finite(numbers):
        raise _malformed()
    seconds, first, chord = numbers
    # Of two instances of the function the other one's clock may be ahead.
    age = now.timestamp() - seconds
    if not -60 <= age <= LASTS_FOR.total_seconds():
        raise _malformed()
    return Cursor(SortKey(first, chord, str(location_id)), datetime.fromtimestamp(seconds, UTC))


def _are_finite(numbers: list[Any]) -> bool:
    return len(numbers) == 3 and all(
        isinstance(number, float) and isfinite(number) for number in numbers
    )


def _malformed() -> MalformedError:
    return MalformedError("cursor: send the next_cursor of an earlier response to this same search")
