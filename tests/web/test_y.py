"""The page behind the link in a reminder: one press, without signing in, on a slow line."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from local.emulator.stack import LocalStack, table_of
from local.site.browser import sign_in
from shared.domain.link_secret import Secret
from shared.domain.posting_link import LINK_LIFETIME, LinkPurpose
from shared.store import keys, posting_links
from tests.web.conftest import DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

LIMIT = 20_000
"""Bytes, headers too."""

FIRST_CONTROL_MS = 1_800

NOTHING, SOMETHING = "Nothing has changed", "Something has changed"
FULL = "Open the full page"
_numbers = count(1)

Mint = Callable[..., str]


@pytest.fixture
def mint(stack: LocalStack) -> Mint:
    """Make a link of a home, as `deliver` does, and return the address of its page."""

    def made(home: str, ago: timedelta = timedelta(0)) -> str:
        member = f"00000000-0000-4000-8000-{next(_numbers):012d}"
        now = datetime.now(UTC) - ago
        secrets = posting_links.mint(
            table_of(stack), b"key", home, member, LinkPurpose.REMINDER, now
        )
        assert secrets
        return f"/y#{secrets.token.text}"

    return made


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def accepting(world: World, home: str) -> int:
    free: int = world.state(home)["beds"][str(NURSING)]["accepting"]
    return free


def test_one_press_confirms_and_another_undoes(world: World, mint: Mint, visit: Visit) -> None:
    home = world.home()
    before = world.state(home)
    page = visit(mint(home), ready=f"button:has-text('{NOTHING}')")
    expect(page.get_by_text("General nursing: 2 accepting, 8 of 10 beds occupied")).to_be_visible()
    expect(page.get_by_text("said 1 day ago")).to_be_visible()
    assert page.url.endswith("/y")
    assert world.writes(home) == 0
    press(page, NOTHING)
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert world.state(home)["confirmed_at"] > before["confirmed_at"]
    press(page, "Undo (10 minutes)")
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    assert world.state(home)["confirmed_at"] == before["confirmed_at"]


def test_something_changed_is_entered_with_the_keyboard_alone(
    world: World, mint: Mint, visit: Visit
) -> None:
    home = world.home()
    page = visit(mint(home), ready=f"button:has-text('{NOTHING}')")
    page.get_by_role("button", name=SOMETHING).focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("General nursing: beds accepting now")
    field.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_value("1")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert accepting(world, home) == 1


def test_counts_that_changed_meanwhile_are_shown(world: World, mint: Mint, visit: Visit) -> None:
    home = world.home()
    page = visit(mint(home), ready=f"button:has-text('{NOTHING}')")
    world.overtake(home, 5)
    press(page, NOTHING)
    expect(page.get_by_text("Someone changed this home's vacancies")).to_be_visible()
    expect(page.get_by_text("General nursing: 5 accepting")).to_be_visible()
    assert world.writes(home) == 1


def test_what_a_phone_out_of_reach_entered_is_kept_when_its_link_ends_and_sent_after_signing_in(
    world: World, mint: Mint, visit: Visit, stack: LocalStack
) -> None:
    home = world.home()
    link = mint(home)
    page = visit(link, ready=f"button:has-text('{NOTHING}')")
    press(page, SOMETHING)
    press(page, "One fewer: General nursing")
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.get_by_text("Check your connection")).to_be_visible()
    expire(stack, link)
    page.context.set_offline(False)
    press(page, "Save")
    expect(page.get_by_text("General nursing: 1 accepting (was 2)")).to_be_visible()
    assert world.writes(home) == 0
    page.get_by_role("link", name="Sign in to send").click()
    sign_in(page, world.carer(home))
    page.get_by_role("button", name="Send in my name").click()
    expect(page.get_by_text("Saved").first).to_be_visible()
    assert accepting(world, home) == 1


def expire(stack: LocalStack, link: str) -> None:
    """Let the time of a link be over."""
    table, digest = table_of(stack), Secret(link.partition("#")[2]).digest
    (item,) = table.get((keys.posting_link(digest), keys.NO_SORT))
    assert item
    document = {**json.loads(item[keys.DOCUMENT]["S"]), "expires_at": "2026-01-05T12:00:00.000Z"}
    table.put({**item, keys.DOCUMENT: {"S": json.dumps(document)}})


def test_stopping_ends_the_link(world: World, mint: Mint, visit: Visit) -> None:
    home = world.home()
    link, other = mint(home), mint(home)
    page = visit(link, ready=f"button:has-text('{NOTHING}')")
    press(page, NOTHING)
    press(page, "Not you? Stop these links")
    expect(page.get_by_role("heading", name="Links are stopped")).to_be_visible()
    ended = visit(other, ready="#code")
    expect(ended.get_by_text("This link does not work any more")).to_be_visible()


@pytest.mark.parametrize("path", ["/y", f"/y#{'x' * 22}", f"/y%23{'x' * 22}"])
def test_a_link_that_lost_its_end_asks_for_the_code(path: str, visit: Visit) -> None:
    page = visit(path, ready="#code")
    assert page.url.endswith("/y") == ("#" not in path)
    page.get_by_label("Code").fill("00000-00000")
    press(page, "Open with the code")
    expect(page.get_by_text("This link does not work any more")).to_be_visible()
    assert axe_violations(page) == []


def test_an_expired_link_asks_to_sign_in(world: World, mint: Mint, visit: Visit) -> None:
    page = visit(mint(world.home(), LINK_LIFETIME), ready="#code")
    expect(page.get_by_text("This link does not work any more")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_is_accessible(
    size: tuple[int, int], world: World, mint: Mint, visit: Visit
) -> None:
    page = visit(mint(world.home()), ready=f"button:has-text('{NOTHING}')", size=size)
    assert_accessible(page)
    press(page, SOMETHING)
    assert_accessible(page)
    press(page, "Back")
    press(page, NOTHING)
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []


def test_the_page_weighs_at_most_20_kb_and_works_soon_on_a_slow_line(
    world: World, mint: Mint, chromium: Browser, site: str
) -> None:
    link = mint(world.home())
    width, height = PHONE
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        requests: list[Request] = []
        context.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright takes no built-in function
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        slow: dict[str, Any] = {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 400_000 / 8,
            "uploadThroughput": 400_000 / 8,
        }
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", slow)
        began = time.monotonic()
        page.goto(f"{site}{link}", wait_until="commit")
        page.get_by_role("link", name=FULL).wait_for()
        first_ms = (time.monotonic() - began) * 1000
        page.get_by_role("button", name=NOTHING).wait_for()
        sizes = [each.sizes() for each in requests]
        loaded = sum(
            each["responseBodySize"] + each["responseHeadersSize"]
            for each in sizes
            if each["responseBodySize"] >= 0
        )
    assert 5_000 < loaded <= LIMIT
    assert first_ms <= FIRST_CONTROL_MS
