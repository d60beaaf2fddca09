"""Take back each mark "not placing here" whose last day is over, so that alerts hear of it."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.errors import BusyError
from shared.domain.placing_stop import placing_stop_of
from shared.domain.uk_time import uk_day, uk_time
from shared.domain.vocabulary import Action
from shared.store import homes
from shared.store.table import Table

FROM_HOUR: Final = 8
"""The hour in London from which marks are taken back: each ends at midnight, and its end sends
texts. No phone shall ring at night for what nobody did at night."""


def end_placing_stops(table: Table, clock: Clock, texts: Iterable[str], request_id: str) -> int:
    """Take back each mark that has passed, of homes as JSON, and return how many there were.

    Each is a change of its own, which `notify` announces as it announces any mark that is taken
    back: so it is told once, whatever fails, and the next run goes on. A home that cannot be read
    is left out, and reported by its id. Raises BusyError.
    """
    now = uk_time(clock.now())
    if now.hour < FROM_HOUR:
        return 0
    ended = 0
    for location_id in _marked_until_before(texts, now.date()):
        try:
            revision = homes.revise(
                table,
                clock,
                location_id,
                lambda home: _without_passed(home, uk_day(clock.now())),
                action=Action.PLACING,
                author=Author("schedule", request_id),
            )
        except BusyError:
            raise
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(location_id)
        else:
            ended += revision.changed
    return ended


def _marked_until_before(texts: Iterable[str], today: date) -> Iterable[str]:
    for text in texts:
        if _MARK not in text:  # all homes but a few: reading the JSON of each would take long
            continue
        home = json.loads(text)
        try:
            stop = placing_stop_of(home)
            if stop and stop.has_passed(today):
                yield home["location_id"]
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(str(home.get("location_id")))


_MARK: Final = '"placing_stop"'


def _without_passed(home: CareHome, today: date) -> CareHome:
    """Return the home without its mark, unless the council has set another one meanwhile."""
    stop = home.placing_stop
    return home.with_placing_stop(None) if stop and stop.has_passed(today) else home
