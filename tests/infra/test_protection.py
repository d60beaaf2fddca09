"""Resources that hold data are never replaced by a refactoring, nor lost with their stack.

CloudFormation identifies a resource by its logical id. Under another id it creates a new, empty
resource and leaves the old one behind. If a test here fails, the change is wrong, not the test.
"""

from typing import Any, Final

import pytest

from tests.infra.stack_template import StackTemplate, Synth, SynthStacks

STATEFUL: Final = {
    "Table710B521B": "DynamoDB::Table",
    "ImportsBucketB463A28B": "S3::Bucket",
    "IdentityUsers61009EFD": "Cognito::UserPool",
    "DeadLettersQueue631681B1": "SQS::Queue",
    "AddressKeyC0F49106": "KMS::Key",
}

KINDS: Final = {
    "DynamoDB::Table",
    "DynamoDB::GlobalTable",
    "S3::Bucket",
    "Cognito::UserPool",
    "SQS::Queue",
    "KMS::Key",
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
def test_resources_with_data_keep_their_logical_ids(
    synth_stacks: SynthStacks, settings: dict[str, Any]
) -> None:
    template = synth_stacks(**settings)["Data"]
    stateful = {name: kind for kind in KINDS for name in template.resources(kind)}
    assert stateful == STATEFUL


def test_no_other_stack_holds_data_but_the_published_pages(synth_stacks: SynthStacks) -> None:
    others = synth_stacks(waf=True, monthly_budget_usd=5, alarm_email="us@example.org")
    del others["Data"]
    stateful = {name for part in others.values() for kind in KINDS for name in part.resources(kind)}
    # Messages to people wait for minutes; what the key of alarms encrypts is not stored.
    passing = {name for name in stateful if name.startswith(("DeliveryQueue", "WatchOperatorsKey"))}
    assert stateful - passing == {"SiteBucket978D4AEB"}


def test_resources_with_data_outlive_their_stack_but_not_a_failed_creation(
    stacks: dict[str, StackTemplate],
) -> None:
    for name in STATEFUL:
        resource = stacks["Data"].document["Resources"][name]
        assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
        assert resource["UpdateReplacePolicy"] == "Retain"


def test_officers_stay_in_their_group_when_the_stack_is_deleted(
    stacks: dict[str, StackTemplate],
) -> None:
    (group,) = stacks["Data"].resources("Cognito::UserPoolGroup").values()
    assert group["DeletionPolicy"] == "RetainExceptOnCreate"


def test_the_other_stacks_leave_nothing_behind(synth_stacks: SynthStacks) -> None:
    """Otherwise each deployment that fails would leave more of it."""
    stacks = synth_stacks(waf=True, alarm_email="us@example.org")
    for part in ("App", "Firewall"):
        policies = {
            (name, each.get("DeletionPolicy", "Delete"))
            for name, each in stacks[part].document["Resources"].items()
        }
        assert {name for name, policy in policies if policy != "Delete"} == set()


def test_stacks_read_each_others_outputs_without_holding_them_fast(
    synth_stacks: SynthStacks,
) -> None:
    """An export could not change for as long as another stack imports it."""
    for each in synth_stacks(waf=True).values():
        assert "Fn::ImportValue" not in str(each.document)
        assert not any("Export" in output for output in each.document["Outputs"].values())


def test_the_data_depend_on_no_other_stack(synth_stacks: SynthStacks) -> None:
    assert "Fn::GetStackOutput" not in str(synth_stacks(waf=True)["Data"].document)


def test_nothing_that_replaces_the_table_changes(template: StackTemplate) -> None:
    """CloudFormation replaces a table whose key schema or whose name changes."""
    table = template.properties("DynamoDB::Table")
    assert "TableName" not in table
    assert table["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]


@pytest.mark.parametrize("protected", [True, False])
def test_table_and_user_pool_have_deletion_protection_once_all_has_worked(
    synth: Synth, protected: bool
) -> None:
    template = synth(protected=protected)
    assert template.properties("DynamoDB::Table")["DeletionProtectionEnabled"] is protected
    pool = template.properties("Cognito::UserPool")
    assert pool["DeletionProtection"] == ("ACTIVE" if protected else "INACTIVE")


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
    assert template.properties("SQS::Queue", "DeadLetters")["SqsManagedSseEnabled"] is True
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
