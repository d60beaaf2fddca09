"""The conditions on which an item is written: that nobody wrote it since it was read."""

from collections.abc import Mapping
from typing import Any, Final

from shared.store import keys

_NOT_THERE: Final[Mapping[str, Any]] = {
    "ConditionExpression": "attribute_not_exists(#pk)",
    "ExpressionAttributeNames": {"#pk": keys.PARTITION},
}


def still_at(version: int | None) -> Mapping[str, Any]:
    """Return the condition that an item still has this version; None: that it is not there."""
    if version is None:
        return _NOT_THERE
    return {
        "ConditionExpression": "#version = :loaded",
        "ExpressionAttributeNames": {"#version": keys.VERSION},
        "ExpressionAttributeValues": {":loaded": {"N": str(version)}},
    }
