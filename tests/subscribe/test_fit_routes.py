"""A team learns what to ask a home about, which no message says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.declaration import Declaration
from shared.domain.needs import Answer
from shared.domain.terms import Funding, Terms
from shared.store.change_log import commit
from shared.store.table import Table
from tests.subscribe.conftest import BuildSubscribe
from tests.support.api_events import ApiResponse, call
from tests.support.builders import changed, home, save
from tests.support.fakes import ManualTime

HOME = replace(
    home(),
    declaration=Declaration(
        needs={"peg": Answer.YES, "hoist": Answer.ASK, "smoker": Answer.NO},
        terms=Terms(funding=(Funding.COUNCIL_RATE,)),
    ),
)
EXETER = "team:exeter-discharge"
WANTED = {
    "near": "EX2 5DW",
    "radius_miles": 10,
    "needs": ["pet", "hoist", "peg", "smoker"],
    "funding": "chc",
}

Ask = Callable[..., ApiResponse]


@pytest.fixture
def ask(table: Table, build_subscribe: BuildSubscribe) -> Ask:
    save(table, HOME)
    handler = build_subscribe()

    def send(method: str, path: str, body: object = None, groups: str = EXETER) -> ApiResponse:
        return call(handler, method, path, groups=groups, body=body)

    return send


def new_alert(ask: Ask, **more: Any) -> str:
    alert_id: str = ask("POST", "/alerts", {**WANTED, **more}).body["alert_id"]
    return alert_id


def test_a_team_sees_what_a_home_says_of_all_that_its_alert_asks(ask: Ask) -> None:
    alert_id = new_alert(ask)
    assert ask("GET", f"/alerts/{alert_id}/homes/1-9000000001").body == {
        "alert_id": alert_id,
        "location_id": "1-9000000001",
        "version": 1,
        "fit": "no",
        "yes": ["peg"],
        "ask": ["hoist"],
        "no": ["smoker", "chc"],
        "not_said": ["pet"],
    }


def test_it_is_worked_out_from_the_home_as_it_is_now(ask: Ask, table: Table) -> None:
    alert_id = new_alert(ask, needs=["hoist"], funding=None)
    now = replace(HOME, declaration=Declaration(needs={"hoist": Answer.YES}))
    commit(table, ManualTime().clock(), [changed(HOME, now)])
    body = ask("GET", f"/alerts/{alert_id}/homes/1-9000000001").body
    assert (body["version"], body["fit"], body["yes"], body["ask"]) == (2, "yes", ["hoist"], [])


def test_an_alert_that_asks_for_nothing_leaves_nothing_to_ask_about(ask: Ask) -> None:
    alert_id = new_alert(ask, needs=[], funding=None)
    body = ask("GET", f"/alerts/{alert_id}/homes/1-9000000001").body
    assert body["fit"] == "yes"
    assert not any(body[name] for name in ("yes", "ask", "no", "not_said"))


def test_only_the_team_of_the_alert_sees_it(ask: Ask) -> None:
    path = f"/alerts/{new_alert(ask)}/homes/1-9000000001"
    assert ask("GET", path, groups="team:plymouth-discharge").status == 404
    assert ask("GET", path, groups="council").status == 403


def test_what_is_gone_or_was_never_there_is_not_found(ask: Ask) -> None:
    alert_id = new_alert(ask)
    for path in (
        f"/alerts/{alert_id}/homes/1-9000000002",
        f"/alerts/{alert_id}/homes/nonsense",
        "/alerts/3f9c0d1e8a72/homes/1-9000000001",
        "/alerts/nonsense/homes/1-9000000001",
    ):
        assert ask("GET", path).status == 404, path
    ask("DELETE", f"/alerts/{alert_id}")
    assert ask("GET", f"/alerts/{alert_id}/homes/1-9000000001").status == 404
