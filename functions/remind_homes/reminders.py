"""Send the reminders that are worth it: one event for each home, to the queue of `deliver`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.availability import is_registered
from shared.domain.documents import HomeDocument
from shared.domain.freshness import age_of_home
from shared.domain.reminder_event import reminder_event
from shared.domain.reminder_value import NOTHING_PUBLISHED, is_worth_a_reminder, reminder_value
from shared.domain.uk_time import uk_day
from shared.places.postcodes import Postcodes
from shared.places.searches_near import SearchesNear
from shared.store import demand, reminded
from shared.store.reminded import BY_SCHEDULE, Reminder
from shared.store.table import Table


def readable_homes(homes: Iterable[HomeDocument], now: datetime) -> Iterator[HomeDocument]:
    """Yield the registered homes; one that cannot be read is left out, and reported by its id."""
    for home in homes:
        try:
            age_of_home(home, now)
            is_readable = is_registered(home) and bool(home["location_id"])
            if is_readable:
                reminder_value(home, NOTHING_PUBLISHED, now)
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(str(home.get("location_id")))
            continue
        if is_readable:
            yield home


def send_reminders(
    table: Table,
    queue: DeliveryQueue,
    load_postcodes: Callable[[], Postcodes],
    homes: Sequence[HomeDocument],
    now: datetime,
    wrong: float,
) -> None:
    """Remind each home where that is worth it and that was not reminded today.

    `wrong` is the share of posts that list one bed more than there is. A run that is repeated
    reminds nobody twice. Raises BusyError.
    """
    day = uk_day(now)
    already = reminded.of_day(table, day)
    published = demand.newest(table, report_unreadable)
    searches = SearchesNear(published.cells if published else {}, load_postcodes)
    due = [
        home
        for home in homes
        if home["location_id"] not in already
        and is_worth_a_reminder(home, searches.around(home["postcode"]), now, wrong)
    ]
    queue.send(reminder_event(home, now) for home in due)
    for home in due:
        reminded.record(table, day, Reminder(home["location_id"], now, BY_SCHEDULE))
    logger.info("homes reminded", homes=len(homes), reminded=len(due))
