"""The council's marks change no search: not what it finds, not its order, not its totals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.demand_counter import DemandCounter
from search.handler import build
from search.response import home_members
from shared.domain.demand import Span
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.places.postcodes import Postcodes
from shared.search_index.board import Board
from shared.store.table import Table
from tests.search.conftest import TEAM
from tests.support.api_events import call
from tests.support.builders import NOON, REGISTER, home, mark, save
from tests.support.fakes import ManualTime

CLOCK = ManualTime().clock()
NEAR = "near=50.7167,-3.5062"
TODAY, DAY = uk_day(NOON), timedelta(days=1)
IDS = [f"1-90000006{number:02d}" for number in range(12)]
STOPS = (None, PlacingStop(TODAY), PlacingStop(TODAY + DAY), PlacingStop(TODAY - DAY, TODAY - DAY))
QUERIES = ("", "&sort=best", "&sort=freshness", "&need=peg", "&include_full=true", "&limit=3")

Answer = Callable[[str], Any]


@pytest.fixture
def start(table: Table, installed_postcodes: Postcodes) -> Callable[[], Answer]:
    """Start the function, and return what it answers to a search; there are some homes to find."""
    for number, location_id in enumerate(IDS):
        register = replace(REGISTER, latitude=50.7167 + number / 200)
        save(table, home(location_id, accepting=number % 3, register=register), clock=CLOCK)

    def start() -> Answer:
        handler = build(
            table=table,
            clock=CLOCK,
            board=Board(home_members),
            load_postcodes=lambda: installed_postcodes,
            search_is_public=False,
            demand=DemandCounter(table, CLOCK, Span.WEEK),
        )

        def answer(query: str) -> Any:
            response = call(handler, "GET", "/vacancies", groups=TEAM, query=NEAR + query)
            assert response.status == 200
            return response.body

        return answer

    return start


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.sampled_from(QUERIES),
    marks=st.dictionaries(st.sampled_from(IDS), st.sampled_from(STOPS), min_size=1, max_size=3),
)
def test_a_search_finds_the_same_whatever_the_council_marks(
    table: Table,
    start: Callable[[], Answer],
    query: str,
    marks: dict[str, PlacingStop | None],
) -> None:
    warm = start()
    before = warm(query)
    assert before["total"]
    for location_id, stop in marks.items():
        mark(table, location_id, stop, clock=CLOCK)
    assert warm(query) == before
    assert start()(query) == before
