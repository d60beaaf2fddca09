"""The emulator sends what AWS sends, but for the differences that are listed here."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from tests.support.contracts import Contract, contract
from tests.support.emulated_account import REGION, Account, arn, empty_account
from tests.support.shapes import Difference

pytestmark = pytest.mark.emulator

PASSWORD = "Bedboard-on-loopback-1"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Start an emulator of its own for these tests."""
    with empty_account(tmp_path_factory.mktemp("contracts")) as account:
        yield account


def check(expected: Contract, sent: Any, known: Difference) -> None:
    """Check that what was sent differs from the contract in what is known, and in nothing else."""
    difference = expected.difference(sent)
    for each, ours, theirs in zip(Difference._fields, difference, known, strict=True):
        assert (each, sorted(ours)) == (each, sorted(theirs))


def known(*, missing: str = "", extra: str = "", retyped: str = "") -> Difference:
    return Difference(*(frozenset(each.split()) for each in (missing, extra, retyped)))


def signed_in_api(account: Account, function: str) -> tuple[str, str]:
    """Create an HTTP API that demands a token, and return its address and a token."""
    pool = account.client("cognito-idp")
    pool_id = pool.create_user_pool(PoolName="p")["UserPool"]["Id"]
    client_id = pool.create_user_pool_client(
        UserPoolId=pool_id, ClientName="c", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    someone = {"UserPoolId": pool_id, "Username": "someone"}
    pool.admin_create_user(**someone, MessageAction="SUPPRESS")
    pool.admin_set_user_password(**someone, Password=PASSWORD, Permanent=True)
    for group in "team:exeter-discharge", "home:1-9000000001":
        pool.create_group(UserPoolId=pool_id, GroupName=group)
        pool.admin_add_user_to_group(**someone, GroupName=group)
    tokens = pool.admin_initiate_auth(
        UserPoolId=pool_id,
        ClientId=client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "someone", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    api = account.client("apigatewayv2")
    api_id = api.create_api(Name="a", ProtocolType="HTTP")["ApiId"]
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{pool_id}"
    authorizer = api.create_authorizer(
        ApiId=api_id,
        Name="callers",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": issuer, "Audience": [client_id]},
    )["AuthorizerId"]
    integration = api.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationUri=function,
        PayloadFormatVersion="2.0",
    )["IntegrationId"]
    api.create_route(
        ApiId=api_id,
        RouteKey="GET /vacancies",
        AuthorizationType="JWT",
        AuthorizerId=authorizer,
        Target=f"integrations/{integration}",
    )
    api.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True)
    account.permit(function, "apigateway", arn("execute-api", f"{api_id}/*/*/*"))
    endpoint = account.connection["endpoint_url"]
    return f"{endpoint}/_aws/execute-api/{api_id}", tokens["AccessToken"]


def test_a_request(account: Account) -> None:
    url, token = signed_in_api(account, account.function("requested"))
    httpx.get(
        f"{url}/vacancies?near=EX2+5DW&need=a&need=b",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    sent = account.seen("requested")
    expected = contract("http_api_request")
    # Nothing of Bedboard reads the prefix, nor which scopes a route asks for.
    differences = known(
        missing="requestContext.domainPrefix",
        extra="requestContext.authorizer.jwt.scopes[]",
        retyped="requestContext.authorizer.jwt.scopes",
    )
    check(expected, sent, differences)
    claims = sent["requestContext"]["authorizer"]["jwt"]["claims"]
    assert sorted(claims["cognito:groups"][1:-1].split()) == [
        "home:1-9000000001",
        "team:exeter-discharge",
    ]
    assert sent["queryStringParameters"] == {"near": "EX2 5DW", "need": "a,b"}


def test_a_record_of_a_stream(account: Account) -> None:
    function, table = account.function("streamed"), account.client("dynamodb")
    stream = table.create_table(
        TableName="log",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]["LatestStreamArn"]
    account.allow(
        "streamed",
        "stream",
        ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        stream,
    )
    account.client("lambda").create_event_source_mapping(
        FunctionName=function, EventSourceArn=stream, StartingPosition="TRIM_HORIZON"
    )
    entry = {"pk": {"S": "CHANGE#2026-01-05"}, "sk": {"S": "x"}, "version": {"N": "2"}}
    table.put_item(TableName="log", Item=entry)
    (sent,) = account.seen("streamed")["Records"]
    check(contract("dynamodb_stream_record"), sent, known())


def test_an_upload(account: Account) -> None:
    function, s3, events = account.function("put"), account.client("s3"), account.client("events")
    s3.create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_notification_configuration(
        Bucket="uploads", NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"]}
    rule = events.put_rule(Name="uploads", EventPattern=json.dumps(pattern))["RuleArn"]
    account.permit(function, "events", rule)
    events.put_targets(Rule="uploads", Targets=[{"Id": "0", "Arn": function}])
    key = contract("eventbridge_object_created").event["detail"]["object"]["key"]
    s3.put_object(Bucket="uploads", Key=key, Body=b"hello")
    sent = account.seen("put")
    # The import asks the bucket for the newest version, and reads none from the event.
    differences = known(missing="detail.object.version-id")
    check(contract("eventbridge_object_created"), sent, differences)
    assert sent["detail"]["object"]["key"] == key


def test_a_schedule(account: Account) -> None:
    function, role = account.function("due"), account.role("due-schedule", "scheduler")
    account.allow("due-schedule", "invoke", ["lambda:InvokeFunction"], function)
    expected = contract("scheduler_reminder")
    account.client("scheduler").create_schedule(
        Name="due",
        ScheduleExpression=f"at({datetime.now(UTC):%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": function, "RoleArn": role, "Input": json.dumps(expected.event)},
    )
    assert account.seen("due") == expected.event


def test_a_dead_letter_of_an_invocation(account: Account) -> None:
    function, functions = account.function("failing"), account.client("lambda")
    url = account.queue("failed")
    account.allow("failing", "letters", ["sqs:SendMessage"], arn("sqs", "failed"))
    functions.put_function_event_invoke_config(
        FunctionName=function,
        MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": arn("sqs", "failed")}},
    )
    functions.invoke(FunctionName=function, InvocationType="Event", Payload='{"fail": true}')
    received = account.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=20)
    (sent,) = received["Messages"]
    # So `bedboard dead-letters` shows no time for such a letter on the emulator.
    differences = known(
        missing="Body.version Body.timestamp Body.requestContext.requestId"
        " Body.responseContext.executedVersion"
    )
    check(contract("dead_letter_invocation"), sent, differences)


class Posted(BaseHTTPRequestHandler):
    """Keeps the body of what is posted."""

    bodies: list[Any] = []  # noqa: RUF012 - one list for the one server of this test

    def do_POST(self) -> None:
        """Keep the body, and answer 200."""
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        """Log nothing."""


def test_a_confirmation_of_a_web_address(account: Account) -> None:
    with HTTPServer(("127.0.0.1", 0), Posted) as server:
        serving = Thread(target=server.handle_request)
        serving.start()
        sns = account.client("sns")
        topic = sns.create_topic(Name="confirmed")["TopicArn"]
        sns.subscribe(
            TopicArn=topic, Protocol="http", Endpoint=f"http://127.0.0.1:{server.server_port}/"
        )
        serving.join(timeout=60)
    (sent,) = Posted.bodies
    check(contract("sns_subscription_confirmation"), sent, known())


def test_errors(account: Account) -> None:
    pool, table = account.client("cognito-idp"), account.client("dynamodb")
    pool_id = pool.create_user_pool(PoolName="nobody")["UserPool"]["Id"]
    table.create_table(
        TableName="errors",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
    put: Any = {
        "Put": {
            "TableName": "errors",
            "Item": {"pk": {"S": "1"}},
            "ConditionExpression": "attribute_exists(pk)",
        }
    }
    attempts: dict[str, Callable[[], Any]] = {
        "transaction_cancelled": lambda: table.transact_write_items(TransactItems=[put]),
        "topic_not_found": lambda: account.client("sns").publish(
            TopicArn=arn("sns", "nobody"), Message="m"
        ),
        "user_not_found": lambda: pool.admin_get_user(UserPoolId=pool_id, Username="nobody"),
    }
    for name, attempt in attempts.items():
        with pytest.raises(ClientError) as failed:
            attempt()
        expected, response = contract(f"error_{name}"), dict(failed.value.response)
        metadata: Any = response.pop("ResponseMetadata")
        sent = {**response, "HTTPStatusCode": metadata["HTTPStatusCode"]}
        # DynamoDB writes it with a capital. Nothing of Bedboard reads it.
        lower_case = name == "transaction_cancelled"
        check(expected, sent, known(missing="Message") if lower_case else known())
        assert sent["Error"]["Code"] == expected.event["Error"]["Code"]
        assert sent["HTTPStatusCode"] == expected.event["HTTPStatusCode"]
