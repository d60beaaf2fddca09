"""Alerts leave out a home where the council is not placing, and hear of its beds afterwards.

Each opening is told once: the end of a mark is committed only while the home is at the version that
its log entry holds. What the home opened up to that version is told with the end, and what it
opened after it by the home's own change.
"""

from dataclasses import replace

from notify.alert_index import AlertIndex
from notify.carried_beds import matches_of
from notify.streamed_change import StreamedChange, active_when_opened
from shared.domain.alert import Alert
from shared.domain.placing_stop import CouncilMark
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.store import placing_stops
from shared.store.table import Table


def opened_by(streamed: StreamedChange) -> StreamedChange | None:
    """Return the change of a home that may have opened something; None where there is none.

    To alerts a mark that ended is a home that offered nothing before, so that all that is free is
    told.
    """
    change = streamed.change
    if change.kind is ChangeKind.HOME:
        return streamed
    if change.beside is None:
        return None
    offered = replace(change, kind=ChangeKind.HOME, previous=None, document=change.beside)
    return streamed._replace(change=offered, end_of_mark=change.change_id)


def alerts_to_tell(
    alerts: AlertIndex, opened: StreamedChange, table: Table, wrong: float
) -> dict[str, list[Alert]]:
    """Return the alerts, by team, that were active when the change opened what they look for.

    `wrong` is the share of posts that list one bed more than there is. The mark is read only when
    there are some, and after the change was committed: so none is missed that was there before it.
    Raises BusyError.
    """
    by_team = active_when_opened(opened, matches_of(alerts, opened, wrong))
    if by_team and is_left_out(opened, placing_stops.load(table, opened.change.subject_id)):
        return {}
    return by_team


def is_left_out(opened: StreamedChange, mark: CouncilMark) -> bool:
    """Tell whether the council's mark on the home keeps the change from every alert."""
    day = uk_day(opened.stamped)
    if opened.end_of_mark:  # told now, unless the council has set the mark again meanwhile
        return mark.fires_no_alert(day)
    return mark.keeps_quiet(opened.change.version, day)
