"""Structured logs and metrics, told apart by function; never a name, an address or a body."""

from aws_lambda_powertools import Logger, Metrics

logger = Logger(utc=True, log_uncaught_exceptions=True)
metrics = Metrics()
