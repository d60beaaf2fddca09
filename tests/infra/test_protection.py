"""What holds data is never replaced by a refactoring, nor lost with the stack.

A logical id is what CloudFormation knows a resource by: under another one it makes a new, empty
resource, and leaves the old behind. If a test here fails, the change is wrong, not the test.
"""

from typing import Any, Final

import pytest

from tests.infra.written import Write, Written

STATEFUL: Final = {
    "Table710B521B": "DynamoDB::Table",
    "ImportsBucketB463A28B": "S3::Bucket",
    "SiteBucket978D4AEB": "S3::Bucket",
    "IdentityUsers61009EFD": "Cognito::UserPool",
    "DeadLettersQueue631681B1": "SQS::Queue",
}

KINDS: Final = {
    "DynamoDB::Table",
    "DynamoDB::GlobalTable",
    "S3::Bucket",
    "Cognito::UserPool",
    "SQS::Queue",
    "SecretsManager::Secret",
    "SSM::Parameter",
    "RDS::DBInstance",
    "EFS::FileSystem",
}
"""Types whose resources hold what a council would miss."""

VARIANTS: Final[list[dict[str, Any]]] = [
    {},
    {"slug": "another", "name": "Another Council", "search_access": "public", "waf": True},
    {"reminder_times": ["09:30"], "alarm_email": "us@example.org", "log_retention_days": 365},
]


@pytest.mark.parametrize("settings", VARIANTS, ids=["as it comes", "another", "reminding"])
def test_what_holds_data_keeps_its_logical_id(write: Write, settings: dict[str, Any]) -> None:
    written = write(**settings)
    found = {name: kind for kind in KINDS for name in written.all(kind)}
    assert found == STATEFUL


@pytest.mark.parametrize("name", sorted(set(STATEFUL) - {"DeadLettersQueue631681B1"}))
def test_it_outlives_the_stack_and_its_own_replacement(written: Written, name: str) -> None:
    resource = written.template["Resources"][name]
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


def test_what_replaces_a_table_is_as_it_was(written: Written) -> None:
    """CloudFormation replaces a table whose key schema or whose name changes."""
    table = written.one("DynamoDB::Table")
    assert "TableName" not in table
    assert table["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]


def test_table_and_pool_cannot_be_deleted_by_anybody_in_one_step(written: Written) -> None:
    assert written.one("DynamoDB::Table")["DeletionProtectionEnabled"] is True
    assert written.one("Cognito::UserPool")["DeletionProtection"] == "ACTIVE"


def test_the_table_can_be_put_back_and_directories_are_kept_in_every_version(
    written: Written,
) -> None:
    recovery = written.one("DynamoDB::Table")["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True
    imports = written.all("S3::Bucket")[written.id_of("S3::Bucket", "Imports")]["Properties"]
    assert imports["VersioningConfiguration"] == {"Status": "Enabled"}


def test_all_of_it_is_encrypted_and_nothing_of_it_public(written: Written) -> None:
    assert written.one("DynamoDB::Table")["SSESpecification"]["SSEEnabled"] is True
    assert written.one("SQS::Queue")["SqsManagedSseEnabled"] is True
    for bucket in written.all("S3::Bucket").values():
        assert bucket["Properties"]["BucketEncryption"]
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}


def test_what_people_sign_in_by_keeps_its_names(written: Written) -> None:
    """A pool whose sign-in attributes change is replaced, and with it everybody in it."""
    pool = written.one("Cognito::UserPool")
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}
    assert "UserPoolName" not in pool
    assert "AliasAttributes" not in pool
