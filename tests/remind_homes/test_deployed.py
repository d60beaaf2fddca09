"""In the deployed stack, staff add an address, and it is reminded once."""

import json
from datetime import UTC, datetime, timedelta

import boto3
import httpx

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.care_home import CareHome
from tests.support.builders import REGISTER, save

HOME = "1-7100000001"


def function(stack: LocalStack) -> str:
    """Return the name of `remind_homes`, which is in no output of the stack."""
    names = boto3.client("lambda", **stack.connection).get_paginator("list_functions").paginate()
    (name,) = (
        each["FunctionName"]
        for page in names
        for each in page["Functions"]
        if each["Handler"] == "remind_homes.handler.handler"
    )
    return name


def inbox(stack: LocalStack) -> tuple[str, str]:
    """Create a queue that SNS may send to, and return its URL and ARN."""
    arn = stack.team_topic_prefix.replace(":sns:", ":sqs:").rsplit(":", 1)[0] + ":reminded"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs = boto3.client("sqs", **stack.connection)
    return sqs.create_queue(QueueName="reminded", Attributes={"Policy": policy})["QueueUrl"], arn


def test_staff_add_an_address_and_a_run_reminds_it_once(stack: LocalStack) -> None:
    old = datetime.now(UTC) - timedelta(days=2)
    save(table_of(stack), CareHome(HOME, 1, REGISTER, confirmed_at=old))
    url, arn = inbox(stack)
    response = httpx.post(
        f"{stack.api_url}/homes/{HOME}/reminders",
        headers={"Authorization": f"Bearer {token(stack, [f'home:{HOME}'])}"},
        json={"protocol": "sqs", "address": arn},
        timeout=30,
    )
    assert response.status_code == 201, response.text
    name = function(stack)
    for _ in range(2):
        run = boto3.client("lambda", **stack.connection).invoke(
            FunctionName=name, Payload=json.dumps({"remind_at": "09:30"}).encode()
        )
        assert "FunctionError" not in run, run["Payload"].read()
    sqs = boto3.client("sqs", **stack.connection)
    received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
    (message,) = received["Messages"]
    reminder = json.loads(json.loads(message["Body"])["Message"])
    assert reminder["location_id"] == HOME
    assert reminder["update_url"] == f"http://localhost:8000/update.html?home={HOME}"
