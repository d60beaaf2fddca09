"""Read every home and save them all as one snapshot."""

from shared.aws.clock import Clock
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, snapshot
from shared.store.scan import pages
from shared.store.table import Table


def save_snapshot(table: Table, clock: Clock, *, part_bytes: int = snapshot.PART_BYTES) -> int:
    """Save a snapshot and return its number of parts. Raises BusyError.

    Homes so few that they are read as fast themselves need none: that is 0 parts. If this fails,
    cold starts go on using the snapshot before.
    """
    # The time before the first page: changes made during the read are in the log after it.
    read_at = clock.now()
    home_pages = list(pages(table, ChangeKind.HOME))
    if len(home_pages) <= snapshot.PAGES_WITHOUT_SNAPSHOT:
        return 0
    documents = (item[keys.DOCUMENT]["S"] for page in home_pages for item in page.items)
    return snapshot.write(table, ChangeKind.HOME, read_at, documents, part_bytes=part_bytes)
