"""Structured logs and metrics of a function, without names, addresses and request bodies."""

import warnings
from collections.abc import Callable
from typing import Final, TypeAlias

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger(utc=True, log_uncaught_exceptions=True)
metrics = Metrics()

AddMetric: TypeAlias = Callable[[str, MetricUnit, float], None]
"""Record a metric by its name, unit and value, as `metrics.add_metric` does."""

# Most batches have nothing to count, and Powertools would warn about each of them.
warnings.filterwarnings("ignore", "No application metrics to publish")

API: Final = "api"
"""The service under which all functions of the API count their faults: one metric, one alarm."""


ITEMS: Final = "items"
"""The service under which all functions count the items that they cannot read: one alarm."""


def report_unreadable(item_id: str) -> None:
    """Log and count an item of the table that cannot be read, from within the `except` block.

    The item is hidden, and every other one is used: so an operator must learn of it.
    """
    logger.exception("cannot read an item", item_id=item_id)
    with single_metric(name="Unreadable", unit=MetricUnit.Count, value=1) as metric:
        metric.add_dimension("service", ITEMS)


def count_fault() -> None:
    """Count a fault of this program. Other responses are not counted, as metrics cost money."""
    with single_metric(name="Fault", unit=MetricUnit.Count, value=1) as metric:
        metric.add_dimension("service", API)
