"""When a month is over it is published how often the list was right: once, of the audit alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shared.domain.audit import DrawnCall, ListedBeds
from shared.domain.audit_draw import RECORDED_WITHIN, AuditDraw, ShownBeds
from shared.domain.author import Author
from shared.domain.demand import SETTLED_AFTER, Span, period_of
from shared.domain.outcome import CallResult
from shared.domain.uk_time import uk_moment
from shared.domain.vocabulary import BedCategory
from shared.store import audit_draws, outcomes, public_truth
from shared.store.table import Table
from snapshot_homes.publish_truth import publish_truth
from tests.support.builders import NOON
from tests.support.fakes import ManualTime
from tests.support.outcomes import GONE, THERE, call

NURSING = BedCategory.GENERAL_NURSING
MONTH = period_of(NOON.date(), Span.MONTH)
RIPE = MONTH.end + RECORDED_WITHIN + SETTLED_AFTER
NEXT = period_of(RIPE.date(), Span.MONTH)


def record(
    table: Table,
    result: CallResult,
    number: int,
    told_at: datetime = NOON,
    team: str | None = None,
    days: float = 2.0,
) -> None:
    outcome = call(result, f"1-91{number:08d}", told_at=told_at, team=team, days=days)
    time = ManualTime(now=told_at)
    author = Author("someone", f"request-{number}")
    outcomes.record(table, time.clock(), outcome, author, home_name="Larkrise House")


def draw(table: Table, day: date, numbers: Iterable[int]) -> None:
    """Draw the listings of these homes on one day."""
    drawn = {
        DrawnCall(day, ListedBeds(f"1-91{each:08d}", NURSING)): ShownBeds(1, NOON)
        for each in numbers
    }
    assert audit_draws.save(table, AuditDraw(day, NOON, drawn))


def audit(table: Table) -> None:
    """Draw 31 calls: three meet that the bed has gone, and one is not made."""
    draw(table, NOON.date(), range(31))
    for number in range(30):
        record(table, GONE if number < 3 else THERE, number)


def published(table: Table) -> public_truth.Published:
    newest = public_truth.newest(table, pytest.fail)
    assert newest
    return newest


def test_a_month_that_is_over_is_published_without_what_teams_reported(table: Table) -> None:
    audit(table)
    record(table, GONE, 40, team="exeter")
    publish_truth(table, RIPE)
    month, truth = published(table)
    assert (month, truth.first, truth.last) == (MONTH.id, MONTH.first, MONTH.last)
    assert truth.audit["truth"].items() >= {"n": 30, "rate": 0.9}.items()
    assert truth.audit.items() >= {"drawn": 31, "called": 30, "uncalled": 1}.items()


def test_a_month_that_is_not_over_is_not_published(table: Table) -> None:
    audit(table)
    publish_truth(table, RIPE - timedelta(seconds=1))
    assert not published(table).truth.is_shown


def test_what_is_told_later_waits_for_the_next_month(table: Table) -> None:
    audit(table)
    publish_truth(table, RIPE)
    before = published(table)
    draw(table, RIPE.date(), range(50, 62))
    for number in range(50, 62):
        record(table, GONE if number < 54 else THERE, number, RIPE)
        publish_truth(table, RIPE + timedelta(days=1))
    assert published(table) == before
    publish_truth(table, NEXT.end + RECORDED_WITHIN + SETTLED_AFTER)
    assert published(table).truth.audit["truth"]["n"] == 42


def test_a_call_about_what_was_listed_long_before_counts_in_its_own_month(table: Table) -> None:
    early = uk_moment(MONTH.first) + timedelta(hours=12)
    draw(table, MONTH.first, range(30))
    for number in range(30):
        record(table, THERE, number, early, days=300.0)
    publish_truth(table, RIPE)
    assert published(table).truth.audit["truth"]["n"] == 30


def test_what_is_published_never_changes(table: Table) -> None:
    audit(table)
    publish_truth(table, RIPE)
    _, truth = published(table)
    assert not public_truth.publish(table, MONTH, replace(truth, last=NEXT.last))
    assert published(table).truth == truth
