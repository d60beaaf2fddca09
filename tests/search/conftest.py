"""The search function just after it started, with nothing in memory."""

from collections.abc import Callable

import pytest

from layer.build import postcode_package
from search.demand_counter import DemandCounter
from search.handler import build
from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.demand import Span
from shared.http.response import LambdaHandler
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.search_index.board import Board
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call

TEAM = "team:exeter-discharge"

Search = Callable[..., ApiResponse]
BuildSearch = Callable[..., LambdaHandler]


@pytest.fixture(scope="session")
def installed_postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


@pytest.fixture
def build_search(table: Table, installed_postcodes: Postcodes) -> BuildSearch:
    def build_with(
        read_from: Table | None = None, *, search_is_public: bool = False
    ) -> LambdaHandler:
        return build(
            table=read_from or table,
            clock=SYSTEM,
            board=Board(home_members),
            load_postcodes=lambda: installed_postcodes,
            search_is_public=search_is_public,
            demand=DemandCounter(table, SYSTEM, Span.WEEK, run=lambda work: work()),
        )

    return build_with


@pytest.fixture
def search(build_search: BuildSearch) -> Search:
    handler = build_search()

    def search(query: str, groups: str | None = TEAM, path: str = "/vacancies") -> ApiResponse:
        return call(handler, "GET", path, groups=groups, query=query)

    return search


@pytest.fixture
def search_ids(search: Search) -> Callable[[str], list[str]]:
    """Search, and return the sorted location ids of the results."""

    def ids(query: str) -> list[str]:
        response = search(query)
        assert response.status == 200, response.body
        assert response.body["total"] >= len(response.body["results"])
        return sorted(each["location_id"] for each in response.body["results"])

    return ids
