"""What came of a call: asked on the card, said with one press, shown to every team, taken back."""

import re

from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.stack import table_of
from shared.domain.outcome import CallResult
from shared.store import outcomes
from tests.support.builders import NOON, counts
from tests.web.conftest import DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways
from tests.web.search.searching import Somewhere, declaring, result


def test_after_a_call_one_press_says_that_it_has_gone_and_every_search_shows_it(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Larkrise House", beds={NURSING: counts(1)})
    somewhere.home("Beeswing House", miles=2)
    page = visit(somewhere.search(), coordinator, size=PHONE, ready=".result")
    card = result(page, "Larkrise House")
    expect(card.get_by_role("group")).to_have_count(0)
    # A browser without a telephone does nothing with the link, but the question is there.
    card.get_by_role("link", name=re.compile("Call")).evaluate(
        "link => { link.addEventListener('click', (e) => e.preventDefault()); link.click(); }"
    )
    question = card.get_by_role("group", name="What came of your call to Larkrise House?")
    expect(question).to_be_visible()
    page.reload()
    page.locator(".result").first.wait_for()
    expect(question).to_be_visible()
    question.get_by_role("button", name="It has gone").click()
    expect(card.get_by_text("Saved: it has gone.")).to_be_focused()
    expect(card).to_contain_text(re.compile(r"A team was told at [0-9:]+[ap]m today that it has"))
    expect(card).to_contain_text("Phone first")
    page.reload()
    page.locator(".result").first.wait_for()
    expect(card).to_contain_text("A team was told")
    expect(question).to_have_count(0)


def test_a_press_is_taken_back_and_another_said(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Larkrise House")
    page = visit(somewhere.search(), coordinator, size=DESKTOP, ready=".result")
    card = result(page, "Larkrise House")
    card.get_by_role("button", name="I have called").click()
    card.get_by_role("button", name="It has gone").click()
    expect(card).to_contain_text("A team was told")
    card.get_by_role("button", name=re.compile("^Undo")).click()
    question = card.get_by_role("group", name="What came of your call to Larkrise House?")
    expect(question).to_be_focused()
    expect(card).not_to_contain_text("A team was told")
    question.get_by_role("button", name="We are pursuing it").click()
    expect(card.get_by_text("Saved: we are pursuing it.")).to_be_visible()
    page.reload()
    page.locator(".result").first.wait_for()
    expect(card).not_to_contain_text("A team was told")


def test_not_for_this_person_is_one_press_and_the_card_counts_it_for_the_need_of_the_search(
    somewhere: Somewhere, visit: Visit, coordinator: Person, world: World
) -> None:
    home = somewhere.home("Larkrise House", declaration=declaring(hoist="ask"))
    world.say_taken(home, requests=4, need="hoist")
    path = somewhere.search(need="hoist")
    page = visit(path, coordinator, size=PHONE, ready=".result")
    card = result(page, "Larkrise House")
    expect(card).not_to_contain_text("of the last")
    card.get_by_role("button", name="I have called").click()
    card.get_by_role("button", name="Not for this person").click()
    expect(card.get_by_text("Saved: not for this person.")).to_be_focused()
    (said,) = [
        each
        for each in outcomes.recorded_since(table_of(world.stack), NOON, lambda _: None)
        if each.shown.location_id == home and each.result is CallResult.NOT_FOR_THIS_PERSON
    ]
    assert said.need == "hoist"
    page.reload()
    page.locator(".result").first.wait_for()
    expect(card).to_contain_text("Took 4 of the last 5 requests: hoist")
    expect(card).to_contain_text("Took 4 of the last 5 requests: general nursing")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def test_someone_in_no_team_is_not_asked(somewhere: Somewhere, visit: Visit, world: World) -> None:
    somewhere.home("Larkrise House")
    page = visit(somewhere.search(), world.person("council"), ready=".result")
    expect(
        result(page, "Larkrise House").get_by_role("button", name="I have called")
    ).to_have_count(0)
