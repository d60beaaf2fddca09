"""The staff of a home manage the addresses that its reminders go to."""

import json
from typing import Any

import pytest

from shared.aws.telemetry import logger
from shared.store import keys
from shared.store.table import Table
from tests.subscribe.conftest import BuildSubscribe, Subscribe
from tests.support import traces
from tests.support.api_events import ApiResponse, call
from tests.support.builders import REGISTER, home, save
from tests.support.outbox import Outbox

HOME = "1-9000000001"
PATH = f"/homes/{HOME}/reminders"
STAFF, OTHERS = f"home:{HOME}", "home:1-9000000002"
MANAGER = {"protocol": "email", "address": "manager@larkrise.example.org"}
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"

ROUTES = [
    ("GET", PATH, None),
    ("POST", PATH, MANAGER),
    ("DELETE", f"{PATH}/{UNKNOWN_ID}", None),
    ("POST", f"{PATH}/{UNKNOWN_ID}/invitation", {}),
    ("POST", f"{PATH}/{UNKNOWN_ID}/code", {"code": "123456"}),
]


@pytest.fixture(autouse=True)
def started(table: Table, build_subscribe: BuildSubscribe) -> None:
    save(table, home(HOME), home("1-9000000002"))
    Subscribe.handler = staticmethod(build_subscribe())


def ask(
    method: str,
    path: str = PATH,
    body: object = None,
    *,
    groups: str | None = STAFF,
    **more: Any,
) -> ApiResponse:
    return call(Subscribe.handler, method, path, groups=groups, body=body, **more)


def test_an_address_is_added_once_listed_and_removed(table: Table) -> None:
    added = ask("POST", body=MANAGER)
    assert added.status == 201
    assert added.body["address"] == "m***@larkrise.example.org"
    assert added.body["state"] == "pending"
    assert ask("POST", body=MANAGER).body == added.body
    assert ask("GET").body == {"location_id": HOME, "total": 1, "members": [added.body]}
    assert ask("DELETE", f"{PATH}/{added.body['member_id']}").status == 204
    assert ask("GET").body["members"] == []


def test_a_home_without_addresses_has_an_empty_list(table: Table) -> None:
    assert ask("GET").body == {"location_id": HOME, "total": 0, "members": []}


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), (OTHERS, 403), ("council", 403), ("team:exeter-discharge", 403)],
)
def test_only_staff_of_the_home_have_access(
    table: Table, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


def test_homes_have_separate_addresses(table: Table) -> None:
    added = ask("POST", body=MANAGER)
    of_others = "/homes/1-9000000002/reminders"
    assert ask("GET", of_others, groups=OTHERS).body["members"] == []
    response = ask("DELETE", f"{of_others}/{added.body['member_id']}", groups=OTHERS)
    assert response.status == 404
    assert ask("GET").body["total"] == 1


def test_the_invitation_names_the_home(table: Table, outbox: Outbox) -> None:
    ask("POST", body=MANAGER)
    (email,) = outbox.emails_sent
    assert email.address == MANAGER["address"]
    assert REGISTER.name in email.subject
    (page, _) = email.tokens
    shown = ask("POST", "/members/look", {"token": page}, groups=None)
    assert shown.body["location_id"] == HOME
    assert shown.body["name"] == REGISTER.name


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"protocol": "email", "address": "x"}, {"address"}),
        ({"protocol": "fax", "address": "x"}, {"protocol"}),
        ({"protocol": "sqs", "address": "x"}, {"protocol"}),
        ({**MANAGER, "team": "exeter-discharge"}, {"team"}),
    ],
)
def test_a_wrong_field_of_an_address_is_named(
    table: Table, body: dict[str, Any], fields: set[str]
) -> None:
    response = ask("POST", body=body)
    assert (response.status, response.fields) == (422, fields)


def test_nobody_is_staff_of_an_invalid_location_id(table: Table) -> None:
    assert ask("GET", "/homes/x*y/reminders").status == 403


def test_an_address_is_never_logged_or_stored(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    response = ask("POST", body=MANAGER)
    items = str(traces.items(table))
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    for written in (json.dumps(response.body), items, logged):
        assert "manager@" not in written


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[1:])
def test_a_key_is_refused_because_no_response_is_saved(
    table: Table, method: str, path: str, body: object
) -> None:
    assert ask(method, path, body, headers={"Idempotency-Key": "8c1f0000-0000"}).status == 400


@pytest.mark.parametrize(("action", "state"), [("confirm", "confirmed"), ("stop", "unsubscribed")])
def test_what_a_link_did_is_told_although_the_homes_name_cannot_be_read(
    table: Table, outbox: Outbox, action: str, state: str
) -> None:
    ask("POST", body=MANAGER)
    to_agree, to_stop = outbox.emails_sent[0].tokens
    table.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": HOME}})  # of no use
    token = to_stop if action == "stop" else to_agree
    for _ in range(2):
        answer = ask("POST", f"/members/{action}", {"token": token}, groups=None)
        assert (answer.status, answer.body["state"]) == (200, state)
        assert answer.body["name"] == HOME
    assert [each["state"] for each in ask("GET").body["members"]] == [state]
