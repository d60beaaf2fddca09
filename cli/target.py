"""The stack that a command works on: a council's on AWS, or the one on this machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

import boto3
import typer
from botocore.config import Config
from botocore.exceptions import ClientError

from cli.errors import CommandError, UsageError
from infra.council.load import load_council
from infra.council.model import Council
from local.emulator.stack import HERE, LocalStack, stack_in
from shared.store.table import Table


class Connection(TypedDict, total=False):
    """For boto3; what is not there it finds as it always does (profile, environment)."""

    region_name: str
    endpoint_url: str
    aws_access_key_id: str
    aws_secret_access_key: str
    config: Config


@dataclass(frozen=True, slots=True)
class Target:
    """A stack, what CloudFormation tells of it, and how it is reached."""

    stack_name: str
    outputs: Mapping[str, str]
    connection: Connection
    is_local: bool
    council: Council | None = None
    """Its settings; None for a local stack."""

    def output(self, name: str) -> str:
        """Raises CommandError."""
        if name not in self.outputs:
            raise CommandError(
                f"the stack {self.stack_name} has no output {name}: deploy it with this version"
            )
        return self.outputs[name]

    @property
    def table(self) -> Table:
        return Table(boto3.client("dynamodb", **self.connection), self.output("TableName"))

    def resources(self, kind: str) -> dict[str, str]:
        """Physical id by logical id of the stack's resources of a kind, `AWS::Lambda::Function`."""
        pages = boto3.client("cloudformation", **self.connection).get_paginator(
            "list_stack_resources"
        )
        return {
            each["LogicalResourceId"]: each.get("PhysicalResourceId", "")
            for page in pages.paginate(StackName=self.stack_name)
            for each in page["StackResourceSummaries"]
            if each["ResourceType"] == kind
        }


def named(council: str) -> Target:
    """The stack of `councils/<council>.toml`, as the credentials in use reach it.

    Raises SettingsError, UsageError.
    """
    settings = load_council(council)
    connection: Connection = {
        "region_name": settings.region,
        "config": Config(retries={"mode": "standard", "total_max_attempts": 5}),
    }
    stack_name = f"bedboard-{settings.slug}"
    return Target(
        stack_name, _outputs(connection, stack_name), connection, is_local=False, council=settings
    )


def here() -> Target:
    """The stack that `make up` started. Raises UsageError."""
    stack = stack_in(HERE)
    if stack is None:
        raise UsageError(
            "which stack? Name a council (--council devon, for councils/devon.toml),"
            " or start the local one (make up)"
        )
    return of_local(stack)


def of_local(stack: LocalStack) -> Target:
    """A local stack, wherever it runs."""
    local = stack.connection
    connection: Connection = {
        "region_name": local["region_name"],
        "endpoint_url": local["endpoint_url"],
        "aws_access_key_id": local["aws_access_key_id"],
        "aws_secret_access_key": local["aws_secret_access_key"],
    }
    pages = boto3.client("cloudformation", **connection).get_paginator("describe_stacks")
    for page in pages.paginate():
        for each in page["Stacks"]:
            outputs = _by_key(each.get("Outputs", []))
            if outputs.get("TableName") == stack.table_name:
                outputs["ApiUrl"] = stack.api_url
                return Target(each["StackName"], outputs, connection, is_local=True)
    raise CommandError(f"no stack at {stack.endpoint_url} has the table {stack.table_name}")


def _outputs(connection: Connection, stack_name: str) -> dict[str, str]:
    cloudformation = boto3.client("cloudformation", **connection)
    try:
        (stack,) = cloudformation.describe_stacks(StackName=stack_name)["Stacks"]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise UsageError(
            f"there is no stack {stack_name} in {connection['region_name']} of this AWS account:"
            " is it the right account (AWS_PROFILE)? `make deploy COUNCIL=...` makes one"
        ) from None
    return _by_key(stack.get("Outputs", []))


def _by_key(outputs: object) -> dict[str, str]:
    assert isinstance(outputs, list)  # noqa: S101 - what CloudFormation sends
    return {each["OutputKey"]: each["OutputValue"] for each in outputs}


def chosen(context: typer.Context) -> Target:
    """The stack that this command line chose. Raises SettingsError, UsageError."""
    choose: Callable[[], Target] = context.obj
    return choose()
