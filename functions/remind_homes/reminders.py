"""Send the reminders that are due, each home once at each of the council's reminder times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from remind_homes.message import reminder_message
from shared.aws.sns import NoTopicError, Topics
from shared.aws.telemetry import AddMetric, logger, report_unreadable
from shared.domain.availability import is_registered
from shared.domain.documents import HomeDocument
from shared.domain.freshness import Freshness, age_of_home, freshness
from shared.store import keys, sent_messages
from shared.store.table import Table

ONCE_WITHIN: Final = timedelta(hours=12)
"""How long the record of a reminder counts: far longer than a failed run is retried, and shorter
than the 23 hours or more until the same time on the next day. The date would not do, because the
function does not know what day it is in London."""


class NotRemindedError(Exception):
    """Some homes could not be reminded, so the run must be retried; all the others were."""

    def __init__(self, time_of_day: str, location_ids: Sequence[str]) -> None:
        """Name the time of day and the homes."""
        super().__init__(f"{time_of_day}: could not remind {', '.join(location_ids)}")


def readable_homes(homes: Iterable[HomeDocument], now: datetime) -> Iterator[HomeDocument]:
    """Yield the registered homes; one that cannot be read is left out, and reported by its id."""
    for home in homes:
        try:
            age_of_home(home, now)
            is_readable = is_registered(home) and bool(home["location_id"])
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(str(home.get("location_id")))
            continue
        if is_readable:
            yield home


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of one stack."""

    table: Table
    topics: Topics
    site_url: str
    add_metric: AddMetric

    def send(self, time_of_day: str, homes: Sequence[HomeDocument], now: datetime) -> None:
        """Remind each home whose vacancies are old.

        A home is reminded twice at one time of day only if the run is interrupted between the
        message and its record. Raises NotRemindedError, BusyError.
        """
        partition = keys.reminded(time_of_day)
        reminded = sent_messages.recipients(self.table, partition, now)
        failed = []
        for home in homes:
            location_id = home["location_id"]
            age = age_of_home(home, now)
            if freshness(age) is Freshness.FRESH or location_id in reminded:
                continue
            try:
                message = reminder_message(home, age, self.site_url)
                message_id = self.topics.publish(location_id, message)
                expires_at = now + ONCE_WITHIN
                sent_messages.record(self.table, partition, location_id, message_id, expires_at)
            except NoTopicError:
                continue  # no one at this home has asked for reminders
            except Exception:  # a home that is wrong in itself must not stop the others' reminders
                logger.exception("not reminded", location_id=location_id)
                failed.append(location_id)
            else:
                self.add_metric("HomesReminded", MetricUnit.Count, 1)
        if failed:
            raise NotRemindedError(time_of_day, failed)
