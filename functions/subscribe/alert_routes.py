"""The routes of a discharge team's alerts."""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.sns import Topics
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import AlertDocument, to_json
from shared.domain.fit import answers_of, fit_document
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.places import near
from shared.places.postcodes import Postcodes
from shared.store import alerts, homes
from shared.store.revise import Revision
from shared.store.table import Table
from subscribe.alert_bodies import AlertEdit, NewAlert
from subscribe.systems import create_topic
from subscribe.team_of_caller import team_of_body, team_of_caller


def alert_routes(
    table: Table, clock: Clock, team_topics: Topics, load_postcodes: Callable[[], Postcodes]
) -> APIGatewayHttpRouter:
    """Return the routes that create, list and change alerts, and say how a home fits one."""
    routes = APIGatewayHttpRouter()

    @routes.post("/alerts")
    def create_alert() -> Response[str]:
        request = Request(routes)
        team = team_of_body(request)
        body = request.body(NewAlert)
        place = near.find(body.near, load_postcodes())
        author = request.author(request.caller().caller_id or "", body)
        create_topic(team_topics, team)
        alert = body.to_alert(team, secrets.token_hex(6), place, clock.now())
        revision = alerts.create(table, clock, alert, author)
        location = {"Location": f"/alerts/{revision.document['alert_id']}"}
        headers = {**location, **_replayed(revision)}
        return json_response(_alert_json(revision), HTTPStatus.CREATED, headers)

    @routes.get("/alerts")
    def list_alerts() -> Response[str]:
        team, now = team_of_caller(Request(routes)), clock.now()
        found = alerts.list_of_team(table, team, now, report_unreadable)
        listed = [_shown(alert) for alert in found]
        return json_response(to_json({"team": team, "total": len(listed), "alerts": listed}))

    @routes.patch("/alerts/<alert_id>")
    def pause_alert(alert_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        alerts.parse_alert_id(alert_id)
        edit = request.body(AlertEdit)
        author = request.author(request.caller().caller_id or "", edit)
        if edit.paused is None:
            revision = alerts.renew(table, clock, team, alert_id, author)
        else:
            revision = alerts.pause(table, clock, team, alert_id, edit.paused, author)
        return json_response(_alert_json(revision), headers=_replayed(revision))

    @routes.delete("/alerts/<alert_id>")
    def delete_alert(alert_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        author = request.author(request.caller().caller_id or "")
        revision = alerts.delete(table, clock, team, alert_id, author)
        return json_response("", HTTPStatus.NO_CONTENT, _replayed(revision))

    @routes.get("/alerts/<alert_id>/homes/<location_id>")
    def get_fit(alert_id: str, location_id: str) -> Response[str]:
        team, now = team_of_caller(Request(routes)), clock.now()
        alert = alerts.load(table, team, alert_id, now)
        home = homes.load(table, parse_location_id(location_id))
        answers = answers_of(home, alert.requirements, now)
        fit = {"alert_id": alert_id, "location_id": location_id, "version": home["version"]}
        return json_response(to_json({**fit, **fit_document(answers)}))

    return routes


def _shown(alert: AlertDocument) -> AlertDocument:
    """Return the alert as the API shows it, without its earlier pauses."""
    return {name: value for name, value in alert.items() if name != "pauses"}


def _alert_json(revision: Revision) -> str:
    return to_json(_shown(revision.document))


def _replayed(revision: Revision) -> dict[str, str]:
    return {"Idempotency-Replayed": "true"} if revision.replayed else {}
