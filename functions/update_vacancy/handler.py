"""Let the staff of a care home post its vacancies, or confirm that they are still right."""

from datetime import datetime

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws.clock import SYSTEM, Clock
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import Action
from shared.http.request import Request
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.http.vacancies import Vacancies
from shared.store import homes
from shared.store import table as tables
from shared.store.table import Table
from update_vacancy.response import posted_response


def build(*, table: Table, clock: Clock) -> LambdaHandler:
    """Return the function, which writes to this table."""
    app = create_resolver()

    @app.put("/homes/<location_id>/vacancies")
    def put_vacancies(location_id: str) -> Response[str]:
        request = Request(app)
        caller_id = request.caller().require_home_staff(location_id)
        body = request.body(Vacancies)
        beds, admission = body.bed_counts(), body.new_admission_status()
        now = clock.now()
        observed_at = request.observed_at(now)
        revision = homes.revise(
            table,
            clock,
            location_id,
            lambda home: _as_seen(home, observed_at, now).update(beds, admission, observed_at),
            action=Action.UPDATED,
            author=request.author(caller_id, body),
            seen_version=request.seen_version(),
        )
        return posted_response(revision)

    @app.post("/homes/<location_id>/vacancies/confirm")
    def confirm_vacancies(location_id: str) -> Response[str]:
        request = Request(app)
        caller_id = request.caller().require_home_staff(location_id)
        now = clock.now()
        observed_at = request.observed_at(now)
        revision = homes.revise(
            table,
            clock,
            location_id,
            lambda home: _as_seen(home, observed_at, now).confirm(observed_at),
            action=Action.CONFIRMED,
            author=request.author(caller_id),
            seen_version=request.seen_version(),
        )
        return posted_response(revision)

    return lambda_handler(app)


def _as_seen(home: CareHome, observed_at: datetime, now: datetime) -> CareHome:
    """Check an earlier observation against the home's last word; not one of now: clocks differ.

    Raises OutdatedError.
    """
    return home.require_no_word_since(observed_at) if observed_at < now else home


handler = build(table=tables.of_this_stack(), clock=SYSTEM)
