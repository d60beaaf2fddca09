"""Tables: how they are kept in results.json, printed, and written to docs/performance.md."""

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.meter.timing import Spread

Say = Callable[[str], None]

Table = dict[str, dict[str, float]]
"""A row for each thing measured, by column; a number each."""

Tables = dict[str, Table]


def spread_table(spreads: Mapping[str, Spread]) -> Table:
    """Microseconds, and ratios to the first, which is the project's own."""
    own = next(iter(spreads.values()))
    table: Table = {}
    for name, spread in spreads.items():
        ratio = own.over(spread)
        table[name] = {
            "mean us": spread.mean,
            "p50 us": spread.p50,
            "p99 us": spread.p99,
            "own mean / this": ratio.mean,
            "own p50 / this": ratio.p50,
            "own p99 / this": ratio.p99,
        }
    return table


def as_markdown(table: Table) -> str:
    """With the columns of the first row that has them, in order."""
    columns = list(dict.fromkeys(column for row in table.values() for column in row))
    lines = [f"| | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    for name, row in table.items():
        lines.append(f"| {name} | {' | '.join(number(row.get(each)) for each in columns)} |")
    return "\n".join(lines)


def number(value: Any) -> str:  # noqa: ANN401
    """To three figures, but whole numbers whole; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
