"""Take back each mark "not placing here" whose last day is over, so that alerts hear of it."""

from datetime import date
from typing import Final

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.author import Author
from shared.domain.errors import BusyError
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day, uk_time
from shared.store import placing_stops
from shared.store.table import Table

FROM_HOUR: Final = 8
"""The hour in London from which marks are taken back: each ends at midnight, and its end sends
texts. No phone shall ring at night for what nobody did at night."""


def end_placing_stops(table: Table, clock: Clock, request_id: str) -> int:
    """Take back each mark that has passed, and return how many there were.

    Each is a change of its own, which `notify` announces as it announces any mark that is taken
    back: so it is told once, whatever fails, and the next run goes on. A mark that cannot be read
    is left out, and reported by its home's id. Raises BusyError.
    """
    now = uk_time(clock.now())
    if now.hour < FROM_HOUR:
        return 0
    ended = 0
    for mark in placing_stops.load_all(table, report_unreadable):
        if _without_passed(mark.stop, now.date()) == mark.stop:
            continue
        try:
            revision = placing_stops.revise(
                table,
                clock,
                mark.location_id,
                lambda stop: _without_passed(stop, uk_day(clock.now())),
                author=Author("schedule", request_id),
            )
        except BusyError:
            raise
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(mark.location_id)
        else:
            ended += revision.changed
    return ended


def _without_passed(stop: PlacingStop | None, today: date) -> PlacingStop | None:
    """Return the mark, or none where its last day is over."""
    return None if stop and stop.has_passed(today) else stop
