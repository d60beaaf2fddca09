"""A home's staff say on the update page who is reminded of old numbers."""

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


def reminded(world: World, home: str) -> list[dict[str, Any]]:
    """Who is, as the API tells the home's staff."""
    answer = httpx.get(
        f"{world.stack.api_url}/homes/{home}/reminders",
        headers={"Authorization": f"Bearer {token(world.stack, [f'home:{home}'])}"},
        timeout=30,
    )
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()["members"]
    return found


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def opened(page: Page) -> Page:
    page.locator("summary", has_text="Remind us").click()
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
    expect(page.get_by_role("status").filter(has_text="Member added")).to_be_focused()
    (member,) = reminded(world, home)
    assert (member["protocol"], member["address"]) == ("email", "m***@example.org")
    assert "manager@example.org" not in page.evaluate(
        "() => JSON.stringify([localStorage, sessionStorage]).toLowerCase()"
    )
    tap(page, "Remove: m***@example.org")
    tap(page, "Yes, remove: m***@example.org")
    expect(page.get_by_role("heading", name="Member removed")).to_be_visible()
    assert reminded(world, home) == []


def test_only_what_a_person_reads_can_be_chosen(world: World, visit: Visit) -> None:
    page = opened(visit("/update.html", world.carer(world.home())))
    ways = page.get_by_label("How to contact them").locator("option")
    assert ways.all_inner_texts() == ["Email", "Text message"]


def test_an_address_that_cannot_be_is_refused_at_its_field(world: World, visit: Visit) -> None:
    home = world.home()
    page = opened(visit("/update.html", world.carer(home)))
    add(page, "the manager")
    expect(page.get_by_role("alert")).to_contain_text("Email address: an email address")
    expect(page.get_by_label("Email address")).to_have_attribute("aria-invalid", "true")
    assert axe_violations(page) == []
    assert reminded(world, home) == []


def test_nothing_is_asked_of_the_api_until_it_is_opened(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    tap(page, "Nothing has changed")
    page.get_by_role("heading", name="Saved at").wait_for()
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((e) => e.name)")
    asked = [url for url in loaded if "/api/" in url]
    assert asked
    assert not [url for url in asked if url.endswith("/reminders")]


def test_without_a_network_it_says_so_and_can_be_opened_again(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    page.context.set_offline(True)
    page.locator("summary", has_text="Remind us").click()
    expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    page.context.set_offline(False)
    page.locator("summary", has_text="Remind us").click()
    opened(page)


def test_what_was_typed_above_stays_while_somebody_is_added(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    tap(page, "One more accepting, General nursing")
    opened(page)
    add(page, "manager@example.org")
    page.get_by_role("heading", name="Member added").wait_for()
    expect(page.get_by_text("7 of 10 beds occupied")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()


@SIZES
def test_it_can_be_used_by_everybody_at_every_size(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    page = opened(visit("/update.html", world.carer(world.home()), size=size))
    add(page, "manager@example.org")
    page.get_by_role("heading", name="Member added").wait_for()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
