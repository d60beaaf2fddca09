"""Structured logs and metrics, told apart by function; never a name, an address or a body."""

import warnings
from typing import Final

from aws_lambda_powertools import Logger, Metrics, single_metric
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger(utc=True, log_uncaught_exceptions=True)
metrics = Metrics()

# Most batches have nothing to count, and Powertools would warn of that at each.
warnings.filterwarnings("ignore", "No application metrics to publish")

API: Final = "api"
"""What all functions that answer requests count their faults under: one metric, one alarm."""


def count_fault() -> None:
    """A request met a fault of ours. Only then is anything paid: no other answer is counted."""
    with single_metric(name="Fault", unit=MetricUnit.Count, value=1) as metric:
        metric.add_dimension("service", API)
