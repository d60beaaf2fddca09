"""The table survives mistakes and tells of every change."""

from shared.store import keys
from tests.infra.written import Written


def test_the_table_outlives_the_stack(written: Written) -> None:
    table = written.template["Resources"][written.id_of("DynamoDB::Table")]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["DeletionProtectionEnabled"] is True


def test_the_table_can_be_put_back_to_any_second(written: Written) -> None:
    recovery = written.one("DynamoDB::Table")["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True


def test_the_table_is_encrypted_and_costs_nothing_idle(written: Written) -> None:
    table = written.one("DynamoDB::Table")
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_stream_carries_what_an_entry_is(written: Written) -> None:
    assert written.one("DynamoDB::Table")["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"


def test_keys_and_index_are_those_that_the_functions_use(written: Written) -> None:
    table = written.one("DynamoDB::Table")
    (index,) = table["GlobalSecondaryIndexes"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == [keys.PARTITION, keys.SORT]
    assert index["IndexName"] == keys.CHANGES_OF_HOME_INDEX
    assert [key["AttributeName"] for key in index["KeySchema"]] == [keys.OF_HOME, keys.SORT]
    assert index["Projection"]["ProjectionType"] == "ALL"


def test_what_expires_is_deleted(written: Written) -> None:
    assert written.one("DynamoDB::Table")["TimeToLiveSpecification"] == {
        "AttributeName": keys.EXPIRES,
        "Enabled": True,
    }
