"""Resources that hold data are never replaced by a refactoring, nor lost with the stack.

CloudFormation identifies a resource by its logical id. Under another id it creates a new, empty
resource and leaves the old one behind. If a test here fails, the change is wrong, not the test.
"""

from typing import Any, Final

import pytest

from tests.infra.stack_template import StackTemplate, Synth

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
"""The types of resources that hold data."""

VARIANTS: Final[list[dict[str, Any]]] = [
    {},
    {"slug": "another", "name": "Another Council", "search_access": "public", "waf": True},
    {"reminder_times": ["09:30"], "alarm_email": "us@example.org", "log_retention_days": 365},
]


@pytest.mark.parametrize("settings", VARIANTS, ids=["defaults", "another", "reminding"])
def test_resources_with_data_keep_their_logical_ids(synth: Synth, settings: dict[str, Any]) -> None:
    template = synth(**settings)
    stateful = {name: kind for kind in KINDS for name in template.resources(kind)}
    assert stateful == STATEFUL


@pytest.mark.parametrize("name", sorted(set(STATEFUL) - {"DeadLettersQueue631681B1"}))
def test_resources_with_data_outlive_the_stack_and_a_replacement(
    template: StackTemplate, name: str
) -> None:
    resource = template.document["Resources"][name]
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


def test_nothing_that_replaces_the_table_changes(template: StackTemplate) -> None:
    """CloudFormation replaces a table whose key schema or whose name changes."""
    table = template.properties("DynamoDB::Table")
    assert "TableName" not in table
    assert table["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]


def test_table_and_user_pool_have_deletion_protection(template: StackTemplate) -> None:
    assert template.properties("DynamoDB::Table")["DeletionProtectionEnabled"] is True
    assert template.properties("Cognito::UserPool")["DeletionProtection"] == "ACTIVE"


def test_the_table_can_be_restored_and_directories_are_versioned(
    template: StackTemplate,
) -> None:
    recovery = template.properties("DynamoDB::Table")["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True
    imports = template.resources("S3::Bucket")[template.logical_id("S3::Bucket", "Imports")][
        "Properties"
    ]
    assert imports["VersioningConfiguration"] == {"Status": "Enabled"}


def test_all_data_is_encrypted_and_private(template: StackTemplate) -> None:
    assert template.properties("DynamoDB::Table")["SSESpecification"]["SSEEnabled"] is True
    assert template.properties("SQS::Queue")["SqsManagedSseEnabled"] is True
    for bucket in template.resources("S3::Bucket").values():
        assert bucket["Properties"]["BucketEncryption"]
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}


def test_nothing_that_replaces_the_user_pool_changes(template: StackTemplate) -> None:
    """CloudFormation replaces a pool, with everyone in it, if its sign-in attributes change."""
    pool = template.properties("Cognito::UserPool")
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}
    assert "UserPoolName" not in pool
    assert "AliasAttributes" not in pool
