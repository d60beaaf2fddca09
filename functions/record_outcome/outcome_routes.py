"""The routes by which a team says what came of its call, and takes that back."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from record_outcome.outcome_bodies import NewOutcome, Withdrawal, listing_of, outcome_id_of
from shared.aws.clock import Clock
from shared.domain.care_home import CareHome
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.outcome import Outcome
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes, outcomes
from shared.store.revise import Revision
from shared.store.table import Table


def outcome_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes. What was said is of a team: any of its members may take it back."""
    routes = APIGatewayHttpRouter()

    @routes.post("/homes/<location_id>/outcomes")
    def post_outcome(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_some_team()
        body = request.body(NewOutcome)
        team = caller.require_team(body.team)
        now = clock.now()
        home = CareHome.from_document(homes.load(table, parse_location_id(location_id)))
        outcome = body.to_outcome(team, home, request.observed_at(now), now)
        author = request.author(caller.caller_id or "", body)
        name = home.register.name
        revision = outcomes.record(table, clock, outcome, author, home_name=name)
        return _response(revision, HTTPStatus.CREATED)

    @routes.patch("/homes/<location_id>/outcomes/<outcome_id>")
    def patch_outcome(location_id: str, outcome_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_some_team()
        body = request.body(Withdrawal)
        team = caller.require_team(body.team)
        listing = listing_of(parse_location_id(location_id), outcome_id, team)
        author = request.author(caller.caller_id or "", body)
        return _response(outcomes.withdraw(table, clock, listing, author))

    return routes


def _response(revision: Revision, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    headers = {"Idempotency-Replayed": "true"} if revision.replayed else {}
    return json_response(to_json(_shown(revision.document)), status, headers)


def _shown(document: Document) -> Document:
    """Return what a team sees of its outcome: not how it is known in the table."""
    outcome = Outcome.from_document(document)
    hidden = {"reporter", "recorded_at", "version"}
    return {
        "outcome_id": outcome_id_of(outcome.shown.category, outcome.shown.said_at),
        **{name: value for name, value in document.items() if name not in hidden},
        "undo_until": timestamp(outcome.undo_until),
    }
