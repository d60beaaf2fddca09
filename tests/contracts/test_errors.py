"""AWS's errors become Bedboard's own, from the emulated services of the unit tests as well."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from shared.aws.sns import NoTopicError, Topics
from shared.aws.user_pool import UserPool
from shared.domain.errors import NotFoundError
from shared.store.table import ConditionFailedError, Table
from tests.support.contracts import contract

PREFIX = "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_"
POOL = "eu-west-2_pool00000"
WRITE: Any = {
    "Item": {"pk": {"S": "HOME"}, "sk": {"S": "1"}},
    "ConditionExpression": "attribute_exists(pk)",
}


def transact(client: Any) -> None:
    Table(client, "bedboard-test").transact([WRITE])


def publish(client: Any) -> None:
    Topics(client, PREFIX).publish("nobody", {"event": "vacancy_opened"})


def look_up(client: Any) -> None:
    UserPool(client, POOL).person("nobody@example.org")


@pytest.mark.parametrize(
    ("name", "service", "operation", "call", "raised"),
    [
        (
            "transaction_cancelled",
            "dynamodb",
            "transact_write_items",
            transact,
            ConditionFailedError,
        ),
        ("topic_not_found", "sns", "publish", publish, NoTopicError),
        ("user_not_found", "cognito-idp", "admin_get_user", look_up, NotFoundError),
    ],
)
def test_an_error_of_aws_becomes_our_own(
    name: str, service: Any, operation: str, call: Callable[[Any], None], raised: type[Exception]
) -> None:
    event = contract(f"error_{name}").event
    client = boto3.client(service)
    modelled = event.keys() - {"Error", "HTTPStatusCode", "Message", "message"}
    with Stubber(client) as stubber:
        stubber.add_client_error(
            operation,
            service_error_code=event["Error"]["Code"],
            service_message=event["Error"]["Message"],
            http_status_code=event["HTTPStatusCode"],
            modeled_fields={each: event[each] for each in modelled},
        )
        with pytest.raises(raised):
            call(client)


def test_moto_answers_with_the_same_errors(table: Table) -> None:
    pool = boto3.client("cognito-idp")
    pool_id = pool.create_user_pool(PoolName="p")["UserPool"]["Id"]
    topic = f"{PREFIX}nobody"
    put: Any = {"Put": {"TableName": table.name, **WRITE}}
    attempts: dict[str, Callable[[], Any]] = {
        "transaction_cancelled": lambda: table.client.transact_write_items(TransactItems=[put]),
        "topic_not_found": lambda: boto3.client("sns").publish(TopicArn=topic, Message="m"),
        "user_not_found": lambda: pool.admin_get_user(UserPoolId=pool_id, Username="nobody"),
    }
    for name, attempt in attempts.items():
        with pytest.raises(ClientError) as failed:
            attempt()
        expected = contract(f"error_{name}").event
        assert failed.value.response["Error"]["Code"] == expected["Error"]["Code"]
        metadata = failed.value.response["ResponseMetadata"]
        assert metadata["HTTPStatusCode"] == expected["HTTPStatusCode"]
