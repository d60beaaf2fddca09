"""A spreadsheet never takes text for a formula."""

import pytest

from cli.spreadsheet import safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-1", "@SUM(A1)", "\tx"])
def test_text_that_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-3.5) == -3.5
