"""The council invites those whom an old id reminded to the reminders of its successor."""

import json
from dataclasses import replace
from typing import Any

import pytest

from shared.aws.telemetry import logger
from shared.domain.vocabulary import Registration
from shared.store.table import Table
from tests.subscribe.conftest import BuildSubscribe, Subscribe
from tests.support.api_events import ApiResponse, call
from tests.support.builders import REGISTER, home, save
from tests.support.outbox import Outbox

OLD, NEW = "1-9000000001", "1-9000000002"
PATH = f"/homes/{OLD}/successor/reminders"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)
MANAGER = {"protocol": "email", "address": "manager@larkrise.example.org"}
PHONE = {"protocol": "sms", "address": "07700 900123"}
ROUTES = [("GET", None), ("POST", {"member_id": "00000000-0000-4000-8000-000000000000"})]


@pytest.fixture(autouse=True)
def started(build_subscribe: BuildSubscribe) -> None:
    Subscribe.handler = staticmethod(build_subscribe())


def ask(
    method: str,
    path: str = PATH,
    body: object = None,
    *,
    groups: str | None = "council",
    **more: Any,
) -> ApiResponse:
    return call(Subscribe.handler, method, path, groups=groups, body=body, **more)


def remind(location_id: str, address: object, outbox: Outbox) -> str:
    """Add someone to the reminders of a home, and have them agree."""
    staff, outbox_before = f"home:{location_id}", len(outbox.emails_sent)
    member: dict[str, str] = ask(
        "POST", f"/homes/{location_id}/reminders", address, groups=staff
    ).body
    for email in outbox.emails_sent[outbox_before:]:
        ask("POST", "/members/confirm", {"token": email.tokens[0]}, groups=None)
    outbox.clear()
    return member["member_id"]


def succeed(table: Table, *, successor: str | None = NEW) -> None:
    save(table, replace(home(OLD, register=GONE), successor=successor), home(NEW))


def test_each_is_invited_one_by_one(table: Table, outbox: Outbox) -> None:
    succeed(table)
    manager = remind(OLD, MANAGER, outbox)
    remind(OLD, PHONE, outbox)
    response = ask("POST", body={"member_id": manager})
    assert response.status == 201
    assert outbox.recipients == [MANAGER["address"]]
    listed = {each["address"]: each["at_successor"] for each in ask("GET").body["members"]}
    assert listed == {"m***@larkrise.example.org": "pending", "+44*******123": "none"}


def test_a_repeat_invites_no_one_twice(table: Table, outbox: Outbox) -> None:
    succeed(table)
    manager = remind(OLD, MANAGER, outbox)
    for _ in range(2):
        assert ask("POST", body={"member_id": manager}).status == 201
    assert outbox.recipients == [MANAGER["address"]]


def test_the_old_reminders_can_be_seen_before_the_successor_is_known(
    table: Table, outbox: Outbox
) -> None:
    succeed(table, successor=None)
    manager = remind(OLD, MANAGER, outbox)
    assert ask("GET").body["total"] == 1
    response = ask("POST", body={"member_id": manager})
    assert response.status == 409
    assert "First say" in response.body["detail"]


def test_a_home_on_the_register_keeps_its_reminders_to_itself(table: Table, outbox: Outbox) -> None:
    save(table, home(OLD), home(NEW))
    manager = remind(OLD, MANAGER, outbox)
    assert ask("GET").status == 409
    assert ask("POST", body={"member_id": manager}).status == 409


@pytest.mark.parametrize("member_id", ["00000000-0000-4000-8000-000000000000", "pending", "x"])
def test_only_a_confirmed_member_of_the_old_id_is_invited(
    table: Table, outbox: Outbox, member_id: str
) -> None:
    succeed(table)
    assert ask("POST", body={"member_id": member_id}).status == 404
    elsewhere = remind(NEW, MANAGER, outbox)
    assert ask("POST", body={"member_id": elsewhere}).status == 404


@pytest.mark.parametrize(("method", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), (f"home:{OLD}", 403), (f"home:{NEW}", 403), ("team:exeter", 403)],
)
def test_only_the_council_may(
    table: Table, method: str, body: object, groups: str | None, status: int
) -> None:
    succeed(table)
    assert ask(method, body=body, groups=groups).status == status


def test_an_unknown_home_has_no_reminders(table: Table) -> None:
    assert ask("GET", "/homes/1-9000000009/successor/reminders").status == 404
    assert ask("GET", "/homes/nonsense/successor/reminders").status == 404


def test_an_address_is_never_shown_in_full(
    table: Table, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    succeed(table)
    invited = ask("POST", body={"member_id": remind(OLD, MANAGER, outbox)})
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    for written in (json.dumps(invited.body), json.dumps(ask("GET").body), logged):
        assert "manager@" not in written


def test_a_key_is_refused_because_no_response_is_saved(table: Table) -> None:
    succeed(table)
    headers = {"Idempotency-Key": "8c1f0000-0000"}
    assert ask("POST", body=ROUTES[1][1], headers=headers).status == 400
