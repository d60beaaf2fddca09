"""Tells the emulator's policies which partitions of a table a request is about.

ministack knows DynamoDB's other condition keys, but not `dynamodb:LeadingKeys`; a condition on a
key that is not there is taken to hold, and a grant that is too narrow would be found on AWS alone.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

CONDITION_KEY: Final = "dynamodb:LeadingKeys"

PARTITION: Final = "pk"
"""As in `shared.store.keys`, which the emulator's own process does not see."""

_PARTITION_OF_QUERY: Final = re.compile(r"\s*([#\w]+)\s*=\s*(:\w+)")


def tell(iam_actions: Any) -> None:  # noqa: ANN401 - a module without types
    """Add the key to what ministack's own function finds in a request."""
    known: Callable[[bytes], dict[str, Any]] = iam_actions.dynamodb_service_context

    def with_leading_keys(body: bytes) -> dict[str, Any]:
        context = known(body)
        if leading := named(body):
            context[CONDITION_KEY] = leading
        return context

    iam_actions.dynamodb_service_context = with_leading_keys


def named(body: bytes) -> list[str]:
    """The partition of each item that a request is about; of a transaction, of all of them."""
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return []
    return list(dict.fromkeys(_partitions(request))) if isinstance(request, dict) else []


def _partitions(request: dict[str, Any]) -> Iterator[str]:
    for each in request.get("TransactItems", []):
        for one in each.values():
            yield from _partitions(one)
    for member in ("Item", "Key"):
        if PARTITION in request.get(member, {}):
            yield str(request[member][PARTITION]["S"])
    if asked := _PARTITION_OF_QUERY.match(request.get("KeyConditionExpression", "")):
        yield str(request["ExpressionAttributeValues"][asked[2]]["S"])
