"""The table survives mistakes and streams every change."""

from shared.store import keys
from tests.infra.stack_template import StackTemplate


def test_the_table_outlives_the_stack(template: StackTemplate) -> None:
    table = template.document["Resources"][template.logical_id("DynamoDB::Table")]
    assert table["DeletionPolicy"] == "RetainExceptOnCreate"
    assert table["UpdateReplacePolicy"] == "Retain"


def test_the_table_has_point_in_time_recovery(template: StackTemplate) -> None:
    recovery = template.properties("DynamoDB::Table")["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True


def test_the_table_is_encrypted_and_billed_on_demand(template: StackTemplate) -> None:
    table = template.properties("DynamoDB::Table")
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_stream_carries_the_new_image(template: StackTemplate) -> None:
    assert (
        template.properties("DynamoDB::Table")["StreamSpecification"]["StreamViewType"]
        == "NEW_IMAGE"
    )


def test_keys_and_index_match_the_functions(template: StackTemplate) -> None:
    table = template.properties("DynamoDB::Table")
    (index,) = table["GlobalSecondaryIndexes"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == [keys.PARTITION, keys.SORT]
    assert index["IndexName"] == keys.CHANGES_OF_HOME_INDEX
    assert [key["AttributeName"] for key in index["KeySchema"]] == [keys.OF_HOME, keys.SORT]
    assert index["Projection"]["ProjectionType"] == "ALL"


def test_expired_items_are_deleted(template: StackTemplate) -> None:
    assert template.properties("DynamoDB::Table")["TimeToLiveSpecification"] == {
        "AttributeName": keys.EXPIRES,
        "Enabled": True,
    }
