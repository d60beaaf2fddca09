"""Reads every home and keeps them as one snapshot, where they are enough to be worth it."""

from shared.aws.clock import Clock
from shared.domain.vocabulary import ChangeKind
from shared.store import snapshot
from shared.store.scan import pages
from shared.store.table import Table


def keep(table: Table, clock: Clock) -> int:
    """How many parts were written; 0 where so few homes are read as fast themselves.

    Raises BusyError, and then whoever starts goes on using the snapshot before.
    """
    looked = clock.now()  # before the first page: what is changed meanwhile comes later
    read = list(pages(table, ChangeKind.HOME))
    if len(read) <= snapshot.PAGES_WITHOUT_SNAPSHOT:
        return 0
    texts = (item["document"]["S"] for page in read for item in page.items)
    return snapshot.write(table, ChangeKind.HOME, looked, texts)
