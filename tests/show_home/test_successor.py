"""An old location id answers with the id that took its place, once the council says so."""

from dataclasses import replace

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import Registration
from shared.store import homes
from shared.store.table import Table
from show_home.handler import build
from tests.support.api_events import ApiResponse, call
from tests.support.builders import REGISTER, home, save

OLD, NEW = "1-9000000001", "1-9000000002"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)


def put(
    table: Table, successor: object, *, old: str = OLD, groups: str | None = "council"
) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=False)
    body = {"location_id": successor}
    return call(handler, "PUT", f"/homes/{old}/successor", groups=groups, body=body)


def show(table: Table) -> ApiResponse:
    handler = build(table=table, clock=SYSTEM, search_is_public=False)
    return call(handler, "GET", f"/homes/{OLD}", groups=f"home:{OLD}")


def test_the_old_id_answers_with_where_it_went(table: Table) -> None:
    save(table, home(OLD, register=GONE), home(NEW))
    assert put(table, NEW).status == 200
    assert show(table).body["successor"] == NEW
    assert put(table, NEW).body["version"] == 2
    assert put(table, None).status == 200
    assert "successor" not in show(table).body


@pytest.mark.parametrize("groups", ["", f"home:{OLD}", f"home:{NEW}", "team:exeter-discharge"])
def test_only_the_council_says_so(table: Table, groups: str) -> None:
    save(table, home(OLD, register=GONE), home(NEW))
    assert put(table, NEW, groups=groups).status == 403


@pytest.mark.parametrize("successor", ["1-9000000009", "Mrs Secret", OLD])
def test_a_successor_is_a_registered_home(table: Table, successor: str) -> None:
    save(table, home(OLD, register=GONE), home(NEW))
    response = put(table, successor)
    assert response.status == 422
    assert response.fields == {"location_id"}


def test_a_home_that_is_still_registered_has_no_successor(table: Table) -> None:
    save(table, home(OLD), home(NEW))
    assert put(table, NEW).status == 409
    assert put(table, NEW, old="1-9000000009").status == 404


def test_a_home_that_comes_back_has_no_successor_any_more(table: Table) -> None:
    save(table, home(OLD, register=GONE), home(NEW))
    put(table, NEW)
    old = CareHome.from_document(homes.load(table, OLD))
    assert old.successor == NEW
    dormant = replace(REGISTER, registration=Registration.DORMANT)
    assert old.with_register(dormant).successor == NEW
    assert old.with_register(REGISTER).successor is None
