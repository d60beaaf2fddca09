"""The emulator's policies see the partitions that a request names."""

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


def test_other_condition_keys_are_kept() -> None:
    module = ModuleType("iam_actions")
    module.dynamodb_service_context = lambda _: {"dynamodb:Select": "ALL"}  # type: ignore[attr-defined]
    install(module)
    context = module.dynamodb_service_context(json.dumps({"Item": ITEM}).encode())
    assert context == {"dynamodb:Select": "ALL", CONDITION_KEY: ["HOME"]}
