"""The event source mapping from the table's stream to `notify`: finds it, and creates it again."""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from cli.errors import CommandError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient
    from types_boto3_lambda.type_defs import EventSourceMappingConfigurationTypeDef

COPIED_SETTINGS: Final = (
    "BatchSize",
    "MaximumBatchingWindowInSeconds",
    "FilterCriteria",
    "MaximumRetryAttempts",
    "MaximumRecordAgeInSeconds",
    "BisectBatchOnFunctionError",
    "FunctionResponseTypes",
    "DestinationConfig",
    "ParallelizationFactor",
    "MetricsConfig",
)

PERMISSION_TRIES: Final = 12
PERMISSION_PAUSE_SECONDS: Final = 5

_POLICY_NAME: Final = "RestoredStream"
"""The inline policy of `notify`'s role for the new stream, whose ARN no template can know."""


def stream_arn(stack: Target, table_name: str) -> str | None:
    """Return the ARN of the table's current stream; None where the stream is off."""
    table = stack.client("dynamodb").describe_table(TableName=table_name)["Table"]
    is_on = table.get("StreamSpecification", {}).get("StreamEnabled")
    return table.get("LatestStreamArn") if is_on else None


def find_mapping(stack: Target, stream: str) -> "EventSourceMappingConfigurationTypeDef | None":
    """Return the mapping from a stream to `notify`; None where there is none."""
    for mapping in _mappings(stack.client("lambda"), stack.output("NotifyFunction")):
        if mapping.get("EventSourceArn") == stream:
            return mapping
    return None


def create_mapping(stack: Target, stream: str) -> None:
    """Map a stream to `notify` with the settings of another stream's mapping, unless it is mapped.

    The other mapping stays: for a day its stream may still hold changes. Raises CommandError where
    there is no other mapping.
    """
    lambdas: LambdaClient = stack.client("lambda")
    notify = stack.output("NotifyFunction")
    mappings = _mappings(lambdas, notify)
    if any(mapping.get("EventSourceArn") == stream for mapping in mappings):
        return
    other_streams = [each for each in mappings if "/stream/" in each.get("EventSourceArn", "")]
    if not other_streams:
        raise CommandError(
            f"{notify} has no event source mapping from any stream, so there are no settings to"
            " copy. Deploy the stack again (make deploy COUNCIL=...)."
        )
    role = lambdas.get_function_configuration(FunctionName=notify)["Role"].rpartition("/")[2]
    allow_reading(stack.client("iam"), role, stream)
    create_like(lambdas, notify, stream, other_streams[0], pause=time.sleep)


def create_like(
    lambdas: "LambdaClient",
    function: str,
    stream: str,
    model: "EventSourceMappingConfigurationTypeDef",
    *,
    pause: Callable[[float], object],
) -> None:
    """Create a mapping with the settings of another one.

    A policy takes seconds to be known everywhere in IAM, and Lambda refuses the mapping until then:
    so it tries for a minute. Raises botocore's error after that.
    """
    settings: Any = {name: model.get(name) for name in COPIED_SETTINGS}
    request: Any = {
        "FunctionName": function,
        "EventSourceArn": stream,
        "StartingPosition": "TRIM_HORIZON",
        **{name: value for name, value in settings.items() if value not in (None, [], {})},
    }
    for tries_left in reversed(range(PERMISSION_TRIES)):
        try:
            lambdas.create_event_source_mapping(**request)
        except lambdas.exceptions.InvalidParameterValueException:
            if not tries_left:
                raise
            pause(PERMISSION_PAUSE_SECONDS)
        else:
            return


def allow_reading(iam: Any, role: str, stream: str) -> None:  # noqa: ANN401 - it has no stubs here
    """Let a function's role read the stream: the template's policy names only the old stream."""
    statement = {
        "Effect": "Allow",
        "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        "Resource": stream,
    }
    iam.put_role_policy(
        RoleName=role,
        PolicyName=_POLICY_NAME,
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def _mappings(
    lambdas: "LambdaClient", function: str
) -> "list[EventSourceMappingConfigurationTypeDef]":
    pages = lambdas.get_paginator("list_event_source_mappings").paginate(FunctionName=function)
    return [mapping for page in pages for mapping in page["EventSourceMappings"]]
