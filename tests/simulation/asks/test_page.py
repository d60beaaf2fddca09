"""The page says what the simulation says."""

from dataclasses import replace

import pytest

from simulation.asks.page import PAGE, page
from simulation.asks.parameters import read_parameters


def test_a_page_shows_what_was_wanted_and_missed() -> None:
    parameters = read_parameters()
    hard = replace(
        parameters,
        rush=replace(parameters.rush, teams=6, openings=3),
        telling=replace(parameters.telling, messages_a_second=0.05),
        fairness=replace(parameters.fairness, teams=3, openings=6),
    )
    text = page(hard)
    assert "every team is told within 60 seconds | within 120 | **missed**" in text
    assert "6 discharge teams" in text


@pytest.mark.slow
def test_the_committed_page_is_that_of_the_committed_parameters() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_parameters()), "run `make simulate`"
