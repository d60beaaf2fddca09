"""The routes of a discharge team's alerts."""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.sns import Topics
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import json_response
from shared.places import near
from shared.places.postcodes import Postcodes
from shared.store import alerts
from shared.store.table import Table
from subscribe.alert_bodies import AlertEdit, NewAlert
from subscribe.members import create_topic
from subscribe.team_of_caller import team_of_body, team_of_caller


def alert_routes(
    table: Table, clock: Clock, team_topics: Topics, load_postcodes: Callable[[], Postcodes]
) -> APIGatewayHttpRouter:
    """Return the routes that create, list, pause and delete alerts."""
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
        headers = {"Location": f"/alerts/{revision.document['alert_id']}"}
        if revision.replayed:
            headers["Idempotency-Replayed"] = "true"
        return json_response(to_json(revision.document), HTTPStatus.CREATED, headers)

    @routes.get("/alerts")
    def list_alerts() -> Response[str]:
        team = team_of_caller(Request(routes))
        listed = alerts.list_of_team(table, team)
        return json_response(to_json({"team": team, "total": len(listed), "alerts": listed}))

    @routes.patch("/alerts/<alert_id>")
    def pause_alert(alert_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        paused = request.body(AlertEdit).paused
        author = request.author(request.caller().caller_id or "")
        return json_response(to_json(alerts.pause(table, clock, team, alert_id, paused, author)))

    @routes.delete("/alerts/<alert_id>")
    def delete_alert(alert_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        author = request.author(request.caller().caller_id or "")
        alerts.delete(table, clock, team, alert_id, author)
        return json_response("", HTTPStatus.NO_CONTENT)

    return routes
