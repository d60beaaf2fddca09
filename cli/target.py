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
from infra.council.stack_names import app_stack_name, data_stack_name, slug_of_data_stack
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
    """A council's deployed stacks: their names and outputs, and the way to reach them."""

    stack_name: str
    """The stack that can be made again."""
    data_stack_name: str
    """The stack that holds the data."""
    outputs: Mapping[str, str]
    """The CloudFormation outputs of both stacks."""
    connection: Connection
    is_local: bool
    council: Council | None = None
    """The council's settings; None for a local stack."""

    def client(self, service: str, config: Config | None = None) -> Any:  # noqa: ANN401 - boto3 makes any client
        """Make a boto3 client for the stack's account and region; callers annotate its type."""
        connection = self.connection
        if config is not None:
            connection = {**connection, "config": config}
        # boto3's stubs know each service by its literal name alone.
        make: Any = boto3.client
        return make(service, **connection)

    def output(self, name: str) -> str:
        """Return a CloudFormation output of one of the stacks.

        Raises CommandError where neither has such an output.
        """
        if name not in self.outputs:
            raise CommandError(
                f"Neither stack {self.stack_name} nor {self.data_stack_name} has an output {name}."
                " Deploy them again with this version of Bedboard."
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
            for stack_name in (self.data_stack_name, self.stack_name)
            for page in pages.paginate(StackName=stack_name)
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
    """Find the stacks of `councils/<council>.toml` with the AWS credentials in use.

    Without the stack that can be made again there are still the data, so commands that need only
    these work.

    Raises SettingsError or UsageError.
    """
    settings = load_council(council)
    connection: Connection = {
        "region_name": settings.region,
        "config": Config(retries={"mode": "standard", "total_max_attempts": 5}),
    }
    app, data = app_stack_name(settings.slug), data_stack_name(settings.slug)
    outputs = _stack_outputs(connection, data)
    if outputs is None:
        raise UsageError(
            f"There is no stack {data} in {connection['region_name']} of this AWS"
            " account. Check that it is the right account (AWS_PROFILE), or deploy the council"
            " (make deploy COUNCIL=...)."
        )
    outputs |= _stack_outputs(connection, app) or {}
    return Target(app, data, outputs, connection, is_local=False, council=settings)


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
    outputs_of = {
        description["StackName"]: _outputs_by_name(description)
        for page in pages.paginate()
        for description in page["Stacks"]
    }
    for data, outputs in outputs_of.items():
        if outputs.get("TableName") == stack.table_name:
            app = app_stack_name(slug_of_data_stack(data))
            merged = {**outputs, **outputs_of.get(app, {}), "ApiUrl": stack.api_url}
            return Target(app, data, merged, connection, is_local=True)
    raise CommandError(
        f"No stack at {stack.endpoint_url} has the table {stack.table_name}."
        " Stop the local stack and start it again (make down, make up)."
    )


def _stack_outputs(connection: Connection, stack_name: str) -> dict[str, str] | None:
    """Return the outputs of a stack; None where there is no such stack."""
    cloudformation = boto3.client("cloudformation", **connection)
    try:
        (description,) = cloudformation.describe_stacks(StackName=stack_name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        return None
    return _outputs_by_name(description)


def _outputs_by_name(description: Any) -> dict[str, str]:  # noqa: ANN401 - boto3's own type
    return {each["OutputKey"]: each["OutputValue"] for each in description.get("Outputs", [])}
