"""One home is shown, its history told, its shop window edited."""

from dataclasses import replace
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.vocabulary import Action
from shared.store import alerts, homes
from shared.store.change_log import commit
from shared.store.table import Table
from show_home.handler import handler
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, changed, counts, home, save

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
TEAM = "team:exeter-discharge"


def get(path: str = "", *, groups: str | None = TEAM, **more: Any) -> ApiResponse:
    return call(handler, "GET", f"/homes/{HOME}{path}", groups=groups, **more)


def patch(body: object, *, groups: str | None = STAFF, **more: Any) -> ApiResponse:
    return call(handler, "PATCH", f"/homes/{HOME}", groups=groups, body=body, **more)


def test_a_home_is_shown_as_it_stands_with_its_version(table: Table) -> None:
    save(table, home())
    answer = get()
    assert answer.status == 200
    assert answer.body == homes.load(table, HOME)
    assert answer.headers["etag"] == '"1"'


def test_a_client_that_has_this_version_is_not_sent_it_again(table: Table) -> None:
    save(table, home())
    answer = get(headers={"If-None-Match": '"1"'})
    assert (answer.status, answer.body) == (304, None)
    assert get(headers={"If-None-Match": '"2"'}).status == 200


def test_teams_council_and_its_own_staff_see_a_home_and_nobody_else(table: Table) -> None:
    save(table, home())
    for groups in (TEAM, "council", STAFF):
        assert get(groups=groups).status == 200
        assert get("/changes", groups=groups).status == 200
    for groups in ("", "home:1-9000000002"):
        assert get(groups=groups).status == 403
        assert get("/changes", groups=groups).status == 403
    assert get(groups=None).status == 401


def test_everybody_sees_a_home_where_the_council_says_so(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(table, home())
    public = replace(settings(), search_is_public=True)
    monkeypatch.setattr("show_home.handler.settings", lambda: public)
    assert get(groups=None).status == 200
    assert "by" not in get("/changes", groups=None).body["changes"][0]


def test_who_wrote_a_change_is_for_the_council_and_its_own_staff_alone(table: Table) -> None:
    save(table, home())
    for groups, told in ((TEAM, False), ("council", True), (STAFF, True)):
        (change,) = get("/changes", groups=groups).body["changes"]
        assert ("by" in change) is told


def test_the_history_tells_what_it_was_and_what_it_is_newest_first(table: Table) -> None:
    before = home(accepting=0)
    save(table, before)
    after = before.updated({next(iter(before.beds)): counts(2)}, None, NOON)
    commit(table, SYSTEM, [changed(before, after)])
    answer = get("/changes", groups=STAFF)
    newest, first = answer.body["changes"]
    assert newest["action"] == "updated"
    assert newest["was"]["beds"]["general_nursing"]["accepting"] == 0
    assert newest["is"]["beds"]["general_nursing"]["accepting"] == 2
    assert newest["by"] == "somebody"
    assert first["was"] is None
    assert answer.body["next_cursor"] is None


def test_pages_of_the_history_follow_on(table: Table) -> None:
    state = home()
    save(table, state)
    for _ in range(4):
        after = state.confirmed(NOON)
        commit(table, SYSTEM, [changed(state, after, Action.CONFIRMED)])
        state = after
    versions, cursor = [], ""
    while cursor is not None:
        page = get("/changes", query=f"limit=2{cursor and '&cursor=' + cursor}").body
        versions += [each["version"] for each in page["changes"]]
        cursor = page["next_cursor"]
    assert versions == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=", "limit=٣", "x=1"])
def test_a_page_that_cannot_be_is_refused(table: Table, query: str) -> None:
    assert get("/changes", query=query).fields <= {"limit", "x"}
    assert get("/changes", query=query).status == 422
    assert get("/changes", query="cursor=abc").status == 400


def test_staff_edit_the_shop_window_and_leave_the_rest(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    answer = patch(
        {
            "features": ["trusted_assessor", "pets", "pets"],
            "weekly_fee_from": 900,
            "weekly_fee_to": 1400,
            "vacancies_phone": "01632 960001",
            "website": "larkrise.example.org/",
            "description": "By the <b>river</b>.",
        }
    )
    assert answer.status == 200
    assert answer.body["features"] == ["trusted_assessor", "pets"]
    assert answer.body["description"] == "By the <b>river</b>."
    assert answer.body["vacancies_phone"] == "01632960001"
    assert answer.body["website"] == "https://larkrise.example.org/"
    for name in ("beds", "admission_status", "confirmed_at", "name"):
        assert answer.body[name] == before[name]
    cleared = patch({"description": None}).body
    assert "description" not in cleared
    assert cleared["weekly_fee_to"] == 1400


def test_an_edit_that_changes_nothing_writes_nothing(table: Table) -> None:
    save(table, home())
    assert patch({"features": []}).body["version"] == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "Another"}, "name"),
        ({"features": ["helipad"]}, "features.0"),
        ({"weekly_fee_from": 0}, "weekly_fee_from"),
        ({"weekly_fee_from": 2000, "weekly_fee_to": 1000}, "weekly_fee_to"),
        ({"vacancies_phone": "999"}, "vacancies_phone"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"description": "x" * 501}, "description"),
        ({"description": "a\u202eb"}, "description"),
        ({"beds": {}}, "beds"),
    ],
)
def test_a_shop_window_that_cannot_be_is_refused(table: Table, wrong: object, field: str) -> None:
    save(table, home())
    answer = patch(wrong)
    assert answer.status == 422
    assert any(name.startswith(field) for name in answer.fields), answer.body


def test_a_key_tells_one_edit_from_another(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "edit-0001"}
    patch({"website": "https://larkrise.example.org", "description": "By the river."})
    assert patch({"website": None}, headers=once).status == 200
    assert patch({"description": None}, headers=once).status == 422
    assert "website" not in homes.load(table, HOME)
    assert "description" in homes.load(table, HOME)


def test_an_edit_that_changed_nothing_is_not_done_later_by_its_repeat(table: Table) -> None:
    save(table, home())
    once = {"Idempotency-Key": "edit-0001"}
    patch({"description": "By the river."})
    assert patch({"description": "By the river."}, headers=once).body["version"] == 2
    patch({"description": "By the sea."})
    again = patch({"description": "By the river."}, headers=once)
    assert again.headers["idempotency-replayed"] == "true"
    assert homes.load(table, HOME)["description"] == "By the sea."


def test_only_its_staff_edit_a_home(table: Table) -> None:
    save(table, home())
    for groups in (TEAM, "council", "home:1-9000000002"):
        assert patch({"features": []}, groups=groups).status == 403
    assert patch({"features": []}, groups=None).status == 401


def test_an_address_that_is_nothing_is_a_problem_too(table: Table) -> None:
    answer = call(handler, "GET", "/nothing/here", groups=None)
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_its_staff_are_told_how_many_standing_searches_it_fits(table: Table) -> None:
    save(table, home(accepting=1))
    for number, team in enumerate(["exeter", "exeter", "plymouth"]):
        alert = Alert(team, f"00000000000{number}", 1, "EX2 5DW", 50.7167, -3.5062, 10, NOON)
        alerts.create(table, SYSTEM, alert, Author("somebody", "request"))
    answer = get("/searches", groups=STAFF)
    assert (answer.status, answer.body) == (200, {"standing_searches": 3, "teams": 2})
    for groups in (TEAM, "council", "home:1-9000000002"):
        assert get("/searches", groups=groups).status == 403
    assert get("/searches", groups=None).status == 401
