"""The subscribe function: a discharge team manages its alerts and members."""

import json
from typing import Any

import pytest

from shared.aws.sns import Topics
from shared.aws.telemetry import logger
from shared.store import keys
from shared.store.alerts import MAX_ALERTS
from shared.store.table import Table
from tests.subscribe.conftest import BuildSubscribe, Subscribe
from tests.support import pasted, traces
from tests.support.api_events import ApiResponse, call

EXETER = "team:exeter-discharge"
PLYMOUTH = "team:plymouth-discharge"

NEW_ALERT: dict[str, Any] = {"near": "ex2 5dw", "radius_miles": 10}
WARD = {"protocol": "email", "address": "ward.7@example.nhs.uk"}

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"

ROUTES = [
    ("GET", "/alerts", None),
    ("POST", "/alerts", NEW_ALERT),
    ("PATCH", "/alerts/3f9c0d1e8a72", {"paused": True}),
    ("DELETE", "/alerts/3f9c0d1e8a72", None),
    ("GET", "/alerts/3f9c0d1e8a72/homes/1-9000000001", None),
    ("GET", "/alerts/members", None),
    ("POST", "/alerts/members", WARD),
    ("DELETE", f"/alerts/members/{UNKNOWN_ID}", None),
    ("POST", f"/alerts/members/{UNKNOWN_ID}/invitation", {}),
    ("POST", f"/alerts/members/{UNKNOWN_ID}/code", {"code": "123456"}),
]


@pytest.fixture(autouse=True)
def started(build_subscribe: BuildSubscribe) -> None:
    Subscribe.handler = staticmethod(build_subscribe())


def ask(
    method: str, path: str, body: object = None, *, groups: str | None = EXETER, **more: Any
) -> ApiResponse:
    return call(Subscribe.handler, method, path, groups=groups, body=body, **more)


def create(body: object = None, **more: Any) -> ApiResponse:
    return ask("POST", "/alerts", NEW_ALERT if body is None else body, **more)


def list_alerts(**more: Any) -> list[dict[str, Any]]:
    alerts: list[dict[str, Any]] = ask("GET", "/alerts", **more).body["alerts"]
    return alerts


def stored(table: Table) -> str:
    return str(traces.items(table))


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), ("council", 403), ("home:1-9000000001", 403), ("team:", 403)],
)
def test_only_members_of_a_team_have_access(
    table: Table, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_caller_cannot_act_for_another_team(
    table: Table, method: str, path: str, body: dict[str, Any] | None
) -> None:
    team = {"team": "plymouth-discharge"}
    if method == "POST" and body is not None:
        assert ask(method, path, {**body, **team}).status == 403
    else:
        assert ask(method, path, body, query="team=plymouth-discharge").status == 403


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_caller_of_several_teams_names_one(
    table: Table, method: str, path: str, body: dict[str, Any] | None
) -> None:
    both = f"{EXETER} {PLYMOUTH}"
    without_team = ask(method, path, body, groups=both)
    assert without_team.status == 422
    assert without_team.fields == {"team"}
    team = {"team": "plymouth-discharge"}
    response = (
        ask(method, path, {**body, **team}, groups=both)
        if method == "POST" and body is not None
        else ask(method, path, body, groups=both, query="team=plymouth-discharge")
    )
    assert response.status in (200, 201, 404)


def test_an_invalid_alert_id_is_not_found_whatever_the_body(table: Table) -> None:
    assert ask("PATCH", "/alerts/nonsense", {"paused": 5}).status == 404


def test_a_pasted_postcode_is_read(table: Table) -> None:
    for text in pasted.POSTCODES:
        assert create({**NEW_ALERT, "near": text}).body["near"] == pasted.POSTCODE, text


def test_creating_an_alert_returns_it_with_its_location(table: Table) -> None:
    response = create(
        {
            "near": "ex25dw",
            "radius_miles": 7.5,
            "categories": ["dementia_nursing", "dementia_nursing", "general_nursing"],
            "beds": 2,
            "service_user_bands": ["Dementia"],
            "needs": ["peg", "hoist", "peg"],
            "funding": "chc",
            "min_rating": "Good",
        }
    )
    assert response.status == 201
    alert_id = response.body["alert_id"]
    assert response.headers["location"] == f"/alerts/{alert_id}"
    assert len(alert_id) == 12
    made = {
        name: response.body[name]
        for name in response.body
        if name not in ("alert_id", "created_at", "ends_at", "renewable_until")
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
        "needs": ["peg", "hoist"],
        "funding": "chc",
        "min_rating": "Good",
    }
    assert list_alerts() == [response.body]


@pytest.mark.parametrize(
    ("near", "label"), [("EX2", "EX2"), ("50.7167,-3.5062", "50.71670,-3.50620")]
)
def test_an_alert_can_be_near_an_outward_code_or_a_point(
    table: Table, near: str, label: str
) -> None:
    assert create({**NEW_ALERT, "near": near}).body["near"] == label


def test_a_team_sees_and_deletes_only_its_own_alerts(table: Table) -> None:
    alert_id = create().body["alert_id"]
    assert list_alerts(groups=PLYMOUTH) == []
    assert ask("DELETE", f"/alerts/{alert_id}", groups=PLYMOUTH).status == 404
    assert [each["alert_id"] for each in list_alerts()] == [alert_id]
    gone = ask("DELETE", f"/alerts/{alert_id}")
    assert gone.status == 204
    assert gone.body is None
    assert list_alerts() == []
    assert ask("DELETE", f"/alerts/{alert_id}").status == 404


def test_a_team_pauses_and_resumes_only_its_own_alerts(table: Table) -> None:
    made = create().body
    path = f"/alerts/{made['alert_id']}"
    assert ask("PATCH", path, {"paused": True}, groups=PLYMOUTH).status == 404
    assert list_alerts() == [made]
    resting = ask("PATCH", path, {"paused": True})
    assert resting.status == 200
    assert resting.body == {**made, "version": 2, "paused": True}
    assert list_alerts() == [resting.body]
    assert ask("PATCH", path, {"paused": False}).body == {**made, "version": 3}
    ask("DELETE", path)
    assert ask("PATCH", path, {"paused": True}).status == 404


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"body"}),
        ({"paused": "true"}, {"paused"}),
        ({"paused": None}, {"body"}),
        ({"paused": True, "renewed": True}, {"body"}),
        ({"renewed": False}, {"renewed"}),
        ({"paused": True, "radius_miles": 5}, {"radius_miles"}),
    ],
)
def test_an_alert_can_only_be_paused_or_renewed(
    table: Table, body: object, fields: set[str]
) -> None:
    path = f"/alerts/{create().body['alert_id']}"
    assert ask("PATCH", path, body).fields == fields
    assert list_alerts()[0]["version"] == 1


def test_an_alert_with_needs_is_renewed_and_one_without_needs_no_renewal(table: Table) -> None:
    made = create({**NEW_ALERT, "needs": ["peg"]}).body
    renewed = ask("PATCH", f"/alerts/{made['alert_id']}", {"renewed": True})
    assert renewed.status == 200
    assert renewed.body["version"] == 2
    assert renewed.body["ends_at"] >= made["ends_at"] > made["created_at"]
    assert list_alerts() == [renewed.body]
    plain = create().body
    assert "ends_at" not in plain
    assert ask("PATCH", f"/alerts/{plain['alert_id']}", {"renewed": True}).body == plain


def test_creating_an_alert_creates_the_team_s_topic(table: Table, team_topics: Topics) -> None:
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
        ("features", ["pets"]),
        ("needs.0", ["swimming_pool"]),
        ("funding", "gold"),
        ("min_rating", "good"),
        ("min_rating", "Excellent"),
        ("team", 3),
        ("patient", "Mrs Example"),
        ("note", "for bed 4"),
        ("alert_id", "3f9c0d1e8a72"),
    ],
)
def test_a_wrong_field_is_named(table: Table, field: str, value: object) -> None:
    name = field.split(".", 1)[0]
    response = create({**NEW_ALERT, name: value})
    assert response.status == 422
    assert response.fields == {field}
    assert response.headers["content-type"] == "application/problem+json"
    assert list_alerts() == []


@pytest.mark.parametrize("missing", ["near", "radius_miles"])
def test_a_missing_field_is_named(table: Table, missing: str) -> None:
    body = {name: value for name, value in NEW_ALERT.items() if name != missing}
    assert create(body).fields == {missing}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_radius_must_be_a_finite_number(table: Table, number: str) -> None:
    response = ask("POST", "/alerts", raw_body=f'{{"near": "EX2", "radius_miles": {number}}}')
    assert response.status == 422
    assert response.fields == {"radius_miles"}


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
def test_an_unreadable_body_is_refused(table: Table, path: str, raw: str, status: int) -> None:
    assert ask("POST", path, raw_body=raw).status == status


@pytest.mark.parametrize("alert_id", ["..", "%2F", "x", "3F9C0D1E8A72", "a" * 3000, "members"])
def test_an_unknown_alert_id_is_not_found(table: Table, alert_id: str) -> None:
    assert ask("DELETE", f"/alerts/{alert_id}").status == 404
    assert ask("PATCH", f"/alerts/{alert_id}", {"paused": True}).status == 404


def test_an_unknown_parameter_is_refused(table: Table) -> None:
    assert ask("GET", "/alerts", query="teams=x").fields == {"teams"}
    assert ask("GET", "/alerts", query="team=a&team=b").fields == {"team"}


def test_a_repeat_with_the_same_key_gets_the_same_response(
    table: Table,
) -> None:
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    first, again = create(headers=key), create(headers=key)
    assert again.status == 201
    assert again.body == first.body
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(list_alerts()) == 1


def test_a_key_cannot_be_used_with_another_body(table: Table) -> None:
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    create(headers=key)
    assert create({**NEW_ALERT, "beds": 2}, headers=key).status == 422
    assert len(list_alerts()) == 1


def test_a_malformed_key_is_refused(table: Table) -> None:
    assert create(headers={"Idempotency-Key": "short"}).status == 400


def test_a_repeated_pause_with_the_same_key_gets_the_same_response(table: Table) -> None:
    path = f"/alerts/{create().body['alert_id']}"
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    first = ask("PATCH", path, {"paused": True}, headers=key)
    assert ask("PATCH", path, {"paused": False}).status == 200
    again = ask("PATCH", path, {"paused": True}, headers=key)
    assert (again.status, again.body) == (200, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert "paused" not in list_alerts()[0]
    assert ask("PATCH", path, {"paused": False}, headers=key).status == 422


def test_a_repeated_deletion_with_the_same_key_gets_the_same_response(table: Table) -> None:
    path = f"/alerts/{create().body['alert_id']}"
    key = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000001"}
    first, again = ask("DELETE", path, headers=key), ask("DELETE", path, headers=key)
    assert (first.status, again.status) == (204, 204)
    assert again.headers["idempotency-replayed"] == "true"
    other = {"Idempotency-Key": "8c1f0000-0000-4000-8000-000000000002"}
    for headers in (None, other, other):
        assert ask("DELETE", path, headers=headers).status == 404
    assert ask("PATCH", path, {"paused": True}, headers=key).status == 422


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [each for each in ROUTES if "members" in each[1] and each[0] != "GET"],
)
def test_a_key_is_refused_where_no_response_is_saved(
    table: Table, method: str, path: str, body: object
) -> None:
    response = ask(method, path, body, headers={"Idempotency-Key": "8c1f0000-0000"})
    assert response.status == 400
    assert "Idempotency-Key" in response.body["detail"]
    assert ask("GET", "/alerts/members").body["total"] == 0


def test_too_many_alerts_are_a_conflict(table: Table) -> None:
    create()
    (item,) = table.query("pk = :pk", {":pk": keys.ALERTS})
    for number in range(1, MAX_ALERTS):
        table.put({**item, keys.SORT: {"S": keys.alert("exeter-discharge", f"{number:012x}")}})
    assert create().status == 409


def test_a_system_is_a_member_too(unconfirmed: Topics, build_subscribe: BuildSubscribe) -> None:
    handler = build_subscribe(unconfirmed)
    body = {"protocol": "https", "address": "https://discharge.example.nhs.uk/vacancies"}
    added = call(handler, "POST", "/alerts/members", groups=EXETER, body=body)
    assert added.status == 201
    assert added.body["state"] == "pending"
    page = call(handler, "GET", "/alerts/members", groups=EXETER).body
    assert page["members"] == [added.body]
    path = f"/alerts/members/{added.body['member_id']}"
    refused = call(handler, "DELETE", path, groups=EXETER)
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
def test_a_wrong_field_of_a_member_is_named(table: Table, body: object, fields: set[str]) -> None:
    response = ask("POST", "/alerts/members", body)
    assert response.status == 422
    assert response.fields == fields


def test_an_address_is_never_stored_logged_or_returned(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    responses = [
        ask("POST", "/alerts/members", {**WARD, "address": address})
        for address in ("sister.9@example.nhs.uk", "sister.9@example.nhs.uk\n\nx", "SISTER.9@X")
    ]
    responses.append(ask("GET", "/alerts/members"))
    create()
    assert [response.status for response in responses] == [201, 422, 422, 200]
    responses_text = json.dumps([response.body for response in responses])
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    assert logged
    for written in (responses_text, logged, stored(table)):
        assert "sister.9" not in written.lower()


def test_an_alert_is_stored_as_requested(table: Table) -> None:
    """No more: not who in the team requests, but in the log."""
    create()
    items = traces.items(table)
    (state,) = (item for item in items if item[keys.PARTITION]["S"] == keys.ALERTS)
    assert set(json.loads(state["document"]["S"])) == {
        *("team", "alert_id", "version", "created_at"),
        *("near", "latitude", "longitude", "radius_miles"),
        *("categories", "beds", "service_user_bands", "needs"),
    }
