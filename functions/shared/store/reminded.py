"""The record of which homes were reminded on a day, when, and by whom.

It is written after the reminder is in the queue, so that none is lost. `deliver` tells nobody twice
on one day, whatever is written here.
"""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from shared.domain.documents import timestamp
from shared.store import keys
from shared.store.table import Table

KEPT: Final = timedelta(days=100)

BY_SCHEDULE: Final = "schedule"
"""The author of the reminders at the council's times."""


class Reminder(NamedTuple):
    """One reminder to a home."""

    location_id: str
    at: datetime
    by: str
    """The opaque id of someone of the council, or `BY_SCHEDULE`."""


def of_day(table: Table, day: date) -> dict[str, Reminder]:
    """Return the reminders of a day in London, by location_id. Raises BusyError."""
    items = table.query(
        "#pk = :pk",
        {":pk": keys.reminded(day)},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
    )
    return {
        item[keys.SORT]["S"]: Reminder(
            item[keys.SORT]["S"], datetime.fromisoformat(item[keys.AT]["S"]), item[keys.BY]["S"]
        )
        for item in items
    }


def record(table: Table, day: date, reminder: Reminder) -> bool:
    """Record a reminder; return False if the home was reminded on that day, and that stays so.

    Raises BusyError.
    """
    return table.put_new(
        {
            keys.PARTITION: {"S": keys.reminded(day)},
            keys.SORT: {"S": reminder.location_id},
            keys.AT: {"S": timestamp(reminder.at)},
            keys.BY: {"S": reminder.by},
            keys.EXPIRES: {"N": str(int((reminder.at + KEPT).timestamp()))},
        }
    )
