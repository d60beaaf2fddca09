"""The event that asks a home whether a bed is still free that a team was told is gone."""

from datetime import datetime
from typing import Final

from shared.domain.dispute import Disputes
from shared.domain.documents import Document, timestamp

STILL_FREE: Final = "still_free"


def still_free_events(before: Disputes | None, after: Disputes, now: datetime) -> list[Document]:
    """Return an event for each listing that teams were first told is gone by this change.

    A home is asked once of each listing, however many teams are told.
    """
    asked = before.by_category if before else {}
    return [
        {
            "event": STILL_FREE,
            "location_id": after.location_id,
            "name": after.name,
            "category": category,
            "said_at": timestamp(reports.said_at),
            "told_at": timestamp(reports.last),
            "sent_at": timestamp(now),
        }
        for category, reports in after.by_category.items()
        if category not in asked or asked[category].said_at != reports.said_at
    ]
