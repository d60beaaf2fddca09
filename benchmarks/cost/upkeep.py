"""What a month uses beside the calls of the functions."""

import math
from collections.abc import Mapping
from typing import Final

from benchmarks.cost.lambda_time import GB, Quantities
from benchmarks.cost.measurements import ImportMeasurement, SizeMeasurement
from benchmarks.cost.month import Month
from benchmarks.cost.template import DAYS_PER_MONTH, Template
from benchmarks.cost.usage import Usage
from benchmarks.meter.capacity import STORED_BESIDE
from shared.store import idempotency

HOURS_PER_MONTH: Final = 24 * DAYS_PER_MONTH

KEY_CACHE_MINUTES: Final = 5
"""How long DynamoDB caches the table's key for a caller before it asks KMS again."""


def site(month: Month, usage: Usage, template: Template) -> Quantities:
    """Count the pages' files: revalidated at each visit, fetched by everyone after a deployment."""
    requests = month.page_visits * usage["site_requests_per_visit"].value
    fetched = month.people * usage["deployments_per_month"].value
    size = requests * usage["headers_bytes"].value + fetched * template.site_bytes
    return {"cloudfront_request": requests, "cloudfront_gb": size / GB}


def reminders(month: Month, usage: Usage, template: Template) -> Quantities:
    """Count what starts the reminders: ten of them go into the queue with each request."""
    count, function = month.reminders, template.functions["remind_homes"]
    seconds = usage["sqs_call_ms"].value / 1000
    return {
        "sqs_request": count / 10,
        "email": count,
        "lambda_gb_second": count / 10 * seconds * function.memory_mb / 1024,
        "schedule": month.actions["reminder_check"],
    }


def polling() -> Quantities:
    """Count Lambda's requests to an empty queue: five pollers that each wait for twenty seconds."""
    return {"sqs_request": DAYS_PER_MONTH * 24 * 3600 / 20 * 5}


def storage(size: SizeMeasurement, month: Month, usage: Usage, template: Template) -> Quantities:
    """Count the GB stored: all years of the change log, and idempotency records for some days."""
    changes = month.actions["update"] + month.actions["confirm"]
    entries = (changes + month.changed_by_imports) * 12 * usage["years_of_log"].value
    copies = 1 + template.index_count
    records = changes * idempotency.RETENTION.days / DAYS_PER_MONTH
    stored = entries * copies * (size.entry_bytes + STORED_BESIDE)
    stored += (size.homes + records) * (size.home_bytes + STORED_BESIDE)
    recovery = {"table_recovery_gb": stored / GB} if template.recovers_to_a_point else {}
    return {"table_gb": stored / GB, **recovery}


def custom_metrics(
    size: SizeMeasurement, imports: ImportMeasurement, month: Month, usage: Usage
) -> Quantities:
    """Count custom metrics, which are billed for each hour in which one is sent."""
    sent, busy = size.metrics, usage["busy_hours_a_day"].value * DAYS_PER_MONTH
    with_alerts = busy * (1 - math.exp(-month.actions["alert"] / busy))
    hours = sent.get("notify", 0) * with_alerts
    hours += sent.get("remind_homes", 0) * min(HOURS_PER_MONTH, month.actions["reminder_check"])
    # A heartbeat, which notify counts, goes with each snapshot.
    hours += min(HOURS_PER_MONTH, month.actions["snapshot"])
    hours += imports.metrics * usage["imports_per_month"].value
    return {"metric": hours / HOURS_PER_MONTH}


def keys(calls: Mapping[str, float]) -> Quantities:
    """Count requests to KMS for the table's key, given each function's calls."""
    limit = HOURS_PER_MONTH * 60 / KEY_CACHE_MINUTES
    return {"kms_request": sum(min(limit, each) for each in calls.values())}
