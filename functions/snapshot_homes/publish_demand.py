"""Publish what may be shown of the demand of each period that is over."""

from datetime import datetime
from typing import Final

from shared.aws.telemetry import report_unreadable
from shared.domain.demand import Span, publishable, settled_periods
from shared.store import demand
from shared.store.table import Table

PERIODS: Final = 2
"""How many periods back one that was missed is still published: counts are kept longer."""


def publish_demand(table: Table, span: Span, now: datetime) -> None:
    """Publish every settled period that is not published yet, empty ones too. Raises BusyError.

    Usually it sends one small request, which finds that the last period is published.
    """
    newest = demand.newest(table, report_unreadable)
    for period in settled_periods(now, span, PERIODS):
        if newest is None or newest.period.last < period.last:
            cells = publishable(demand.tallies(table, period), period.least_teams)
            demand.publish(table, period, cells)
