"""The event of a reminder, which `deliver` tells to each person whom a home's reminders go to."""

from datetime import datetime
from typing import Final

from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.uk_time import uk_day

CHECK_VACANCIES: Final = "check_vacancies"


def reminder_event(home: HomeDocument, now: datetime) -> Document:
    """Return the event. Nobody is told twice of one home on one day in London."""
    return {
        "event": CHECK_VACANCIES,
        "location_id": home["location_id"],
        "name": home["name"],
        "confirmed_at": home.get("confirmed_at"),
        "day": uk_day(now).isoformat(),
        "sent_at": timestamp(now),
    }
