"""What a report tells of, and how it writes tables and amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from benchmarks.cost.bill import Bill
from benchmarks.cost.prices import Prices
from benchmarks.cost.taken import Measured, Once
from benchmarks.cost.template import Standing
from benchmarks.cost.usage import Usage

TARGET_HOMES: Final = 300
TARGET_USD: Final = 10.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that the page tells of."""

    measured: Sequence[Measured]
    once: Once
    bills: Sequence[Bill]
    standing: Standing
    usage: Usage
    prices: Prices
    council: str
    command: str
    now: datetime

    @property
    def of_target(self) -> tuple[Measured, Bill]:
        """The council that the target is for."""
        (found,) = (
            (measured, bill)
            for measured, bill in zip(self.measured, self.bills, strict=True)
            if bill.homes == TARGET_HOMES
        )
        return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table whose first column is words and whose others are numbers."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(row)} |" for row in (head, ruler, *rows)] + [""]


def usd(amount: float) -> str:
    """As many decimals as tell something."""
    if amount == 0:
        return "0"
    if amount < 0.005:
        return f"{amount:.2g}" if amount >= 0.0001 else f"{amount:.1e}"
    return f"{amount:,.2f}"
