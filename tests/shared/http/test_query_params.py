"""Query parameters are read strictly, and everything wrong with them is named at once."""

from datetime import date
from enum import StrEnum
from urllib.parse import parse_qs

import pytest

from shared.domain.errors import RefusedError
from shared.domain.identifiers import is_location_id
from shared.http.query_params import QueryParams, read_day


class Colour(StrEnum):
    """Choices of a query parameter."""

    RED = "red"
    LIGHT_BLUE = "light blue"


def params(query: str) -> QueryParams:
    return QueryParams(parse_qs(query, keep_blank_values=True))


def test_missing_parameters_have_defaults() -> None:
    empty = params("")
    assert empty.integer("limit", 25, 100) == 25
    assert empty.decimal("radius", 10.0, 100) == 10.0
    assert empty.choice("sort", {"near": 1, "new": 2}) == 1
    assert empty.members("colour", Colour) == ()
    assert empty.day("day", date(2026, 1, 1), date(2026, 12, 31)) is None
    assert empty.text("cursor") is None
    empty.check()


def test_parameters_are_read() -> None:
    given = params("limit=0&radius=0.5&sort=new&colour=RED,light_blue&colour=red&day=2026-02-28")
    assert given.integer("limit", 25, 100, minimum=0) == 0
    assert given.decimal("radius", 10.0, 100) == 0.5
    assert given.choice("sort", {"near": 1, "new": 2}) == 2
    assert given.members("colour", Colour) == (Colour.RED, Colour.LIGHT_BLUE)
    assert given.day("day", date(2026, 1, 1), date(2026, 12, 31)) == date(2026, 2, 28)
    given.check()


def test_all_problems_are_raised_together() -> None:
    wrong = params("limit=101&radius=0&sort=price&colour=green&day=2026-02-30&near=a&near=b")
    wrong.integer("limit", 25, 100)
    wrong.decimal("radius", 10.0, 100)
    wrong.choice("sort", {"near": 1, "new": 2})
    wrong.members("colour", Colour)
    wrong.day("day", date(2026, 1, 1), date(2026, 12, 31))
    wrong.required("near", str, "a place")
    with pytest.raises(RefusedError) as refused:
        wrong.check()
    problems = dict(refused.value.problems)
    assert problems.keys() == {"limit", "radius", "sort", "colour", "day", "near"}
    assert problems["limit"] == "a whole number from 1 to 100, given once"


def test_a_single_member_cannot_be_repeated() -> None:
    repeated = params("colour=red&colour=light blue")
    repeated.members("colour", Colour, once=True)
    with pytest.raises(RefusedError, match="given once"):
        repeated.check()


def test_ids_are_read_once_each_as_they_were_sent() -> None:
    given = params("home=RBD01,1-1000000001&home=RBD01")
    assert given.ids("home", is_location_id, "ids of homes", 2) == ("RBD01", "1-1000000001")
    given.check()


@pytest.mark.parametrize("query", ["", "home=", "home=rbd01", "home=RBD01,RBD02,RBD03"])
def test_no_id_an_unknown_form_or_too_many_are_a_problem(query: str) -> None:
    wrong = params(query)
    wrong.ids("home", is_location_id, "ids of homes", 2)
    with pytest.raises(RefusedError, match="1 to 2 of ids of homes"):
        wrong.check()


@pytest.mark.parametrize("text", ["", "2026-1-1", "20260101", "2026-02-30", "2025-12-31", "٢٠٢٦"])
def test_other_text_is_not_a_day(text: str) -> None:
    assert read_day(text, date(2026, 1, 1), date(2026, 12, 31)) is None
