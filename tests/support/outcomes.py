"""Outcomes of calls, as teams and the council's audit report them."""

from datetime import datetime, timedelta

from shared.domain.audit import DrawnCall, ListedBeds, audit_reporter
from shared.domain.outcome import CallResult, Outcome, Shown, reporter_of
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON

THERE, GONE = CallResult.PURSUING, CallResult.GONE


def call(
    result: CallResult,
    home: str = "1-8100000001",
    category: BedCategory = BedCategory.GENERAL_NURSING,
    *,
    days: float = 2.0,
    told_at: datetime = NOON,
    listed: int = 1,
    chance: float = 0.8,
    team: str | None = "exeter",
) -> Outcome:
    """Return what a call found of beds listed so many days before; without a team, an audit's."""
    drawn = DrawnCall(uk_day(told_at), ListedBeds(home, category))
    shown = Shown(home, category, told_at - timedelta(days=days), listed, chance)
    return Outcome(
        version=1,
        shown=shown,
        reporter=reporter_of(team, home, category, shown.said_at)
        if team
        else audit_reporter(drawn, shown.said_at),
        result=result,
        told_at=told_at,
        recorded_at=told_at,
        audit_day=None if team else uk_day(told_at).isoformat(),
    )
