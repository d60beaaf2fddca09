"""Read every home, once for all that a run does with them."""

from datetime import datetime
from typing import NamedTuple

from shared.aws.clock import Clock
from shared.aws.telemetry import report_unreadable
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.scan import pages
from shared.store.table import Table


class AllHomes(NamedTuple):
    """Every home as JSON, and when the reading began: later changes are in the log after that."""

    read_at: datetime
    texts: list[str]
    pages: int


def read_homes(table: Table, clock: Clock) -> AllHomes:
    """Return every home, about a megabyte a page; an item without a document is left out.

    Raises BusyError.
    """
    read_at = clock.now()
    home_pages = list(pages(table, ChangeKind.HOME))
    texts = []
    for page in home_pages:
        for item in page.items:
            try:
                texts.append(item[keys.DOCUMENT]["S"])
            except KeyError:
                report_unreadable(item[keys.SORT]["S"])
    return AllHomes(read_at, texts, len(home_pages))
