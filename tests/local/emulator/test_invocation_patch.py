"""No service of the emulator invokes a function that its policies do not let it invoke."""

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from local.emulator import process
from local.emulator.deploy import ACCOUNT, Connection, connection_to
from local.emulator.stack import LocalStack
from tests.support.patience import PATIENCE_SECONDS, eventually

pytestmark = pytest.mark.emulator

REGION = "eu-west-2"
CODE = """
import json, os, boto3

def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["SEEN"], MessageBody=json.dumps(event))
    if event == {"fail": True}:
        raise ValueError("as requested")
    return event
"""
POLL = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


@dataclass
class Account:
    """An emulated account with nothing in it but what a test makes."""

    connection: Connection
    log: Path

    def client(self, service: Any) -> Any:
        return boto3.client(service, **self.connection)

    def queue(self, name: str) -> str:
        url: str = self.client("sqs").create_queue(QueueName=name)["QueueUrl"]
        return url

    def role(self, name: str, service: str = "lambda") -> str:
        """Create a role that the service may assume and that may do nothing."""
        trust = {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": f"{service}.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ]
        }
        role: str = self.client("iam").create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps(trust)
        )["Role"]["Arn"]
        return role

    def allow(self, role: str, name: str, actions: list[str], resource: str) -> None:
        """Let the role take the actions on the resource."""
        statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
        self.client("iam").put_role_policy(
            RoleName=role, PolicyName=name, PolicyDocument=json.dumps({"Statement": [statement]})
        )

    def function(self, name: str) -> str:
        """Create a function that sends every event to the queue of its own name."""
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            archive.writestr("code.py", CODE)
        role, queue = self.role(name), self.queue(name)
        self.allow(name, "seen", ["sqs:SendMessage"], arn("sqs", name))
        created = self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.14",
            Role=role,
            Handler="code.handler",
            Code={"ZipFile": packed.getvalue()},
            Environment={"Variables": {"SEEN": queue}},
        )
        function: str = created["FunctionArn"]
        return function

    def permit(self, function: str, service: str, source_arn: str) -> None:
        """Let the service invoke the function for the source."""
        self.client("lambda").add_permission(
            FunctionName=function,
            StatementId=service,
            Action="lambda:InvokeFunction",
            Principal=f"{service}.amazonaws.com",
            SourceArn=source_arn,
        )

    def was_refused(self, *named: str) -> bool:
        """Wait for the line of the log that says so."""

        def logged() -> bool:
            lines = self.log.read_text("utf-8", errors="replace").splitlines()
            return any("is not permitted" in x and all(n in x for n in named) for x in lines)

        return eventually(logged)

    def seen(self, name: str) -> Any:
        """Wait for the event that the function of this name was invoked with."""
        sqs, url = self.client("sqs"), self.queue(name)
        for _ in range(PATIENCE_SECONDS // 20):
            for each in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
                return json.loads(each["Body"])
        pytest.fail(f"{name} was not invoked")

    def is_unseen(self, name: str) -> bool:
        """Return whether the function of this name was not invoked so far."""
        received = self.client("sqs").receive_message(QueueUrl=self.queue(name))
        return "Messages" not in received


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Start an emulator of its own for these tests."""
    folder = tmp_path_factory.mktemp("invocations")
    emulator = process.start(folder, region=REGION, outlive=False)
    yield Account(connection_to(emulator.endpoint_url, REGION), folder / process.LOG)
    process.stop(folder)


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
    sns.publish(TopicArn=topic, Message="one")
    assert account.was_refused(function, topic)
    assert account.is_unseen("told")
    account.permit(function, "sns", topic)
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
