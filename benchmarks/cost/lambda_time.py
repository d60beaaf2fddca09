"""How long Lambda bills a run for, how many runs are cold, and what a run uses."""

import math
from collections import defaultdict
from typing import Final

from benchmarks.cost.measurements import Consumption
from benchmarks.cost.template import DAYS_PER_MONTH, Lambda
from benchmarks.cost.usage import Usage

Quantities = dict[str, float]
"""Quantities by the name of their price, in its unit."""

WHOLE_PROCESSOR_MB: Final = 1769
"""The memory with which a function has one vCPU, by the AWS Lambda developer guide."""
GB: Final = 1e9


def added(*several: Quantities) -> Quantities:
    """Add quantities by name."""
    total: Quantities = defaultdict(float)
    for each in several:
        for name, quantity in each.items():
            total[name] += quantity
    return dict(total)


def times(quantities: Quantities, factor: float) -> Quantities:
    """Multiply every quantity."""
    return {name: each * factor for name, each in quantities.items()}


def billed_ms(call: Consumption, memory_mb: int, usage: Usage) -> float:
    """Return how long Lambda would run a call: its share of a processor, and its waiting."""
    share = min(1.0, memory_mb / WHOLE_PROCESSOR_MB)
    waits = call.bytes_read / 1e6 * usage["table_mb_ms"].value
    for request, count in call.requests.items():
        waits += count * usage[_wait_for(request)].value
    return call.cpu_ms / usage["cpu_of_this_machine"].value / share + waits


def _wait_for(request: str) -> str:
    service, operation = request.split(".")
    if service == "dynamodb":
        return "table_transaction_ms" if operation.startswith("Transact") else "table_call_ms"
    return f"{service}_call_ms"


def cold_share(calls: float, usage: Usage) -> float:
    """Return the share of a month's calls that start cold, if they come at random in busy hours.

    A process ends after some idle minutes, which gives exp(-minutes x calls a minute), and some
    hours after it started.
    """
    if not calls:
        return 0.0
    hours = DAYS_PER_MONTH * usage["busy_hours_a_day"].value
    idle = math.exp(-usage["idle_minutes_until_cold"].value * calls / (hours * 60))
    return min(1.0, idle + hours / usage["hours_until_replaced"].value / calls)


def run_quantities(call: Consumption, function: Lambda, usage: Usage) -> Quantities:
    """Return what one run uses, without its request, its logs and what comes before it."""
    milliseconds = math.ceil(billed_ms(call, function.memory_mb, usage))
    requests = defaultdict[str, float](float)
    for request, count in call.requests.items():
        service, operation = request.split(".")
        if service in ("sns", "sqs", "kms"):
            requests[f"{service}_request"] += count
        elif service == "s3":
            requests["s3_get" if operation.startswith("Get") else "s3_put"] += count
    return {
        **requests,
        "lambda_gb_second": milliseconds / 1000 * function.memory_mb / 1024,
        "table_read": call.reads,
        "table_write": call.writes,
    }
