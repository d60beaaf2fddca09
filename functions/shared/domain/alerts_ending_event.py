"""The event that tells a team which of its alerts end soon, unless it renews them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from shared.domain.alert import Alert
from shared.domain.documents import Document, timestamp
from shared.domain.uk_time import uk_day

ALERTS_ENDING: Final = "alerts_ending"

DAYS_BEFORE: Final = (3, 2)
"""How many days before an alert ends its team is told. The second is for whom the first did not
reach: `deliver` tells nobody twice of what ends on one day."""


def alerts_ending_events(alerts: Iterable[Alert], now: datetime) -> Iterator[Document]:
    """Yield an event for each team and each day on which alerts of it end.

    Paused alerts are left out: nobody waits for them. So is what an alert asks for a person:
    queues and dead letters must not hold it.
    """
    ending = [
        (alert.team, uk_day(alert.ends_at).isoformat(), alert.alert_id, alert)
        for alert in alerts
        if alert.ends_at
        and not alert.deleted
        and alert.was_active_at(now)
        and (uk_day(alert.ends_at) - uk_day(now)).days in DAYS_BEFORE
    ]
    ending.sort(key=lambda each: each[:3])
    for (team, day), of_day in groupby(ending, key=lambda each: each[:2]):
        yield {
            "event": ALERTS_ENDING,
            "team": team,
            "day": day,
            "alerts": [
                {
                    "alert_id": alert.alert_id,
                    "near": alert.near,
                    "radius_miles": alert.radius_miles,
                    "asks_for": {"categories": list(alert.categories), "beds": alert.beds},
                }
                for *_, alert in of_day
            ],
            "sent_at": timestamp(now),
        }
