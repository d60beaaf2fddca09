"""A link posts: it confirms, changes counts and closes, and undoes that; and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.posting_link import LINK_LIFETIME, UNDO_TIME
from shared.store import homes
from tests.post_by_link.conftest import DEPUTY, HOME, MANAGER, STAFF, Links, vacancies_of
from tests.support.api_events import ApiResponse, call

NURSING = {"maximum_capacity": 10, "occupied": 9, "reserved": 0, "accepting": 1, "not_available": 0}
CHANGE = {"beds": {"general_nursing": NURSING}}
CLOSED = {"status": "closed", "reason": "outbreak"}


def opened(links: Links, token: str) -> dict[str, Any]:
    response = links.look(token)
    assert response.status == 200
    shown: dict[str, Any] = response.body["home"]
    return shown


def test_looking_shows_the_counts_and_when_they_were_said_and_writes_nothing(links: Links) -> None:
    token = links.mint().token.text
    before = links.table.client.scan(TableName=links.table.name)["Items"]
    response = links.look(token)
    assert response.body["home"]["name"] == "Larkrise House"
    assert response.body["home"]["beds"]["general_nursing"]["accepting"] == 2
    assert response.body["home"]["confirmed_at"] == "2026-01-05T12:00:00.000Z"
    assert response.body["expires_at"] == "2026-01-07T00:00:00.000Z"
    assert response.headers["cache-control"] == "no-store"
    assert links.table.client.scan(TableName=links.table.name)["Items"] == before


def test_a_link_shows_nothing_of_a_home_but_what_it_may_post(links: Links) -> None:
    shown = opened(links, links.mint().token.text)
    assert set(shown) <= {
        *("location_id", "version", "name", "registered_beds", "beds", "admission_status"),
        *("admission_status_at", "confirmed_at", "said_at"),
    }


def test_one_press_confirms_and_the_log_names_the_link(links: Links) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    links.time.advance(timedelta(hours=1))
    response = links.act("confirm", shown, token=token)
    assert response.status == 200
    assert response.body["home"]["confirmed_at"] == "2026-01-05T13:00:00.000Z"
    assert response.body["undo_until"] == "2026-01-05T13:10:00.000Z"
    assert "before" not in response.body
    assert vacancies_of(links.home()) == vacancies_of(shown)
    (newest, _) = homes.history(links.table, HOME, limit=2, before=None)
    assert newest.change.by == f"link:{MANAGER}"
    assert newest.change.action == "confirmed"


def test_one_press_changes_counts_and_another_closes(links: Links) -> None:
    token = links.mint().token.text
    changed = links.act("update", opened(links, token), token=token, change=CHANGE)
    assert changed.body["home"]["beds"]["general_nursing"] == NURSING
    closing = {"admission_status": CLOSED}
    closed = links.act("update", changed.body["home"], token=token, change=closing)
    assert closed.body["home"]["admission_status"] == CLOSED
    assert links.home()["version"] == 3


def test_a_link_cannot_reopen_a_home(links: Links) -> None:
    token = links.mint().token.text
    closing = {"admission_status": CLOSED}
    closed = links.act("update", opened(links, token), token=token, change=closing).body["home"]
    opening = {"admission_status": {"status": "open"}}
    response = links.act("update", closed, token=token, change=opening)
    assert response.fields == {"change.admission_status.status"}
    assert links.home()["admission_status"] == CLOSED


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"beds": {"transitional": NURSING}}, "change.beds.transitional"),
        (
            {"beds": {"general_nursing": dict.fromkeys(NURSING, 0)}},
            "change.beds.general_nursing.maximum_capacity",
        ),
        ({"beds": {"general_nursing": {**NURSING, "occupied": 8}}}, "beds.general_nursing"),
        ({"needs": {"hoist": "yes"}}, "change.needs"),
        ({"phone": "01632960002"}, "change.phone"),
        ({}, "beds"),
    ],
)
def test_a_link_does_nothing_else(links: Links, change: object, field: str) -> None:
    token = links.mint().token.text
    response = links.act("update", opened(links, token), token=token, change=change)
    assert response.status == 422
    assert any(name.startswith(field) for name in response.fields)
    assert links.home()["version"] == 1


def test_counts_that_changed_meanwhile_are_shown_and_nothing_is_saved(links: Links) -> None:
    ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
    shown = opened(links, ours)
    links.act("update", opened(links, theirs), token=theirs, change=CHANGE)
    for response in (
        links.act("confirm", shown, token=ours),
        links.act("update", shown, token=ours, change=CHANGE),
    ):
        assert response.status == 412
        assert response.body["current"] == opened(links, ours)
    assert links.home()["version"] == 2
    again = links.act("confirm", response.body["current"], token=ours)
    assert again.status == 200


def test_a_change_of_something_else_does_not_get_in_the_way(links: Links) -> None:
    ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
    shown = opened(links, ours)
    links.act("confirm", opened(links, theirs), token=theirs)
    assert links.act("confirm", shown, token=ours).status == 200


def test_a_press_that_is_repeated_is_saved_once(links: Links) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    first = links.act("update", shown, token=token, change=CHANGE)
    again = links.act("update", shown, token=token, change=CHANGE)
    assert (again.status, again.body) == (200, first.body)
    assert links.home()["version"] == 2


def test_another_press_on_the_same_version_is_refused_with_what_is_there(links: Links) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    links.act("confirm", shown, token=token)
    response = links.act("update", shown, token=token, change=CHANGE)
    assert response.status == 412
    assert response.body["current"]["version"] == 2


def undo(links: Links, token: str, version: int) -> ApiResponse:
    return links.post("/links/act", {"token": token, "do": "undo", "version": version})


@pytest.mark.parametrize("change", [CHANGE, {"admission_status": CLOSED}, None])
def test_a_press_is_undone(links: Links, change: object) -> None:
    token = links.mint().token.text
    before, shown = links.home(), opened(links, token)
    links.time.advance(timedelta(days=1))
    if change:
        links.act("update", shown, token=token, change=change)
    else:
        links.act("confirm", shown, token=token)
    first, again = undo(links, token, shown["version"]), undo(links, token, shown["version"])
    assert (first.status, again.body) == (200, first.body)
    assert links.home() == {**before, "version": 3}
    assert first.body["home"] == {**shown, "version": 3}


def test_undo_ends_after_ten_minutes(links: Links) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    links.act("confirm", shown, token=token)
    links.time.advance(UNDO_TIME + timedelta(seconds=1))
    assert undo(links, token, shown["version"]).status == 409
    assert links.home()["version"] == 2


def test_undo_does_not_touch_what_someone_posted_since(links: Links) -> None:
    ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
    shown = opened(links, ours)
    links.act("confirm", shown, token=ours)
    links.time.advance(timedelta(minutes=1))
    links.act("update", opened(links, theirs), token=theirs, change=CHANGE)
    response = undo(links, ours, shown["version"])
    assert response.status == 412
    assert response.body["current"]["beds"]["general_nursing"] == NURSING


def test_a_press_is_undone_after_its_link_has_expired_or_was_replaced(links: Links) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    links.time.advance(LINK_LIFETIME - timedelta(minutes=1))
    links.act("confirm", shown, token=token)
    links.time.advance(timedelta(minutes=2))
    links.mint()
    assert links.look(token).status == 404
    assert undo(links, token, shown["version"]).status == 200


def test_nothing_is_undone_with_another_link(links: Links) -> None:
    ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
    shown = opened(links, ours)
    links.act("confirm", shown, token=ours)
    assert undo(links, theirs, shown["version"]).status == 409


def test_every_link_that_does_not_work_gets_the_same_answer(links: Links) -> None:
    replaced = links.mint().token.text
    stopped = links.mint().token.text
    links.post("/links/act", {"token": stopped, "do": "stop"})
    call(links.handler, "PUT", f"/homes/{HOME}/links", groups=STAFF, body={"allowed": True})
    expired = links.mint().token.text
    shown = opened(links, expired)
    links.time.advance(LINK_LIFETIME)
    tokens = [replaced, stopped, expired, "x" * 22, "not a token"]
    looks = [links.look(each) for each in tokens]
    acts = [links.act("confirm", shown, token=each) for each in tokens]
    assert {each.status for each in (*looks, *acts)} == {404}
    assert len({str(each.body) for each in (*looks, *acts)}) == 1
    assert links.home()["version"] == 1


def stopped_at(links: Links, method: str = "GET", body: object = None) -> str | None:
    response = call(links.handler, method, f"/homes/{HOME}/links", groups=STAFF, body=body)
    assert response.status == 200
    moment: str | None = response.body["stopped_at"]
    return moment


def test_a_stop_ends_all_links_of_the_home_until_staff_allow_new_ones(links: Links) -> None:
    ours, theirs = links.mint().token.text, links.mint(DEPUTY).token.text
    assert stopped_at(links) is None
    stop = {"token": ours, "do": "stop"}
    assert links.post("/links/act", stop).body == {"stopped": True}
    assert links.post("/links/act", stop).body == {"stopped": True}
    assert [links.look(each).status for each in (ours, theirs)] == [404, 404]
    assert stopped_at(links) == "2026-01-05T12:00:00.000Z"
    assert stopped_at(links, "PUT", {"allowed": True}) is None
    assert links.post("/links/act", stop).status == 404
    assert [links.look(each).status for each in (ours, theirs)] == [404, 404]
    assert links.look(links.mint().token.text).status == 200


def test_staff_stop_links_too(links: Links) -> None:
    token = links.mint().token.text
    assert stopped_at(links, "PUT", {"allowed": False})
    assert links.look(token).status == 404


@pytest.mark.parametrize("groups", [None, "council", "team:exeter-discharge", "home:1-9000000002"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_only_staff_see_and_allow_links(links: Links, method: str, groups: str | None) -> None:
    response = call(
        links.handler, method, f"/homes/{HOME}/links", groups=groups, body={"allowed": True}
    )
    assert response.status == (401 if groups is None else 403)


@pytest.mark.parametrize(
    ("left_out", "field"),
    [("version", "version"), ("shown", "shown"), ("do", "do"), ("token", "token")],
)
def test_what_a_press_lacks_is_named(links: Links, left_out: str, field: str) -> None:
    token = links.mint().token.text
    shown = opened(links, token)
    body = {"token": token, "do": "confirm", "version": 1, "shown": vacancies_of(shown)}
    del body[left_out]
    assert links.post("/links/act", body).fields == {field}
    assert links.home()["version"] == 1


def test_looking_is_no_press(links: Links) -> None:
    token = links.mint().token.text
    assert links.act("look", opened(links, token), token=token).fields == {"do"}


def test_a_token_and_a_code_at_once_are_refused(links: Links) -> None:
    both = {"token": "x" * 22, "code": "7KQ2M-9XW4D"}
    assert links.post("/links/look", both).fields == {"token"}
