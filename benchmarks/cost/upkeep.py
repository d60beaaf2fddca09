"""What a month asks of AWS beside the calls of the functions."""

import math
from collections.abc import Mapping
from typing import Final

from benchmarks.cost.calls import Month
from benchmarks.cost.runs import GB, Quantities
from benchmarks.cost.taken import Measured, Once
from benchmarks.cost.template import DAYS_A_MONTH, Standing
from benchmarks.cost.usage import Usage
from benchmarks.meter.capacity import STORED_BESIDE
from shared.store import idempotency

HOURS_A_MONTH: Final = 24 * DAYS_A_MONTH

KEY_KEPT_MINUTES: Final = 5
"""That DynamoDB keeps a table's key for whoever uses it, before it asks KMS again."""


def site(month: Month, once: Once, usage: Usage) -> Quantities:
    """The pages' files: asked for again at each visit, fetched by everybody after a deployment."""
    asked = month.visits * usage["site_requests_per_visit"].value
    fetched = month.people * usage["deployments_per_month"].value
    size = asked * usage["headers_bytes"].value + fetched * once.site_bytes
    return {"cloudfront_request": asked, "cloudfront_gb": size / GB}


def reminders(month: Month, usage: Usage, standing: Standing) -> Quantities:
    """Each is a message, its record, and the time that both take one after the other."""
    count, function = month.reminders, standing.functions["remind_homes"]
    seconds = (usage["sns_call_ms"].value + usage["table_call_ms"].value) / 1000
    return {
        "sns_request": count,
        "email": count,
        "table_write": count,
        "lambda_gb_second": count * seconds * function.memory_mb / 1024,
        "schedule": month.actions["look"],
    }


def storage(measured: Measured, month: Month, usage: Usage, standing: Standing) -> Quantities:
    """With all the years of changes that are kept; answers to repeats are kept for some days."""
    changes = month.actions["update"] + month.actions["confirm"]
    kept = (changes + month.changed_by_imports) * 12 * usage["years_of_log"].value
    copies = 1 + standing.index_count
    answers = changes * idempotency.RETENTION.days / DAYS_A_MONTH
    size = kept * copies * (measured.entry_bytes + STORED_BESIDE)
    size += (measured.homes + answers) * (measured.home_bytes + STORED_BESIDE)
    recovery = {"table_recovery_gb": size / GB} if standing.recovers_to_a_point else {}
    return {"table_gb": size / GB, **recovery}


def custom_metrics(measured: Measured, once: Once, month: Month, usage: Usage) -> Quantities:
    """Paid for each hour in which one is sent."""
    sent, busy = measured.metrics, usage["busy_hours_a_day"].value * DAYS_A_MONTH
    told = busy * (1 - math.exp(-month.actions["alert"] / busy))
    hours = sent.get("notify", 0) * told
    hours += sent.get("remind_homes", 0) * min(HOURS_A_MONTH, month.actions["look"])
    hours += once.metrics * usage["imports_per_month"].value
    return {"metric": hours / HOURS_A_MONTH}


def keys(calls: Mapping[str, float]) -> Quantities:
    """Requests to KMS for the table's key, given each function's calls."""
    most = HOURS_A_MONTH * 60 / KEY_KEPT_MINUTES
    return {"kms_request": sum(min(most, each) for each in calls.values())}
