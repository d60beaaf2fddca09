"""After a post, a home is asked for one need that teams lately searched for near it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from local.emulator.stack import LocalStack, table_of
from local.site.browser import sign_in
from shared.domain.declaration import Declaration
from shared.domain.demand import Cell, Span, period_of
from shared.domain.needs import NEEDS
from shared.store import demand, keys
from tests.support.builders import REGISTER
from tests.web.conftest import DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets
from tests.web.test_update import accepting, saved, tap

FAR_AWAY = replace(REGISTER, postcode="TR1 2AA", latitude=50.2632, longitude=-5.051)
"""Where no other test has homes, so that only these see what was searched for there."""


# The newest period of the stack, whatever else is published there.
WEEK = period_of(date(2099, 6, 1), Span.WEEK)


@pytest.fixture(scope="module", autouse=True)
def searched(stack: LocalStack) -> Iterator[None]:
    """Publish that teams searched for a PEG most, then for a hoist, and for funding."""
    table = table_of(stack)
    cells = {
        Cell("TR1", NURSING, need): counts
        for need, counts in {"peg": 9, "hoist": 7, "council_rate": 20}.items()
    }
    demand.publish(table, WEEK, cells)
    yield
    table.delete((keys.DEMAND, keys.published_demand(WEEK.last, WEEK.id)))


def asked(page: Page, need: str) -> Locator:
    return page.get_by_role("group", name=NEEDS[need].question)


def confirm(page: Page) -> None:
    tap(page, "Nothing has changed")
    saved(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_one_press_answers_the_need_that_teams_searched_for_most(
    world: World, visit: Visit, size: tuple[int, int]
) -> None:
    home = world.home(register=FAR_AWAY)
    page = visit("/update.html", world.carer(home), size=size)
    confirm(page)
    expect(asked(page, "peg")).to_be_visible()
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)
    asked(page, "peg").get_by_role("button", name="Ask us").click()
    expect(page.get_by_text("Saved. All your answers")).to_be_visible()
    assert world.state(home)["needs"] == {"peg": "ask"}
    assert world.writes(home) == 2
    # The answer is no change of someone else's to the next post.
    accepting(page)
    tap(page, "Save")
    # The notice of the first post stands until then.
    expect(asked(page, "hoist")).to_be_visible()
    assert world.state(home)["beds"][NURSING]["accepting"] == 3


def test_a_need_that_was_left_unanswered_is_not_asked_again(world: World, visit: Visit) -> None:
    home = world.home(register=FAR_AWAY)
    page = visit("/update.html", world.carer(home))
    for need in ("peg", "hoist"):
        confirm(page)
        expect(asked(page, need)).to_be_visible()
        expect(page.locator(".ask-one button")).to_have_count(3)
        page.reload()
    with page.expect_response("**/demand"):
        confirm(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".ask-one")).to_be_hidden()
    assert "needs" not in world.state(home)


def test_a_home_that_has_said_all_is_asked_nothing(world: World, visit: Visit) -> None:
    said = Declaration.from_document({"needs": {"peg": "no", "hoist": "yes"}})
    home = world.home(register=FAR_AWAY, declaration=said)
    page = visit("/update.html", world.carer(home))
    with page.expect_response("**/demand") as response:
        confirm(page)
    assert [each["need"] for each in response.value.json()["wanted"]] == ["council_rate", "peg"]
    page.wait_for_load_state("networkidle")
    expect(page.locator(".ask-one")).to_be_hidden()


def test_an_answer_without_a_network_is_sent_once_when_it_returns_and_said_to_be_odd(
    world: World, visit: Visit, site: str
) -> None:
    home = world.home(register=replace(FAR_AWAY, nursing=False))
    carer = world.carer(home)
    page = visit("/update.html", carer)
    again = page.context.new_page()
    confirm(page)
    expect(asked(page, "peg")).to_be_visible()
    page.context.set_offline(True)
    asked(page, "peg").get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Kept on this phone")).to_be_visible()
    page.close()  # or it would send the answer, and say so, itself
    again.context.set_offline(False)
    again.goto(f"{site}/update.html")
    sign_in(again, carer)
    again.get_by_role("button", name="Nothing has changed").wait_for()
    assert world.state(home)["needs"] == {"peg": "yes"}
    assert world.writes(home) == 2
    odd = again.get_by_role("status").filter(has_text="Check your answers about whom you take")
    expect(odd).to_contain_text("CQC's register has no nurses for this home")
    assert axe_violations(again) == []
    confirm(again)
