"""Tables of figures: how they are stored in results.json, and written as Markdown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.meter.timing import Spread

Say = Callable[[str], object]
"""Prints a line of progress."""

Table = dict[str, dict[str, float]]
"""A row for each thing measured; in it a number for each column."""

Tables = dict[str, Table]


def spread_table(spreads: Mapping[str, Spread]) -> Table:
    """Build a table in microseconds, with the ratios of the first row, Bedboard's, to each row."""
    bedboard = next(iter(spreads.values()))
    table: Table = {}
    for name, spread in spreads.items():
        ratio = bedboard.ratio_to(spread)
        table[name] = {
            "mean us": spread.mean,
            "p50 us": spread.p50,
            "p99 us": spread.p99,
            "Bedboard / this, mean": ratio.mean,
            "Bedboard / this, p50": ratio.p50,
            "Bedboard / this, p99": ratio.p99,
        }
    return table


def as_markdown(table: Table) -> str:
    """Write a table with every column that any row has, in the order they come."""
    columns = list(dict.fromkeys(column for row in table.values() for column in row))
    rows = [[name, *(number(row.get(each)) for each in columns)] for name, row in table.items()]
    return markdown_table(["", *columns], rows)


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table whose first column is text and whose other columns are numbers."""
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruler, *rows))


def number(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Write a number with three figures, a whole one without decimals, and None as nothing."""
    if value is None:
        return ""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
