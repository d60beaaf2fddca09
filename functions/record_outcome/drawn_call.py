"""Find the drawn call whose outcome the council says, and check that it can be of that call."""

from datetime import date, datetime

from record_outcome.drawn_outcomes import outcomes_of_draws
from shared.domain.audit import DrawnCall
from shared.domain.care_home import CareHome
from shared.domain.errors import ConflictError, NotFoundError
from shared.domain.outcome import Outcome
from shared.domain.truth import audits
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from shared.store import audit_draws
from shared.store.table import Table


def drawn_call(
    table: Table,
    day: date,
    home: CareHome,
    category: BedCategory,
    said_at: datetime,
    told_at: datetime,
) -> DrawnCall:
    """Return the call drawn for this day, which was made at `told_at` about what was `said_at`.

    Raises NotFoundError where it was not drawn; ConflictError where it was not the time to make it,
    where the home had posted again before it was made, and where it was answered about another
    listing; BusyError.
    """
    draw = audit_draws.load(table, day)
    call = draw.call_of(home.location_id, category) if draw else None
    if draw is None or call is None:
        raise NotFoundError("This was not drawn for the council to call on that day.")
    if not (draw.drawn_at <= told_at and uk_day(told_at) <= draw.call_until):
        raise ConflictError(
            f"The call of {day:%-d %B} can be made until {draw.call_until:%-d %B}, once drawn."
        )
    first, last = draw.calls[call].said_at, home.posts.said_at.get(category)
    if said_at < first or (last and said_at < last <= told_at):
        raise ConflictError(
            "The home has posted since, so nobody sees any more what you called about. Look again"
            " at what it lists now."
        )
    if any(
        each.shown.said_at != said_at and each.first_contact is not None
        for each in audits(outcomes_of_draws(table, [draw]))
        if _is_of(call, each)
    ):
        raise ConflictError("This call was answered before the home posted again. That stays.")
    return call


def _is_of(call: DrawnCall, outcome: Outcome) -> bool:
    place = (outcome.shown.location_id, outcome.shown.category)
    return outcome.audit_day == call.day.isoformat() and place == call.listing
