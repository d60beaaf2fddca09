"""The sentences on the page follow from the tables, and change with them."""

import re

from benchmarks.report import titles
from benchmarks.report.findings import findings
from benchmarks.report.performance import LESSONS
from benchmarks.report.tables import Tables


def tables(
    *, wrong: int = 0, errors: int = 0, emulator: float = 0.9, processors: int = 4
) -> Tables:
    """Return the tables of a load."""
    return {
        "postcode lookup": {"postcode table": {"mean us": 4.0, "requests": 1.0}},
        titles.LOAD_ALONE: {"search": {"requests": 20, "p50 ms": 57.0}},
        titles.LOAD_REQUESTS: {"all": {"requests": 100, "errors": errors}},
        titles.LOAD_CHECKS: {"alerts: none lost": {"checked": 40, "wrong": wrong}},
        titles.LOAD_PROCESSORS: {
            titles.EMULATOR: {"processors busy": emulator, "processes": 1},
            titles.FUNCTIONS: {"processors busy": 0.2, "processes": 5},
            titles.CLIENTS: {"processors busy": 0.1, "processes": 1},
            titles.MACHINE: {"processors busy": processors},
        },
    }


def sentences(tables: Tables) -> str:
    return " ".join(findings(tables))


def test_missed_targets_are_named_with_their_figures() -> None:
    text = sentences(tables())
    assert "Missed: postcode lookup, requests (1, not 0)." in text
    assert "memory of search with 15,000 homes, MB" in text.split("Not measured: ")[1]


def test_a_load_says_what_was_lost_and_what_failed() -> None:
    assert "nothing was lost" in sentences(tables())
    assert "alerts: none lost: 3 wrong" in sentences(tables(wrong=3))
    assert "2 requests failed" in sentences(tables(errors=2))
    assert "nothing was lost" not in sentences(tables(errors=2))


def test_the_limit_of_the_throughput_follows_from_the_processors() -> None:
    assert "one process of Python, which limits" in sentences(tables())
    assert "share the machine, which limits" in sentences(tables(emulator=0.7, processors=1))
    assert "waiting limits the throughput" in sentences(tables(emulator=0.3))


def test_lessons_contain_no_figures() -> None:
    """They are written by hand, so they must hold for every run."""
    assert not re.search(r"[0-9]", LESSONS.read_text(encoding="utf-8"))
