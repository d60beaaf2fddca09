"""Add the condition key `dynamodb:LeadingKeys` to the emulator's policy checks.

ministack knows the other condition keys of DynamoDB. It takes a condition on a key that it does not
know as met, so a grant that is too narrow would only fail on AWS.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

CONDITION_KEY: Final = "dynamodb:LeadingKeys"

PARTITION: Final = "pk"
"""The partition key of the table; the emulator's process cannot import `shared.store.keys`."""

_PARTITION_OF_QUERY: Final = re.compile(r"\s*([#\w]+)\s*=\s*(:\w+)")


def install(iam_actions: Any) -> None:  # noqa: ANN401 - a module without types
    """Have ministack add the key to the context of every DynamoDB request."""
    known: Callable[[bytes], dict[str, Any]] = iam_actions.dynamodb_service_context

    def with_leading_keys(body: bytes) -> dict[str, Any]:
        context = known(body)
        if leading := leading_keys(body):
            context[CONDITION_KEY] = leading
        return context

    iam_actions.dynamodb_service_context = with_leading_keys


def leading_keys(body: bytes) -> list[str]:
    """Return the partition of each item in a request, or in all parts of a transaction."""
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
