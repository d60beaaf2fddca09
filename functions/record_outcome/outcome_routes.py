"""The routes by which a team or the council says what came of a call, and takes that back."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from record_outcome.drawn_call import drawn_call
from record_outcome.outcome_bodies import (
    Listing,
    NewOutcome,
    Withdrawal,
    listing_of,
)
from record_outcome.outcome_response import shown_outcome
from record_outcome.reporter import day_of_audit, reporter_at
from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.care_home import CareHome
from shared.domain.documents import to_json
from shared.domain.outcome import Outcome
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import homes, outcomes
from shared.store.outcomes import ListingKey
from shared.store.revise import Revision
from shared.store.table import Table
from shared.store.wrong_posts import RecentWrongPosts


def outcome_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes. What was said is of a team or the council, and any of them may undo it."""
    routes = APIGatewayHttpRouter()
    wrong_posts = RecentWrongPosts(table, clock, report_unreadable)

    @routes.post("/homes/<location_id>/outcomes")
    def post_outcome(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_team_or_council()
        body = request.body(NewOutcome)
        day = day_of_audit(caller, body.audit_day)
        team = None if day else caller.require_team(body.team)
        now = clock.now()
        told_at = request.observed_at(now)
        home = CareHome.from_document(homes.load(table, parse_location_id(location_id)))
        listing = Listing(location_id, body.category, body.listing_said_at)
        if day:
            drawn_call(table, day, home, listing.category, listing.said_at, told_at)
        reporter, wrong = reporter_at(listing, team, day), wrong_posts.share()
        outcome = body.to_outcome(reporter, home, told_at, now, wrong)
        author = request.author(caller.caller_id or "", body)
        name = home.register.name
        revision = outcomes.record(table, clock, outcome, author, home_name=name)
        return _response(revision, HTTPStatus.CREATED)

    @routes.patch("/homes/<location_id>/outcomes/<outcome_id>")
    def patch_outcome(location_id: str, outcome_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_team_or_council()
        body = request.body(Withdrawal)
        day = day_of_audit(caller, body.audit_day)
        team = None if day else caller.require_team(body.team)
        listing = listing_of(parse_location_id(location_id), outcome_id)
        key = ListingKey(*listing, reporter_at(listing, team, day), is_audit=day is not None)
        author = request.author(caller.caller_id or "", body)
        return _response(outcomes.withdraw(table, clock, key, author))

    return routes


def _response(revision: Revision, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    headers = {"Idempotency-Replayed": "true"} if revision.replayed else {}
    return json_response(
        to_json(shown_outcome(Outcome.from_document(revision.document))), status, headers
    )
