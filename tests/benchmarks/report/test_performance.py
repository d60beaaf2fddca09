"""The performance page is written from results alone, and judges every target."""

import json
from typing import Any

from benchmarks.report import titles
from benchmarks.report.performance import PAGE, PLOTS, RESULTS, page, plots
from benchmarks.report.remeasured import put_into
from benchmarks.report.tables import Tables, as_markdown
from benchmarks.report.targets import TARGETS, judge, target_table

TABLES: Tables = {
    "postcode lookup": {"postcode table": {"mean us": 4.0, "requests": 1.0}},
    "search in memory, England (15,000 homes)": {
        "board": {"mean us": 30.0},
        "PostGIS": {"mean us": 300.0},
    },
    titles.SEARCH_GROWTH: {
        "board": {"1,000": 20.0, "15,000": 40.0, "exponent": 0.25},
        "PostGIS": {"1,000": 100.0, "15,000": 400.0, "exponent": 0.5},
    },
    titles.STORED_GROWTH: {
        "cold load, client ms": {"1,000": 40.0, "15,000": 500.0, "exponent": 1.0},
        titles.COLD_LOAD_REQUESTS: {"1,000": 2.0, "15,000": 16.0, "exponent": 0.8},
        "post, mean us": {"1,000": 2_500.0, "15,000": 2_600.0, "exponent": 0.0},
    },
}


def committed() -> dict[str, Any]:
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return results


def test_the_page_and_its_plots_are_those_of_the_committed_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(committed())
    for name, svg in plots(committed()["tables"]).items():
        assert (PAGE.parent / name).read_text(encoding="utf-8") == svg


def test_a_whole_run_measures_every_target() -> None:
    assert [target.figure for target, value in judge(committed()["tables"]) if value is None] == []


def test_a_target_is_a_figure_or_a_ratio_of_two_rows() -> None:
    figures = {target.figure: value for target, value in judge(TABLES)}
    assert figures["postcode lookup, us"] == 4
    assert figures["board / PostGIS at 15,000, mean"] == 0.1


def test_each_target_is_met_missed_or_not_measured() -> None:
    rows = target_table(TABLES).splitlines()[2:]
    assert len(rows) == len(TARGETS)
    verdicts = {row.split("|")[1].strip(): row.split("|")[4].strip() for row in rows}
    assert verdicts["postcode lookup, us"] == "met"
    assert verdicts["postcode lookup, requests"] == "MISSED"
    assert verdicts["memory of search with 15,000 homes, MB"] == "not measured"


def test_targets_have_different_names() -> None:
    assert len({target.figure for target in TARGETS}) == len(TARGETS)


def test_the_page_names_the_machine_missing_peers_and_every_table() -> None:
    results = {
        "measured": "2026-01-05",
        "machine": {"processor": "an example"},
        "left_out": ["Redis is not installed"],
        "tables": TABLES,
    }
    text = page(results)
    for words in ("2026-01-05", "an example", "Redis is not installed", "| board | 30 |"):
        assert words in text
    for name in TABLES:
        assert name[1:] in text


def test_tables_that_were_measured_apart_say_when_and_where() -> None:
    whole = {
        "measured": "2026-01-05",
        "machine": {"processor": "an example", "Python": "3.11"},
        "left_out": [],
        "tables": TABLES,
    }
    later = {
        "measured": "2026-02-03",
        "machine": {"processor": "an example", "Python": "3.14"},
        "left_out": ["Redis is not installed"],
        "tables": {"postcode lookup": {"postcode table": {"mean us": 3.0, "requests": 0.0}}},
    }
    merged = put_into(whole, later)
    assert merged["tables"].keys() == TABLES.keys()
    assert judge(merged["tables"])[0] == judge(TABLES)[0]
    text = page(merged)
    assert text.count("Measured apart on 2026-02-03, with Python 3.14.") == 1
    assert "| postcode table | 3 |" in text
    for words in ("2026-01-05", "Redis is not installed", "Tables that were measured apart"):
        assert words in text
    assert "measured apart" not in page(whole).lower()


def test_a_table_has_a_cell_for_every_column_of_any_row() -> None:
    assert as_markdown({"a": {"x": 1.0}, "b": {"y": 12345.6}}).splitlines()[2:] == [
        "| a | 1 |  |",
        "| b |  | 12,346 |",
    ]


def test_a_plot_has_a_line_for_each_row() -> None:
    drawn = plots(TABLES)
    assert list(drawn) == list(PLOTS)
    assert [svg.count("<polyline") for svg in drawn.values()] == [2, 2]
    assert all("15,000" in svg for svg in drawn.values())
