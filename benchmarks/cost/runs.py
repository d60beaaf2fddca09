"""How long Lambda bills a run for, how many runs are cold, and what a run asks of AWS."""

import math
from collections import defaultdict
from typing import Final

from benchmarks.cost.taken import Taken
from benchmarks.cost.template import DAYS_A_MONTH, Lambda
from benchmarks.cost.usage import Usage

Quantities = dict[str, float]
"""So much of each price's unit."""

WHOLE_PROCESSOR_MB: Final = 1769
"""AWS Lambda's guide: at this much memory a function has the equivalent of one vCPU."""
GB: Final = 1e9


def added(*several: Quantities) -> Quantities:
    """Together."""
    total: Quantities = defaultdict(float)
    for each in several:
        for name, quantity in each.items():
            total[name] += quantity
    return dict(total)


def times(quantities: Quantities, factor: float) -> Quantities:
    """So often, or a part of it."""
    return {name: each * factor for name, each in quantities.items()}


def billed_ms(taken: Taken, memory_mb: int, usage: Usage) -> float:
    """How long Lambda would say that it ran: its share of a processor, and waiting for others."""
    share = min(1.0, memory_mb / WHOLE_PROCESSOR_MB)
    waits = taken.bytes_read / 1e6 * usage["table_mb_ms"].value
    for request, count in taken.requests.items():
        waits += count * usage[_waited_for(request)].value
    return taken.cpu_ms / usage["cpu_of_this_machine"].value / share + waits


def _waited_for(request: str) -> str:
    service, operation = request.split(".")
    if service == "dynamodb":
        return "table_transaction_ms" if operation.startswith("Transact") else "table_call_ms"
    return {"sns": "sns_call_ms", "s3": "s3_call_ms"}[service]


def cold_share(calls: float, usage: Usage) -> float:
    """Share of a month's calls that a new process answers, if they come at random in busy hours.

    A process ends after so many idle minutes: exp(-minutes x calls a minute); and some hours after
    it began.
    """
    if not calls:
        return 0.0
    hours = DAYS_A_MONTH * usage["busy_hours_a_day"].value
    idle = math.exp(-usage["idle_minutes_until_cold"].value * calls / (hours * 60))
    return min(1.0, idle + hours / usage["hours_until_replaced"].value / calls)


def ran(taken: Taken, function: Lambda, usage: Usage) -> Quantities:
    """Of one run, but for its request, its logs and whatever stood before it."""
    milliseconds = math.ceil(billed_ms(taken, function.memory_mb, usage))
    requests = defaultdict[str, float](float)
    for request, count in taken.requests.items():
        service, operation = request.split(".")
        if service == "sns":
            requests["sns_request"] += count
        elif service == "s3":
            requests["s3_get" if operation.startswith("Get") else "s3_put"] += count
    return {
        **requests,
        "lambda_gb_second": milliseconds / 1000 * function.memory_mb / 1024,
        "table_read": taken.reads,
        "table_write": taken.writes,
    }
