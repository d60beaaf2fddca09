"""Documents: homes and alerts as JSON, the same in the table and in the API."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Document = dict[str, Any]
"""A thing as JSON has it: what the table stores is what the API answers."""


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: `json.dumps` makes one each time that it is not asked for its defaults."""


def to_json(document: Mapping[str, Any]) -> str:
    """JSON as the table stores it and the API sends it: compact, in the order given."""
    return _COMPACT.encode(document)


def timestamp(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000Z`: a moment as every document and answer writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
