"""The metrics of how long ago the homes confirmed their vacancies."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.documents import HomeDocument
from shared.domain.freshness import Freshness, age_of_home, freshness


class Metric(NamedTuple):
    """The value of a metric at one moment."""

    name: str
    unit: MetricUnit
    value: float


def freshness_metrics(homes: Sequence[HomeDocument], now: datetime) -> list[Metric]:
    """Return how fresh the homes' vacancies are.

    A home that has never confirmed counts as stale, but has no age. Without homes there are no
    metrics: a council that has yet to import its homes must not raise the alarm of stale ones.
    """
    if not homes:
        return []
    ages = [age_of_home(home, now) for home in homes]
    count = Counter(map(freshness, ages))
    metrics = [
        Metric("HomesFresh", MetricUnit.Count, count[Freshness.FRESH]),
        Metric("HomesAgeing", MetricUnit.Count, count[Freshness.AGEING]),
        Metric("HomesStale", MetricUnit.Count, count[Freshness.STALE]),
        Metric("HomesStalePercent", MetricUnit.Percent, 100 * count[Freshness.STALE] / len(homes)),
    ]
    confirmed_ages = [each for each in ages if each is not None]
    if confirmed_ages:
        oldest = max(confirmed_ages) / timedelta(seconds=1)
        metrics.append(Metric("OldestConfirmation", MetricUnit.Seconds, oldest))
    return metrics
