"""What is asked for a person stands in their alert, for some days in its log, and nowhere else.

Everything that asks for needs runs through the deployed stack: searches, near misses, what came of
a call, an alert from its first day to its deletion, openings on every way to systems and people,
and what is refused or fails. Then everything that the stack keeps is searched for two of the needs
together.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import boto3
import httpx
import pytest

from local.emulator.inbox import Inbox
from local.emulator.sent_messages import emails_to, texts_to
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from local.lambda_events import queue_batch, queue_record
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR
from shared.domain.declaration import Declaration
from shared.domain.demand import Cell, Span, period_of
from shared.domain.needs import Answer
from shared.domain.uk_time import uk_day
from shared.store import demand, idempotency, keys
from shared.store.change_log import NEEDS_RETENTION
from shared.store.table import Item
from tests.support import traces
from tests.support.builders import REGISTER, home, save
from tests.support.deliveries import Deliveries
from tests.support.deployed import configuration, start_anew
from tests.support.patience import eventually

HOME, PLACE, CATEGORY = "1-9250000001", "HS2", "mental_health_nursing"
THERE = replace(REGISTER, name="Traceless House", latitude=58.25, longitude=-6.39)
NEEDS, FUNDING = ("tracheostomy", "dialysis_transport", "language_kur"), "d2a_block"
ASKED: Final = (*NEEDS, FUNDING)
"""Of these the home answers one, so that whatever joins two of them was asked for a person."""

PEOPLE, SYSTEMLESS, REFUSED = "traces-people", "traces-no-topic", "traces-refused"
WARD, PHONE = "traces.ward@example.nhs.uk", "+447700900654"

Json = dict[str, Any]


@dataclass
class Flows:
    """The requests of the journey, and the messages that it saw waiting or arriving."""

    stack: LocalStack
    messages: list[Json] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.stack.api_url, timeout=30)

    def send(
        self,
        method: str,
        path: str,
        group: str,
        body: Json | None = None,
        *,
        params: Any = None,
        key: str | None = None,
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token(self.stack, [group])}"}
        if key:
            headers["Idempotency-Key"] = key
        return self._client.request(method, path, json=body, params=params, headers=headers)

    def team(self, team: str, method: str, path: str, body: Json | None = None) -> Any:
        response = self.send(method, path, f"team:{team}", body)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def post_beds(self, accepting: int) -> None:
        counts = {"maximum_capacity": 10, "occupied": 10 - accepting, "accepting": accepting}
        body = {"beds": {CATEGORY: {**counts, "reserved": 0, "not_available": 0}}}
        response = self.send("PUT", f"/homes/{HOME}/vacancies", f"home:{HOME}", body)
        assert response.status_code == 200, response.text

    def invoke(self, function: str, event: Json) -> None:
        run = boto3.client("lambda", **self.stack.connection).invoke(
            FunctionName=configuration(self.stack, function)["FunctionName"],
            Payload=json.dumps(event).encode(),
        )
        assert "FunctionError" not in run, run["Payload"].read()


def search(flows: Flows) -> None:
    """Search for a person, look at near misses and at homes that say no, and ask wrongly."""
    start_anew(flows.stack, "search")  # one that has just counted a search waits for a minute
    asked = {"near": PLACE, "category": CATEGORY, "need": NEEDS, "funding": FUNDING}
    team = f"team:{PEOPLE}"
    for path, more in (
        ("/vacancies", {"for_a_person": "true", "radius_miles": "40"}),
        ("/vacancies", {"fit": "any", "sort": "best", "limit": "1", "would_like": ",".join(NEEDS)}),
        ("/vacancies/near-misses", {}),
    ):
        response = flows.send("GET", path, team, params={**asked, **more})
        assert response.status_code == 200, response.text
    wrong = flows.send("GET", "/vacancies", team, params={**asked, "funding": "gold", "beds": "x"})
    assert wrong.status_code == 422
    period = period_of(uk_day(datetime.now(UTC)), Span.WEEK)

    def counted() -> set[Cell]:
        return set(demand.tallies(table_of(flows.stack), period))

    assert eventually(lambda: {Cell(PLACE, CATEGORY, name) for name in ASKED} <= counted())


def say_what_came_of_the_call(flows: Flows) -> None:
    """Have teams say that the home took what was asked, or did not, each with the need drawn.

    Two correct themselves, and name another need.
    """
    params = {"near": PLACE, "category": CATEGORY, "radius_miles": "40"}
    found = flows.send("GET", "/vacancies", f"team:{PEOPLE}", params=params).json()["results"]
    (basis,) = (each["chance_basis"] for each in found if each["location_id"] == HOME)
    call = {name: basis[name] for name in ("category", "said_at", "listed")}
    for team, name in ((PEOPLE, NEEDS[1]), (SYSTEMLESS, FUNDING)):
        outcome = {**call, "result": "not_for_this_person", "need": name}
        flows.team(team, "POST", f"/homes/{HOME}/outcomes", outcome)
    took = {**call, "result": "pursuing", "need": NEEDS[0]}
    flows.team(REFUSED, "POST", f"/homes/{HOME}/outcomes", took)
    corrected = {**call, "result": "not_for_this_person", "need": NEEDS[1]}
    flows.team(REFUSED, "POST", f"/homes/{HOME}/outcomes", corrected)
    other = {**call, "result": "not_for_this_person", "need": FUNDING}
    flows.team(PEOPLE, "POST", f"/homes/{HOME}/outcomes", other)


def save_alerts(flows: Flows) -> str:
    """Save alerts of three teams, repeat, pause, renew and delete; return the one that stays."""
    alert = {"near": PLACE, "radius_miles": 40, "needs": NEEDS, "funding": FUNDING}
    team, key = f"team:{PEOPLE}", "traces-key-1"
    made = [flows.send("POST", "/alerts", team, alert, key=key) for _ in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    alert_id: str = made[0].json()["alert_id"]
    for edit in ({"paused": True}, {"paused": False}, {"renewed": True}):
        flows.team(PEOPLE, "PATCH", f"/alerts/{alert_id}", edit)
    other = flows.team(PEOPLE, "POST", "/alerts", alert)["alert_id"]
    assert flows.send("DELETE", f"/alerts/{other}", team).status_code == 204
    wrong = flows.send("POST", "/alerts", team, {**alert, "needs": [*NEEDS, "x"], "name": "Jo"})
    assert wrong.status_code == 422
    for each in (SYSTEMLESS, REFUSED):
        flows.team(each, "POST", "/alerts", alert)
    fail_at_an_alert(flows, alert)
    return alert_id


def fail_at_an_alert(flows: Flows, alert: Json) -> None:
    """Have functions meet an alert that they cannot read."""
    table, sort = table_of(flows.stack), keys.alert(PEOPLE, "00000000000a")
    damaged = {**alert, "team": PEOPLE, "alert_id": "00000000000a", "version": "broken"}
    item = {keys.PARTITION: {"S": keys.ALERTS}, keys.SORT: {"S": sort}}
    table.put({**item, keys.DOCUMENT: {"S": json.dumps(damaged)}})
    flows.team(PEOPLE, "GET", "/alerts")
    assert flows.send("GET", f"/homes/{HOME}/alerts", f"home:{HOME}").status_code == 200
    table.delete((keys.ALERTS, sort))


def agree(flows: Flows) -> None:
    """Have someone agree to emails, someone to texts, and a system subscribe."""
    inbox = Inbox(flows.stack, "traces-inbox")
    flows.team(PEOPLE, "POST", "/alerts/members", {"protocol": "sqs", "address": inbox.arn})
    flows.team(PEOPLE, "POST", "/alerts/members", {"protocol": "email", "address": WARD})
    to_agree = emails_to(flows.stack, WARD)[0].tokens[0]
    flows.team(PEOPLE, "POST", "/members/confirm", {"token": to_agree})
    phone = {"protocol": "sms", "address": PHONE}
    member = flows.team(PEOPLE, "POST", "/alerts/members", phone)["member_id"]
    code = texts_to(flows.stack, PHONE)[0].partition("code is ")[2][:6]
    flows.team(PEOPLE, "POST", f"/alerts/members/{member}/code", {"code": code})


def spoil_topics(stack: LocalStack) -> None:
    """Delete the topic of one team, and have another's refuse what `notify` publishes."""
    sns = boto3.client("sns", **stack.connection)
    sns.delete_topic(TopicArn=f"{stack.team_topic_prefix}{SYSTEMLESS}")
    refused = f"{stack.team_topic_prefix}{REFUSED}"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": refused}
        ],
    }
    sns.set_topic_attributes(
        TopicArn=refused, AttributeName="Policy", AttributeValue=json.dumps(policy)
    )


def open_a_bed(flows: Flows, alert_id: str) -> None:
    """Tell of an opening by a topic, without one and where it refuses; die, and arrive at last."""
    inbox = Inbox(flows.stack, "traces-inbox")
    queue = flows.stack.delivery_queue_url.rpartition("/")[2]
    arn = f"arn:aws:sqs:{flows.stack.region}:000000000000:{queue}"
    deliveries = Deliveries(flows.stack, HOME)
    with deliveries.held():
        flows.post_beds(2)
        (again,) = deliveries.waiting("publish_alert", 1)
        deliveries.take(again)  # it would fail and come again for as long as the topic refuses
        openings = deliveries.waiting("vacancy_opened", 2)
        for event in openings:
            flows.invoke("deliver", queue_batch(queue_record(event, arn)))
            deliveries.take(event)
        members = deliveries.waiting("tell_member", 2)
        flows.messages += [again, *openings, *members, *deliveries.die(2)]
    assert eventually(lambda: len(emails_to(flows.stack, WARD)) == 2)
    assert eventually(lambda: len(texts_to(flows.stack, PHONE)) == 2)
    for_systems = inbox.next(within_seconds=60)
    assert for_systems is not None
    assert [each["alert_id"] for each in for_systems["alerts"]] == [alert_id]
    flows.received += [
        json.dumps(for_systems),
        *(each.text for each in emails_to(flows.stack, WARD)),
        *texts_to(flows.stack, PHONE),
    ]


@pytest.fixture(scope="module")
def flows(stack: LocalStack) -> Flows:
    """Do all that asks for needs."""
    flows = Flows(stack)
    declared = Declaration(needs={NEEDS[0]: Answer.ASK})
    empty = replace(home(HOME, register=THERE), beds={}, declaration=declared)
    save(table_of(stack), empty)
    flows.post_beds(1)
    search(flows)
    say_what_came_of_the_call(flows)
    alert_id = save_alerts(flows)
    flows.post_beds(0)
    agree(flows)
    spoil_topics(stack)
    open_a_bed(flows, alert_id)
    asked_about = flows.team(PEOPLE, "GET", f"/alerts/{alert_id}/homes/{HOME}")
    assert asked_about["ask"] == [NEEDS[0]]
    assert asked_about["not_said"] == [*NEEDS[1:], FUNDING]
    flows.invoke("snapshot_homes", {})
    return flows


def test_no_message_joins_two_needs(flows: Flows) -> None:
    events = [json.loads(each["Body"])["event"] for each in flows.messages]
    assert set(events) == {"vacancy_opened", "publish_alert", "tell_member"}
    assert events.count("tell_member") == 4  # two that waited, and two dead letters
    assert list(traces.joined(map(json.dumps, flows.messages), ASKED)) == []
    assert len(flows.received) == 5
    assert not any(traces.named_in(each, ASKED) for each in flows.received)


def test_no_queue_joins_two_needs(flows: Flows) -> None:
    sqs = boto3.client("sqs", **flows.stack.connection)
    urls = sqs.list_queues()["QueueUrls"]
    assert flows.stack.delivery_queue_url in urls
    bodies = [str(each) for url in urls for each in traces.waiting(flows.stack, url)]
    assert list(traces.joined(bodies, ASKED)) == []


def test_no_log_line_and_no_metric_names_a_need(flows: Flows) -> None:
    lines = traces.log_lines(flows.stack)
    for written in ("alert not published", "team has no topic", "cannot read an item", "told"):
        assert any(written in line for line in lines), written
    assert not [line for line in lines if traces.named_in(line, ASKED)]
    assert not [each for each in traces.metrics(flows.stack) if traces.named_in(each, ASKED)]


def test_no_item_joins_two_needs_but_alerts_and_what_soon_expires_of_them(flows: Flows) -> None:
    kept: dict[str, list[Item]] = {}
    for item in traces.items(table_of(flows.stack)):
        if len(traces.named_in(str(item), ASKED)) > 1 and not is_a_homes_own(item):
            kept.setdefault(item[keys.PARTITION]["S"].partition("#")[0], []).append(item)
    assert kept.keys() == {"ALERT", "CHANGE", "ONCE"}
    now = datetime.now(UTC)
    for partition, longest in (
        ("ALERT", LIVES_FOR + RENEWABLE_FOR),
        ("CHANGE", NEEDS_RETENTION),
        ("ONCE", idempotency.RETENTION),
    ):
        for item in kept[partition]:
            assert PEOPLE in str(item) or "traces-" in str(item)
            expires = datetime.fromtimestamp(int(item[keys.EXPIRES]["N"]), UTC)
            assert expires <= now + longest + timedelta(seconds=1), item[keys.PARTITION]


def test_how_homes_answer_requests_is_kept_need_by_need_and_every_outcome_names_one(
    flows: Flows,
) -> None:
    names: dict[str, set[str]] = {}
    for item in traces.items(table_of(flows.stack)):
        kind = item.get(keys.KIND, {}).get("S", item[keys.PARTITION]["S"])
        if HOME in str(item) and kind in {"outcome", "request_record", keys.REQUEST_RECORDS}:
            subject = item.get(keys.SUBJECT_ID, item[keys.SORT])["S"]
            names.setdefault(subject, set()).update(traces.named_in(str(item), ASKED))
    assert {f"{HOME}#{CATEGORY}", f"{HOME}#{NEEDS[0]}"} <= names.keys()
    # The entries of one outcome, one after the other, name no second need either.
    assert {len(each) for each in names.values()} == {0, 1}


def is_a_homes_own(item: Item) -> bool:
    """Tell whether an item is of a home, not this journey's: it may have declared all of this."""
    document = json.loads(item.get(keys.DOCUMENT, item.get(keys.RESPONSE, {"S": "{}"}))["S"])
    return document.get("location_id") not in (None, HOME)
