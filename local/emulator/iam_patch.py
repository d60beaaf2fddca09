"""Weigh in the emulator what AWS weighs: partitions, what KMS opens and for whom, senders, batches.

ministack does not fill two kinds of condition keys: the partitions of a request to DynamoDB, and
the encryption context of a request to KMS. Without them it refuses what AWS allows. It asks for the
right to send an email on every resource, where AWS asks for it on the sender's identity; and for a
batch of a queue it asks for an action that AWS does not have: there a batch needs the right to its
single call.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

CONDITION_KEY: Final = "dynamodb:LeadingKeys"

SEALED_FOR: Final = "kms:EncryptionContext:"

PARTITION: Final = "pk"
"""The partition key of the table; the emulator's process cannot import `shared.store.keys`."""

_RESOURCE_OF_SES: Final = "_ses_v2_resource_arn"
_SEND_EMAIL: Final = "/v2/email/outbound-emails"

_PARTITION_OF_QUERY: Final = re.compile(r"\s*([#\w]+)\s*=\s*(:\w+)")


def install(iam_actions: Any) -> None:  # noqa: ANN401 - a module without types
    """Have ministack weigh every request of DynamoDB, KMS, SES and SQS as AWS does."""
    known: Callable[[bytes], dict[str, Any]] = iam_actions.dynamodb_service_context

    def with_leading_keys(body: bytes) -> dict[str, Any]:
        context = known(body)
        if leading := leading_keys(body):
            context[CONDITION_KEY] = leading
        return context

    iam_actions.dynamodb_service_context = with_leading_keys
    context_of_all: Callable[..., dict[str, Any]] = iam_actions.request_tag_context

    def with_encryption_context(service: str, *request: Any) -> dict[str, Any]:  # noqa: ANN401 - a module without types
        context = context_of_all(service, *request)
        return {**context, **encryption_context(request[1])} if service == "kms" else context

    iam_actions.request_tag_context = with_encryption_context
    arn_of_others: Callable[..., str] = getattr(iam_actions, _RESOURCE_OF_SES)

    def with_identity(method: str, path: str, body: bytes, region: str, account_id: str) -> str:
        if path.rstrip("/") == _SEND_EMAIL:
            return f"arn:aws:ses:{region}:{account_id}:identity/{sender_domain(body)}"
        return arn_of_others(method, path, body, region, account_id)

    setattr(iam_actions, _RESOURCE_OF_SES, with_identity)
    action_of_others: Callable[..., str | None] = iam_actions.extract_iam_action

    def of_single_call(*request: Any, **more: Any) -> str | None:  # noqa: ANN401 - a module without types
        action = action_of_others(*request, **more)
        return action.removesuffix("Batch") if action and action.startswith("sqs:") else action

    iam_actions.extract_iam_action = of_single_call


def sender_domain(body: bytes) -> str:
    """Return the domain of the address that an email comes from."""
    sender = str(json.loads(body).get("FromEmailAddress", ""))
    return sender.rpartition("@")[2].rstrip(">")


def encryption_context(body: bytes) -> dict[str, str]:
    """Return the condition keys that tell for whom KMS is asked to seal or open."""
    context = json.loads(body).get("EncryptionContext") or {}
    return {f"{SEALED_FOR}{name}": str(value) for name, value in context.items()}


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
