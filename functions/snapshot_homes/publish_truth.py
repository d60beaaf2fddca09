"""Publish once a month how often the whole list was right, as anyone may read it."""

from datetime import datetime

from shared.aws.telemetry import report_unreadable
from shared.domain.disclosure import first_day, settled_month
from shared.domain.public_truth import next_public_truth
from shared.store import audit_draws, outcomes, public_truth
from shared.store.table import Table


def publish_truth(table: Table, now: datetime) -> None:
    """Publish what became of the calls of a year, once the last can no longer be recorded.

    Usually it sends one small request, which finds that the month is published. Raises BusyError.
    """
    month = settled_month(now)
    newest = public_truth.newest(table, report_unreadable)
    if newest and newest.month >= month.id:
        return
    first = first_day(month)
    draws = audit_draws.since(table, first, report_unreadable)
    recorded = outcomes.of_calls_since(table, first, report_unreadable)
    truth = next_public_truth(
        newest.truth if newest else None,
        month,
        [call for draw in draws for call in draw.calls],
        recorded,
    )
    public_truth.publish(table, month, truth)
