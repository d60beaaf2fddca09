"""The routes that show the council, and a home of its own, how often listings were right."""

from collections.abc import Sequence
from datetime import date

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.audit import audit_tally, call_states
from shared.domain.calibration import LEAST_JUDGED, calibration_of
from shared.domain.documents import Document, to_json
from shared.domain.outcome import Outcome
from shared.domain.truth import (
    LEAST_IN_PUBLIC,
    LEAST_OF_ONE_HOME,
    LOOKS_BACK,
    Grouping,
    audits,
    reports,
    tallies_by,
    tally_of,
)
from shared.domain.uk_time import uk_day
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import json_response
from shared.store import audit_draws, outcomes
from shared.store.table import Table


def truth_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes. They read a year of outcomes, some thousands, at each request."""
    routes = APIGatewayHttpRouter()

    def first_day() -> date:
        return uk_day(clock.now()) - LOOKS_BACK

    def called(location_id: str | None = None) -> list[Outcome]:
        return list(
            outcomes.of_calls_since(table, first_day(), report_unreadable, location_id=location_id)
        )

    def calls(audited: Sequence[Outcome]) -> Document:
        """Return how many calls were drawn and made, and how many nobody answered."""
        draws = audit_draws.since(table, first_day(), report_unreadable)
        drawn = [call for draw in draws for call in draw.calls]
        return audit_tally(call_states(drawn, audited, uk_day(clock.now()))).counts()

    @routes.get("/truth")
    def get_truth() -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        params = request.query_params(frozenset({"by"}))
        groupings = params.members("by", Grouping) or tuple(Grouping)
        params.check()
        all_outcomes = called()
        audited = audits(all_outcomes)
        document = {
            "since": first_day().isoformat(),
            "least_in_public": LEAST_IN_PUBLIC,
            "audited": {**_rates(audited, groupings), "calls": calls(audited)},
            "reported": _rates(reports(all_outcomes), groupings),
        }
        return json_response(to_json(document))

    @routes.get("/truth/calibration")
    def get_calibration() -> Response[str]:
        Request(routes).caller().require_council()
        bins = calibration_of(audits(called()))
        document = {
            "least_judged": LEAST_JUDGED,
            "bins": [each.to_document() for each in bins],
        }
        return json_response(to_json(document))

    @routes.get("/homes/<location_id>/truth")
    def get_truth_of_home(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_staff_or_council(location_id)
        of_home = called(parse_location_id(location_id))
        document = {
            "since": first_day().isoformat(),
            "least_of_one_home": LEAST_OF_ONE_HOME,
            "audited": tally_of(audits(of_home)).shown_to_home(),
            "reported": tally_of(reports(of_home)).shown_to_home(),
        }
        return json_response(to_json(document))

    return routes


def _rates(of: Sequence[Outcome], groupings: Sequence[Grouping]) -> Document:
    return {
        "whole": tally_of(of).shown_to_council(),
        "by": {
            grouping: [
                {"group": group, **tally.shown_to_council()}
                for group, tally in tallies_by(grouping, of).items()
            ]
            for grouping in groupings
        },
    }
