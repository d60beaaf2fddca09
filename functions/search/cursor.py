"""The cursor: the end of a page of results, as a text that only the same search accepts."""

import base64
import binascii
import json
from math import isfinite
from typing import Final

from shared.domain.errors import MalformedError
from shared.search_index.query import SortKey

_MAX_LENGTH: Final = 200


def write(key: SortKey, fingerprint: str) -> str:
    """Return the cursor of the page that begins after this key."""
    text = json.dumps([fingerprint, *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str, fingerprint: str) -> SortKey:
    """Return the key that the cursor was written for. Raises MalformedError."""
    try:
        padded = text + "=" * (-len(text) % 4)
        raw = base64.b64decode(padded if len(text) <= _MAX_LENGTH else "!", b"-_", validate=True)
        its_fingerprint, first, chord, location_id = json.loads(raw)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _malformed() from None
    are_numbers = isinstance(first, float) and isinstance(chord, float)
    if (
        not are_numbers
        or not isfinite(first)
        or not isfinite(chord)
        or its_fingerprint != fingerprint
    ):
        raise _malformed()
    return SortKey(first, chord, str(location_id))


def _malformed() -> MalformedError:
    return MalformedError("cursor: send the next_cursor of an earlier response to this same search")
