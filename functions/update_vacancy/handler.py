"""A care home posts its vacancies, or confirms that they are still right."""

from datetime import date

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import Field

from shared.aws.clock import SYSTEM
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import (
    Action,
    AdmissionState,
    BedCategory,
    ClosureReason,
    NotAvailableReason,
)
from shared.http.body import Body
from shared.http.callers import known_location_id
from shared.http.request import Request
from shared.http.response import create_resolver, home_response, lambda_handler
from shared.store import homes, table

app = create_resolver()
stack_table = table.of_this_stack()


class Counts(Body):
    """The beds of one category."""

    maximum_capacity: int
    occupied: int
    reserved: int
    accepting: int
    not_available: int
    not_available_reason: NotAvailableReason | None = None
    available_from: date | None = None


class Admission(Body):
    """Whether the home admits anybody."""

    status: AdmissionState
    reason: ClosureReason | None = None
    expected_date: date | None = None


class Vacancies(Body):
    """Any of the home's bed categories, and whether it admits anybody."""

    beds: dict[BedCategory, Counts] = Field(default_factory=dict)
    admission_status: Admission | None = None


@app.put("/homes/<location_id>/vacancies")
def put_vacancies(location_id: str) -> Response[str]:
    request = Request(app)
    caller_id = request.caller().must_staff(known_location_id(location_id))
    sent = request.body(Vacancies)
    if not sent.beds and not sent.admission_status:
        raise RefusedError(Problem("beds", "the counts of a category, or an admission_status"))
    beds = {category: BedCounts(**dict(counts)) for category, counts in sent.beds.items()}
    admission = AdmissionStatus(**dict(sent.admission_status)) if sent.admission_status else None
    now = SYSTEM.now()
    seen = request.observed_at(now)

    def decide(home: CareHome) -> CareHome:
        # Only what was seen before is held against what was posted since: clocks differ a little.
        return (home.as_seen_at(seen) if seen < now else home).updated(beds, admission, seen)

    saved = homes.revise(
        stack_table,
        SYSTEM,
        location_id,
        decide,
        action=Action.UPDATED,
        author=request.author(caller_id, sent),
        seen_version=request.seen_version(),
    )
    return home_response(saved.document, replayed=saved.replayed)


@app.post("/homes/<location_id>/vacancies/confirm")
def confirm_vacancies(location_id: str) -> Response[str]:
    request = Request(app)
    caller_id = request.caller().must_staff(known_location_id(location_id))
    now = SYSTEM.now()
    seen = request.observed_at(now)

    def decide(home: CareHome) -> CareHome:
        return (home.as_seen_at(seen) if seen < now else home).confirmed(seen)

    saved = homes.revise(
        stack_table,
        SYSTEM,
        location_id,
        decide,
        action=Action.CONFIRMED,
        author=request.author(caller_id),
        seen_version=request.seen_version(),
    )
    return home_response(saved.document, replayed=saved.replayed)


handler = lambda_handler(app)
