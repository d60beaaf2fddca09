"""No route that the council may open to the public tells anything of its marks on homes."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

import search.handler
import show_home.handler
from search.demand_counter import DemandCounter
from search.response import home_members
from shared.domain.demand import Span
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.http.response import LambdaHandler
from shared.places.postcodes import Postcodes
from shared.search_index.board import Board
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, mark, save
from tests.support.fakes import ManualTime

HOME: Final = "1-9000000641"
ROUTES_FILE: Final = Path(__file__).parents[2] / "infra" / "routes.py"
PUBLIC: Final = re.findall(
    r'api\.route\("GET (/[^"]*)", functions\.(\w+), anonymous=public\)',
    ROUTES_FILE.read_text(encoding="utf-8"),
)
QUERIES: Final = {
    "/vacancies": "near=50.7167,-3.5062&need=peg",
    "/vacancies/near-misses": "near=50.7167,-3.5062&category=dementia_nursing",
    "/homes/{location_id}/changes": "limit=1",
}
CLOCK: Final = ManualTime().clock()
TODAY: Final = uk_day(CLOCK.now())
TO_COME: Final = PlacingStop(TODAY + timedelta(days=3))


@pytest.fixture
def functions(table: Table, installed_postcodes: Postcodes) -> dict[str, LambdaHandler]:
    save(table, home(HOME), clock=CLOCK)
    return {
        "search": search.handler.build(
            table=table,
            clock=CLOCK,
            board=Board(home_members),
            load_postcodes=lambda: installed_postcodes,
            search_is_public=True,
            demand=DemandCounter(table, CLOCK, Span.WEEK),
        ),
        "show_home": show_home.handler.build(table=table, clock=CLOCK, search_is_public=True),
    }


def test_the_public_routes_are_known() -> None:
    assert {path for path, _ in PUBLIC} == {*QUERIES, "/homes/{location_id}", "/truth/public"}


@pytest.mark.parametrize(("path", "function"), PUBLIC)
def test_a_mark_changes_nothing_that_the_public_gets(
    table: Table, functions: dict[str, LambdaHandler], path: str, function: str
) -> None:
    """Not the body, not the version, and no gap between two pages of a history."""

    def look() -> ApiResponse:
        query = QUERIES.get(path, "")
        return call(functions[function], "GET", path.format(location_id=HOME), query=query)

    before = look()
    assert before.status == 200
    assert HOME in str(before.body) or path.endswith(("/changes", "/public"))
    for stop in (TO_COME, PlacingStop(TODAY), None):
        mark(table, HOME, stop, clock=CLOCK)
        assert look() == before


@pytest.mark.parametrize("path", ["", "/changes"])
@pytest.mark.parametrize("groups", [f"home:{HOME}", "team:exeter-discharge"])
def test_a_mark_changes_nothing_in_the_home_that_its_staff_and_teams_get(
    table: Table, functions: dict[str, LambdaHandler], path: str, groups: str
) -> None:
    def look() -> ApiResponse:
        return call(functions["show_home"], "GET", f"/homes/{HOME}{path}", groups=groups)

    before = look()
    for stop in (TO_COME, PlacingStop(TODAY), None):
        mark(table, HOME, stop, clock=CLOCK)
        assert look() == before
