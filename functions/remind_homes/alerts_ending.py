"""Tell teams which of their alerts end soon: one event for a team and day, to `deliver`."""

from datetime import datetime
from typing import Final

from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.alert import Alert
from shared.domain.alerts_ending_event import alerts_ending_events
from shared.domain.uk_time import uk_time
from shared.domain.vocabulary import ChangeKind
from shared.store.readable import readable
from shared.store.scan import all_documents
from shared.store.table import Table

TOLD_BETWEEN: Final = (8, 18)
"""The hours in London: no phone shall ring at night. One of the runs of a day, six hours apart, is
always between them."""


def tell_of_endings(table: Table, queue: DeliveryQueue, now: datetime) -> None:
    """Tell each team of the alerts that end in a few days; at other hours nobody is told.

    A run that is repeated tells nobody twice: `deliver` knows team and day. Raises BusyError.
    """
    earliest, latest = TOLD_BETWEEN
    if not earliest <= uk_time(now).hour < latest:
        return
    documents = all_documents(table, ChangeKind.ALERT, report_unreadable)
    alerts = readable(
        documents,
        Alert.from_document,
        lambda document: str(document.get("alert_id")),
        report_unreadable,
    )
    events = list(alerts_ending_events(alerts, now))
    queue.send(events)
    logger.info("teams told of alerts that end", events=len(events))
