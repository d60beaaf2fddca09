"""Care homes and alerts as JSON objects: the same in the table, in the log and in the API."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
"""Any JSON object that is stored or sent."""

HomeDocument: TypeAlias = Document
"""A care home, as `CareHome.to_document` writes it; `availability` answers questions about it.

    {"location_id": "1-1000587219", "version": 7, "registration": "active", "name": ...,
     "address": ..., "postcode": "EX2 5DW", "latitude": 50.7167, "longitude": -3.5062, ...,
     "beds": {"general_nursing": {"maximum_capacity": 10, "occupied": 8, ...}},
     "admission_status": {"status": "open"}, "confirmed_at": "2026-11-22T09:30:00.000Z"}

What is not known is left out, so `phone`, `rating`, `confirmed_at` and others may be missing.
"""

AlertDocument: TypeAlias = Document
"""An alert, as `Alert.to_document` writes it."""

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once, because `json.dumps` makes an encoder at each call that changes its defaults."""


def to_json(document: Mapping[str, Any]) -> str:
    """Write compact JSON, its members in the order given."""
    return _COMPACT.encode(document)


def timestamp(moment: datetime) -> str:
    """Write a moment in UTC with milliseconds, such as `2026-11-22T09:30:00.000Z`."""
    # In half the time of a format with %: an index or a simulation writes a great many of them.
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"
