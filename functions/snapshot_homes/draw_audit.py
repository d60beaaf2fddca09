"""Draw the calls of the council's audit: on each working day once, as its hours begin."""

import json
from datetime import date, datetime
from typing import Any, Final

from shared.aws.telemetry import logger, report_unreadable
from shared.domain.audit import ListedBeds, is_audit_day
from shared.domain.audit_draw import AuditDraw, ShownBeds, beds_shown
from shared.domain.uk_time import uk_time
from shared.store import audit_draws
from shared.store.table import Table
from snapshot_homes.read_homes import AllHomes

FROM_HOUR: Final = 8
"""The hour in London from which calls are drawn: of what is listed shortly before they are made."""


def day_to_draw(table: Table, now: datetime) -> date | None:
    """Return the working day whose calls are due to be drawn; None where there is none.

    Raises BusyError.
    """
    here = uk_time(now)
    day = here.date()
    if here.hour < FROM_HOUR or not is_audit_day(day) or audit_draws.is_drawn(table, day):
        return None
    return day


def draw_audit(table: Table, council: str, day: date, homes: AllHomes, now: datetime) -> None:
    """Draw the day's calls of what the homes list, and keep them.

    What was drawn stays, whatever fails and however often this runs; so does that nothing was
    listed. Raises BusyError.
    """
    draw = AuditDraw.of(council, now, day, _all_shown(homes))
    if audit_draws.save(table, draw):
        logger.info("audit drawn", day=day.isoformat(), calls=len(draw.calls))


def _all_shown(homes: AllHomes) -> dict[ListedBeds, ShownBeds]:
    """Return what all homes list; one that cannot be read is left out, and reported."""
    shown: dict[ListedBeds, ShownBeds] = {}
    for text in homes.texts:
        home: dict[str, Any] = {}
        try:
            home = json.loads(text)
            shown |= beds_shown(home)
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(str(home.get("location_id")))
    return shown
