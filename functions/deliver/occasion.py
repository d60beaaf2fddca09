"""What an event is about: nobody is told of the same occasion twice."""

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from deliver.fan_out import VACANCY_OPENED
from shared.domain.alerts_ending_event import ALERTS_ENDING
from shared.domain.documents import Document
from shared.domain.still_free_event import STILL_FREE

ALERT_RETENTION: Final = timedelta(days=28)
"""Twice as long as a dead letter is kept, so that redriving one tells nobody twice."""

REMINDER_RETENTION: Final = timedelta(hours=36)
"""Longer than the day of a reminder and the time within which it is told."""

REMINDERS_WITHIN: Final = timedelta(hours=2)
"""Later reminders would arrive at a time that the council did not choose, perhaps at night. And a
question whether a bed is still free would come long after the call."""


class Occasion(NamedTuple):
    """One thing to tell people of, and how long to remember that they were told."""

    name: str
    retention: timedelta


def occasion_of(event: Document) -> Occasion:
    """Return the occasion of an event."""
    if event["event"] == VACANCY_OPENED:
        return Occasion(f"{event['change_id']}#{event['team']}", ALERT_RETENTION)
    if event["event"] == ALERTS_ENDING:
        return Occasion(f"alerts_ending#{event['day']}#{event['team']}", ALERT_RETENTION)
    if event["event"] == STILL_FREE:
        listing = f"{event['location_id']}#{event['category']}#{event['said_at']}"
        return Occasion(f"still_free#{listing}", ALERT_RETENTION)
    return Occasion(f"reminder#{event['day']}#{event['location_id']}", REMINDER_RETENTION)


def is_too_late(event: Document, now: datetime) -> bool:
    """Tell whether an event must not be told any more: long after its time of day.

    An opening is told whenever that succeeds.
    """
    sent_at: Any = event.get("sent_at")
    return bool(sent_at) and now - datetime.fromisoformat(sent_at) > REMINDERS_WITHIN
