"""Metrics: how certain the listed beds are, and how many homes have not been heard from."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from aws_lambda_powertools.metrics import MetricUnit

from shared.domain.certainty import Certainty
from shared.domain.chance import Likelihood
from shared.domain.documents import HomeDocument


class Metric(NamedTuple):
    """The value of a metric at one moment."""

    name: str
    unit: MetricUnit
    value: float


def certainty_metrics(homes: Sequence[HomeDocument], now: datetime, wrong: float) -> list[Metric]:
    """Return how certain the homes' vacancies are.

    `wrong` is the share of posts that list one bed more than there is. Without homes there are no
    metrics, and without listings none of theirs: a council that has yet to import its homes must
    not raise an alarm about them.
    """
    certainty = Certainty.of(homes, now, wrong)
    if not certainty.homes:
        return []
    metrics = [
        Metric("HomesNotHeardFrom", MetricUnit.Count, certainty.not_heard_from),
        Metric("HomesNotHeardFromPercent", MetricUnit.Percent, certainty.not_heard_from_percent),
    ]
    if certainty.listings:
        listings = certainty.listings
        metrics += [
            Metric("ListingsVeryLikely", MetricUnit.Count, listings[Likelihood.VERY_LIKELY]),
            Metric("ListingsLikely", MetricUnit.Count, listings[Likelihood.LIKELY]),
            Metric("ListingsUnsure", MetricUnit.Count, certainty.unsure),
            Metric("ListingsUnsurePercent", MetricUnit.Percent, certainty.unsure_percent),
        ]
    return metrics
