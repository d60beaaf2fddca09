"""Ask a home whether a bed is still free, once a team was told that it is gone."""

from datetime import datetime

from shared.aws.delivery_queue import DeliveryQueue
from shared.domain.dispute import Disputes
from shared.domain.still_free_event import still_free_events
from shared.domain.vocabulary import ChangeKind
from shared.store.change_log import Change


def ask_home(change: Change, queue: DeliveryQueue, now: datetime) -> None:
    """Put the questions of a change into the queue of `deliver`; most changes ask none.

    A change that comes again asks nobody twice: `deliver` knows the listing. Raises BusyError.
    """
    if change.kind is not ChangeKind.DISPUTE:
        return
    before = Disputes.from_document(change.previous) if change.previous else None
    events = still_free_events(before, Disputes.from_document(change.document), now)
    if events:
        queue.send(events)
