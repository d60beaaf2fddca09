"""The council marks a home "not placing here"; the public never learns it."""

import json
from datetime import date, timedelta

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.care_home import CareHome
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.store import homes
from shared.store.table import Table
from show_home.handler import build
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, save

HOME = "1-9000000001"
PATH = f"/homes/{HOME}/placing-stop"
TODAY = uk_day(SYSTEM.now())
TEAM, STAFF, COUNCIL = "team:exeter-discharge", f"home:{HOME}", "council"


def ask(
    table: Table,
    method: str,
    path: str = PATH,
    *,
    groups: str | None = COUNCIL,
    public: bool = False,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=public)
    return call(handler, method, path, groups=groups, body=body, headers=headers or {})


def mark(table: Table, since: date = TODAY, until: date | None = None) -> ApiResponse:
    return ask(table, "PUT", body={"since": str(since), "until": until and str(until)})


@pytest.mark.parametrize("groups", [TEAM, STAFF, COUNCIL])
def test_teams_the_home_and_the_council_see_the_mark(table: Table, groups: str) -> None:
    save(table, home(HOME))
    assert mark(table).status == 200
    assert ask(table, "GET", groups=groups).body == {"placing_stop": {"since": str(TODAY)}}
    assert ask(table, "DELETE").status == 200
    assert ask(table, "GET", groups=groups).body == {"placing_stop": None}


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("groups", [TEAM, STAFF, ""])
def test_only_the_council_marks(table: Table, method: str, groups: str) -> None:
    save(table, home(HOME))
    assert ask(table, method, groups=groups, body={"since": str(TODAY)}).status == 403


def test_the_public_sees_no_mark_even_where_search_is_public(table: Table) -> None:
    save(table, home(HOME))
    before = ask(table, "GET", f"/homes/{HOME}", groups=None, public=True).body
    changes = ask(table, "GET", f"/homes/{HOME}/changes", groups=None, public=True).body
    mark(table)
    after = ask(table, "GET", f"/homes/{HOME}", groups=None, public=True).body
    assert {**after, "version": 0} == {**before, "version": 0}
    assert ask(table, "GET", f"/homes/{HOME}/changes", groups=None, public=True).body == changes
    assert ask(table, "GET", groups=None, public=True).status == 401


def test_a_page_of_the_history_skips_the_mark_and_its_cursor_does_not_show_it(table: Table) -> None:
    save(table, home(HOME))
    mark(table)
    ask(table, "DELETE")
    page = ask(table, "GET", f"/homes/{HOME}/changes?limit=1", groups=None, public=True).body
    assert "placing" not in json.dumps(page)


def test_a_mark_that_has_passed_or_not_begun_is_none(table: Table) -> None:
    day = timedelta(days=1)
    stop = PlacingStop(TODAY, TODAY + day)
    assert [stop.is_in_force(TODAY + n * day) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    save(table, home(HOME))
    mark(table, since=TODAY + day)
    assert ask(table, "GET", groups=TEAM).body == {"placing_stop": None}
    assert ask(table, "GET").body["placing_stop"]["since"] == str(TODAY + day)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"since": "3 November"}, "since"),
        ({"since": str(TODAY - timedelta(days=400))}, "since"),
        ({"since": str(TODAY), "until": str(TODAY - timedelta(days=1))}, "until"),
        ({"since": str(TODAY), "reason": "x"}, "reason"),
        ({}, "since"),
    ],
)
def test_a_wrong_day_is_named_with_what_is_expected(
    table: Table, body: dict[str, str], field: str
) -> None:
    save(table, home(HOME))
    response = ask(table, "PUT", body=body)
    assert response.status == 422
    assert response.fields == {field}


def test_a_mark_is_written_once_and_over_nothing_that_was_not_seen(table: Table) -> None:
    save(table, home(HOME))
    assert mark(table).body["version"] == 2
    assert mark(table).body["version"] == 2
    assert ask(table, "DELETE", headers={"if-match": '"1"'}).status == 412


def test_what_the_home_says_leaves_the_mark(table: Table) -> None:
    save(table, home(HOME))
    mark(table)
    edit = {"description": "A garden."}
    assert ask(table, "PATCH", f"/homes/{HOME}", groups=STAFF, body=edit).status == 200
    stored = CareHome.from_document(homes.load(table, HOME))
    assert stored.confirm(SYSTEM.now()).placing_stop == PlacingStop(TODAY)
    assert stored.with_register(stored.register).placing_stop == PlacingStop(TODAY)
    refused = {"placing_stop": None}
    assert ask(table, "PATCH", f"/homes/{HOME}", groups=STAFF, body=refused).status == 422
