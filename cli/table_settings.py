"""The settings of the table that a restored one lacks: compares them with the template, sets them.

They are stream, expiry, recovery, deletion protection, billing and tags. Keys, indexes and
encryption come with a restore.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cli.errors import CommandError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_dynamodb import DynamoDBClient

RECOVERY_TRIES: Final = 60
RECOVERY_PAUSE_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class TableSettings:
    """The settings of one table."""

    stream: str | None
    """What a stream record holds, `NEW_IMAGE`; None where the stream is off."""
    expiry: str | None
    """The attribute by which items expire; None where expiry is off."""
    point_in_time_recovery: bool
    deletion_protection: bool
    billing: str
    tags: Mapping[str, str] = field(default_factory=dict)


def read_settings(client: "DynamoDBClient", table_name: str) -> TableSettings:
    """Read the settings of a table."""
    table = client.describe_table(TableName=table_name)["Table"]
    stream = table.get("StreamSpecification", {})
    expiry = client.describe_time_to_live(TableName=table_name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=table_name)
    recovery = backups["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    tags = client.list_tags_of_resource(ResourceArn=table["TableArn"]).get("Tags", [])
    is_expiry_on = expiry.get("TimeToLiveStatus") in {"ENABLED", "ENABLING"}
    return TableSettings(
        stream=stream.get("StreamViewType") if stream.get("StreamEnabled") else None,
        expiry=expiry.get("AttributeName") if is_expiry_on else None,
        point_in_time_recovery=recovery.get("PointInTimeRecoveryStatus") == "ENABLED",
        deletion_protection=table.get("DeletionProtectionEnabled", False),
        billing=table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        tags={tag["Key"]: tag["Value"] for tag in tags if not tag["Key"].startswith("aws:")},
    )


def template_settings(stack: Target) -> TableSettings:
    """Return the table's settings in the template that the stack was deployed with.

    Raises CommandError where the template has no such table.
    """
    cloudformation: CloudFormationClient = stack.client("cloudformation")
    body: Any = cloudformation.get_template(StackName=stack.data_stack_name)["TemplateBody"]
    resources = (json.loads(body) if isinstance(body, str) else body)["Resources"]
    table_name = stack.output("TableName")
    tables = stack.resources("AWS::DynamoDB::Table")
    logical_ids = [logical_id for logical_id, name in tables.items() if name == table_name]
    if not logical_ids:
        raise CommandError(
            f"The stack {stack.data_stack_name} has no table {table_name}. Deploy it again"
            " (make deploy COUNCIL=...)."
        )
    properties = resources[logical_ids[0]]["Properties"]
    recovery = properties.get("PointInTimeRecoverySpecification", {})
    (description,) = cloudformation.describe_stacks(StackName=stack.data_stack_name)["Stacks"]
    tags = [*description.get("Tags", []), *properties.get("Tags", [])]
    return TableSettings(
        stream=properties.get("StreamSpecification", {}).get("StreamViewType"),
        expiry=properties.get("TimeToLiveSpecification", {}).get("AttributeName"),
        point_in_time_recovery=recovery.get("PointInTimeRecoveryEnabled", False),
        deletion_protection=properties.get("DeletionProtectionEnabled", False),
        billing=properties.get("BillingMode", "PROVISIONED"),
        # A tag may also be a reference that only CloudFormation resolves.
        tags={tag["Key"]: tag["Value"] for tag in tags if isinstance(tag["Value"], str)},
    )


def differences(expected: TableSettings, actual: TableSettings) -> dict[str, str]:
    """Describe each setting that differs, by its name; additional tags are no difference."""
    described = {}
    for name, value in asdict(expected).items():
        actual_value = getattr(actual, name)
        if name == "tags":
            missing = {key: tag for key, tag in value.items() if actual_value.get(key) != tag}
            if missing:
                described[name] = f"expected {missing}"
        elif value != actual_value:
            described[name] = f"expected {_in_words(value)}, found {_in_words(actual_value)}"
    return described


def _in_words(value: object) -> object:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "off" if value is None else value


def apply_settings(
    client: "DynamoDBClient", table_name: str, expected: TableSettings
) -> dict[str, str]:
    """Set every setting that differs; return the differences there were."""
    different = differences(expected, read_settings(client, table_name))
    if "tags" in different:
        arn = client.describe_table(TableName=table_name)["Table"]["TableArn"]
        tags: Any = [{"Key": key, "Value": value} for key, value in expected.tags.items()]
        client.tag_resource(ResourceArn=arn, Tags=tags)
    if "point_in_time_recovery" in different and expected.point_in_time_recovery:
        _switch_recovery_on(client, table_name)
    if "expiry" in different and expected.expiry:
        client.update_time_to_live(
            TableName=table_name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": expected.expiry},
        )
    waiter = client.get_waiter("table_exists")
    # One at a time: DynamoDB refuses a second update while one is in progress.
    for name, update in _table_updates(expected).items():
        if name in different:
            client.update_table(TableName=table_name, **update)
            waiter.wait(TableName=table_name, WaiterConfig={"Delay": 2})
    return different


def _switch_recovery_on(client: "DynamoDBClient", table_name: str) -> None:
    """Switch on point-in-time recovery, which DynamoDB refuses for some minutes after a restore."""
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


def _table_updates(expected: TableSettings) -> dict[str, Any]:
    stream = {"StreamEnabled": True, "StreamViewType": expected.stream}
    return {
        "deletion_protection": {"DeletionProtectionEnabled": expected.deletion_protection},
        "billing": {"BillingMode": expected.billing},
        **({"stream": {"StreamSpecification": stream}} if expected.stream else {}),
    }
