"""The emulator's policies see what a request names: its partitions, its sealing, its sender."""

import json
from types import ModuleType
from typing import Any

import pytest

from local.emulator.iam_patch import CONDITION_KEY, PARTITION, install, leading_keys
from shared.store import keys

ITEM = {"pk": {"S": "HOME"}, "sk": {"S": "1-9000000001"}}
ENTRY = {"pk": {"S": "CHANGE#2026-11-22"}, "sk": {"S": "x"}}


@pytest.mark.parametrize(
    ("request_body", "partitions"),
    [
        ({"Item": ITEM}, ["HOME"]),
        ({"Key": ITEM}, ["HOME"]),
        (
            {"TransactItems": [{"Put": {"Item": ITEM}}, {"Put": {"Item": ENTRY}}]},
            [
                "HOME",
                "CHANGE#2026-11-22",
            ],
        ),
        ({"TransactItems": [{"Get": {"Key": ITEM}}, {"Get": {"Key": ITEM}}]}, ["HOME"]),
        (
            {
                "KeyConditionExpression": "#pk = :day AND #sk >= :start",
                "ExpressionAttributeValues": {":day": {"S": "CHANGE#x"}, ":start": {"S": "y"}},
            },
            ["CHANGE#x"],
        ),
        ({"TableName": "t"}, []),
        ([], []),
    ],
)
def test_leading_keys_are_the_partitions(request_body: Any, partitions: list[str]) -> None:
    assert leading_keys(json.dumps(request_body).encode()) == partitions


def test_the_partition_key_is_that_of_the_table() -> None:
    assert PARTITION == keys.PARTITION


def patched() -> ModuleType:
    """Return a module that stands for ministack's, with the patch."""
    module = ModuleType("iam_actions")
    stand_ins = {
        "dynamodb_service_context": lambda _: {"dynamodb:Select": "ALL"},
        "_ses_v2_resource_arn": lambda *_: "*",
        "request_tag_context": lambda *_: {"aws:TagKeys": []},
        "extract_iam_action": lambda action: action,
    }
    for name, stand_in in stand_ins.items():
        setattr(module, name, stand_in)
    install(module)
    return module


def test_other_condition_keys_are_kept() -> None:
    context = patched().dynamodb_service_context(json.dumps({"Item": ITEM}).encode())
    assert context == {"dynamodb:Select": "ALL", CONDITION_KEY: ["HOME"]}


def test_kms_is_told_for_whom_it_opens() -> None:
    body = json.dumps({"KeyId": "k", "EncryptionContext": {"owner": "SECRET"}}).encode()
    context = patched().request_tag_context
    of_kms = {"aws:TagKeys": [], "kms:EncryptionContext:owner": "SECRET"}
    assert context("kms", "kms:Decrypt", body) == of_kms
    assert context("kms", "kms:Decrypt", b"{}") == {"aws:TagKeys": []}
    assert context("sqs", "sqs:SendMessage", body) == {"aws:TagKeys": []}


def test_an_email_is_sent_from_the_identity_of_its_domain() -> None:
    body = json.dumps({"FromEmailAddress": "Bedboard <beds@beds.example.org>"}).encode()
    arn = patched()._ses_v2_resource_arn
    sent = arn("POST", "/v2/email/outbound-emails", body, "eu-west-2", "000000000000")
    assert sent == "arn:aws:ses:eu-west-2:000000000000:identity/beds.example.org"
    assert arn("GET", "/v2/email/account", b"", "eu-west-2", "000000000000") == "*"


@pytest.mark.parametrize(
    ("action", "weighed"),
    [
        ("sqs:SendMessageBatch", "sqs:SendMessage"),
        ("sqs:SendMessage", "sqs:SendMessage"),
        ("sns:PublishBatch", "sns:PublishBatch"),
        (None, None),
    ],
)
def test_a_batch_of_a_queue_needs_the_right_to_its_single_call(
    action: str | None, weighed: str | None
) -> None:
    assert patched().extract_iam_action(action) == weighed
