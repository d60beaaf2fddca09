"""The routes by which the council sees how often its list was right, as calls found it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.audit import audit_tally, call_states
from shared.domain.calibration import calibration_of
from shared.domain.documents import Document, to_json
from shared.domain.outcome import Outcome
from shared.domain.truth import Grouping, audits, reports, tallies_by, tally_of
from shared.domain.uk_time import uk_day
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import audit_draws, outcomes
from shared.store.table import Table

LOOKS_BACK: Final = timedelta(days=365)
"""What was listed earlier counts no more."""

_GROUPINGS: Final = {each.value: each for each in Grouping}


def truth_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes. They read a year of outcomes, some thousands, at each request."""
    routes = APIGatewayHttpRouter()

    def recorded() -> list[Outcome]:
        since = clock.now() - LOOKS_BACK
        return list(outcomes.recorded_since(table, since, report_unreadable))

    def calls(audited: Sequence[Outcome]) -> Document:
        """Return how many calls were drawn and made, and how many nobody answered."""
        today = uk_day(clock.now())
        draws = audit_draws.since(table, today - LOOKS_BACK, report_unreadable)
        drawn = [call for draw in draws for call in draw.calls]
        return audit_tally(call_states(drawn, audited, today)).counts()

    @routes.get("/truth")
    def get_truth() -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        params = request.query_params(frozenset({"by"}))
        grouping = params.choice("by", _GROUPINGS)
        params.check()
        all_outcomes = recorded()
        audited = audits(all_outcomes)
        document = {
            "by": grouping,
            "audited": {**_rates(audited, grouping), "calls": calls(audited)},
            "reported": _rates(reports(all_outcomes), grouping),
        }
        return json_response(to_json(document))

    @routes.get("/truth/calibration")
    def get_calibration() -> Response[str]:
        Request(routes).caller().require_council()
        bins = calibration_of(audits(recorded()))
        return json_response(to_json({"bins": [each.to_document() for each in bins]}))

    return routes


def _rates(of: Sequence[Outcome], grouping: Grouping) -> Document:
    groups = tallies_by(grouping, of)
    return {
        "whole": tally_of(of).shown_to_council(),
        "groups": [{"group": group, **tally.shown_to_council()} for group, tally in groups.items()],
    }
