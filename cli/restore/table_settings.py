"""What a restored table lacks: stream, expiry, recovery, protection, tags. Compared, put back."""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

import boto3

from cli.errors import CommandError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

RECOVERY_TRIES: Final = 60
RECOVERY_PAUSE_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """Of a table, all but its keys, indexes and encryption, which a restore brings along."""

    stream: str | None
    """What its records hold, `NEW_IMAGE`; None: there is no stream."""
    expires: str | None
    """The attribute by which items expire."""
    is_recoverable: bool
    is_protected: bool
    billing: str
    tags: Mapping[str, str] = field(default_factory=dict)


def found(client: "DynamoDBClient", table_name: str) -> Settings:
    """As they are."""
    table = client.describe_table(TableName=table_name)["Table"]
    stream = table.get("StreamSpecification", {})
    expiry = client.describe_time_to_live(TableName=table_name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=table_name)
    recovery = backups["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    tags = client.list_tags_of_resource(ResourceArn=table["TableArn"]).get("Tags", [])
    is_on = expiry.get("TimeToLiveStatus") in {"ENABLED", "ENABLING"}
    return Settings(
        stream=stream.get("StreamViewType") if stream.get("StreamEnabled") else None,
        expires=expiry.get("AttributeName") if is_on else None,
        is_recoverable=recovery.get("PointInTimeRecoveryStatus") == "ENABLED",
        is_protected=table.get("DeletionProtectionEnabled", False),
        billing=table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        tags={each["Key"]: each["Value"] for each in tags if not each["Key"].startswith("aws:")},
    )


def written(stack: Target) -> Settings:
    """As the stack's own template has them. Raises CommandError."""
    cloudformation = boto3.client("cloudformation", **stack.connection)
    body: Any = cloudformation.get_template(StackName=stack.stack_name)["TemplateBody"]
    resources = (json.loads(body) if isinstance(body, str) else body)["Resources"]
    tables = stack.resources("AWS::DynamoDB::Table")
    ids = [each for each, name in tables.items() if name == stack.output("TableName")]
    if not ids:
        raise CommandError(f"{stack.stack_name} has no table {stack.output('TableName')}")
    properties = resources[ids[0]]["Properties"]
    (deployed,) = cloudformation.describe_stacks(StackName=stack.stack_name)["Stacks"]
    tags = [*deployed.get("Tags", []), *properties.get("Tags", [])]
    return Settings(
        stream=properties.get("StreamSpecification", {}).get("StreamViewType"),
        expires=properties.get("TimeToLiveSpecification", {}).get("AttributeName"),
        is_recoverable=properties.get("PointInTimeRecoverySpecification", {}).get(
            "PointInTimeRecoveryEnabled", False
        ),
        is_protected=properties.get("DeletionProtectionEnabled", False),
        billing=properties.get("BillingMode", "PROVISIONED"),
        tags={each["Key"]: each["Value"] for each in tags if isinstance(each["Value"], str)},
    )


def lacking(expected: Settings, here: Settings) -> dict[str, str]:
    """What differs, each in words; more tags than expected are fine."""
    told = {}
    for name, wanted in asdict(expected).items():
        got = getattr(here, name)
        if name == "tags":
            missing = {key: value for key, value in wanted.items() if got.get(key) != value}
            if missing:
                told[name] = f"expected {missing}"
        elif wanted != got:
            told[name] = f"expected {wanted}, found {got}"
    return told


def put_back(client: "DynamoDBClient", table_name: str, expected: Settings) -> dict[str, str]:
    """Have the table as expected; what it lacked. One that lacks nothing is left alone."""
    here = found(client, table_name)
    missing = lacking(expected, here)
    arn = client.describe_table(TableName=table_name)["Table"]["TableArn"]
    if "tags" in missing:
        tags: Any = [{"Key": key, "Value": value} for key, value in expected.tags.items()]
        client.tag_resource(ResourceArn=arn, Tags=tags)
    if "is_recoverable" in missing and expected.is_recoverable:
        _make_recoverable(client, table_name)
    if "expires" in missing and expected.expires:
        client.update_time_to_live(
            TableName=table_name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": expected.expires},
        )
    waiter = client.get_waiter("table_exists")
    # One at a time: a table that is being updated takes no second update.
    for name, change in _updates(expected).items():
        if name in missing:
            client.update_table(TableName=table_name, **change)
            waiter.wait(TableName=table_name, WaiterConfig={"Delay": 2})
    return missing


def _make_recoverable(client: "DynamoDBClient", table_name: str) -> None:
    """DynamoDB refuses it for some minutes after a table was made from a backup."""
    for tries_left in reversed(range(RECOVERY_TRIES)):
        try:
            client.update_continuous_backups(
                TableName=table_name,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
            )
        except client.exceptions.ContinuousBackupsUnavailableException:
            if not tries_left:
                raise
            time.sleep(RECOVERY_PAUSE_SECONDS)
        else:
            return


def _updates(expected: Settings) -> dict[str, Any]:
    stream = {"StreamEnabled": True, "StreamViewType": expected.stream}
    return {
        "is_protected": {"DeletionProtectionEnabled": expected.is_protected},
        "billing": {"BillingMode": expected.billing},
        **({"stream": {"StreamSpecification": stream}} if expected.stream else {}),
    }
