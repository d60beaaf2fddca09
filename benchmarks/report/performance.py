"""Write docs/performance.md and its plots from results.json, and from nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.report import titles
from benchmarks.report.findings import findings
from benchmarks.report.plot import growth_plot
from benchmarks.report.remeasured import note_on
from benchmarks.report.rendering import render
from benchmarks.report.tables import Table, Tables, as_markdown
from benchmarks.report.targets import target_table
from local.emulator.process import ROOT

RESULTS: Final = ROOT / "benchmarks" / "results.json"
PAGE: Final = ROOT / "docs" / "performance.md"
TEMPLATE: Final = Path(__file__).with_name("performance.md.jinja")
LESSONS: Final = Path(__file__).with_name("lessons.md")
PLOTS: Final = {"growth.svg": titles.SEARCH_GROWTH, "growth-stored.svg": titles.STORED_GROWTH}
"""The tables that are drawn, by the file's name."""

NOTES: Final = {
    "search in memory": (
        "Before it was timed, every peer's answers were compared with looking at every home. The"
        " time is that of client and server. The page has the 25 nearest homes and the total."
    ),
    "eight needs": (
        "Homes gave six in ten of the answers. The search with needs is compared with the same"
        " search without, as both usually come: nearest first without needs, best first with them."
        " Against peers all answer with the three totals and the nearest 25 homes of every fit, and"
        " every answer was compared with looking at every home; the targets compare with the"
        " fastest PostGIS. An index on the answers saves it nothing, because homes that say no are"
        " counted too. The best order weighs how likely each match still has its bed, which nearest"
        " first does not; what was weighed is kept for ten minutes, so a search after a pause takes"
        " longer. Near misses are a request of their own."
    ),
    "warm search": (
        "The handler as Lambda calls it, on the local stack. The classic design queries every H3"
        " cell of the circle in parallel, then filters and sorts. The target compares with one"
        " resolution, the usual design. Three resolutions, filtered in DynamoDB, is the best"
        " design that was found."
    ),
    "match": (
        "One opening against every alert. By boxes is the best way that was found for PostGIS; by"
        " centres, with all alerts within the largest radius first, is what its manual suggests."
    ),
    "cold": "One process for each start; functions and layer as they are shipped.",
    "update": "`post` is one read and one transaction, with the log entry.",
    "import": "Elapsed time is the emulator's: its transactions are not DynamoDB's.",
    "growth": "The exponent b of cost = a * size^b, by least squares of the logarithms.",
    "load": (
        "Clients send requests over HTTP to the deployed functions; each waits for the response"
        " before it sends the next. Posts and alerts come with pauses, but far more often than in"
        " life."
    ),
}
"""What a reader must know of the tables whose names begin so; shown at the first of them."""


class _Section(NamedTuple):
    title: str
    note: str
    markdown: str


def write_page(results: dict[str, Any]) -> None:
    """Write the page and its plots."""
    PAGE.write_text(page(results), encoding="utf-8")
    for name, svg in plots(results["tables"]).items():
        (PAGE.parent / name).write_text(svg, encoding="utf-8")


def page(results: dict[str, Any]) -> str:
    """Return the page, from results as they are in the file."""
    tables: Tables = results["tables"]
    return render(
        TEMPLATE,
        {},
        measured=results["measured"],
        has_later="again" in results,
        machine=results["machine"],
        findings=findings(tables),
        lessons=LESSONS.read_text(encoding="utf-8").rstrip(),
        targets=target_table(tables),
        plots=PLOTS,
        tables=list(_sections(results)),
        left_out=results["left_out"],
    )


def plots(tables: Tables) -> dict[str, str]:
    """Draw the plots, by file: searches in memory, and what reads or writes the table."""
    search_file, stored_file = PLOTS
    return {
        search_file: growth_plot(
            "A search, by the number of homes",
            _lines(tables[titles.SEARCH_GROWTH]),
            "homes",
            "microseconds, mean",
        ),
        stored_file: growth_plot(
            "A cold load and a post, by the number of homes",
            _lines_in_milliseconds(tables[titles.STORED_GROWTH]),
            "homes",
            "milliseconds",
        ),
    }


def _sections(results: dict[str, Any]) -> Iterator[_Section]:
    notes = dict(NOTES)
    tables: Tables = results["tables"]
    for name, table in tables.items():
        # A note stands at the first of its tables only.
        note = next(
            (notes.pop(beginning) for beginning in NOTES if _has(notes, beginning, name)), ""
        )
        when = note_on(name, results)
        yield _Section(
            name[0].upper() + name[1:], " ".join(filter(None, (when, note))), as_markdown(table)
        )


def _has(notes: dict[str, str], beginning: str, name: str) -> bool:
    return beginning in notes and name.startswith(beginning)


def _lines(table: Table) -> dict[str, dict[int, float]]:
    return {
        name: {int(size.replace(",", "")): cost for size, cost in row.items() if size[0].isdigit()}
        for name, row in table.items()
    }


def _lines_in_milliseconds(table: Table) -> dict[str, dict[int, float]]:
    """Return the lines that are times, all in milliseconds, so that they share an axis."""
    return {
        name.split(",")[0]: {
            size: cost / 1e3 if name.endswith("us") else cost for size, cost in line.items()
        }
        for name, line in _lines(table).items()
        if name != titles.COLD_LOAD_REQUESTS
    }
