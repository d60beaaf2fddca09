"""A home posts and confirms its vacancies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.documents import timestamp
from shared.store import homes
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, home, save, unposted
from update_vacancy.handler import handler

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
NURSING = {"maximum_capacity": 10, "occupied": 8, "reserved": 1, "accepting": 1, "not_available": 0}


def put(
    body: object = None, *, location_id: str = HOME, groups: str | None = STAFF, **more: Any
) -> ApiResponse:
    return call(handler, "PUT", f"/homes/{location_id}/vacancies", groups=groups, body=body, **more)


def beds(**counts: object) -> dict[str, object]:
    return {"beds": {"general_nursing": {**NURSING, **counts}}}


def confirm(**more: Any) -> ApiResponse:
    return call(handler, "POST", f"/homes/{HOME}/vacancies/confirm", groups=STAFF, **more)


def test_a_home_posts_its_counts_and_is_answered_its_state(table: Table) -> None:
    save(table, unposted())
    answer = put(beds())
    assert answer.status == 200
    assert answer.body["beds"] == {"general_nursing": NURSING}
    assert answer.body["version"] == 2
    assert answer.headers["etag"] == '"2"'
    assert homes.load(table, HOME) == answer.body


def test_categories_left_out_stay_as_they_were(table: Table) -> None:
    save(table, home(accepting=2))
    answer = put({"beds": {"transitional": {**NURSING, "maximum_capacity": 10}}})
    assert set(answer.body["beds"]) == {"general_nursing", "transitional"}
    assert answer.body["beds"]["general_nursing"]["accepting"] == 2


def test_a_category_of_no_beds_leaves_the_list(table: Table) -> None:
    save(table, home())
    answer = put(beds(maximum_capacity=0, occupied=0, reserved=0, accepting=0))
    assert answer.body["beds"] == {}


def test_a_home_closes_with_a_reason_and_opens_again(table: Table) -> None:
    save(table, home())
    closed = {"status": "closed", "reason": "outbreak", "expected_date": None}
    assert put({"admission_status": closed}).body["admission_status"] == {
        "status": "closed",
        "reason": "outbreak",
    }
    opened = put({"admission_status": {"status": "open"}})
    assert opened.body["admission_status"] == {"status": "open"}


def test_opening_says_nothing_of_the_counts(table: Table) -> None:
    save(table, home(accepting=2))
    put({"admission_status": {"status": "closed", "reason": "outbreak"}})
    opened = put({"admission_status": {"status": "open"}})
    assert opened.body["confirmed_at"] == timestamp(NOON)


def test_beds_not_offered_say_why_or_that_nobody_said(table: Table) -> None:
    save(table, unposted())
    withheld = beds(accepting=0, not_available=1)["beds"]
    assert isinstance(withheld, dict)
    answer = put({"beds": withheld})
    assert answer.body["beds"]["general_nursing"]["not_available_reason"] == "not_stated"
    withheld["general_nursing"]["not_available_reason"] = "staffing"
    answer = put({"beds": withheld})
    assert answer.body["beds"]["general_nursing"]["not_available_reason"] == "staffing"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (beds(occupied=9), "beds.general_nursing.maximum_capacity"),
        (beds(occupied=-1), "beds.general_nursing.occupied"),
        (beds(maximum_capacity=31, occupied=29), "beds.general_nursing.maximum_capacity"),
        (beds(accepting=10**40), "beds.general_nursing.accepting"),
        (beds(accepting="1"), "beds.general_nursing.accepting"),
        (beds(accepting=1.5), "beds.general_nursing.accepting"),
        (beds(accepting=True), "beds.general_nursing.accepting"),
        (beds(accepting=None), "beds.general_nursing.accepting"),
        (beds(spare=1), "beds.general_nursing.spare"),
        (beds(available_from="soon"), "beds.general_nursing.available_from"),
        (beds(available_from="2020-01-01"), "beds.general_nursing.available_from"),
        (beds(not_available_reason="staffing"), "beds.general_nursing.not_available_reason"),
        ({"beds": {"penthouse": NURSING}}, "beds.penthouse"),
        ({"beds": {"general_nursing": 3}}, "beds.general_nursing"),
        ({"beds": []}, "beds"),
        ({"patient": "name"}, "patient"),
        ({}, "beds"),
        ([], "body"),
        ({"admission_status": {"status": "closed"}}, "admission_status.reason"),
        ({"admission_status": {"status": "ajar"}}, "admission_status.status"),
        (
            {"admission_status": {"status": "open", "reason": "outbreak"}},
            "admission_status.reason",
        ),
        (
            {
                "beds": {
                    name: {**NURSING, "maximum_capacity": 20, "occupied": 18}
                    for name in ("general_nursing", "transitional")
                }
            },
            "beds",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_its_field_named(
    table: Table, wrong: object, field: str
) -> None:
    save(table, unposted())
    answer = put(wrong)
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert any(name.startswith(field) for name in answer.fields), answer.body
    assert homes.load(table, HOME)["version"] == 1


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("{", 400),
        ('{"beds": NaN}', 422),
        ("", 400),
        ("\ud800", 400),
        ("[" * 20_000, 400),
        ('{"beds":{}}' + " " * 40_000, 413),
        ('{"beds": {"general_nursing": {"accepting": Infinity}}}', 422),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_never_a_fault(
    table: Table, raw: str, status: int
) -> None:
    save(table, unposted())
    answer = put(raw_body=raw)
    assert answer.status == status
    assert answer.body["title"]


def test_a_body_in_base64_is_read(table: Table) -> None:
    save(table, home())
    assert put(raw_body="eyJiZWRzIjp7fX0=", base64_encoded=True).fields == {"beds"}
    assert put(raw_body="!!!!", base64_encoded=True).status == 400


@pytest.mark.parametrize(
    "location_id", ["..", "%2F", "1-9000000001%2Fx", "'; drop", "1-９000000001", "x" * 300]
)
def test_a_path_that_is_no_location_id_finds_nothing(table: Table, location_id: str) -> None:
    assert put(beds(), location_id=location_id, groups=f"home:{location_id}").status == 404


def test_only_the_homes_own_staff_may_post(table: Table) -> None:
    save(table, home())
    assert put(beds(), groups=None).status == 401
    for groups in ("", "council", "team:exeter-discharge", "home:1-9000000002", f"team:{HOME}"):
        assert put(beds(), groups=groups).status == 403, groups
    assert homes.load(table, HOME)["version"] == 1


def test_a_home_that_is_not_there_is_not_made(table: Table) -> None:
    assert put(beds()).status == 404


def test_an_old_version_is_told_the_current_state(table: Table) -> None:
    save(table, home())
    assert put(beds(), headers={"If-Match": '"1"'}).status == 200
    answer = put(beds(accepting=0, reserved=2), headers={"If-Match": '"1"'})
    assert answer.status == 412
    assert answer.body["current"] == homes.load(table, HOME)
    assert answer.headers["etag"] == '"2"'
    assert put(beds(), headers={"If-Match": "*"}).status == 200
    assert put(beds(), headers={"If-Match": "seven"}).status == 400


def test_the_same_key_again_is_answered_alike_and_writes_nothing(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries", "If-Match": '"1"'}
    first = put(beds(), headers=once)
    again = put(beds(), headers=once)
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    assert homes.load(table, HOME)["version"] == 2


def test_the_same_key_with_another_body_is_refused(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries"}
    put(beds(), headers=once)
    answer = put(beds(accepting=0, reserved=2), headers=once)
    assert answer.status == 422
    assert answer.body["type"] == "urn:bedboard:problem:key-reused"
    assert homes.load(table, HOME)["version"] == 2


def test_a_key_belongs_to_its_caller(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries"}
    put(beds(), headers=once)
    other = "00000000-0000-4000-8000-000000000002"
    assert put(beds(accepting=0, reserved=2), headers=once, subject=other).body["version"] == 3


@pytest.mark.parametrize("key", ["short", "x" * 65, "someone@example.org", "two words"])
def test_a_key_of_another_form_is_refused(table: Table, key: str) -> None:
    save(table, home())
    assert put(beds(), headers={"Idempotency-Key": key}).status == 400


def test_confirming_refreshes_the_time_alone(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    answer = confirm()
    assert answer.status == 200
    assert answer.body["confirmed_at"] > before["confirmed_at"]
    kept = answer.body.keys() - {"version", "confirmed_at"}
    assert {name: answer.body[name] for name in kept} == {name: before[name] for name in kept}


def test_posting_the_same_numbers_is_a_confirmation(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    answer = put({"beds": before["beds"]})
    assert answer.body["confirmed_at"] > before["confirmed_at"]


def test_what_was_seen_long_ago_counts_from_then(table: Table) -> None:
    save(table, home())
    before = datetime.now(UTC)
    for answer in (
        put(beds(), headers={"Observed-Ago": "7200"}),
        confirm(headers={"Observed-Ago": "3600"}),
    ):
        assert answer.status == 200
    age = before - datetime.fromisoformat(answer.body["confirmed_at"])
    assert timedelta(minutes=59) < age < timedelta(minutes=61)


def test_what_was_seen_before_somebody_posted_is_outdated(table: Table) -> None:
    save(table, home())
    put(beds())
    for answer in (
        put(beds(accepting=0, reserved=2), headers={"Observed-Ago": "60"}),
        confirm(headers={"Observed-Ago": "60"}),
    ):
        assert answer.status == 412
        assert answer.body["current"]["version"] == 2


@pytest.mark.parametrize("ago", ["-1", "1.5", "soon", "604801", "٣", ""])
def test_a_span_that_cannot_be_is_refused(table: Table, ago: str) -> None:
    save(table, home())
    assert confirm(headers={"Observed-Ago": ago}).status == 400


def test_numbers_never_posted_cannot_be_confirmed(table: Table) -> None:
    save(table, unposted())
    assert confirm().fields == {"beds"}


def test_confirming_what_somebody_changed_meanwhile_is_refused(table: Table) -> None:
    save(table, home())
    put(beds())
    assert confirm(headers={"If-Match": '"1"'}).status == 412


def test_an_update_is_one_read_and_one_transaction(table: Table) -> None:
    save(table, home())
    asked: list[str] = []
    events = table.client.meta.events
    events.register(
        "before-call.dynamodb", lambda model, **_: asked.append(model.name), unique_id="count"
    )
    put(beds())
    put(beds(), headers={"Idempotency-Key": "0b0c1a52-tries", "If-Match": '"2"'})
    confirm()
    events.unregister("before-call.dynamodb", unique_id="count")
    assert asked == [
        *("GetItem", "TransactWriteItems"),
        *("TransactGetItems", "TransactWriteItems"),
        *("GetItem", "TransactWriteItems"),
    ]
