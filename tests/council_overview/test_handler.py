"""The council alone sees the overview, which is current and costs one request."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from council_overview.handler import build
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import BedCategory
from shared.store.change_log import commit
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import changed, counts, home, save, save_snapshot
from tests.support.fakes import partitions_read, two_homes_a_page

NURSING = BedCategory.GENERAL_NURSING


Ask = Callable[..., ApiResponse]


@pytest.fixture
def ask(table: Table) -> Ask:
    """Send a request to a function that has just started."""
    handler = build(table=table, clock=SYSTEM)

    def send(path: str, groups: str | None = "council") -> ApiResponse:
        return call(handler, "GET", path, groups=groups)

    return send


def today() -> str:
    return f"/changes/{datetime.now(UTC):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), ("home:1-9000000001", 403), ("team:exeter-discharge", 403)],
)
def test_only_the_council_sees_the_overview(
    ask: Ask, requests: list[str], groups: str | None, status: int
) -> None:
    for path in ("/homes", today()):
        response = ask(path, groups)
        assert response.status == status
        assert response.headers["content-type"] == "application/problem+json"
    assert requests == []


def test_a_warm_overview_sends_three_requests_and_shows_every_change(
    ask: Ask, table: Table, requests: list[str]
) -> None:
    before = home(accepting=0)
    save(table, before, home("1-9000000002", accepting=1))
    assert ask("/homes").body["totals"]["vacancies"] == {"general_nursing": 1}
    opened = before.update({NURSING: counts(4)}, None, datetime.now(UTC))
    commit(table, SYSTEM, [changed(before, opened)])
    del requests[:]
    overview = ask("/homes").body
    # The log, the reminders of today, the newest published demand.
    assert requests == ["Query"] * 3
    assert overview["totals"]["vacancies"] == {"general_nursing": 5}
    assert {each["location_id"] for each in overview["homes"]} == {"1-9000000001", "1-9000000002"}


def test_the_first_overview_of_many_homes_begins_with_a_snapshot(table: Table) -> None:
    states = [home(f"1-900000000{each}", accepting=1) for each in range(7)]
    save(table, *states)
    save_snapshot(table, *states)
    reading = two_homes_a_page(table)
    overview = call(build(table=reading, clock=SYSTEM), "GET", "/homes", groups="council").body
    assert overview["totals"]["vacancies"] == {"general_nursing": 7}
    assert partitions_read(reading) == [
        *("WRONG_POSTS", "HOME", "HOME", "SNAPSHOT", "CHANGE"),
        *("REMINDED", "DEMAND"),
    ]


def test_the_totals_of_a_day_account_for_the_vacancies_after_it(ask: Ask, table: Table) -> None:
    """The overview's page computes earlier vacancies so: those now, less what the day opened."""
    before = home(accepting=2)
    save(table, before)
    after = before.update({NURSING: counts(5)}, None, datetime.now(UTC))
    commit(table, SYSTEM, [changed(before, after)])
    day = ask(today()).body
    assert day["opened"] == {"general_nursing": 5}
    assert day["gone"] == {}
    assert day["homes_confirmed"] == 1
    assert ask("/homes").body["totals"]["vacancies"] == {"general_nursing": 5}


def test_an_invalid_day_is_refused(ask: Ask, requests: list[str]) -> None:
    for day in ("2999-01-01", "yesterday", "2026-02-30"):
        response = ask(f"/changes/{day}")
        assert response.status == 422
        assert response.fields == {"day"}
    assert requests == []


def test_in_the_deployed_stack_a_post_is_in_the_overview_at_once(stack: LocalStack) -> None:
    def get(path: str, *groups: str) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {token(stack, groups)}"}
        return httpx.get(f"{stack.api_url}{path}", headers=bearer, timeout=30)

    location_id = "1-9650000001"
    save(table_of(stack), home(location_id, accepting=0))
    before = get(today(), "council").json()
    staff = {"Authorization": f"Bearer {token(stack, [f'home:{location_id}'])}"}
    httpx.put(
        f"{stack.api_url}/homes/{location_id}/vacancies",
        json={"beds": {str(NURSING): counts(3).to_document()}},
        headers=staff,
        timeout=30,
    ).raise_for_status()
    (posted,) = (
        each
        for each in get("/homes", "council").json()["homes"]
        if each["location_id"] == location_id
    )
    assert posted["free"] == {"general_nursing": 3}
    assert posted["likelihood"] == "very_likely"
    after = get(today(), "council").json()
    assert after["opened"]["general_nursing"] - before["opened"].get("general_nursing", 0) >= 3
    assert after["confirmations"] > before["confirmations"]
    assert get("/homes", f"home:{location_id}").status_code == 403
    assert httpx.get(f"{stack.api_url}/homes", timeout=30).status_code == 401
