"""Find what searches last showed of a home that has left CQC's register."""

from datetime import datetime
from typing import Final

from shared.domain.availability import free_beds, is_registered
from shared.domain.home_before import LastInSearch
from shared.store import homes
from shared.store.table import Table

_CHANGES_READ: Final = 100
"""The newest changes of the old id; an id that left the register rarely has more since."""


def last_in_search(table: Table, location_id: str) -> LastInSearch | None:
    """Return the vacancies with which the home left the register, and when that was.

    None if its log does not say so any more. Raises BusyError.
    """
    for entry in homes.history(table, location_id, limit=_CHANGES_READ, before=None):
        before, after = entry.change.previous, entry.change.document
        if before and is_registered(before) and not is_registered(after):
            return LastInSearch(datetime.fromisoformat(entry.stamp), free_beds(before))
    return None
