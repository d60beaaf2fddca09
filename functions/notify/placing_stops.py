"""Alerts leave out a home where the council is not placing, until its mark is taken back."""

from dataclasses import replace

from notify.streamed_change import StreamedChange
from shared.domain.placing_stop import fires_no_alert
from shared.domain.uk_time import uk_day


def as_alerts_see(streamed: StreamedChange) -> StreamedChange:
    """Return the change; one that opens nothing while the council is not placing at the home.

    After a mark the home offered nothing before, so that its free beds are told of as an opening.
    """
    change, today = streamed.change, uk_day(streamed.stamped)
    if fires_no_alert(change.document, today):
        return streamed._replace(change=replace(change, previous=change.document))
    if change.previous and fires_no_alert(change.previous, today):
        return streamed._replace(change=replace(change, previous=None))
    return streamed
