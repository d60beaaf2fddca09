"""What IAM asks for each call, as AWS documents it."""

from typing import Any

import pytest

from tests.support.permissions.account import IMPORT_BUCKET, TABLE
from tests.support.permissions.aws_calls import Question, UnknownCallError, questions

TABLE_ARN = f"arn:aws:dynamodb:eu-west-2:123456789012:table/{TABLE}"
HOME = {"pk": {"S": "HOME"}, "sk": {"S": "1-9000000001"}}
ENTRY = {"pk": {"S": "CHANGE#2026-11-22"}, "sk": {"S": "x"}}


def of_table(action: str, *partitions: str) -> Question:
    return Question(f"dynamodb:{action}", TABLE_ARN, partitions)


def test_one_item_is_asked_with_its_partition() -> None:
    assert questions("dynamodb", "PutItem", {"TableName": TABLE, "Item": ENTRY}) == [
        of_table("PutItem", "CHANGE#2026-11-22")
    ]


def test_each_part_of_a_transaction_is_asked_alone_and_with_all_its_partitions() -> None:
    parts: list[dict[str, Any]] = [
        {"Put": {"TableName": TABLE, "Item": HOME}},
        {"Delete": {"TableName": TABLE, "Key": ENTRY}},
        {"ConditionCheck": {"TableName": TABLE, "Key": HOME}},
    ]
    both = ("HOME", "CHANGE#2026-11-22")
    assert questions("dynamodb", "TransactWriteItems", {"TransactItems": parts}) == [
        of_table("PutItem", "HOME"),
        of_table("PutItem", *both),
        of_table("DeleteItem", "CHANGE#2026-11-22"),
        of_table("DeleteItem", *both),
        of_table("ConditionCheckItem", "HOME"),
        of_table("ConditionCheckItem", *both),
    ]


def test_a_query_of_an_index_is_about_the_index() -> None:
    request = {
        "TableName": TABLE,
        "IndexName": "changes_of_home",
        "KeyConditionExpression": "#of = :home AND #sk > :after",
        "ExpressionAttributeValues": {":home": {"S": "1-9000000001"}, ":after": {"S": "x"}},
    }
    assert questions("dynamodb", "Query", request) == [
        Question("dynamodb:Query", f"{TABLE_ARN}/index/changes_of_home", ("1-9000000001",))
    ]


def test_a_query_whose_partition_cannot_be_told_is_an_error() -> None:
    with pytest.raises(UnknownCallError):
        questions("dynamodb", "Query", {"TableName": TABLE, "KeyConditionExpression": "begins..."})


def test_a_list_of_a_bucket_is_asked_with_its_prefix() -> None:
    request = {"Bucket": IMPORT_BUCKET, "Prefix": "reports/"}
    assert questions("s3", "ListObjectsV2", request) == [
        Question("s3:ListBucket", f"arn:aws:s3:::{IMPORT_BUCKET}", prefix="reports/")
    ]


def test_a_version_of_an_object_has_an_action_of_its_own() -> None:
    request = {"Bucket": IMPORT_BUCKET, "Key": "directory/a.csv", "VersionId": "1"}
    assert [each.action for each in questions("s3", "GetObject", request)] == [
        "s3:GetObjectVersion"
    ]


def test_a_call_without_a_rule_is_an_error_that_says_where_to_add_one() -> None:
    with pytest.raises(UnknownCallError, match=r"dynamodb:Scan .*aws_calls\.py"):
        questions("dynamodb", "Scan", {"TableName": TABLE})
