"""Where the council lets everyone search, the public sees of a home what is listed, no more."""

from dataclasses import replace
from typing import Any

import pytest

from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.declaration import Declaration
from shared.domain.documents import to_json
from shared.domain.home_before import CarriedPart, HomeBefore, LastInSearch
from shared.domain.needs import Answer
from shared.domain.promises import Promises
from shared.domain.public_home import (
    CALCULATED_MEMBERS,
    PUBLIC_MEMBERS,
    PUBLIC_MEMBERS_OF_HOME_BEFORE,
    public_home,
)
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import Action
from shared.store.change_log import commit
from shared.store.table import Table
from show_home.handler import build
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, changed, home, save

HOME, OLD = "1-9000000071", "1-9000000072"
STAFF = f"home:{HOME}"
PROMISED = "By the river, says the old owner."
HIDDEN = (PROMISED, '"said":', '"last_in_search"')

EVERYTHING = replace(
    home(HOME),
    shop_window=ShopWindow(website="https://larkrise.example.org"),
    declaration=Declaration(needs={"pet": Answer.YES}),
    home_before=HomeBefore(
        OLD,
        (CarriedPart.VACANCIES, CarriedPart.BUILDING, CarriedPart.QUESTIONS),
        building=("en_suite",),
        said=Promises(ShopWindow(description=PROMISED)),
        vacancies_at=NOON,
        last_in_search=LastInSearch(NOON, {"general_nursing": 2}),
    ),
)


def ask(table: Table, path: str = "", groups: str | None = None) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=True)
    return call(handler, "GET", f"/homes/{HOME}{path}", groups=groups)


def change_everything(table: Table) -> None:
    """Save a home, give it everything, and take it away again: the log then has all of it."""
    save(table, home(HOME))
    commit(table, SYSTEM, [changed(home(HOME), EVERYTHING, Action.EDITED)])
    commit(table, SYSTEM, [changed(replace(EVERYTHING, version=2), home(HOME), Action.EDITED)])


def text(body: Any) -> str:
    return to_json(body)


def test_the_public_sees_where_a_home_came_from_and_no_promise_of_the_old_owner(
    table: Table,
) -> None:
    save(table, EVERYTHING)
    shown = ask(table).body
    assert shown["home_before"].keys() == PUBLIC_MEMBERS_OF_HOME_BEFORE, public_home
    assert shown["needs"] == {"pet": "yes"}
    assert shown.keys() <= PUBLIC_MEMBERS | CALCULATED_MEMBERS
    assert [each for each in HIDDEN if each in text(shown)] == []


def test_the_history_shows_the_public_no_more_than_the_home(table: Table) -> None:
    change_everything(table)
    changes = ask(table, "/changes").body
    assert len(changes["changes"]) == 3
    assert OLD in text(changes)
    assert [each for each in HIDDEN if each in text(changes)] == []


def test_results_show_the_public_no_more_than_the_home() -> None:
    shown = "{" + home_members(EVERYTHING.to_document(), NOON.date()) + "}"
    assert [each for each in HIDDEN if each in shown] == []


def test_a_member_is_hidden_until_it_is_listed() -> None:
    document = EVERYTHING.to_document()
    assert document.keys() <= PUBLIC_MEMBERS
    assert public_home({**document, "new_member": 1}) == public_home(document)


@pytest.mark.parametrize("groups", [None, "", "team:exeter-discharge", "council", f"home:{OLD}"])
def test_only_staff_see_what_the_home_before_promised(table: Table, groups: str | None) -> None:
    save(table, EVERYTHING)
    assert ask(table, "/questions", groups).status == (401 if groups is None else 403)
    response = ask(table, "/questions", STAFF)
    assert response.body == {"said": {"description": PROMISED}}
    assert response.headers["etag"] == '"1"'


def test_a_home_without_an_old_id_has_no_questions(table: Table) -> None:
    save(table, home(HOME))
    assert ask(table, "/questions", STAFF).body == {"said": {}}
