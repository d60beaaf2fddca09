"""The show_home function: a home, its history, its matching alerts and its shop window."""

from dataclasses import replace
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.availability import phone_for_vacancies
from shared.domain.documents import timestamp
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.vocabulary import Action, BedCategory
from shared.http import body
from shared.store import alerts, homes, keys, outcomes
from shared.store.change_log import commit
from shared.store.table import Table
from show_home import declaration_edit
from show_home.handler import build
from tests.support import pasted
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, REGISTER, changed, counts, home, save

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
TEAM = "team:exeter-discharge"


def get(table: Table, path: str = "", *, groups: str | None = TEAM, **more: Any) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=False)
    return call(handler, "GET", f"/homes/{HOME}{path}", groups=groups, **more)


def patch(table: Table, body: object, *, groups: str | None = STAFF, **more: Any) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=False)
    return call(handler, "PATCH", f"/homes/{HOME}", groups=groups, body=body, **more)


def test_a_home_is_returned_with_its_etag(table: Table) -> None:
    save(table, home())
    response = get(table)
    assert response.status == 200
    (listing,) = response.body.pop("listings")
    assert 0 < response.body.pop("reminder_value") <= 1
    assert listing["likelihood"] == "phone_first"  # it has said nothing since the fixture's day
    assert listing["chance_basis"]["said_at"] == "2026-01-05T12:00:00.000Z"
    assert response.body == homes.load(table, HOME)
    assert response.headers["etag"] == '"1"'


def test_its_staff_alone_are_told_that_teams_were_told_a_bed_has_gone(table: Table) -> None:
    save(table, home())
    assert get(table, groups=STAFF).body["disputes"] == []
    shown = Shown(HOME, BedCategory.GENERAL_NURSING, NOON, 1, 0.9)
    outcome = Outcome(1, shown, "a", CallResult.GONE, NOON, NOON)
    outcomes.record(table, SYSTEM, outcome, Author("someone", "r"), home_name="Larkrise House")
    (dispute,) = get(table, groups=STAFF).body["disputes"]
    assert dispute["said_at"] == timestamp(NOON)
    assert dispute["gone"]["teams"] == 1
    for groups in (TEAM, "council", "team:x home:1-9000000002"):
        assert "disputes" not in get(table, groups=groups).body
    public = build(table=table, clock=SYSTEM, search_is_public=True)
    assert "disputes" not in call(public, "GET", f"/homes/{HOME}").body
    commit(table, SYSTEM, [changed(home(), home().confirm(SYSTEM.now()))])
    assert get(table, groups=STAFF).body["disputes"] == []


def test_its_staff_see_a_home_whose_marks_cannot_be_read(table: Table) -> None:
    save(table, home())
    mark = {keys.PARTITION: {"S": keys.DISPUTES}, keys.SORT: {"S": HOME}}
    table.put({**mark, keys.DOCUMENT: {"S": "{}"}})
    response = get(table, groups=STAFF)
    assert (response.status, response.body["disputes"]) == (200, [])


def test_a_version_that_the_client_has_is_not_sent_again(table: Table) -> None:
    save(table, home())
    response = get(table, headers={"If-None-Match": '"1"'})
    assert (response.status, response.body) == (304, None)
    assert get(table, headers={"If-None-Match": '"2"'}).status == 200


def test_only_teams_the_council_and_staff_of_the_home_see_it(table: Table) -> None:
    save(table, home())
    for groups in (TEAM, "council", STAFF):
        assert get(table, groups=groups).status == 200
        assert get(table, "/changes", groups=groups).status == 200
    for groups in ("", "home:1-9000000002"):
        assert get(table, groups=groups).status == 403
        assert get(table, "/changes", groups=groups).status == 403
    assert get(table, groups=None).status == 401


def test_the_public_sees_a_home_if_search_is_public(
    table: Table,
) -> None:
    save(table, home())
    public = build(table=table, clock=SYSTEM, search_is_public=True)
    assert call(public, "GET", f"/homes/{HOME}").status == 200
    (change,) = call(public, "GET", f"/homes/{HOME}/changes").body["changes"]
    assert "by" not in change


def test_only_the_council_and_its_staff_see_the_author_of_a_change(table: Table) -> None:
    save(table, home())
    for groups, has_author in ((TEAM, False), ("council", True), (STAFF, True)):
        (change,) = get(table, "/changes", groups=groups).body["changes"]
        assert ("by" in change) is has_author


def test_the_history_has_old_and_new_values_newest_first(table: Table) -> None:
    before = home(accepting=0)
    save(table, before)
    after = before.update({next(iter(before.beds)): counts(2)}, None, NOON)
    commit(table, SYSTEM, [changed(before, after)])
    response = get(table, "/changes", groups=STAFF)
    newest, first = response.body["changes"]
    assert newest["action"] == "updated"
    assert newest["was"]["beds"]["general_nursing"]["accepting"] == 0
    assert newest["is"]["beds"]["general_nursing"]["accepting"] == 2
    assert newest["by"] == "someone"
    assert first["was"] is None
    assert response.body["next_cursor"] is None


def test_pages_of_the_history_are_complete(table: Table) -> None:
    state = home()
    save(table, state)
    for _ in range(4):
        after = state.confirm(NOON)
        commit(table, SYSTEM, [changed(state, after, Action.CONFIRMED)])
        state = after
    versions, cursor = [], ""
    while cursor is not None:
        page = get(table, "/changes", query=f"limit=2{cursor and '&cursor=' + cursor}").body
        versions += [each["version"] for each in page["changes"]]
        cursor = page["next_cursor"]
    assert versions == [5, 4, 3, 2, 1]


def test_an_unknown_home_is_not_found_whatever_the_page(table: Table) -> None:
    assert get(table, "/changes", query="limit=0").status == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=", "limit=٣", "x=1"])
def test_wrong_page_parameters_are_refused(table: Table, query: str) -> None:
    save(table, home())
    assert get(table, "/changes", query=query).fields <= {"limit", "x"}
    assert get(table, "/changes", query=query).status == 422
    assert get(table, "/changes", query="cursor=abc").status == 400


def test_editing_the_shop_window_changes_nothing_else(table: Table) -> None:
    save(table, home())
    before = homes.load(table, HOME)
    response = patch(
        table,
        {
            "weekly_fee_from": 900,
            "weekly_fee_to": 1400,
            "vacancies_phone": "01632 960001",
            "website": "larkrise.example.org/",
            "description": "By the <b>river</b>.",
        },
    )
    assert response.status == 200
    assert response.body["description"] == "By the <b>river</b>."
    assert response.body["vacancies_phone"] == "01632960001"
    assert response.body["website"] == "https://larkrise.example.org/"
    for name in ("beds", "admission_status", "confirmed_at", "name"):
        assert response.body[name] == before[name]
    cleared = patch(table, {"description": None}).body
    assert "description" not in cleared
    assert cleared["weekly_fee_to"] == 1400


def test_a_fee_keeps_its_pence(table: Table) -> None:
    save(table, home())
    body = patch(table, {"weekly_fee_from": 950.5, "weekly_fee_to": 1200.0}).body
    assert (body["weekly_fee_from"], body["weekly_fee_to"]) == (950.5, 1200)
    assert isinstance(body["weekly_fee_to"], int)
    assert get(table).body["weekly_fee_from"] == 950.5
    assert patch(table, {"weekly_fee_to": 1200}).body["version"] == body["version"]


def test_pasted_contact_details_are_read(table: Table) -> None:
    save(table, home())
    for text in pasted.PHONES:
        response = patch(table, {"vacancies_phone": text})
        assert response.body.get("vacancies_phone") == pasted.PHONE, text
    for text in pasted.WEBSITES:
        response = patch(table, {"website": text})
        assert response.body.get("website") == pasted.WEBSITE, text


@pytest.mark.parametrize("text", pasted.NOT_PHONES)
def test_text_that_is_no_number_never_hides_the_registers_number(table: Table, text: str) -> None:
    save(table, home())
    response = patch(table, {"vacancies_phone": text})
    assert (response.status, response.fields) == (422, {"vacancies_phone"})
    assert phone_for_vacancies(homes.load(table, HOME)) == "01632960001"


def test_an_edit_without_changes_keeps_the_version(table: Table) -> None:
    save(table, home())
    assert patch(table, {"description": None}).body["version"] == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "Another"}, "name"),
        ({"features": ["pets"]}, "features"),
        ({"weekly_fee_from": 0}, "weekly_fee_from"),
        ({"weekly_fee_from": 950.505}, "weekly_fee_from"),
        ({"weekly_fee_from": "950"}, "weekly_fee_from"),
        ({"weekly_fee_from": 2000, "weekly_fee_to": 1000}, "weekly_fee_to"),
        ({"vacancies_phone": "999"}, "vacancies_phone"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"description": "x" * 501}, "description"),
        ({"description": "a\u202eb"}, "description"),
        ({"beds": {}}, "beds"),
    ],
)
def test_a_wrong_field_of_the_shop_window_is_named(table: Table, wrong: object, field: str) -> None:
    save(table, home())
    response = patch(table, wrong)
    assert response.status == 422
    assert any(name.startswith(field) for name in response.fields), response.body


def test_an_answer_that_does_not_fit_is_saved_with_a_warning(table: Table) -> None:
    save(table, home(register=replace(REGISTER, nursing=False)))
    edit = {"needs": {"peg": "yes", "pet": "yes"}}
    headers = {"Idempotency-Key": "one-warning-0001"}
    response = patch(table, edit, headers=headers)
    assert response.status == 200
    assert response.body["needs"] == edit["needs"]
    assert [each["need"] for each in response.body["warnings"]] == ["peg"]
    assert patch(table, edit, headers=headers).body["warnings"] == response.body["warnings"]
    assert "warnings" not in patch(table, {"description": "By the river."}).body
    assert "warnings" not in get(table).body


def test_a_need_that_is_no_longer_asked_is_ignored_with_a_notice(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(table, home())
    notice = "iron_lung is no longer asked."
    monkeypatch.setattr(declaration_edit, "RETIRED", {"iron_lung": notice})
    monkeypatch.setattr(body, "RETIRED", {"iron_lung": notice})
    response = patch(table, {"needs": {"iron_lung": "yes", "pet": "no"}})
    assert response.status == 200
    assert (response.body["needs"], response.body["notices"]) == ({"pet": "no"}, [notice])


@pytest.mark.parametrize(
    ("edit", "field", "expected"),
    [
        ({"needs": {"pge": "yes"}}, "needs.pge", "one of the needs"),
        ({"needs": {"language_xxx": "yes"}}, "needs.language_xxx", "one of the needs"),
        ({"needs": {"peg": "maybe"}}, "needs.peg", "'yes', 'ask' or 'no'"),
        ({"funding": ["lottery"]}, "funding.0", "'council_rate'"),
        ({"assesses_by": ["owl"]}, "assesses_by.0", "'telephone'"),
        ({"admission_hours": {"monday": ["25:00-26:00"]}}, "monday.0", "08:00-20:00"),
        ({"admission_hours": {"monday": ["08:00-08:00"]}}, "monday.0", "08:00-20:00"),
        ({"admission_hours": {"same_day_before": "2pm"}}, "same_day_before", "23:59"),
        (
            {"admission_hours": {"monday": ["08:00-12:00", "11:00-13:00"]}},
            "monday",
            "do not overlap",
        ),
    ],
)
def test_a_wrong_answer_or_term_gets_a_problem_that_says_what_is_expected(
    table: Table, edit: dict[str, Any], field: str, expected: str
) -> None:
    save(table, home())
    response = patch(table, edit)
    assert response.status == 422
    (problem,) = response.body["errors"]
    assert problem["field"].endswith(field)
    assert expected in problem["detail"]


def test_a_key_cannot_be_used_for_another_edit(table: Table) -> None:
    save(table, home())
    key = {"Idempotency-Key": "edit-0001"}
    patch(table, {"website": "https://larkrise.example.org", "description": "By the river."})
    assert patch(table, {"website": None}, headers=key).status == 200
    assert patch(table, {"description": None}, headers=key).status == 422
    assert "website" not in homes.load(table, HOME)
    assert "description" in homes.load(table, HOME)


def test_a_repeat_of_an_edit_without_changes_changes_nothing_later(table: Table) -> None:
    save(table, home())
    key = {"Idempotency-Key": "edit-0001"}
    patch(table, {"description": "By the river."})
    assert patch(table, {"description": "By the river."}, headers=key).body["version"] == 2
    patch(table, {"description": "By the sea."})
    repeat = patch(table, {"description": "By the river."}, headers=key)
    assert repeat.headers["idempotency-replayed"] == "true"
    assert homes.load(table, HOME)["description"] == "By the sea."


def test_only_staff_of_the_home_can_edit_it(table: Table) -> None:
    save(table, home())
    for groups in (TEAM, "council", "home:1-9000000002"):
        assert patch(table, {"description": None}, groups=groups).status == 403
    assert patch(table, {"description": None}, groups=None).status == 401


def test_an_unknown_path_is_a_problem_response(table: Table) -> None:
    handler = build(table=table, clock=SYSTEM, search_is_public=False)
    response = call(handler, "GET", "/nothing/here", groups=None)
    assert response.status == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_staff_see_how_many_alerts_their_home_fits(table: Table) -> None:
    save(table, home(accepting=1))
    for number, team in enumerate(["exeter", "exeter", "plymouth"]):
        alert = Alert(team, f"00000000000{number}", 1, "EX2 5DW", 50.7167, -3.5062, 10, NOON)
        alerts.create(table, SYSTEM, alert, Author("someone", "request"))
    response = get(table, "/alerts", groups=STAFF)
    assert (response.status, response.body) == (200, {"alerts": 3, "teams": 2})
    for groups in (TEAM, "council", "home:1-9000000002"):
        assert get(table, "/alerts", groups=groups).status == 403
    assert get(table, "/alerts", groups=None).status == 401
