"""How old the homes' numbers are, all taken together."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.documents import HomeDocument
from shared.domain.freshness import Freshness, freshness


class Gauge(NamedTuple):
    """A metric as it stands at one moment."""

    name: str
    unit: MetricUnit
    value: float


def age(home: HomeDocument, now: datetime) -> timedelta | None:
    """Of its last confirmation; None: there never was one."""
    said = home.get("confirmed_at")
    return now - datetime.fromisoformat(said) if said else None


def gauges(homes: Sequence[HomeDocument], now: datetime) -> list[Gauge]:
    """Nothing where there are no homes: a council that has yet to import is not stale.

    What was never confirmed is stale, and is not the oldest confirmation: it is none.
    """
    if not homes:
        return []
    ages = [age(home, now) for home in homes]
    count = Counter(map(freshness, ages))
    found = [
        Gauge("HomesFresh", MetricUnit.Count, count[Freshness.FRESH]),
        Gauge("HomesAgeing", MetricUnit.Count, count[Freshness.AGEING]),
        Gauge("HomesStale", MetricUnit.Count, count[Freshness.STALE]),
        Gauge("HomesStalePercent", MetricUnit.Percent, 100 * count[Freshness.STALE] / len(homes)),
    ]
    confirmed = [each for each in ages if each is not None]
    if confirmed:
        oldest = max(confirmed) / timedelta(seconds=1)
        found.append(Gauge("OldestConfirmation", MetricUnit.Seconds, oldest))
    return found
