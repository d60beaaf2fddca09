"""Where a page of results ended, as text that means something only in the same search."""

import base64
import binascii
import json
from math import isfinite
from typing import Final

from shared.domain.errors import MalformedError
from shared.search_index.query import SortKey

_LONGEST: Final = 200


def write(key: SortKey, fingerprint: str) -> str:
    """The cursor of whatever comes after this key."""
    text = json.dumps([fingerprint, *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str, fingerprint: str) -> SortKey:
    """The key that the cursor was written for. Raises MalformedError."""
    try:
        padded = text + "=" * (-len(text) % 4)
        raw = base64.b64decode(padded if len(text) <= _LONGEST else "!", b"-_", validate=True)
        bound_to, first, chord, location_id = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _refused() from None
    numbers = isinstance(first, float) and isinstance(chord, float)
    if not numbers or not isfinite(first) or not isfinite(chord) or bound_to != fingerprint:
        raise _refused()
    return SortKey(first, chord, str(location_id))


def _refused() -> MalformedError:
    return MalformedError("cursor: the next_cursor of an earlier answer to this same search")
