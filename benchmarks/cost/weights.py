"""What weighs in the bill of the council that the target is for, and what could be cut."""

from collections.abc import Iterator, Mapping
from typing import Final

from benchmarks.cost.bill import cost
from benchmarks.cost.findings import TARGET_HOMES, Findings, table, usd
from benchmarks.meter.capacity import write_units

SAMPLED: Final = 0.05
"""Share of calls of which X-Ray's own default rule keeps traces beyond the first in a second."""


def told(findings: Findings) -> Iterator[str]:
    """The section of the page."""
    _, bill = findings.of_target
    prices, everything = findings.prices, bill.everything
    of = {name: prices.by_name[name].of(quantity) for name, quantity in everything.items()}
    total = sum(of.values())
    yield f"## What weighs, at {TARGET_HOMES} homes"
    yield ""
    heaviest = sorted(of.items(), key=lambda each: -each[1])[:12]
    yield from table(
        ["", "quantity", "US dollars", "of all"],
        [
            [
                f"{prices.by_name[name].service}: {prices.by_name[name].unit}",
                f"{everything[name]:,.4g}"
                if everything[name] < 1000
                else f"{everything[name]:,.0f}",
                usd(amount),
                f"{amount / total:.0%}",
            ]
            for name, amount in heaviest
        ],
    )
    yield "What could be cut there, and what it would save a month:"
    yield ""
    for saving, words in sorted(_cuts(findings, of), reverse=True):
        yield f"- {usd(saving)}: {words}"
    yield ""


def _cuts(findings: Findings, of: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    measured, bill = findings.of_target
    prices, month = findings.prices, bill.month
    changes = month.actions["update"] + month.actions["confirm"]
    index = {
        "table_write": changes * write_units(round(measured.entry_bytes)),
        "table_gb": bill.everything["table_gb"] / 2,
        "table_recovery_gb": bill.everything.get("table_recovery_gb", 0.0) / 2,
    }
    yield of.get("dashboard", 0.0), "no dashboard of one's own: CloudWatch draws the same unasked"
    yield of.get("alarm", 0.0), "no alarms: they are what tells a council that homes are cut off"
    yield of.get("kms_key", 0.0), "a key of AWS's in place of one's own for the operators' topic"
    yield of.get("trace", 0.0) * (1 - SAMPLED), f"traces of {SAMPLED:.0%} of the calls"
    yield cost(index, prices), "no index of a home's changes: its history would read whole days"
    yield (
        cost(bill.parts["cold starts"], prices),
        f"no cold starts: {sum(bill.starts.values()):,.0f} a month, those of `search` and"
        " `council_overview` reading every home",
    )
    yield of.get("logs_gb", 0.0) + of.get("logs_stored_gb", 0.0), "no logs: API and functions"
