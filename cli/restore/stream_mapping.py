"""The way from the table's stream to `notify`: is it there, and how it is laid again."""

import json
import time
from typing import TYPE_CHECKING, Any, Final

import boto3

from cli.errors import CommandError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient
    from types_boto3_lambda.type_defs import EventSourceMappingConfigurationTypeDef

_COPIED: Final = (
    "BatchSize",
    "MaximumBatchingWindowInSeconds",
    "FilterCriteria",
    "MaximumRetryAttempts",
    "MaximumRecordAgeInSeconds",
    "BisectBatchOnFunctionError",
    "FunctionResponseTypes",
    "DestinationConfig",
    "ParallelizationFactor",
)

ALLOWED_TRIES: Final = 12
ALLOWED_PAUSE_SECONDS: Final = 5

_POLICY: Final = "RestoredStream"
"""The role's own name for what the template could not know: the new stream's ARN."""


def stream_of(stack: Target, table_name: str) -> str | None:
    """ARN of the table's stream as it is now."""
    client = boto3.client("dynamodb", **stack.connection)
    described = client.describe_table(TableName=table_name)["Table"]
    has_one = described.get("StreamSpecification", {}).get("StreamEnabled")
    return described.get("LatestStreamArn") if has_one else None


def found(stack: Target, stream_arn: str) -> "EventSourceMappingConfigurationTypeDef | None":
    """The mapping from this stream to `notify`."""
    for each in _all(boto3.client("lambda", **stack.connection), stack.output("NotifyFunction")):
        if each.get("EventSourceArn") == stream_arn:
            return each
    return None


def lay(stack: Target, stream_arn: str) -> bool:
    """Have `notify` called with this stream's records as it is with others; whether it was not.

    The old stream's mapping stays: for a day that stream may hold changes to be told. Raises
    CommandError where there is none to go by.
    """
    if found(stack, stream_arn):
        return False
    functions, notify = (
        boto3.client("lambda", **stack.connection),
        stack.output("NotifyFunction"),
    )
    others = [
        each for each in _all(functions, notify) if "/stream/" in each.get("EventSourceArn", "")
    ]
    if not others:
        raise CommandError(
            f"{notify} has no mapping from any stream to copy: `make deploy` the stack again"
        )
    _allow(stack, notify, stream_arn)
    like: Any = {name: others[0].get(name) for name in _COPIED}
    asked: Any = {
        "FunctionName": notify,
        "EventSourceArn": stream_arn,
        "StartingPosition": "TRIM_HORIZON",
        **{name: value for name, value in like.items() if value not in (None, [], {})},
    }
    for tries_left in reversed(range(ALLOWED_TRIES)):
        try:
            functions.create_event_source_mapping(**asked)
        except functions.exceptions.InvalidParameterValueException:
            # IAM takes seconds to make known everywhere what the role may do since a moment ago.
            if not tries_left:
                raise
            time.sleep(ALLOWED_PAUSE_SECONDS)
        else:
            break
    return True


def _allow(stack: Target, function: str, stream_arn: str) -> None:
    """Let the function's role read the stream: the template's policy names the old one alone."""
    functions = boto3.client("lambda", **stack.connection)
    role = functions.get_function_configuration(FunctionName=function)["Role"].rpartition("/")[2]
    statement = {
        "Effect": "Allow",
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        "Resource": stream_arn,
    }
    iam = boto3.client("iam", **stack.connection)
    iam.put_role_policy(
        RoleName=role,
        PolicyName=_POLICY,
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def _all(
    functions: "LambdaClient", function: str
) -> "list[EventSourceMappingConfigurationTypeDef]":
    pages = functions.get_paginator("list_event_source_mappings").paginate(FunctionName=function)
    return [each for page in pages for each in page["EventSourceMappings"]]
