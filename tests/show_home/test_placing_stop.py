"""The council marks a home "not placing here"; the public never learns it."""

import json
from datetime import date, timedelta

import pytest

from local.lambda_events import SUBJECT
from shared.aws.clock import SYSTEM
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.store import keys
from shared.store.table import Table
from show_home.handler import build
from tests.support import builders as marks
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
    query: str = "",
) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=public)
    return call(handler, method, path, groups=groups, body=body, headers=headers or {}, query=query)


def mark(
    table: Table,
    since: date = TODAY,
    until: date | None = None,
    headers: dict[str, str] | None = None,
) -> ApiResponse:
    body = {"since": str(since), "until": until and str(until)}
    return ask(table, "PUT", body=body, headers=headers)


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


@pytest.mark.parametrize("groups", [TEAM, STAFF])
def test_only_the_council_learns_that_a_mark_is_to_come_or_was_there(
    table: Table, groups: str
) -> None:
    save(table, home(HOME))
    never = ask(table, "GET", groups=groups)
    mark(table, since=TODAY + timedelta(days=1))
    to_come = ask(table, "GET", groups=groups)
    ask(table, "DELETE")
    was_there = ask(table, "GET", groups=groups)
    assert "etag" not in never.headers
    assert (never.body, never.headers) == (to_come.body, to_come.headers)
    assert (never.body, never.headers) == (was_there.body, was_there.headers)
    assert ask(table, "GET").headers["etag"] == '"2"'


def test_a_home_of_another_directory_has_no_mark(table: Table) -> None:
    for method, body in ("GET", None), ("PUT", {"since": str(TODAY)}), ("DELETE", None):
        assert ask(table, method, body=body).status == 404
    assert not list(table.query("pk = :pk", {":pk": keys.PLACING_STOPS}))


def test_a_mark_that_has_passed_or_not_begun_does_not_count(table: Table) -> None:
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
    assert ask(table, "GET").headers["etag"] == '"0"'
    first = mark(table, headers={"if-match": '"0"'})
    assert first.body == {
        "location_id": HOME,
        "version": 1,
        "placing_stop": {"since": str(TODAY)},
    }
    assert first.headers["etag"] == mark(table).headers["etag"] == '"1"'
    late = ask(table, "DELETE", headers={"if-match": '"0"'})
    assert late.status == 412
    assert late.body["current"] == first.body
    assert ask(table, "DELETE", headers={"if-match": '"1"'}).status == 200


def test_a_repeat_with_its_key_is_answered_as_the_first(table: Table) -> None:
    save(table, home(HOME))
    key = {"idempotency-key": "5d0c8f1e-8f0e"}
    first = mark(table, headers=key)
    ask(table, "DELETE")
    repeat = mark(table, headers=key)
    assert repeat.body == first.body
    assert repeat.headers["idempotency-replayed"] == "true"
    assert ask(table, "GET").body == {"placing_stop": None}


def test_the_mark_and_what_the_home_says_leave_each_other_alone(table: Table) -> None:
    save(table, home(HOME))
    mark(table)
    edit = {"description": "A garden."}
    seen = {"if-match": '"1"'}  # the mark changed no version of the home
    edited = ask(table, "PATCH", f"/homes/{HOME}", groups=STAFF, body=edit, headers=seen)
    assert edited.status == 200
    assert "placing" not in json.dumps(edited.body)
    refused = ask(table, "PATCH", f"/homes/{HOME}", groups=STAFF, body=edit, headers=seen)
    assert refused.status == 412
    assert "placing" not in json.dumps(refused.body)
    assert ask(table, "GET").body == {"placing_stop": {"since": str(TODAY)}}
    mine = {"placing_stop": None}
    assert ask(table, "PATCH", f"/homes/{HOME}", groups=STAFF, body=mine).status == 422


def listed(table: Table, groups: str = COUNCIL) -> list[dict[str, str]]:
    body = ask(table, "GET", "/placing-stops", groups=groups).body
    stops: list[dict[str, str]] = body["placing_stops"]
    return stops


def test_teams_and_the_council_see_which_homes_are_marked_now(table: Table) -> None:
    save(table, *(home(each) for each in (HOME, "1-9000000002", "1-9000000003")))
    day = timedelta(days=1)
    marks.mark(table, HOME, PlacingStop(TODAY, TODAY + day))
    marks.mark(table, "1-9000000002", PlacingStop(TODAY + day))
    marks.mark(table, "1-9000000003", PlacingStop(TODAY - 9 * day, TODAY - day))
    now = {"location_id": HOME, "since": str(TODAY), "until": str(TODAY + day)}
    to_come = {"location_id": "1-9000000002", "since": str(TODAY + day)}
    assert listed(table, TEAM) == [now]
    assert listed(table) == [now, to_come]
    marks.mark(table, HOME, None)
    assert listed(table, TEAM) == []


@pytest.mark.parametrize(("groups", "status"), [(None, 401), ("", 403), (STAFF, 403)])
def test_no_one_else_sees_the_list(table: Table, groups: str | None, status: int) -> None:
    assert ask(table, "GET", "/placing-stops", groups=groups, public=True).status == status


def test_an_item_that_cannot_be_read_hides_only_itself_in_the_list(table: Table) -> None:
    save(table, home(HOME))
    mark(table)
    table.put(
        {
            keys.PARTITION: {"S": keys.PLACING_STOPS},
            keys.SORT: {"S": "1-9000000002"},
            keys.DOCUMENT: {"S": "{}"},
        }
    )
    assert [each["location_id"] for each in listed(table)] == [HOME]


def test_the_council_sees_the_history_of_a_mark_page_by_page(table: Table) -> None:
    save(table, home(HOME))
    mark(table)
    mark(table, until=TODAY)
    ask(table, "DELETE")
    path = f"{PATH}/changes"
    first = ask(table, "GET", path, query="limit=2").body
    assert [(each["version"], each["was"], each["is"]) for each in first["changes"]] == [
        (3, {"since": str(TODAY), "until": str(TODAY)}, None),
        (2, {"since": str(TODAY)}, {"since": str(TODAY), "until": str(TODAY)}),
    ]
    rest = ask(table, "GET", path, query=f"limit=2&cursor={first['next_cursor']}").body
    assert [each["version"] for each in rest["changes"]] == [1]
    assert rest["next_cursor"] is None
    assert {each["by"] for each in first["changes"]} == {SUBJECT}
    for groups in (TEAM, STAFF):
        assert ask(table, "GET", path, groups=groups).status == 403
