"""Save all homes as one snapshot."""

from shared.domain.vocabulary import ChangeKind
from shared.store import snapshot
from shared.store.table import Table
from snapshot_homes.read_homes import AllHomes


def save_snapshot(table: Table, homes: AllHomes, *, part_bytes: int = snapshot.PART_BYTES) -> int:
    """Save a snapshot and return its number of parts. Raises BusyError.

    Homes so few that they are read as fast themselves need none: that is 0 parts. If this fails,
    cold starts go on using the snapshot before.
    """
    if homes.pages <= snapshot.PAGES_WITHOUT_SNAPSHOT:
        return 0
    return snapshot.write(table, ChangeKind.HOME, homes.read_at, homes.texts, part_bytes=part_bytes)
