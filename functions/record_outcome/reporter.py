"""Who reports the outcome of a call: one of the caller's teams, or the council for its audit."""

from datetime import date

from record_outcome.outcome_bodies import Listing
from shared.domain.audit import DrawnCall, ListedBeds, audit_reporter
from shared.domain.outcome import reporter_of
from shared.http.callers import Caller


def day_of_audit(caller: Caller, audit_day: str | None) -> date | None:
    """Return the day for which the call was drawn; None of a team's call.

    Raises SignInNeededError or ForbiddenError where the caller is not of the council.
    """
    if audit_day is None:
        return None
    caller.require_council()
    return date.fromisoformat(audit_day)


def reporter_at(listing: Listing, team: str | None, day: date | None) -> str:
    """Return the digest of who called about the listing: the team, or the audit of that day."""
    location_id, category, said_at = listing
    if day:
        return audit_reporter(DrawnCall(day, ListedBeds(location_id, category)), said_at)
    return reporter_of(team or "", location_id, category, said_at)
