"""The README's journey in two browsers: a carer posts, a coordinator finds it and is alerted."""

from dataclasses import replace

from playwright.sync_api import expect

from claims.story import ALERT_WITHIN_SECONDS
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DEMENTIA, DESKTOP, PHONE, Visit, World

TEAM = "journey-of-two"
SEARCH = "/search.html?near=54.25,-4.55&radius_miles=5&care_for=dementia&care=nursing"


def test_a_posted_vacancy_is_found_and_alerted(
    world: World, visit: Visit, stack: LocalStack
) -> None:
    there = replace(REGISTER, name="Sycamore Lodge", latitude=54.25, longitude=-4.55)
    home = world.home(register=there, beds={DEMENTIA: counts(0)})
    inbox = Inbox(stack, TEAM)

    coordinator = visit("/alerts.html", world.person(f"team:{TEAM}"), size=DESKTOP)
    coordinator.get_by_label("How to contact them").select_option("A system, through a queue")
    coordinator.get_by_label("ARN of the queue").fill(inbox.arn)
    coordinator.get_by_role("button", name="Add member").click()
    expect(coordinator.get_by_role("heading", name="Member added")).to_be_visible()

    coordinator.goto(coordinator.url.split("/alerts", maxsplit=1)[0] + SEARCH)
    expect(coordinator.get_by_role("heading", name="No home")).to_be_visible()
    coordinator.get_by_role("button", name="Create an alert for this search").click()
    expect(coordinator.get_by_role("heading", name="Alert created")).to_be_visible()

    carer = visit("/update.html", world.carer(home), size=PHONE)
    carer.get_by_role("button", name="One more accepting").click()
    carer.get_by_role("button", name="Save").click()
    expect(carer.get_by_role("heading", name="Saved at")).to_be_visible()
    matching = "Your vacancies match 1 alert of 1 hospital team."
    expect(carer.get_by_role("status")).to_contain_text(matching)

    coordinator.reload()
    card = coordinator.locator(".result")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("Sycamore Lodge")
    expect(card).to_contain_text("1 free")
    expect(card).to_contain_text("Confirmed just now", ignore_case=True)

    message = inbox.next(ALERT_WITHIN_SECONDS)
    assert message is not None
    assert message["home"]["location_id"] == home
    assert inbox.next(1) is None
