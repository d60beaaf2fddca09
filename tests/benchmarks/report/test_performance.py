"""The page is written from results alone, and marks every target."""

from typing import Any

from benchmarks import growth, growth_stored
from benchmarks.report.performance import PLOT, STORED_PLOT, drawn, performance, target_table
from benchmarks.report.tables import Tables, as_markdown
from benchmarks.report.targets import TARGETS, Target, judged

TABLES: Tables = {
    "postcode lookup": {"postcode table": {"mean us": 4.0, "requests": 1.0}},
    "search in memory, England (15,000 homes)": {
        "board": {"mean us": 30.0},
        "PostGIS": {"mean us": 300.0},
    },
    growth.SEARCH: {
        "board": {"1,000": 20.0, "15,000": 40.0, "exponent": 0.25},
        "PostGIS": {"1,000": 100.0, "15,000": 400.0, "exponent": 0.5},
    },
    growth_stored.STORED: {
        "cold load, client ms": {"1,000": 40.0, "15,000": 500.0, "exponent": 1.0},
        growth_stored.REQUESTS: {"1,000": 2.0, "15,000": 16.0, "exponent": 0.8},
        "post, mean us": {"1,000": 2_500.0, "15,000": 2_600.0, "exponent": 0.0},
    },
}


def _judged(figure: str) -> float | None:
    return next(value for target, value in judged(TABLES) if target.figure == figure)


def test_a_target_is_a_figure_or_a_ratio_of_two_rows() -> None:
    assert _judged("postcode lookup, us") == 4
    assert _judged("board / PostGIS at 15,000, mean") == 0.1


def test_each_target_is_marked_met_missed_or_not_measured() -> None:
    rows = target_table(TABLES).splitlines()[2:]
    assert len(rows) == len(TARGETS)
    verdicts = {row.split("|")[1].strip(): row.split("|")[4].strip() for row in rows}
    assert verdicts["postcode lookup, us"] == "met"
    assert verdicts["postcode lookup, requests"] == "MISSED"
    assert verdicts["memory of search with 15,000 homes, MB"] == "not measured"


def test_every_target_names_what_no_other_names() -> None:
    assert len({target.figure for target in TARGETS}) == len(TARGETS)
    assert all(isinstance(each, Target) and each.at_most >= 0 for each in TARGETS)


def test_the_page_names_machine_peers_left_out_and_every_table() -> None:
    results: dict[str, Any] = {
        "measured": "2026-01-05",
        "scale": "quick",
        "machine": {"processor": "an example"},
        "left_out": ["Redis is not installed"],
        "tables": TABLES,
    }
    page = performance(results)
    for told in ("make bench-quick", "an example", "Redis is not installed", "| board | 30 |"):
        assert told in page
    for name in TABLES:
        assert name[1:] in page


def test_a_table_has_a_cell_for_every_column_of_any_row() -> None:
    assert as_markdown({"a": {"x": 1.0}, "b": {"y": 12345.6}}).splitlines()[2:] == [
        "| a | 1 |  |",
        "| b |  | 12,346 |",
    ]


def test_the_plot_has_a_line_for_everybody() -> None:
    plots = drawn(TABLES)
    assert [svg.count("<polyline") for svg in plots.values()] == [2, 2]
    assert all("15,000" in svg for svg in plots.values())
    assert "PostGIS" in plots[PLOT]
    assert "post" in plots[STORED_PLOT]
