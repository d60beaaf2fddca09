"""A team's alerts and whom they are told to; whom a home's reminders are sent to."""

import secrets
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws import sns
from shared.aws.clock import SYSTEM
from shared.domain.documents import to_json
from shared.domain.errors import Problem, RefusedError
from shared.http.body import Body
from shared.http.callers import known_location_id
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.places import near, postcodes
from shared.store import alerts, table
from subscribe import topic
from subscribe.address import Address, Protocol
from subscribe.new_alert import WantedAlert

app = create_resolver()
stack_table = table.of_this_stack()
stack_topics = sns.of_this_stack()
home_topics = sns.of_homes()


class NewAddress(Body):
    """An address to tell."""

    protocol: Protocol
    address: str


class NewMember(NewAddress):
    """An address to tell; `team` where the caller is of several."""

    team: str | None = None


class Pausing(Body):
    """What of an alert can be changed: whether it rests."""

    paused: bool


@app.post("/alerts")
def create_alert() -> Response[str]:
    request = Request(app)
    sent = request.body(WantedAlert)
    caller = request.caller()
    team = caller.team(sent.team)
    place = near.find(sent.near, postcodes.installed())
    writer = request.author(caller.caller_id or "", sent)
    topic.ensure(stack_topics, team)
    now = SYSTEM.now()
    alert = sent.alert(team, secrets.token_hex(6), place, now)
    saved = alerts.create(stack_table, SYSTEM, alert, writer)
    headers = {"Location": f"/alerts/{saved.document['alert_id']}"}
    if saved.replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_response(to_json(saved.document), HTTPStatus.CREATED, headers)


@app.get("/alerts")
def list_alerts() -> Response[str]:
    team = team_asked(Request(app))
    found = alerts.list_of_team(stack_table, team)
    return json_response(to_json({"team": team, "total": len(found), "alerts": found}))


@app.patch("/alerts/<alert_id>")
def pause_alert(alert_id: str) -> Response[str]:
    request = Request(app)
    team = team_asked(request)
    paused = request.body(Pausing).paused
    writer = request.author(request.caller().caller_id or "")
    return json_response(to_json(alerts.pause(stack_table, SYSTEM, team, alert_id, paused, writer)))


@app.delete("/alerts/<alert_id>")
def delete_alert(alert_id: str) -> Response[str]:
    request = Request(app)
    team = team_asked(request)
    writer = request.author(request.caller().caller_id or "")
    alerts.delete(stack_table, SYSTEM, team, alert_id, writer)
    return json_response("", HTTPStatus.NO_CONTENT)


@app.get("/alerts/members")
def list_members() -> Response[str]:
    team = team_asked(Request(app))
    found = [member.to_document() for member in topic.members(stack_topics, team)]
    return json_response(to_json({"team": team, "total": len(found), "members": found}))


@app.post("/alerts/members")
def add_member() -> Response[str]:
    request = Request(app)
    sent = request.body(NewMember)
    team = request.caller().team(sent.team)
    address = Address.checked(sent.protocol, sent.address)
    member = topic.add(stack_topics, team, address)
    return json_response(to_json(member.to_document()), HTTPStatus.CREATED)


@app.delete("/alerts/members/<member_id>")
def remove_member(member_id: str) -> Response[str]:
    topic.remove(stack_topics, team_asked(Request(app)), member_id)
    return json_response("", HTTPStatus.NO_CONTENT)


@app.get("/homes/<location_id>/reminders")
def list_reminded(location_id: str) -> Response[str]:
    Request(app).caller().must_staff(known_location_id(location_id))
    found = [member.to_document() for member in topic.members(home_topics, location_id)]
    return json_response(
        to_json({"location_id": location_id, "total": len(found), "members": found})
    )


@app.post("/homes/<location_id>/reminders")
def remind_address(location_id: str) -> Response[str]:
    request = Request(app)
    request.caller().must_staff(known_location_id(location_id))
    sent = request.body(NewAddress)
    member = topic.add(home_topics, location_id, Address.checked(sent.protocol, sent.address))
    return json_response(to_json(member.to_document()), HTTPStatus.CREATED)


@app.delete("/homes/<location_id>/reminders/<member_id>")
def remind_no_more(location_id: str, member_id: str) -> Response[str]:
    Request(app).caller().must_staff(known_location_id(location_id))
    topic.remove(home_topics, location_id, member_id)
    return json_response("", HTTPStatus.NO_CONTENT)


def team_asked(request: Request) -> str:
    """The team the caller acts for, named by `?team=` where they are of several."""
    named = request.query(frozenset({"team"})).get("team", [])
    if len(named) > 1:
        raise RefusedError(Problem("team", "given once"))
    return request.caller().team(named[0] if named else None)


handler = lambda_handler(app)
