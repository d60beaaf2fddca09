"""A home's staff choose who is reminded of its numbers, and nobody else does."""

import json
from typing import Any

import pytest

from shared.aws import sns
from shared.aws.telemetry import logger
from shared.store.table import Table
from subscribe.handler import handler
from tests.support.api_events import ApiResponse, call

HOME = "1-9000000001"
PATH = f"/homes/{HOME}/reminders"
STAFF, OTHERS = f"home:{HOME}", "home:1-9000000002"
MANAGER = {"protocol": "email", "address": "manager@larkrise.example.org"}
NOBODY = "00000000-0000-4000-8000-000000000000"

ROUTES = [("GET", PATH, None), ("POST", PATH, MANAGER), ("DELETE", f"{PATH}/{NOBODY}", None)]


def ask(
    method: str, path: str = PATH, body: object = None, *, groups: str | None = STAFF
) -> ApiResponse:
    return call(handler, method, path, groups=groups, body=body)


def test_an_address_is_added_once_listed_and_removed(table: Table) -> None:
    added = ask("POST", body=MANAGER)
    assert added.status == 201
    assert added.body["address"] == "m***@larkrise.example.org"
    assert added.body["state"] == "confirmed"
    assert ask("POST", body=MANAGER).body == added.body
    assert ask("GET").body == {"location_id": HOME, "total": 1, "members": [added.body]}
    assert ask("DELETE", f"{PATH}/{added.body['member_id']}").status == 204
    assert ask("GET").body["members"] == []


def test_a_home_that_nobody_was_added_for_has_nobody(table: Table) -> None:
    assert ask("GET").body == {"location_id": HOME, "total": 0, "members": []}


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), (OTHERS, 403), ("council", 403), ("team:exeter-discharge", 403)],
)
def test_only_the_homes_own_staff_may(
    table: Table, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


def test_one_homes_addresses_are_not_anothers(table: Table) -> None:
    added = ask("POST", body=MANAGER)
    of_others = "/homes/1-9000000002/reminders"
    assert ask("GET", of_others, groups=OTHERS).body["members"] == []
    taken = ask("DELETE", f"{of_others}/{added.body['member_id']}", groups=OTHERS)
    assert taken.status == 404
    assert ask("GET").body["total"] == 1


def test_a_reminder_goes_where_the_address_was_added(table: Table) -> None:
    ask("POST", body=MANAGER)
    of_homes = sns.of_homes()
    (subscription,) = of_homes.client.list_subscriptions_by_topic(TopicArn=of_homes.arn(HOME))[
        "Subscriptions"
    ]
    assert subscription["Endpoint"] == MANAGER["address"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"protocol": "email", "address": "x"}, {"address"}),
        ({"protocol": "fax", "address": "x"}, {"protocol"}),
        ({**MANAGER, "team": "exeter-discharge"}, {"team"}),
    ],
)
def test_what_cannot_be_told_is_refused_by_name(
    table: Table, body: dict[str, Any], fields: set[str]
) -> None:
    answer = ask("POST", body=body)
    assert (answer.status, answer.fields) == (422, fields)


def test_what_is_no_id_of_a_home_is_not_found(table: Table) -> None:
    assert ask("GET", "/homes/x*y/reminders").status == 404


def test_an_address_is_in_no_log_line_and_no_item(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask("POST", body=MANAGER)
    items = json.dumps(table.client.scan(TableName=table.name)["Items"])
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    for written in (json.dumps(answer.body), items, logged):
        assert "manager@" not in written
