"""A home's staff choose on the update page who gets its reminders."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from local.emulator.tokens import token
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

SIZES = pytest.mark.parametrize(
    "size", [(320, 568), PHONE, DESKTOP], ids=["smallest", "phone", "desktop"]
)


def reminder_members(world: World, home: str) -> list[dict[str, Any]]:
    """Return the members as the API sends them to the home's staff."""
    response = httpx.get(
        f"{world.stack.api_url}/homes/{home}/reminders",
        headers={"Authorization": f"Bearer {token(world.stack, [f'home:{home}'])}"},
        timeout=30,
    )
    response.raise_for_status()
    members: list[dict[str, Any]] = response.json()["members"]
    return members


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opened(page: Page) -> Page:
    page.locator("summary", has_text="Reminders").click()
    page.get_by_role("heading", name="Add an address").wait_for()
    return page


def add(page: Page, address: str) -> None:
    page.get_by_label("Email address").fill(address)
    tap(page, "Add address")


def test_an_address_is_added_and_removed_again(world: World, visit: Visit) -> None:
    home = world.home()
    page = opened(visit("/update.html", world.carer(home)))
    expect(page.get_by_text("No members yet")).to_be_visible()
    add(page, "Manager@example.org")
    expect(page.get_by_role("status").filter(has_text="Waiting for confirmation")).to_be_focused()
    (member,) = reminder_members(world, home)
    assert (member["protocol"], member["address"]) == ("email", "m***@example.org")
    assert "manager@example.org" not in page.evaluate(
        "() => JSON.stringify([localStorage, sessionStorage]).toLowerCase()"
    )
    tap(page, "Remove: m***@example.org")
    tap(page, "Yes, remove: m***@example.org")
    expect(page.get_by_role("heading", name="Member removed")).to_be_visible()
    assert reminder_members(world, home) == []


def test_only_email_and_text_message_can_be_chosen(world: World, visit: Visit) -> None:
    page = opened(visit("/update.html", world.carer(world.home())))
    ways = page.get_by_label("How to contact them").locator("option")
    assert ways.all_inner_texts() == ["Email", "Text message"]


def test_an_impossible_address_is_refused_at_its_field(world: World, visit: Visit) -> None:
    home = world.home()
    page = opened(visit("/update.html", world.carer(home)))
    add(page, "the manager")
    expect(page.get_by_role("alert")).to_contain_text("Email address: an email address")
    expect(page.get_by_label("Email address")).to_have_attribute("aria-invalid", "true")
    assert axe_violations(page) == []
    assert reminder_members(world, home) == []


def test_reminders_are_not_loaded_until_they_are_opened(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    tap(page, "Nothing has changed")
    page.get_by_role("heading", name="Saved at").wait_for()
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((e) => e.name)")
    requested = [url for url in loaded if "/api/" in url]
    assert requested
    assert not [url for url in requested if url.endswith("/reminders")]


def test_reminders_can_be_opened_again_after_losing_the_network(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    page.context.set_offline(True)
    page.locator("summary", has_text="Reminders").click()
    expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    page.context.set_offline(False)
    page.locator("summary", has_text="Reminders").click()
    opened(page)


def test_adding_a_member_keeps_the_draft_above(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    tap(page, "One more accepting, General nursing")
    opened(page)
    add(page, "manager@example.org")
    page.get_by_role("heading", name="Waiting for confirmation").wait_for()
    expect(page.get_by_text("7 of 10 beds occupied")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def test_staff_stop_all_links_and_the_page_of_the_home_warns_until_they_allow_them(
    world: World, visit: Visit
) -> None:
    carer = world.carer(world.home())
    page = opened(visit("/update.html", carer))
    tap(page, "Stop all links in reminders")
    expect(page.get_by_role("heading", name="Links are stopped")).to_be_visible()
    page = visit("/home.html", carer)
    warning = page.get_by_role("heading", name="Links in reminders are stopped")
    expect(warning).to_be_visible()
    assert axe_violations(page) == []
    tap(page, "Allow links again")
    expect(page.get_by_role("heading", name="Links are allowed again")).to_be_visible()
    expect(warning).to_have_count(0)


@SIZES
def test_reminders_are_accessible_at_every_size(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    page = opened(visit("/update.html", world.carer(world.home()), size=size))
    add(page, "manager@example.org")
    page.get_by_role("heading", name="Waiting for confirmation").wait_for()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
