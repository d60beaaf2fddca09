"""The routes by which the council marks a home "not placing here", and teams and staff see it.

The mark is in no response of a route that the council may have opened to the public. Its version
only the council sees: it would tell others of a mark that has not begun, or that is over.
"""

from datetime import date, timedelta
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import AfterValidator

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.errors import Problem, RefusedError
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import MAX_DAYS
from shared.http.body import Body
from shared.http.callers import parse_location_id
from shared.http.query_params import read_day
from shared.http.request import Request
from shared.http.response import etag, home_response, json_response
from shared.store import homes, placing_stops
from shared.store.change_log import LogEntry
from shared.store.revise import Revision
from shared.store.table import Table
from show_home.history import PARAMETERS, next_cursor, read_page

_DAY: Final = 'a day such as "2026-11-03"'


def _day(text: str) -> str:
    if read_day(text, date.min, date.max) is None:
        raise ValueError(_DAY)
    return text


class PlacingStopBody(Body):
    """The first and the last day of the mark, in the United Kingdom; no reason is kept."""

    since: Annotated[str, AfterValidator(_day)]
    until: Annotated[str, AfterValidator(_day)] | None = None

    def to_stop(self, today: date) -> PlacingStop:
        """Return the mark. Raises RefusedError."""
        oldest, newest = today - timedelta(days=MAX_DAYS), today + timedelta(days=MAX_DAYS)
        since = date.fromisoformat(self.since)
        until = date.fromisoformat(self.until) if self.until else None
        problems = []
        if not oldest <= since <= newest:
            problems.append(Problem("since", f"a day from {oldest} to {newest}"))
        first = max(today, since)
        if until and not first <= until <= max(newest, first):
            expected = f"a day from {first} to {newest}, or nothing while the end is open"
            problems.append(Problem("until", expected))
        if problems:
            raise RefusedError(*problems)
        return PlacingStop(since, until)


def placing_stop_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes. The home sees its mark, and cannot change it."""
    routes = APIGatewayHttpRouter()

    @routes.get("/homes/<location_id>/placing-stop")
    def get_placing_stop(location_id: str) -> Response[str]:
        caller = Request(routes).caller()
        caller.require_home_access(location_id, public=False)
        homes.load(table, parse_location_id(location_id))
        mark = placing_stops.load(table, location_id)
        stop = mark.shown(uk_day(clock.now()), to_council=caller.is_council)
        document = {"placing_stop": stop.to_document() if stop else None}
        headers = {"ETag": etag(mark.version)} if caller.is_council else {}
        return json_response(to_json(document), headers=headers)

    @routes.get("/placing-stops")
    def get_placing_stops() -> Response[str]:
        caller = Request(routes).caller()
        caller.require_search_access(public=False)
        now = clock.now()
        marks = placing_stops.load_all(table, report_unreadable)
        shown = [
            {"location_id": mark.location_id, **stop.to_document()}
            for mark in marks
            if (stop := mark.shown(uk_day(now), to_council=caller.is_council))
        ]
        return json_response(to_json({"as_of": timestamp(now), "placing_stops": shown}))

    @routes.get("/homes/<location_id>/placing-stop/changes")
    def get_changes(location_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        homes.load(table, parse_location_id(location_id))
        page = read_page(request.query_params(PARAMETERS))
        entries = placing_stops.history(table, location_id, limit=page.limit, before=page.before)
        changes = [_change(each) for each in entries]
        cursor = next_cursor(entries, page.limit)
        return json_response(to_json({"changes": changes, "next_cursor": cursor}))

    @routes.put("/homes/<location_id>/placing-stop")
    def put_placing_stop(location_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        body = request.body(PlacingStopBody)
        stop = body.to_stop(uk_day(clock.now()))
        return _response(_save(table, clock, location_id, stop, request, body))

    @routes.delete("/homes/<location_id>/placing-stop")
    def delete_placing_stop(location_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_council()
        return _response(_save(table, clock, location_id, None, request, None))

    return routes


def _save(
    table: Table,
    clock: Clock,
    location_id: str,
    stop: PlacingStop | None,
    request: Request,
    body: PlacingStopBody | None,
) -> Revision:
    return placing_stops.revise(
        table,
        clock,
        parse_location_id(location_id),
        lambda _: stop,
        author=request.author(request.caller().caller_id or "", body),
        seen_version=request.seen_version(),
    )


def _change(entry: LogEntry) -> Document:
    """Return one change of the mark: what it was and is, and who changed it."""
    previous, document = entry.change.previous or {}, entry.change.document
    return {
        "changed_at": entry.stamp,
        "version": entry.change.version,
        "was": previous.get("placing_stop"),
        "is": document.get("placing_stop"),
        "by": entry.change.by,
    }


def _response(revision: Revision) -> Response[str]:
    return home_response(revision.document, replayed=revision.replayed)
