"""Writes docs/performance.md and its plot from results.json, and nothing else."""

from typing import Any, Final

from benchmarks import growth, plot
from benchmarks.report import Tables, as_markdown, number
from benchmarks.targets import judged

PLOT: Final = "growth.svg"

READINGS: Final = (
    ("search in memory", "Every peer answered the same searches as looking at every home does"
     " before it was timed. Client and server count; the page is the 25 nearest and the total."),
    ("warm search", "The handler as Lambda calls it, against the local stack. The classic design"
     " asks the finest H3 cells that are not too many, in parallel, and filters in the store."),
    ("match", "One opening against every alert. By boxes is the best that was found for PostGIS;"
     " by centres, all within the largest radius first, is what its manual leads to."),
    ("cold", "A process for each; functions without byte code, as they are shipped."),
    ("update", "`post` is one read and one transaction, with the log entry."),
    ("import", "Elapsed time is the emulator's: its transactions are not DynamoDB's."),
    ("growth", "The exponent b of cost = a * size^b, by least squares of the logarithms."),
)  # fmt: skip
"""What a reader must know of the tables whose names begin so."""


def performance(results: dict[str, Any]) -> str:
    """The page, of results as they are in the file."""
    tables: Tables = results["tables"]
    machine = "; ".join(f"{name} {what}" for name, what in results["machine"].items())
    command = "make bench" if results["scale"] == "whole" else "make bench-quick"
    lines = [
        "# Performance",
        "",
        f"Written by `{command}` on {results['measured']}; nothing here was typed by hand. Ratios"
        " were taken side by side in one run; absolute times do not travel. Times are the median"
        " of the processor time of each question. What was tried, and what it gave, is in"
        " [benchmarks/README.md](../benchmarks/README.md).",
        "",
        f"Machine and versions: {machine}.",
        "",
        "## Targets",
        "",
        target_table(tables),
        "",
        f"![{growth.SEARCH}]({PLOT})",
    ]
    told: set[str] = set()
    for name, table in tables.items():
        lines += ["", f"## {name[0].upper()}{name[1:]}", ""]
        for beginning, reading in READINGS:
            if name.startswith(beginning) and beginning not in told:
                told.add(beginning)
                lines += [reading, ""]
        lines.append(as_markdown(table))
    left_out = results["left_out"]
    if left_out:
        lines += ["", "## Left out", "", *(f"- {each}" for each in left_out)]
    return "\n".join(lines) + "\n"


def target_table(tables: Tables) -> str:
    """Each target, what was measured, and whether it is met."""
    lines = ["| figure | at most | measured | |", "|---|---:|---:|---|"]
    for target, value in judged(tables):
        verdict = (
            "not measured" if value is None else "met" if value <= target.at_most else "MISSED"
        )
        lines.append(
            f"| {target.figure} | {number(target.at_most)} | {number(value)} | {verdict} |"
        )
    return "\n".join(lines)


def drawn(tables: Tables) -> str:
    """The plot of searches in memory."""
    lines = {
        name: {int(size.replace(",", "")): cost for size, cost in row.items() if size[0].isdigit()}
        for name, row in tables[growth.SEARCH].items()
    }
    return plot.growth("A search, by the number of homes", lines, "homes", "microseconds, mean")
