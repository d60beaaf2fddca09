"""A home sees what teams searched for near it that it has not said; nobody else sees it."""

from datetime import date
from functools import partial

import pytest

from layer.build import postcode_package
from shared.aws.clock import SYSTEM
from shared.domain.demand import Cell, Span, period_of
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store import demand
from shared.store.table import Table
from show_home.handler import build
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, save

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
WEEK = period_of(date(2026, 11, 16), Span.WEEK)
NURSING = partial(Cell, "EX2", "general_nursing")


def get(table: Table, groups: str | None = STAFF, *, public: bool = False) -> ApiResponse:
    handler = build(
        table=table,
        clock=SYSTEM,
        search_is_public=public,
        load_postcodes=lambda: Postcodes(postcode_package() / FILE_NAME),
    )
    return call(handler, "GET", f"/homes/{HOME}/demand", groups=groups)


def test_a_home_sees_the_needs_near_it_that_it_has_not_said(table: Table) -> None:
    save(table, home(HOME))
    published = {
        NURSING("hoist"): 7,
        NURSING("peg"): 9,
        NURSING("oxygen")._replace(district="PL1"): 8,
    }
    demand.publish(table, WEEK, published)
    response = get(table)
    assert response.status == 200
    assert response.body == {
        "period": {"id": "2026-W47", "span": "week", "first": "2026-11-16", "last": "2026-11-22"},
        "wanted": [
            {"need": "peg", "at_least": 9, "said": None},
            {"need": "hoist", "at_least": 7, "said": None},
        ],
    }


def test_before_anything_is_published_there_is_no_period(table: Table) -> None:
    save(table, home(HOME))
    assert get(table).body == {"period": None, "wanted": []}


def test_the_council_sees_it_too(table: Table) -> None:
    save(table, home(HOME))
    assert get(table, "council").status == 200


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize(
    ("groups", "status"), [("team:exeter-discharge", 403), ("home:1-9000000002", 403), (None, 401)]
)
def test_nobody_else_sees_it(table: Table, groups: str | None, status: int, public: bool) -> None:
    save(table, home(HOME))
    assert get(table, groups, public=public).status == status


def test_a_home_that_does_not_exist_is_not_found(table: Table) -> None:
    assert get(table, "council").status == 404
