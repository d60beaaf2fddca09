"""The council sees what teams searched for, period by period, beside the homes that say yes."""

from dataclasses import replace
from datetime import date

import pytest

from council_overview.handler import build
from layer.build import postcode_package
from shared.aws.clock import SYSTEM
from shared.domain.declaration import Declaration
from shared.domain.demand import Cell, Span, period_of
from shared.domain.needs import Answer
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store import demand
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, save

WEEK, NEXT = (period_of(date(2026, 11, day), Span.WEEK) for day in (16, 23))
HOIST = Cell("EX2", "general_nursing", "hoist")


def get(table: Table, query: str = "", groups: str | None = "council") -> ApiResponse:
    handler = build(
        table=table,
        clock=SYSTEM,
        load_postcodes=lambda: Postcodes(postcode_package() / FILE_NAME),
    )
    return call(handler, "GET", "/demand", groups=groups, query=query)


def test_the_newest_period_comes_with_a_list_of_all(table: Table) -> None:
    demand.publish(table, WEEK, {HOIST: 7})
    demand.publish(table, NEXT, {})
    body = get(table).body
    assert [each["id"] for each in body["periods"]] == ["2026-W48", "2026-W47"]
    assert body["period"]["id"] == "2026-W48"
    assert body["rows"] == []
    assert body["least_counts"] == 5


def test_a_period_can_be_chosen(table: Table) -> None:
    demand.publish(table, WEEK, {HOIST: 7})
    demand.publish(table, NEXT, {})
    body = get(table, "period=2026-W47").body
    assert body["rows"] == [
        {
            "district": "EX2",
            "category": "general_nursing",
            "need": "hoist",
            "searches": 7,
            "homes_saying_yes": 0,
        }
    ]
    (district,) = body["districts"]
    assert district["latitude"] == pytest.approx(50.71, abs=0.05)


def test_rows_that_the_fewest_homes_say_yes_to_come_first(table: Table) -> None:
    says_yes = replace(home(), declaration=Declaration(needs={"hoist": Answer.YES}))
    save(table, says_yes)
    cells = [HOIST, HOIST._replace(need="peg"), HOIST._replace(category="any")]
    other = HOIST._replace(category="dementia_nursing")
    demand.publish(table, WEEK, dict(zip((*cells, other), (20, 5, 6, 9), strict=True)))
    rows = [
        (each["need"], each["category"], each["homes_saying_yes"])
        for each in get(table).body["rows"]
    ]
    assert rows == [
        ("hoist", "dementia_nursing", 0),
        ("peg", "general_nursing", 0),
        ("hoist", "general_nursing", 1),
        ("hoist", "any", 1),
    ]


def test_before_anything_is_published_there_is_nothing(table: Table) -> None:
    body = get(table).body
    assert (body["periods"], body["period"], body["rows"]) == ([], None, [])


@pytest.mark.parametrize("query", ["period=2026-W01", "period=", "period=x&period=y", "week=1"])
def test_another_period_is_refused_by_name(table: Table, query: str) -> None:
    demand.publish(table, WEEK, {})
    response = get(table, query)
    assert response.status == 422
    assert response.fields == {query.partition("=")[0]}


@pytest.mark.parametrize(
    ("groups", "status"), [("team:exeter-discharge", 403), ("home:1-9000000001", 403), (None, 401)]
)
def test_nobody_but_the_council_sees_it(table: Table, groups: str | None, status: int) -> None:
    assert get(table, groups=groups).status == status
