"""The examples that a council reads are those that the code gives."""

import re
from datetime import timedelta
from math import comb
from pathlib import Path

from shared.domain.audit_draw import CALLED_WITHIN, RECORDED_WITHIN
from shared.domain.disclosure import LEAST_NEW_ANSWERS, MONTHS
from shared.domain.interval import jeffreys_interval
from shared.domain.truth import LEAST_HOMES_IN_PUBLIC, LEAST_IN_PUBLIC, LEAST_OF_ONE_HOME

PAGE = (Path(__file__).parents[2] / "docs" / "truth.md").read_text(encoding="utf-8")


def test_the_intervals_are_those_of_the_product() -> None:
    rows = re.findall(r"^\| (\d+) \| (\d+) \| (\d+)% \| (\d+)% and (\d+)% \|$", PAGE, re.MULTILINE)
    assert len(rows) == 5
    for n, count, *shown in ([int(cell) for cell in row] for row in rows):
        low, high = jeffreys_interval(count, n)
        assert shown == [round(100 * count / n), round(100 * low), round(100 * high)]


def test_the_rules_of_display_are_those_of_the_product() -> None:
    assert f"that home, and the council | {LEAST_OF_ONE_HOME} calls" in PAGE
    assert (12, timedelta(days=4)) == (MONTHS, CALLED_WITHIN)
    assert (LEAST_NEW_ANSWERS, timedelta(days=11)) == (10, RECORDED_WITHIN)
    assert "can still be made until four\ndays later" in PAGE
    assert "eleven days after the month is over" in PAGE
    assert "at least ten new\nanswers of at least three homes" in PAGE
    assert "of the twelve months\nup to then" in PAGE
    assert f"{LEAST_IN_PUBLIC} calls about at least {LEAST_HOMES_IN_PUBLIC} homes" in PAGE


def test_what_is_said_of_chance_alone_is_so() -> None:
    at_most_seven = sum(comb(10, right) * 0.9**right * 0.1 ** (10 - right) for right in range(8))
    assert round(40 * at_most_seven) == 3
    assert round(100 * seems_apart(0.55, 50)) == 15


def seems_apart(chance: float, n: int) -> float:
    """Return how likely calls find something else by a tenth or more where the chance is right."""
    return sum(
        comb(n, there) * chance**there * (1 - chance) ** (n - there)
        for there in range(n + 1)
        if abs(there / n - chance) >= 0.1 - 1e-9
    )
