"""A spreadsheet program never takes text for a formula."""

import pytest

from shared.messages.spreadsheet import safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1632", "-1", "@SUM(A1)", "\tx", "\nx", "  =1+1", "＝1+1"]
)
def test_text_that_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Larkrise House", "1 + 1", "a=b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-3.5) == -3.5
