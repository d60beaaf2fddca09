"""An officer makes the two calls of the day, and says what came of them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack, table_of
from shared.domain.audit import DrawnCall, ListedBeds
from shared.domain.audit_draw import AuditDraw, ShownBeds
from shared.domain.outcome import Outcome
from shared.domain.uk_time import uk_day
from shared.store import audit_draws, keys, outcomes
from shared.store.table import Table
from tests.web.conftest import DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")


class Draw:
    """Draws what a test needs, in place of what the stack may have drawn."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def of(self, world: World, *names: str) -> list[str]:
        """Draw for today a listing of a new home of each name; return the homes' ids."""
        now = datetime.now(UTC)
        ids = [world.home(name=name) for name in names]
        said_at = datetime.fromisoformat(world.state(ids[0])["said_at"][NURSING])
        calls = {
            DrawnCall(uk_day(now), ListedBeds(each, NURSING)): ShownBeds(2, said_at) for each in ids
        }
        draw = AuditDraw(uk_day(now), now - timedelta(hours=1), calls)
        self.clear()
        audit_draws.save(self._table, draw)
        return ids

    def clear(self) -> None:
        """Forget every draw."""
        drawn = self._table.query(
            "#pk = :pk", {":pk": keys.AUDIT_DRAWS}, ExpressionAttributeNames={"#pk": keys.PARTITION}
        )
        for item in list(drawn):
            self._table.delete((keys.AUDIT_DRAWS, item[keys.SORT]["S"]))


@pytest.fixture
def draw(stack: LocalStack) -> Iterator[Draw]:
    draw = Draw(table_of(stack))
    draw.clear()
    yield draw
    draw.clear()


def card(page: Page, name: str) -> Any:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def said_of(stack: LocalStack, location_id: str) -> Outcome:
    """Return the one outcome of calls to this home."""
    since = datetime(2020, 1, 1, tzinfo=UTC)
    every = outcomes.recorded_since(table_of(stack), since, pytest.fail)
    (said,) = [each for each in every if each.shown.location_id == location_id]
    return said


def test_an_officer_calls_and_says_with_one_press_what_it_found(
    draw: Draw, world: World, visit: Visit, officer: Person, stack: LocalStack
) -> None:
    first, _ = draw.of(world, "Larkrise House", "Beeswing House")
    page = visit("/council.html", officer, size=PHONE)
    page.goto(page.url.replace("council", "audits"))
    larkrise = card(page, "Larkrise House")
    expect(larkrise).to_contain_text("2 general nursing beds, as the home said at")
    larkrise.get_by_role("link", name=re.compile("^Call Larkrise House")).evaluate(
        "link => { link.addEventListener('click', (e) => e.preventDefault()); link.click(); }"
    )
    question = page.get_by_role("group", name="What came of your call to Larkrise House?")
    expect(question.get_by_role("button")).to_have_count(5)
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)
    question.get_by_role("button", name="It has gone").press("Enter")
    expect(larkrise.get_by_text("Saved: it has gone.")).to_be_focused()
    page.reload()
    larkrise.get_by_role("button", name=re.compile("^Undo")).press("Enter")
    question.get_by_role("button", name="A bed is there").press("Enter")
    expect(larkrise.get_by_text("Saved: a bed is there.")).to_be_focused()
    said = said_of(stack, first)
    assert (said.result, said.audit_day) == ("there", uk_day(datetime.now(UTC)).isoformat())
    assert world.state(first)["version"] == 1


def test_a_home_that_lists_nothing_any_more_is_not_called(
    draw: Draw, world: World, visit: Visit, officer: Person
) -> None:
    first, _ = draw.of(world, "Larkrise House", "Beeswing House")
    world.overtake(first, accepting=0)
    page = visit("/audits.html", officer, size=DESKTOP, ready=".audits__call")
    larkrise = card(page, "Larkrise House")
    expect(larkrise).to_contain_text("there is nothing to call about")
    expect(larkrise.get_by_role("link", name=re.compile("^Call"))).to_have_count(0)
    card(page, "Beeswing House").get_by_role("button", name="I have called").press("Enter")
    question = page.get_by_role("group", name="What came of your call to Beeswing House?")
    expect(question).to_be_focused()
    assert axe_violations(page) == []
    question.get_by_role("button", name="No answer").press("Enter")
    expect(page.get_by_text("Saved: no answer.")).to_be_focused()
    page.reload()
    expect(card(page, "Beeswing House")).to_contain_text("Saved: no answer.")


@pytest.mark.parametrize("accepting", [0, 1], ids=["takes the bed off", "posts another count"])
def test_a_call_is_asked_about_after_the_home_posts_because_of_it(
    draw: Draw,
    world: World,
    visit: Visit,
    officer: Person,
    stack: LocalStack,
    accepting: int,
) -> None:
    first, _ = draw.of(world, "Larkrise House", "Beeswing House")
    said_at = world.state(first)["said_at"][NURSING]
    page = visit("/audits.html", officer, size=PHONE, ready=".audits__call")
    larkrise = card(page, "Larkrise House")
    larkrise.get_by_role("button", name="I have called").press("Enter")
    question = page.get_by_role("group", name="What came of your call to Larkrise House?")
    expect(question).to_be_focused()
    world.overtake(first, accepting=accepting)
    page.reload()
    expect(question).to_be_visible()
    expect(larkrise).to_contain_text("2 general nursing beds, as the home said at")
    expect(larkrise).not_to_contain_text("nothing to call about")
    question.get_by_role("button", name="A bed is there").press("Enter")
    larkrise.get_by_role("button", name=re.compile("^Undo")).press("Enter")
    question.get_by_role("button", name="It has gone").press("Enter")
    expect(larkrise.get_by_text("Saved: it has gone.")).to_be_focused()
    said = said_of(stack, first)
    assert (said.result, said.shown.said_at) == ("gone", datetime.fromisoformat(said_at))
