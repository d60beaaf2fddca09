"""Under the roles of the deployed stack: staff add an address, and it is reminded once."""

import json
from datetime import UTC, datetime, timedelta

import boto3
import httpx

from local.demo.seed import table_of
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.domain.care_home import CareHome
from tests.support.builders import REGISTER, save

HOME = "1-7100000001"


def function(stack: LocalStack) -> str:
    """The name of `remind_homes`, which no output tells."""
    names = boto3.client("lambda", **stack.connection).get_paginator("list_functions").paginate()
    (found,) = (
        each["FunctionName"]
        for page in names
        for each in page["Functions"]
        if each["Handler"] == "remind_homes.handler.handler"
    )
    return found


def inbox(stack: LocalStack) -> tuple[str, str]:
    """URL and ARN of a queue that SNS may put messages into."""
    arn = stack.team_topic_prefix.replace(":sns:", ":sqs:").rsplit(":", 1)[0] + ":reminded"
    let_in = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
    sqs = boto3.client("sqs", **stack.connection)
    return sqs.create_queue(QueueName="reminded", Attributes={"Policy": policy})["QueueUrl"], arn


def test_staff_add_an_address_and_a_run_reminds_it_once(stack: LocalStack) -> None:
    old = datetime.now(UTC) - timedelta(days=2)
    save(table_of(stack), CareHome(HOME, 1, REGISTER, confirmed_at=old))
    url, arn = inbox(stack)
    added = httpx.post(
        f"{stack.api_url}/homes/{HOME}/reminders",
        headers={"Authorization": f"Bearer {token(stack, [f'home:{HOME}'])}"},
        json={"protocol": "sqs", "address": arn},
        timeout=30,
    )
    assert added.status_code == 201, added.text
    name = function(stack)
    for _ in range(2):
        ran = boto3.client("lambda", **stack.connection).invoke(
            FunctionName=name, Payload=json.dumps({"remind_at": "09:30"}).encode()
        )
        assert "FunctionError" not in ran, ran["Payload"].read()
    sqs = boto3.client("sqs", **stack.connection)
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
    (message,) = found["Messages"]
    told = json.loads(json.loads(message["Body"])["Message"])
    assert told["location_id"] == HOME
    assert told["update_url"] == f"http://localhost:8000/update.html?home={HOME}"
