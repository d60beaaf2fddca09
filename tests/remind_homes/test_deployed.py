"""In the deployed stack, staff add an address, and it is reminded once."""

import json
from datetime import UTC, datetime, timedelta

import boto3
import httpx

from local.emulator.sent_messages import emails_to
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.care_home import CareHome
from tests.support.builders import REGISTER, save
from tests.support.patience import eventually

HOME = "1-7100000001"
MANAGER = "manager.reminded@example.org"


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


def test_staff_add_an_address_and_a_run_reminds_it_once(stack: LocalStack) -> None:
    old = datetime.now(UTC) - timedelta(days=2)
    save(table_of(stack), CareHome(HOME, 1, REGISTER, confirmed_at=old))
    response = httpx.post(
        f"{stack.api_url}/homes/{HOME}/reminders",
        headers={"Authorization": f"Bearer {token(stack, [f'home:{HOME}'])}"},
        json={"protocol": "email", "address": MANAGER},
        timeout=30,
    )
    assert response.status_code == 201, response.text
    (invitation,) = emails_to(stack, MANAGER)
    link = {"token": invitation.tokens[0]}
    assert httpx.post(f"{stack.api_url}/members/confirm", json=link, timeout=30).is_success
    name = function(stack)
    for _ in range(2):
        run = boto3.client("lambda", **stack.connection).invoke(
            FunctionName=name, Payload=json.dumps({"remind_at": "09:30"}).encode()
        )
        assert "FunctionError" not in run, run["Payload"].read()
    assert eventually(lambda: len(emails_to(stack, MANAGER)) == 2)
    assert eventually(lambda: waiting(stack) == 0)
    _, reminder = emails_to(stack, MANAGER)
    assert reminder.subject == f"Please check your vacancies: {REGISTER.name}"
    assert f"http://localhost:8000/update.html?home={HOME}" in reminder.text


def waiting(stack: LocalStack) -> int:
    """Count the messages that are in the delivery queue, or on their way."""
    attributes = boto3.client("sqs", **stack.connection).get_queue_attributes(
        QueueUrl=stack.delivery_queue_url,
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    return sum(map(int, attributes.values()))
