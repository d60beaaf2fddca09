"""Read what came of drawn calls, and not all that teams said since the oldest listing."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Final

from shared.aws.telemetry import report_unreadable
from shared.domain.audit_draw import AuditDraw
from shared.domain.outcome import Outcome
from shared.store import outcomes
from shared.store.table import Table

SAID_BEFORE: Final = timedelta(days=8)
"""A post is accepted at most a week after it was said (`Observed-Ago`); a day is to spare. So what
a home posts after a draw was said later than this before it."""


def outcomes_of_draws(table: Table, draws: Collection[AuditDraw]) -> Iterator[Outcome]:
    """Return the outcomes of all that the calls of these draws can be about, and some others.

    They are about what was drawn, however old, or about what the home posted since. Raises
    BusyError.
    """
    if not draws:
        return
    said_since = min(draw.drawn_at for draw in draws) - SAID_BEFORE
    older = {
        (call.listing, beds.said_at)
        for draw in draws
        for call, beds in draw.calls.items()
        if beds.said_at < said_since
    }
    for listing, said_at in sorted(older):
        yield from outcomes.of_listing(table, *listing, said_at, report_unreadable)
    yield from outcomes.recorded_since(table, said_since, report_unreadable)
