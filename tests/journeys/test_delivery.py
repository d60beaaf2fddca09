"""Through the deployed stack: people agree, are told of an opening, and stop, by email and text."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import boto3
import httpx
import pytest

from local.emulator.sent_messages import emails_to, texts_to
from local.emulator.stack import LocalStack, table_of
from local.emulator.texts_patch import OPTED_OUT
from local.emulator.tokens import token
from shared.store import keys
from tests.support import traces
from tests.support.builders import REGISTER, home, save
from tests.support.patience import eventually

TEAM, HOME = "delivery-team", "1-9240000001"
WARD, PHONE = "delivery.ward@example.nhs.uk", "+447700900321"
THERE = replace(REGISTER, name="Delivery House", latitude=59.5, longitude=-1.5)

Json = dict[str, Any]


class Requests:
    """Requests of the team, of the home's staff, and of whoever has a link."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack
        self._client = httpx.Client(base_url=stack.api_url, timeout=30)

    def send(
        self, method: str, path: str, body: Json | None = None, group: str | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token(self._stack, [group])}"} if group else {}
        return self._client.request(method, path, json=body, headers=headers)

    def team(self, method: str, path: str, body: Json | None = None) -> Any:
        response = self.send(method, path, body, f"team:{TEAM}")
        assert response.is_success, response.text
        return response.json()

    def states(self) -> dict[str, str]:
        members = self.team("GET", "/alerts/members")["members"]
        return {each["protocol"]: each["state"] for each in members}

    def post_beds(self, accepting: int) -> None:
        counts = {"maximum_capacity": 10, "occupied": 10 - accepting, "accepting": accepting}
        body = {"beds": {"general_nursing": {**counts, "reserved": 0, "not_available": 0}}}
        response = self.send("PUT", f"/homes/{HOME}/vacancies", body, f"home:{HOME}")
        assert response.status_code == 200, response.text


@pytest.fixture(scope="module")
def requests(stack: LocalStack) -> Requests:
    save(table_of(stack), home(HOME, accepting=0, register=THERE))
    requests = Requests(stack)
    requests.team("POST", "/alerts", {"near": "59.5,-1.5", "radius_miles": 1})
    for protocol, address in ("email", WARD), ("sms", PHONE):
        requests.team("POST", "/alerts/members", {"protocol": protocol, "address": address})
    return requests


def test_people_agree_are_told_and_stop(stack: LocalStack, requests: Requests) -> None:
    assert requests.states() == {"email": "pending", "sms": "pending"}
    to_agree, to_stop = emails_to(stack, WARD)[0].tokens
    assert requests.send("POST", "/members/confirm", {"token": to_agree}).status_code == 200
    (code,) = re.findall(r"code is ([0-9]{6})", texts_to(stack, PHONE)[0])
    (phone,) = (
        each
        for each in requests.team("GET", "/alerts/members")["members"]
        if each["protocol"] == "sms"
    )
    requests.team("POST", f"/alerts/members/{phone['member_id']}/code", {"code": code})
    assert requests.states() == {"email": "confirmed", "sms": "confirmed"}

    requests.post_beds(1)
    assert eventually(lambda: len(emails_to(stack, WARD)) == 2)
    assert eventually(lambda: len(texts_to(stack, PHONE)) == 2)
    alert = emails_to(stack, WARD)[-1]
    assert alert.subject == "Vacancy at Delivery House: 1 general nursing bed"
    assert alert.tokens == [to_stop]
    assert texts_to(stack, PHONE)[-1].startswith("Delivery House, 01632 960001: 1 general nursing")

    page = requests.send("GET", f"/unsubscribe/{to_stop}")
    assert page.status_code == 303
    assert page.headers["location"].endswith(f"/messages.html#{to_stop}")
    assert requests.states()["email"] == "confirmed"
    assert requests.send("POST", f"/unsubscribe/{to_stop}").status_code == 200
    assert requests.states()["email"] == "unsubscribed"
    requests.post_beds(0)
    requests.post_beds(3)
    assert eventually(lambda: len(texts_to(stack, PHONE)) == 3)
    assert len(emails_to(stack, WARD)) == 2


def test_a_mailbox_that_refuses_emails_is_shown_to_the_team(
    stack: LocalStack, requests: Requests
) -> None:
    body = {"protocol": "email", "address": "nobody.here@example.nhs.uk"}
    added = requests.team("POST", "/alerts/members", body)
    report = {
        "event": "email_bounced",
        "kind": ["team"],
        "owner": [TEAM],
        "member": [added["member_id"]],
    }
    boto3.client("sqs", **stack.connection).send_message(
        QueueUrl=stack.delivery_queue_url, MessageBody=json.dumps(report)
    )

    def state() -> str:
        members = requests.team("GET", "/alerts/members")["members"]
        (member,) = (each for each in members if each["member_id"] == added["member_id"])
        return str(member["state"])

    assert eventually(lambda: state() == "bounced")


def test_a_phone_that_takes_no_texts_is_shown_to_the_team(requests: Requests) -> None:
    body = {"protocol": "sms", "address": OPTED_OUT}
    added = requests.team("POST", "/alerts/members", body)
    assert added["state"] == "opted_out"


def test_an_address_that_is_added_twice_at_once_is_one_member_with_one_invitation(
    stack: LocalStack, requests: Requests
) -> None:
    with ThreadPoolExecutor(2) as threads:
        for number in range(10):
            group, address = f"team:delivery-at-once-{number}", f"once.{number}@example.nhs.uk"
            body = {"protocol": "email", "address": address}
            add = partial(requests.send, "POST", "/alerts/members", body, group)
            statuses = {each.result().status_code for each in [threads.submit(add) for _ in "12"]}
            assert 201 in statuses
            assert statuses <= {201, 503}  # one that meets the other asks to be sent again
            assert requests.send("GET", "/alerts/members", group=group).json()["total"] == 1
            assert len(emails_to(stack, address)) == 1


def test_no_address_is_in_clear_in_the_table(stack: LocalStack, requests: Requests) -> None:
    items = traces.items(table_of(stack))
    assert any(keys.SEALED in item for item in items)
    assert not any(secret in str(items) for secret in (WARD, PHONE, PHONE[1:], "nobody.here"))
