"""The update_vacancy function: post vacancies and confirm them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.beds import AdmissionStatus
from shared.domain.documents import timestamp
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from shared.store import homes
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, REGISTER, home, save, unposted
from update_vacancy.handler import build

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
NURSING = {"maximum_capacity": 10, "occupied": 8, "reserved": 1, "accepting": 1, "not_available": 0}


def put(
    table: Table,
    body: object = None,
    *,
    location_id: str = HOME,
    groups: str | None = STAFF,
    **more: Any,
) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM)
    return call(handler, "PUT", f"/homes/{location_id}/vacancies", groups=groups, body=body, **more)


def beds(**counts: object) -> dict[str, object]:
    return {"beds": {"general_nursing": {**NURSING, **counts}}}


def confirm(table: Table, **more: Any) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM)
    return call(handler, "POST", f"/homes/{HOME}/vacancies/confirm", groups=STAFF, **more)


def test_posting_counts_returns_the_new_state(table: Table) -> None:
    save(table, unposted())
    response = put(table, beds())
    assert response.status == 200
    assert response.body["beds"] == {"general_nursing": NURSING}
    assert response.body["version"] == 2
    assert response.headers["etag"] == '"2"'
    assert homes.load(table, HOME) == response.body


def test_categories_left_out_do_not_change(table: Table) -> None:
    save(table, home(accepting=2))
    response = put(table, {"beds": {"transitional": {**NURSING, "maximum_capacity": 10}}})
    assert set(response.body["beds"]) == {"general_nursing", "transitional"}
    assert response.body["beds"]["general_nursing"]["accepting"] == 2


def test_a_category_without_beds_is_removed(table: Table) -> None:
    save(table, home())
    response = put(table, beds(maximum_capacity=0, occupied=0, reserved=0, accepting=0))
    assert response.body["beds"] == {}


def test_a_home_closes_with_a_reason_and_opens_again(table: Table) -> None:
    save(table, home())
    closed = {"status": "closed", "reason": "outbreak", "expected_date": None}
    assert put(table, {"admission_status": closed}).body["admission_status"] == {
        "status": "closed",
        "reason": "outbreak",
    }
    opened = put(table, {"admission_status": {"status": "open"}})
    assert opened.body["admission_status"] == {"status": "open"}


@pytest.mark.parametrize(
    ("registration", "why"),
    [
        (Registration.DORMANT, "lists this home as dormant"),
        (Registration.DEREGISTERED, "no longer on CQC's register"),
    ],
)
def test_a_home_that_no_search_shows_is_told_so_and_why(
    table: Table, registration: Registration, why: str
) -> None:
    save(table, home(register=replace(REGISTER, registration=registration)))
    once = {"Idempotency-Key": "0b0c1a52-tries"}
    for response in (put(table, beds()), confirm(table), put(table, beds(), headers=once)):
        assert response.status == 200
        assert "no search shows its vacancies" in response.body["not_in_search"]
        assert why in response.body["not_in_search"]
    replayed = put(table, beds(), headers=once)
    assert replayed.headers["idempotency-replayed"] == "true"
    assert why in replayed.body["not_in_search"]
    assert "not_in_search" not in homes.load(table, HOME)


def test_a_post_to_an_old_id_names_the_new_one(table: Table) -> None:
    gone = home(register=replace(REGISTER, registration=Registration.DEREGISTERED))
    save(table, replace(gone, successor="1-9000000002"))
    assert put(table, beds()).body["not_in_search"].endswith("The new id is 1-9000000002.")


def test_a_closed_home_is_told_that_no_search_shows_its_vacancies(table: Table) -> None:
    save(table, home())
    closed = put(table, {"admission_status": {"status": "closed", "reason": "outbreak"}})
    assert "closed to admissions" in closed.body["not_in_search"]
    assert "closed to admissions" in confirm(table).body["not_in_search"]
    assert "not_in_search" not in put(table, {"admission_status": {"status": "open"}}).body


def test_opening_does_not_confirm_the_counts(table: Table) -> None:
    save(table, home(accepting=2))
    put(table, {"admission_status": {"status": "closed", "reason": "outbreak"}})
    opened = put(table, {"admission_status": {"status": "open"}})
    assert opened.body["confirmed_at"] == timestamp(NOON)


def test_beds_not_available_have_a_reason_or_not_stated(table: Table) -> None:
    save(table, unposted())
    withheld = beds(accepting=0, not_available=1)["beds"]
    assert isinstance(withheld, dict)
    response = put(table, {"beds": withheld})
    assert response.body["beds"]["general_nursing"]["not_available_reason"] == "not_stated"
    withheld["general_nursing"]["not_available_reason"] = "staffing"
    response = put(table, {"beds": withheld})
    assert response.body["beds"]["general_nursing"]["not_available_reason"] == "staffing"


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
def test_a_wrong_field_is_named(table: Table, wrong: object, field: str) -> None:
    save(table, unposted())
    response = put(table, wrong)
    assert response.status == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert any(name.startswith(field) for name in response.fields), response.body
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
def test_an_unreadable_body_is_a_client_error(table: Table, raw: str, status: int) -> None:
    save(table, unposted())
    response = put(table, raw_body=raw)
    assert response.status == status
    assert response.body["title"]


def test_a_body_in_base64_is_read(table: Table) -> None:
    save(table, home())
    assert put(table, raw_body="eyJiZWRzIjp7fX0=", base64_encoded=True).fields == {"beds"}
    assert put(table, raw_body="!!!!", base64_encoded=True).status == 400


@pytest.mark.parametrize(
    "location_id", ["..", "%2F", "1-9000000001%2Fx", "'; drop", "1-９000000001", "x" * 300]
)
def test_nobody_is_staff_of_an_invalid_location_id(table: Table, location_id: str) -> None:
    assert put(table, beds(), location_id=location_id, groups=f"home:{location_id}").status == 403


def test_only_staff_of_the_home_can_post(table: Table) -> None:
    save(table, home())
    assert put(table, beds(), groups=None).status == 401
    for groups in ("", "council", "team:exeter-discharge", "home:1-9000000002", f"team:{HOME}"):
        assert put(table, beds(), groups=groups).status == 403, groups
    assert homes.load(table, HOME)["version"] == 1


def test_an_unknown_home_is_not_created(table: Table) -> None:
    assert put(table, beds()).status == 404


def test_an_outdated_version_gets_the_current_state(table: Table) -> None:
    save(table, home())
    assert put(table, beds(), headers={"If-Match": '"1"'}).status == 200
    response = put(table, beds(accepting=0, reserved=2), headers={"If-Match": '"1"'})
    assert response.status == 412
    assert response.body["current"] == homes.load(table, HOME)
    assert response.headers["etag"] == '"2"'
    assert put(table, beds(), headers={"If-Match": "*"}).status == 200
    assert put(table, beds(), headers={"If-Match": "seven"}).status == 400


def test_a_repeat_with_the_same_key_gets_the_same_response_and_writes_nothing(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries", "If-Match": '"1"'}
    first = put(table, beds(), headers=once)
    again = put(table, beds(), headers=once)
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    assert homes.load(table, HOME)["version"] == 2


def test_a_key_cannot_be_used_with_another_body(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries"}
    put(table, beds(), headers=once)
    response = put(table, beds(accepting=0, reserved=2), headers=once)
    assert response.status == 422
    assert response.body["type"] == "urn:bedboard:problem:key-reused"
    assert homes.load(table, HOME)["version"] == 2


def test_a_key_belongs_to_its_caller(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "0b0c1a52-tries"}
    put(table, beds(), headers=once)
    other = "00000000-0000-4000-8000-000000000002"
    response = put(table, beds(accepting=0, reserved=2), headers=once, subject=other)
    assert response.body["version"] == 3


@pytest.mark.parametrize("key", ["short", "x" * 65, "someone@example.org", "two words"])
def test_a_malformed_key_is_refused(table: Table, key: str) -> None:
    save(table, home())
    assert put(table, beds(), headers={"Idempotency-Key": key}).status == 400


def test_confirming_changes_only_the_time(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    response = confirm(table)
    assert response.status == 200
    assert response.body["confirmed_at"] > before["confirmed_at"]
    same = response.body.keys() - {"version", "confirmed_at", "said_at", "fill_records"}
    assert {name: response.body[name] for name in same} == {name: before[name] for name in same}


def test_posting_the_same_counts_confirms_them(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    response = put(table, {"beds": before["beds"]})
    assert response.body["confirmed_at"] > before["confirmed_at"]


def test_an_earlier_observation_is_confirmed_at_its_own_time(table: Table) -> None:
    save(table, home())
    before = datetime.now(UTC)
    for response in (
        put(table, beds(), headers={"Observed-Ago": "7200"}),
        confirm(table, headers={"Observed-Ago": "3600"}),
    ):
        assert response.status == 200
    age = before - datetime.fromisoformat(response.body["confirmed_at"])
    assert timedelta(minutes=59) < age < timedelta(minutes=61)


def test_an_observation_before_the_last_post_is_outdated(table: Table) -> None:
    save(table, home())
    put(table, beds())
    for response in (
        put(table, beds(accepting=0, reserved=2), headers={"Observed-Ago": "60"}),
        confirm(table, headers={"Observed-Ago": "60"}),
    ):
        assert response.status == 412
        assert response.body["current"]["version"] == 2


def test_a_home_that_closed_meanwhile_is_not_reopened_by_an_earlier_observation(
    table: Table,
) -> None:
    save(table, home())
    outbreak = {"admission_status": {"status": "closed", "reason": "outbreak"}}
    assert put(table, outbreak).status == 200
    for body in ({"admission_status": {"status": "open"}}, beds(), outbreak):
        response = put(table, body, headers={"Observed-Ago": "3600"})
        assert response.status == 412
        assert response.body["current"]["admission_status"]["status"] == "closed"
    assert confirm(table, headers={"Observed-Ago": "3600"}).status == 412


def test_what_was_loaded_can_be_posted_back_although_its_days_have_passed(table: Table) -> None:
    passed = date(2026, 1, 1)
    nursing = replace(home().beds[BedCategory.GENERAL_NURSING], available_from=passed)
    closed = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OTHER, passed)
    beds = {BedCategory.GENERAL_NURSING: nursing}
    save(table, replace(home(), beds=beds, admission_status=closed))
    loaded = homes.load(table, HOME)
    response = put(table, {name: loaded[name] for name in ("beds", "admission_status")})
    assert response.status == 200
    assert "available_from" not in response.body["beds"]["general_nursing"]
    assert response.body["admission_status"] == {"status": "closed", "reason": "other"}


@pytest.mark.parametrize("ago", ["-1", "1.5", "soon", "604801", "٣", ""])
def test_a_wrong_observed_ago_is_refused(table: Table, ago: str) -> None:
    save(table, home())
    assert confirm(table, headers={"Observed-Ago": ago}).status == 400


def test_counts_never_posted_cannot_be_confirmed(table: Table) -> None:
    save(table, unposted())
    assert confirm(table).fields == {"beds"}


def test_confirming_an_outdated_version_is_refused(table: Table) -> None:
    save(table, home())
    put(table, beds())
    assert confirm(table, headers={"If-Match": '"1"'}).status == 412


def test_an_update_sends_one_read_and_one_transaction(table: Table) -> None:
    save(table, home())
    requests: list[str] = []
    events = table.client.meta.events
    events.register(
        "before-call.dynamodb", lambda model, **_: requests.append(model.name), unique_id="count"
    )
    put(table, beds())
    put(table, beds(), headers={"Idempotency-Key": "0b0c1a52-tries", "If-Match": '"2"'})
    confirm(table)
    events.unregister("before-call.dynamodb", unique_id="count")
    assert requests == [
        *("GetItem", "TransactWriteItems"),
        *("TransactGetItems", "TransactWriteItems"),
        *("GetItem", "TransactWriteItems"),
    ]
