"""Writes docs/performance.md and its plot from results.json, and nothing else."""

from pathlib import Path
from typing import Any, Final

from benchmarks import growth, growth_stored
from benchmarks.report import plot
from benchmarks.report.findings import findings
from benchmarks.report.tables import Table, Tables, as_markdown, number
from benchmarks.report.targets import judged

PLOT: Final = "growth.svg"
STORED_PLOT: Final = "growth-stored.svg"
LESSONS: Final = Path(__file__).with_name("lessons.md")

READINGS: Final = (
    ("search in memory", "Every peer answered the same searches as looking at every home does"
     " before it was timed. Client and server count; the page is the 25 nearest and the total."),
    ("warm search", "The handler as Lambda calls it, against the local stack. The classic design"
     " queries every H3 cell of the circle, in parallel, then filters and sorts: one resolution is"
     " the ordinary one, by which the target is judged; three, with the filters in the store, is"
     " the best that was found."),
    ("match", "One opening against every alert. By boxes is the best that was found for PostGIS;"
     " by centres, all within the largest radius first, is what its manual leads to."),
    ("cold", "A process for each; functions and layer as they are shipped."),
    ("update", "`post` is one read and one transaction, with the log entry."),
    ("import", "Elapsed time is the emulator's: its transactions are not DynamoDB's."),
    ("growth", "The exponent b of cost = a * size^b, by least squares of the logarithms."),
    ("load", "Clients over HTTP against the deployed functions, each waiting for its answer before"
     " it asks again. Posts and alerts come with pauses, and far more often than in life."),
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
        "## What was found",
        "",
        *(f"- {each}" for each in findings(tables)),
        "",
        "## What was learnt",
        "",
        LESSONS.read_text(encoding="utf-8").rstrip(),
        "",
        "## Targets",
        "",
        target_table(tables),
        "",
        f"![{growth.SEARCH}]({PLOT})",
        "",
        f"![{growth_stored.STORED}]({STORED_PLOT})",
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


def drawn(tables: Tables) -> dict[str, str]:
    """The plots, by file: searches in memory, and what reads or writes the table."""
    stored = _lines(tables[growth_stored.STORED])
    stored.pop(growth_stored.REQUESTS)
    # In milliseconds all of them, so that they share an axis.
    stored = {
        name.split(",")[0]: {
            size: cost / 1e3 if name.endswith("us") else cost for size, cost in line.items()
        }
        for name, line in stored.items()
    }
    return {
        PLOT: plot.growth(
            "A search, by the number of homes",
            _lines(tables[growth.SEARCH]),
            "homes",
            "microseconds, mean",
        ),
        STORED_PLOT: plot.growth(
            "A cold load and a post, by the number of homes", stored, "homes", "milliseconds"
        ),
    }


def _lines(table: Table) -> dict[str, dict[int, float]]:
    return {
        name: {int(size.replace(",", "")): cost for size, cost in row.items() if size[0].isdigit()}
        for name, row in table.items()
    }
