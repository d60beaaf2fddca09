"""A discharge team manages its alerts and its members, and nobody else does."""

import json
from typing import Any

import pytest

from shared.aws.sns import Topics
from shared.aws.telemetry import logger
from shared.domain.documents import to_json
from shared.store import keys
from shared.store.table import Table
from subscribe import handler as subscribe_handler
from subscribe.handler import handler
from tests.support.api_events import ApiResponse, call

EXETER = "team:exeter-discharge"
PLYMOUTH = "team:plymouth-discharge"

WANTED: dict[str, Any] = {"near": "ex2 5dw", "radius_miles": 10}
WARD = {"protocol": "email", "address": "ward.7@example.nhs.uk"}

ROUTES = [
    ("GET", "/alerts", None),
    ("POST", "/alerts", WANTED),
    ("PATCH", "/alerts/3f9c0d1e8a72", {"paused": True}),
    ("DELETE", "/alerts/3f9c0d1e8a72", None),
    ("GET", "/alerts/members", None),
    ("POST", "/alerts/members", WARD),
    ("DELETE", "/alerts/members/00000000-0000-4000-8000-000000000000", None),
]


def ask(
    method: str, path: str, body: object = None, *, groups: str | None = EXETER, **more: Any
) -> ApiResponse:
    return call(handler, method, path, groups=groups, body=body, **more)


def create(body: object = None, **more: Any) -> ApiResponse:
    return ask("POST", "/alerts", WANTED if body is None else body, **more)


def listed(**more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("GET", "/alerts", **more).body["alerts"]
    return found


def stored(table: Table) -> str:
    return to_json(
        {"items": [dict(each) for each in table.client.scan(TableName=table.name)["Items"]]}
    )


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), ("council", 403), ("home:1-9000000001", 403), ("team:", 403)],
)
def test_who_is_of_no_team_may_do_nothing(
    table: Table, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_nobody_acts_for_a_team_they_are_not_of(
    table: Table, method: str, path: str, body: dict[str, Any] | None
) -> None:
    team = {"team": "plymouth-discharge"}
    if method == "POST" and body:
        assert ask(method, path, {**body, **team}).status == 403
    else:
        assert ask(method, path, body, query="team=plymouth-discharge").status == 403


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_who_is_of_several_teams_says_for_which_they_act(
    table: Table, method: str, path: str, body: dict[str, Any] | None
) -> None:
    both = f"{EXETER} {PLYMOUTH}"
    unsaid = ask(method, path, body, groups=both)
    assert unsaid.status == 422
    assert unsaid.fields == {"team"}
    team = {"team": "plymouth-discharge"}
    said = (
        ask(method, path, {**body, **team}, groups=both)
        if method == "POST" and body
        else ask(method, path, body, groups=both, query="team=plymouth-discharge")
    )
    assert said.status in (200, 201, 404)


def test_a_new_alert_is_answered_whole_with_where_it_is(table: Table) -> None:
    answer = create(
        {
            "near": "ex25dw",
            "radius_miles": 7.5,
            "categories": ["dementia_nursing", "dementia_nursing", "general_nursing"],
            "beds": 2,
            "service_user_bands": ["Dementia"],
            "features": ["trusted_assessor"],
            "min_rating": "Good",
        }
    )
    assert answer.status == 201
    alert_id = answer.body["alert_id"]
    assert answer.headers["location"] == f"/alerts/{alert_id}"
    assert len(alert_id) == 12
    made = {
        name: answer.body[name] for name in answer.body if name not in ("alert_id", "created_at")
    }
    assert made == {
        "team": "exeter-discharge",
        "version": 1,
        "near": "EX2 5DW",
        "latitude": pytest.approx(50.7167, abs=0.005),
        "longitude": pytest.approx(-3.5062, abs=0.005),
        "radius_miles": 7.5,
        "categories": ["dementia_nursing", "general_nursing"],
        "beds": 2,
        "service_user_bands": ["Dementia"],
        "features": ["trusted_assessor"],
        "min_rating": "Good",
    }
    assert listed() == [answer.body]


@pytest.mark.parametrize(
    ("near", "label"), [("EX2", "EX2"), ("50.7167,-3.5062", "50.71670,-3.50620")]
)
def test_an_alert_may_be_near_an_outward_code_or_a_point(
    table: Table, near: str, label: str
) -> None:
    assert create({**WANTED, "near": near}).body["near"] == label


def test_a_team_sees_and_deletes_its_own_alerts_only(table: Table) -> None:
    alert_id = create().body["alert_id"]
    assert listed(groups=PLYMOUTH) == []
    assert ask("DELETE", f"/alerts/{alert_id}", groups=PLYMOUTH).status == 404
    assert [each["alert_id"] for each in listed()] == [alert_id]
    gone = ask("DELETE", f"/alerts/{alert_id}")
    assert gone.status == 204
    assert gone.body is None
    assert listed() == []
    assert ask("DELETE", f"/alerts/{alert_id}").status == 404


def test_a_team_pauses_its_own_alerts_only_and_has_them_fire_again(table: Table) -> None:
    made = create().body
    path = f"/alerts/{made['alert_id']}"
    assert ask("PATCH", path, {"paused": True}, groups=PLYMOUTH).status == 404
    assert listed() == [made]
    resting = ask("PATCH", path, {"paused": True})
    assert resting.status == 200
    assert resting.body == {**made, "version": 2, "paused": True}
    assert listed() == [resting.body]
    assert ask("PATCH", path, {"paused": False}).body == {**made, "version": 3}
    ask("DELETE", path)
    assert ask("PATCH", path, {"paused": True}).status == 404


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"paused"}),
        ({"paused": "true"}, {"paused"}),
        ({"paused": None}, {"paused"}),
        ({"paused": True, "radius_miles": 5}, {"radius_miles"}),
    ],
)
def test_nothing_of_an_alert_is_changed_but_whether_it_rests(
    table: Table, body: object, fields: set[str]
) -> None:
    path = f"/alerts/{create().body['alert_id']}"
    assert ask("PATCH", path, body).fields == fields
    assert listed()[0]["version"] == 1


def test_an_alert_is_made_with_the_topic_it_is_told_on(table: Table, team_topics: Topics) -> None:
    create()
    (only,) = team_topics.client.list_topics()["Topics"]
    assert only["TopicArn"] == team_topics.arn("exeter-discharge")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("near", "nowhere"),
        ("near", "ZZ99 9ZZ"),
        ("near", "nan,nan"),
        ("near", "48.85,2.35"),
        ("near", ""),
        ("near", 7),
        ("near", None),
        ("radius_miles", 0),
        ("radius_miles", -1),
        ("radius_miles", 5000),
        ("radius_miles", 100.001),
        ("radius_miles", "10"),
        ("radius_miles", True),
        ("radius_miles", None),
        ("categories", "general_nursing"),
        ("categories", {"general_nursing": 1}),
        ("categories.0", ["palace"]),
        ("categories.1", ["general_nursing", 3]),
        ("beds", 0),
        ("beds", 1001),
        ("beds", 1.5),
        ("beds", "1"),
        ("service_user_bands.0", ["dementia"]),
        ("features.0", ["swimming_pool"]),
        ("min_rating", "good"),
        ("min_rating", "Excellent"),
        ("team", 3),
        ("patient", "Mrs Example"),
        ("note", "for bed 4"),
        ("alert_id", "3f9c0d1e8a72"),
    ],
)
def test_what_cannot_be_is_refused_by_name(table: Table, field: str, value: object) -> None:
    name = field.split(".", 1)[0]
    answer = create({**WANTED, name: value})
    assert answer.status == 422
    assert answer.fields == {field}
    assert answer.headers["content-type"] == "application/problem+json"
    assert listed() == []


@pytest.mark.parametrize("missing", ["near", "radius_miles"])
def test_what_is_missing_is_named(table: Table, missing: str) -> None:
    body = {name: value for name, value in WANTED.items() if name != missing}
    assert create(body).fields == {missing}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_radius_that_is_no_number_is_refused(table: Table, number: str) -> None:
    answer = ask("POST", "/alerts", raw_body=f'{{"near": "EX2", "radius_miles": {number}}}')
    assert answer.status == 422
    assert answer.fields == {"radius_miles"}


@pytest.mark.parametrize("path", ["/alerts", "/alerts/members"])
@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("", 400),
        ("{", 400),
        ("\ud800", 400),
        ("[]", 422),
        ("null", 422),
        ('"x"', 422),
        ('{"near": "' + "x" * 40_000 + '"}', 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    table: Table, path: str, raw: str, status: int
) -> None:
    assert ask("POST", path, raw_body=raw).status == status


@pytest.mark.parametrize("alert_id", ["..", "%2F", "x", "3F9C0D1E8A72", "a" * 3000, "members"])
def test_an_id_that_is_none_is_not_found(table: Table, alert_id: str) -> None:
    assert ask("DELETE", f"/alerts/{alert_id}").status == 404
    assert ask("PATCH", f"/alerts/{alert_id}", {"paused": True}).status == 404


def test_an_unknown_parameter_is_refused(table: Table) -> None:
    assert ask("GET", "/alerts", query="teams=x").fields == {"teams"}
    assert ask("GET", "/alerts", query="team=a&team=b").fields == {"team"}


def test_the_same_key_again_gets_the_same_answer_and_makes_no_second_alert(table: Table) -> None:
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    first, again = create(headers=key), create(headers=key)
    assert again.status == 201
    assert again.body == first.body
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(listed()) == 1


def test_the_same_key_with_another_body_is_refused(table: Table) -> None:
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    create(headers=key)
    assert create({**WANTED, "beds": 2}, headers=key).status == 422
    assert len(listed()) == 1


def test_a_malformed_key_is_refused(table: Table) -> None:
    assert create(headers={"Idempotency-Key": "short"}).status == 400


def test_too_many_alerts_are_a_conflict(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.alerts.MAX_ALERTS", 1)
    create()
    assert create().status == 409


def test_a_member_is_added_listed_and_removed(table: Table) -> None:
    added = ask("POST", "/alerts/members", WARD)
    assert added.status == 201
    assert added.body["protocol"] == "email"
    assert added.body["address"] == "w***@example.nhs.uk"
    assert added.body["state"] == "confirmed"
    assert ask("POST", "/alerts/members", WARD).body == added.body
    page = ask("GET", "/alerts/members")
    assert page.body == {"team": "exeter-discharge", "total": 1, "members": [added.body]}
    assert ask("GET", "/alerts/members", groups=PLYMOUTH).body["members"] == []
    path = f"/alerts/members/{added.body['member_id']}"
    assert ask("DELETE", path, groups=PLYMOUTH).status == 404
    assert ask("DELETE", path).status == 204
    assert ask("GET", "/alerts/members").body["members"] == []


def test_a_pending_member_says_that_it_lapses_and_cannot_be_removed(
    table: Table, unconfirmed: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribe_handler, "stack_topics", unconfirmed)
    added = ask("POST", "/alerts/members", WARD)
    assert added.body["state"] == "pending"
    assert "48 hours" in added.body["note"]
    refused = ask("DELETE", f"/alerts/members/{added.body['member_id']}")
    assert refused.status == 409
    assert "48 hours" in refused.body["detail"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"protocol": "lambda", "address": "x"}, {"protocol"}),
        ({"protocol": "http", "address": "http://example.org/"}, {"protocol"}),
        ({"protocol": "email", "address": "x"}, {"address"}),
        ({"protocol": "email", "address": 3}, {"address"}),
        ({"protocol": "email"}, {"address"}),
        ({}, {"protocol", "address"}),
        ({**WARD, "name": "Ward 7"}, {"name"}),
    ],
)
def test_a_member_that_cannot_be_told_is_refused_by_name(
    table: Table, body: object, fields: set[str]
) -> None:
    answer = ask("POST", "/alerts/members", body)
    assert answer.status == 422
    assert answer.fields == fields


def test_an_address_is_in_no_item_no_log_line_and_no_answer(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [
        ask("POST", "/alerts/members", {**WARD, "address": address})
        for address in ("sister.9@example.nhs.uk", "sister.9@example.nhs.uk\n\nx", "SISTER.9@X")
    ]
    answers.append(ask("GET", "/alerts/members"))
    create()
    assert [answer.status for answer in answers] == [201, 422, 422, 200]
    told = json.dumps([answer.body for answer in answers])
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    assert logged
    for written in (told, logged, stored(table)):
        assert "sister.9" not in written.lower()


def test_what_is_stored_of_an_alert_is_what_was_asked_for(table: Table) -> None:
    """No more: not who in the team asked, but in the log."""
    create()
    items = table.client.scan(TableName=table.name)["Items"]
    (state,) = (item for item in items if item[keys.PARTITION]["S"] == keys.ALERTS)
    assert set(json.loads(state["document"]["S"])) == {
        *("team", "alert_id", "version", "created_at"),
        *("near", "latitude", "longitude", "radius_miles"),
        *("categories", "beds", "service_user_bands", "features"),
    }
