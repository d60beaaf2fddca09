"""Structured logs and metrics, told apart by function; never a name, an address or a body."""

import warnings

from aws_lambda_powertools import Logger, Metrics

logger = Logger(utc=True, log_uncaught_exceptions=True)
metrics = Metrics()

# Most batches have nothing to count, and Powertools would warn of that at each.
warnings.filterwarnings("ignore", "No application metrics to publish")
