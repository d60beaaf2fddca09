"""What could be switched off, and what that would save a month."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from benchmarks.cost.bill import Bill, cost
from benchmarks.cost.measurements import SizeMeasurement
from benchmarks.cost.prices import Prices
from benchmarks.meter.capacity import write_units

SAMPLED: Final = 0.05
"""The share of calls whose traces X-Ray's default rule keeps, beyond the first of each second."""


class Saving(NamedTuple):
    """US dollars a month, and what would have to go."""

    usd: float
    text: str


def savings(size: SizeMeasurement, bill: Bill, prices: Prices) -> list[Saving]:
    """Return all savings, the largest first."""
    return sorted((each for each in _savings(size, bill, prices) if each.usd), reverse=True)


def _savings(size: SizeMeasurement, bill: Bill, prices: Prices) -> Iterator[Saving]:
    total, actions = bill.total, bill.month.actions
    usd = {name: prices.by_name[name].of(quantity) for name, quantity in total.items()}
    changes = actions["update"] + actions["confirm"]
    index = {
        "table_write": changes * write_units(round(size.entry_bytes)),
        "table_gb": total["table_gb"] / 2,
        "table_recovery_gb": total.get("table_recovery_gb", 0.0) / 2,
    }
    yield Saving(usd.get("dashboard", 0.0), "no dashboard: CloudWatch draws the same on demand")
    yield Saving(usd.get("alarm", 0.0), "no alarms: but they tell a council that homes cannot post")
    yield Saving(
        usd.get("kms_key", 0.0), "a key of AWS instead of the council's own for operators' messages"
    )
    yield Saving(
        usd.get("kms_request", 0.0),
        "the table encrypted with DynamoDB's own key instead of the account's `aws/dynamodb`",
    )
    yield Saving(usd.get("trace", 0.0) * (1 - SAMPLED), f"traces of {SAMPLED:.0%} of the calls")
    yield Saving(
        cost(index, prices), "no index of a home's changes: a home's history would read whole days"
    )
    starts = sum(bill.starts.values())
    yield Saving(
        cost(bill.parts["cold starts"], prices),
        f"no cold starts: there are {starts:,.0f} a month, and those of `search` and"
        " `council_overview` read every home",
    )
    yield Saving(
        usd.get("logs_gb", 0.0) + usd.get("logs_stored_gb", 0.0), "no logs of API and functions"
    )
