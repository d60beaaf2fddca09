"""The stack that a command works on: a council's stack on AWS, or the one on this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypedDict

import boto3
import typer
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.errors import CommandError, UsageError
from infra.council.load import load_council
from infra.council.model import Council
from local.emulator.stack import HERE, LocalStack, stack_in
from shared.aws.user_pool import UserPool
from shared.store.table import Table


class Connection(TypedDict, total=False):
    """Arguments for `boto3.client`; it finds what is missing by itself (profile, environment)."""

    region_name: str
    endpoint_url: str
    aws_access_key_id: str
    aws_secret_access_key: str
    config: Config


@dataclass(frozen=True, slots=True)
class Target:
    """A deployed stack: its name, its CloudFormation outputs and the way to reach it."""

    stack_name: str
    outputs: Mapping[str, str]
    connection: Connection
    is_local: bool
    council: Council | None = None
    """The council's settings; None for a local stack."""

    def client(self, service: str, config: Config | None = None) -> Any:  # noqa: ANN401
        """Make a boto3 client for the stack's account and region; callers annotate its type."""
        connection = self.connection
        if config is not None:
            connection = {**connection, "config": config}
        # boto3's stubs know each service by its literal name alone.
        make: Any = boto3.client
        return make(service, **connection)

    def output(self, name: str) -> str:
        """Return a CloudFormation output of the stack.

        Raises CommandError where the stack has no such output.
        """
        if name not in self.outputs:
            raise CommandError(
                f"The stack {self.stack_name} has no output {name}."
                " Deploy it again with this version of Bedboard."
            )
        return self.outputs[name]

    @property
    def table(self) -> Table:
        """The stack's DynamoDB table, with the operator's rights.

        Changes that a restore writes to the log expire as the council's settings say.
        """
        days = self.council.change_retention_days if self.council else 0
        return Table(
            self.client("dynamodb"),
            self.output("TableName"),
            change_retention=timedelta(days=days) if days else None,
        )

    @property
    def user_pool(self) -> UserPool | None:
        """The stack's user pool; None where the council brings its own sign-in service."""
        if "UserPoolId" not in self.outputs:
            return None
        return UserPool(self.client("cognito-idp"), self.outputs["UserPoolId"])

    def resources(self, resource_type: str) -> dict[str, str]:
        """Map logical ids to physical ids of the resources of a type, `AWS::Lambda::Function`."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for page in pages.paginate(StackName=self.stack_name)
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == resource_type
        }


def selected_stack(context: typer.Context) -> Target:
    """Return the stack that --council or --local selected.

    Raises SettingsError, UsageError or CommandError.
    """
    find_stack: Callable[[], Target] = context.obj
    return find_stack()


def council_stack(council: str) -> Target:
    """Find the stack of `councils/<council>.toml` with the AWS credentials in use.

    Raises SettingsError or UsageError.
    """
    settings = load_council(council)
    connection: Connection = {
        "region_name": settings.region,
        "config": Config(retries={"mode": "standard", "total_max_attempts": 5}),
    }
    stack_name = f"bedboard-{settings.slug}"
    outputs = _stack_outputs(connection, stack_name)
    return Target(stack_name, outputs, connection, is_local=False, council=settings)


def stack_on_this_machine() -> Target:
    """Find the stack that `make up` started.

    Raises UsageError where none is running.
    """
    stack = stack_in(HERE)
    if stack is None:
        raise UsageError(
            "No stack is selected and none runs on this machine. Name a council"
            " (--council devon, for councils/devon.toml), or start the local stack (make up)."
        )
    return target_of(stack)


def target_of(stack: LocalStack) -> Target:
    """Return the target for a local stack.

    Raises CommandError where the emulator does not have it.
    """
    local = stack.connection
    connection: Connection = {
        "region_name": local["region_name"],
        "endpoint_url": local["endpoint_url"],
        "aws_access_key_id": local["aws_access_key_id"],
        "aws_secret_access_key": local["aws_secret_access_key"],
    }
    pages = boto3.client("cloudformation", **connection).get_paginator("describe_stacks")
    for page in pages.paginate():
        for description in page["Stacks"]:
            outputs = _outputs_by_name(description)
            if outputs.get("TableName") == stack.table_name:
                outputs["ApiUrl"] = stack.api_url
                return Target(description["StackName"], outputs, connection, is_local=True)
    raise CommandError(
        f"No stack at {stack.endpoint_url} has the table {stack.table_name}."
        " Stop the local stack and start it again (make down, make up)."
    )


def _stack_outputs(connection: Connection, stack_name: str) -> dict[str, str]:
    cloudformation = boto3.client("cloudformation", **connection)
    try:
        (description,) = cloudformation.describe_stacks(StackName=stack_name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise UsageError(
            f"There is no stack {stack_name} in {connection['region_name']} of this AWS account."
            " Check that it is the right account (AWS_PROFILE), or deploy the stack"
            " (make deploy COUNCIL=...)."
        ) from None
    return _outputs_by_name(description)


def _outputs_by_name(description: Any) -> dict[str, str]:  # noqa: ANN401 - boto3's own type
    return {each["OutputKey"]: each["OutputValue"] for each in description.get("Outputs", [])}
