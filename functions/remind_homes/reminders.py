"""Send the reminders that are due: one event for each home, to the queue of `deliver`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from shared.aws.telemetry import report_unreadable
from shared.domain.availability import is_registered
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.freshness import Freshness, age_of_home, freshness


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


def reminders_due(
    homes: Sequence[HomeDocument], time_of_day: str, now: datetime
) -> Iterator[Document]:
    """Yield an event for each home whose vacancies are old.

    A run that is repeated reminds nobody twice: `deliver` remembers whom it told at which time of
    day.
    """
    for home in homes:
        if freshness(age_of_home(home, now)) is not Freshness.FRESH:
            yield {
                "event": "vacancies_are_old",
                "location_id": home["location_id"],
                "name": home["name"],
                "confirmed_at": home.get("confirmed_at"),
                "time_of_day": time_of_day,
                "sent_at": timestamp(now),
            }
