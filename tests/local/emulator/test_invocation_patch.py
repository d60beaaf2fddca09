"""No service of the emulator invokes a function that its policies do not let it invoke."""

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from local.emulator.stack import LocalStack
from tests.support.emulated_account import REGION, Account, arn, empty_account
from tests.support.patience import eventually

pytestmark = pytest.mark.emulator

POLL = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Start an emulator of its own for these tests."""
    with empty_account(tmp_path_factory.mktemp("invocations")) as account:
        yield account


def default_route_permission(stack: LocalStack) -> tuple[str, dict[str, Any]]:
    """Return the function of the default route, and its permission for that route."""
    functions = boto3.client("lambda", **stack.connection)
    for page in functions.get_paginator("list_functions").paginate():
        for each in page["Functions"]:
            with contextlib.suppress(functions.exceptions.ResourceNotFoundException):
                policy = functions.get_policy(FunctionName=each["FunctionName"])["Policy"]
                for statement in json.loads(policy)["Statement"]:
                    source = statement["Condition"]["ArnLike"]["AWS:SourceArn"]
                    if source.endswith("/*/$default"):
                        return each["FunctionName"], {**statement, "Source": source}
    pytest.fail("no function has a permission for the default route")


def test_a_route_whose_function_lacks_the_permission_answers_500(stack: LocalStack) -> None:
    """What AWS would do with a permission for `*/*/*` alone, which the other routes have."""
    unknown, known = f"{stack.api_url}/nowhere", f"{stack.api_url}/homes/1-9000000001"
    function, permission = default_route_permission(stack)
    functions = boto3.client("lambda", **stack.connection)
    assert httpx.get(unknown, timeout=30).status_code == 404
    functions.remove_permission(FunctionName=function, StatementId=permission["Sid"])
    try:
        response = httpx.get(unknown, timeout=30)
        assert (response.status_code, response.json()) == (
            500,
            {"message": "Internal Server Error"},
        )
        assert httpx.get(known, timeout=30).status_code == 401
    finally:
        functions.add_permission(
            FunctionName=function,
            StatementId=permission["Sid"],
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=permission["Source"],
        )
    assert httpx.get(unknown, timeout=30).status_code == 404


def test_a_rule_needs_the_permission_of_its_function(account: Account) -> None:
    function, events = account.function("ruled"), account.client("events")
    rule = events.put_rule(Name="ruled", EventPattern='{"source": ["ours"]}')["RuleArn"]
    events.put_targets(Rule="ruled", Targets=[{"Id": "0", "Arn": function}])
    account.permit(function, "events", f"{rule}-of-another-name")
    entry = {"Source": "ours", "DetailType": "happened", "Detail": '{"number": 1}'}
    events.put_events(Entries=[entry])
    assert account.was_refused(function, rule)
    assert account.is_unseen("ruled")
    account.client("lambda").remove_permission(FunctionName=function, StatementId="events")
    account.permit(function, "events", rule)
    events.put_events(Entries=[{**entry, "Detail": '{"number": 2}'}])
    assert account.seen("ruled")["detail"] == {"number": 2}


def test_a_schedule_needs_a_role_that_may_invoke_its_function(account: Account) -> None:
    schedules = account.client("scheduler")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    for name, trusted, may_invoke in (
        ("scheduled", "scheduler", True),
        ("unscheduled", "scheduler", False),
        ("distrusting", "events", True),
    ):
        function, role = account.function(name), account.role(f"{name}-schedule", trusted)
        if may_invoke:
            account.allow(f"{name}-schedule", "invoke", ["lambda:InvokeFunction"], function)
        schedules.create_schedule(
            Name=name,
            ScheduleExpression=f"at({now})",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": function, "RoleArn": role, "Input": '{"remind_at": "09:30"}'},
        )
    assert account.seen("scheduled") == {"remind_at": "09:30"}
    assert account.was_refused("role/unscheduled-schedule", "function:unscheduled")
    assert account.was_refused("role/distrusting-schedule", "scheduler.amazonaws.com")
    assert account.is_unseen("unscheduled")
    assert account.is_unseen("distrusting")


def test_a_topic_needs_the_permission_of_its_function(account: Account) -> None:
    function, sns = account.function("told"), account.client("sns")
    topic = sns.create_topic(Name="told")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
    # A wildcard never reaches beyond the component of the ARN that it is in.
    account.permit(function, "sns", "arn:aws:sns:*")
    sns.publish(TopicArn=topic, Message="one")
    assert account.was_refused(function, topic)
    assert account.is_unseen("told")
    account.client("lambda").remove_permission(FunctionName=function, StatementId="sns")
    account.permit(function, "sns", arn("sns", "t?ld"))
    sns.publish(TopicArn=topic, Message="two")
    assert account.seen("told")["Records"][0]["Sns"]["Message"] == "two"


def test_a_bucket_needs_the_permission_of_its_function(account: Account) -> None:
    function, s3 = account.function("filled"), account.client("s3")
    s3.create_bucket(Bucket="filled", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_notification_configuration(
        Bucket="filled",
        NotificationConfiguration={
            "LambdaFunctionConfigurations": [
                {"LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"]}
            ]
        },
    )
    s3.put_object(Bucket="filled", Key="one")
    assert account.was_refused(function, "arn:aws:s3:::filled")
    assert account.is_unseen("filled")
    account.permit(function, "s3", "arn:aws:s3:::filled")
    s3.put_object(Bucket="filled", Key="two")
    assert account.seen("filled")["Records"][0]["s3"]["object"]["key"] == "two"


def test_nobody_signs_in_while_a_trigger_may_not_be_invoked(account: Account) -> None:
    function, pool = account.function("trigger"), account.client("cognito-idp")
    pool_id = pool.create_user_pool(PoolName="p", LambdaConfig={"PreTokenGeneration": function})[
        "UserPool"
    ]["Id"]
    client_id = pool.create_user_pool_client(
        UserPoolId=pool_id, ClientName="c", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    password = "Bedboard-on-loopback-1"
    pool.admin_create_user(UserPoolId=pool_id, Username="someone", MessageAction="SUPPRESS")
    pool.admin_set_user_password(
        UserPoolId=pool_id, Username="someone", Password=password, Permanent=True
    )
    sign_in = {
        "UserPoolId": pool_id,
        "ClientId": client_id,
        "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "someone", "PASSWORD": password},
    }
    with pytest.raises(ClientError):
        pool.admin_initiate_auth(**sign_in)
    assert account.was_refused(function, pool_id)
    assert account.is_unseen("trigger")
    account.permit(function, "cognito-idp", arn("cognito-idp", f"userpool/{pool_id}"))
    assert pool.admin_initiate_auth(**sign_in)["AuthenticationResult"]["IdToken"]
    assert account.seen("trigger")["userPoolId"] == pool_id


def test_a_stream_needs_the_rights_of_its_functions_role(account: Account) -> None:
    function, table = account.function("reader"), account.client("dynamodb")
    stream = table.create_table(
        TableName="read",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]["LatestStreamArn"]
    reads(account, function, stream, StartingPosition="TRIM_HORIZON")
    table.put_item(TableName="read", Item={"pk": {"S": "one"}})
    account.allow("reader", "stream", POLL, stream)
    assert account.seen("reader")["Records"][0]["dynamodb"]["Keys"] == {"pk": {"S": "one"}}


def test_a_queue_needs_the_rights_of_its_functions_role(account: Account) -> None:
    function, queue = account.function("worker"), account.queue("work")
    reads(account, function, arn("sqs", "work"))
    account.client("sqs").send_message(QueueUrl=queue, MessageBody="do it")
    account.allow("worker", "queue", RECEIVE, arn("sqs", "work"))
    assert account.seen("worker")["Records"][0]["body"] == "do it"


def reads(account: Account, function: str, source: str, **settings: Any) -> None:
    """Map the source to the function, and wait until it cannot be read."""
    functions = account.client("lambda")
    mapping = functions.create_event_source_mapping(
        FunctionName=function, EventSourceArn=source, **settings
    )["UUID"]

    def has_a_problem() -> bool:
        found = functions.get_event_source_mapping(UUID=mapping)
        return "PROBLEM" in found["LastProcessingResult"]

    assert eventually(has_a_problem)


def test_a_dead_letter_needs_the_rights_of_its_functions_role(account: Account) -> None:
    functions = account.client("lambda")
    account.queue("letters")
    for name in "without", "with":
        function = account.function(name)
        if name == "with":
            account.allow(name, "letters", ["sqs:SendMessage"], arn("sqs", "letters"))
        functions.put_function_event_invoke_config(
            FunctionName=function,
            MaximumRetryAttempts=0,
            DestinationConfig={"OnFailure": {"Destination": arn("sqs", "letters")}},
        )
        functions.invoke(FunctionName=function, InvocationType="Event", Payload='{"fail": true}')
    assert account.was_refused("role/without", "sqs:SendMessage")
    letter = account.seen("letters")
    assert letter["requestContext"]["functionArn"].endswith(":with")
    assert account.is_unseen("letters")
