"""The council reminds homes from its overview, each at most once a day, and sees the outcome."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from local.lambda_events import SUBJECT
from shared.aws import delivery_queue
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Registration
from shared.store import reminded
from shared.store.reminded import BY_SCHEDULE, Reminder
from shared.store.table import Table
from subscribe.membership import Membership
from tests.subscribe.conftest import BuildSubscribe, Subscribe
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, REGISTER, home, save
from tests.support.fakes import ManualTime
from tests.support.outbox import Outbox

FIRST, SECOND, NOBODY = "1-9000000001", "1-9000000002", "1-9000000003"
NOW = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def started(
    table: Table, membership: Membership, outbox: Outbox, build_subscribe: BuildSubscribe
) -> None:
    Subscribe.time = ManualTime(NOW)
    save(table, *(home(each) for each in (FIRST, SECOND, NOBODY)))
    Subscribe.handler = staticmethod(
        build_subscribe(membership=replace(membership, clock=Subscribe.time.clock()))
    )
    for number, location_id in enumerate((FIRST, SECOND), 1):
        body = {"protocol": "email", "address": f"manager.{number}@example.org"}
        path = f"/homes/{location_id}/reminders"
        added = call(Subscribe.handler, "POST", path, groups=f"home:{location_id}", body=body)
        assert added.status == 201
        confirmation = {"token": outbox.emails_sent[-1].tokens[0]}
        assert call(Subscribe.handler, "POST", "/members/confirm", body=confirmation).status == 200


def remind(*location_ids: str, groups: str | None = "council", **more: Any) -> ApiResponse:
    body = {"location_ids": list(location_ids)}
    return call(Subscribe.handler, "POST", "/reminders", groups=groups, body=body, **more)


def outcomes(response: ApiResponse) -> dict[str, str]:
    assert response.status == 200
    return {each["location_id"]: each["outcome"] for each in response.body["homes"]}


def queued() -> list[dict[str, Any]]:
    queue = delivery_queue.of_this_stack()
    response = queue.client.receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10)
    return [json.loads(each["Body"]) for each in response.get("Messages", [])]


def test_ticked_homes_are_reminded_and_the_officer_is_recorded(table: Table) -> None:
    response = remind(FIRST, SECOND)
    assert outcomes(response) == {FIRST: "reminded", SECOND: "reminded"}
    assert response.body["homes"][0]["reminded_at"] == "2026-01-08T12:00:00.000Z"
    assert {each["location_id"] for each in queued()} == {FIRST, SECOND}
    recorded = reminded.of_day(table, NOW.date())
    assert recorded[FIRST] == Reminder(FIRST, NOW, SUBJECT)


def test_a_home_is_reminded_at_most_once_a_day(table: Table) -> None:
    remind(FIRST)
    queued()
    Subscribe.time.now += timedelta(hours=2)
    again = remind(FIRST)
    assert outcomes(again) == {FIRST: "reminded_today"}
    assert again.body["homes"][0]["reminded_at"] == "2026-01-08T12:00:00.000Z"
    assert queued() == []
    Subscribe.time.now += timedelta(days=1)
    assert outcomes(remind(FIRST)) == {FIRST: "reminded"}


def test_a_home_that_the_schedule_reminded_today_is_left_alone(table: Table) -> None:
    reminded.record(table, NOW.date(), Reminder(FIRST, NOW, BY_SCHEDULE))
    assert outcomes(remind(FIRST)) == {FIRST: "reminded_today"}
    assert queued() == []


def test_each_home_that_is_not_reminded_has_its_reason(table: Table) -> None:
    lately, gone = "1-9000000004", "1-9000000005"
    left = replace(REGISTER, registration=Registration.DEREGISTERED)
    save(table, replace(home(lately), confirmed_at=NOW), home(gone, register=left))
    assert outcomes(remind(NOBODY, lately, gone, "1-9000000009")) == {
        NOBODY: "nobody",
        lately: "posted_lately",
        gone: "not_in_search",
        "1-9000000009": "unknown",
    }
    assert queued() == []
    assert reminded.of_day(table, NOW.date()) == {}


def test_a_home_named_twice_is_reminded_once() -> None:
    assert len(remind(FIRST, FIRST).body["homes"]) == 1
    assert len(queued()) == 1


def test_a_request_that_the_queue_refused_can_be_sent_again(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BusyError("The queue is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(delivery_queue.DeliveryQueue, "send", busy)
        assert remind(FIRST).status == 503
    assert reminded.of_day(table, NOW.date()) == {}
    assert outcomes(remind(FIRST)) == {FIRST: "reminded"}


@pytest.mark.parametrize("body", [[], ["../x"], ["1-9000000001"] * 51])
def test_only_a_few_homes_by_their_ids_are_taken(body: list[str]) -> None:
    assert remind(*body).status == 422


def test_a_key_is_refused_because_no_response_is_saved() -> None:
    assert remind(FIRST, headers={"idempotency-key": "12345678"}).status == 400


@pytest.mark.parametrize(
    ("groups", "status"), [(None, 401), (f"home:{FIRST}", 403), ("team:exeter-discharge", 403)]
)
def test_only_the_council_reminds(groups: str | None, status: int) -> None:
    assert remind(FIRST, groups=groups).status == status
    assert queued() == []
