"""What the page says was found follows from the tables, and changes with them."""

import re

from benchmarks.load import mixed_load as load
from benchmarks.report.findings import findings
from benchmarks.report.performance import LESSONS
from benchmarks.report.tables import Tables


def tables(*, wrong: int = 0, errors: int = 0, emulator: float = 0.9) -> Tables:
    return {
        "postcode lookup": {"postcode table": {"mean us": 4.0, "requests": 1.0}},
        load.ALONE: {"search": {"requests": 20, "p50 ms": 57.0}},
        load.KINDS: {"all": {"requests": 100, "errors": errors}},
        load.HELD: {"openings told: none lost": {"looked at": 40, "wrong": wrong}},
        load.BUSY: {
            "the emulator": {"processors busy": emulator, "processes": 1},
            "the functions": {"processors busy": 0.2, "processes": 5},
            "the clients": {"processors busy": 0.1, "processes": 1},
            "this machine has": {"processors busy": 4},
        },
    }


def test_targets_missed_are_named_with_what_was_measured() -> None:
    said = " ".join(findings(tables()))
    assert "Missed: postcode lookup, requests (1, not 0)." in said
    assert "memory of search with 15,000 homes, MB" in said.split("Not measured here: ")[1]


def test_a_load_under_which_all_holds_is_told_apart_from_one_that_loses() -> None:
    assert "nothing was lost" in " ".join(findings(tables()))
    assert "openings told: none lost: 3 wrong" in " ".join(findings(tables(wrong=3)))
    failed = " ".join(findings(tables(errors=2)))
    assert "2 requests failed" in failed
    assert "nothing was lost" not in failed


def test_who_limits_the_throughput_is_measured() -> None:
    assert "throughput is its limit" in " ".join(findings(tables()))
    assert "throughput is the machine's limit" in " ".join(
        findings(
            tables(emulator=0.7)
            | {
                load.BUSY: {
                    **tables(emulator=0.7)[load.BUSY],
                    "this machine has": {"processors busy": 1},
                }
            }
        )
    )
    assert "set by waiting" in " ".join(findings(tables(emulator=0.3)))


def test_lessons_name_no_figure() -> None:
    """They are written by hand, and so must be true of every run."""
    assert not re.search(r"[0-9]", LESSONS.read_text(encoding="utf-8"))
