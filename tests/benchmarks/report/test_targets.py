"""A run of the benchmarks fails where a promise was broken, not where the machine was slow."""

from benchmarks.report import titles
from benchmarks.report.targets import broken_promises


def test_only_a_promise_that_does_not_depend_on_the_machine_is_broken() -> None:
    checks = {
        "alerts: none lost": {"checked": 18.0, "wrong": 2.0},
        "alerts: none twice": {"checked": 18.0, "wrong": 0.0},
        f"{titles.IN_TIME} 5 s": {"checked": 10.0, "wrong": 4.0},
    }
    assert broken_promises({titles.LOAD_CHECKS: checks}) == ["alerts: none lost: 2 of 18 wrong"]
    assert broken_promises({}) == []
