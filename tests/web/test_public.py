"""A council that lets everyone search: families find a bed without signing in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from local.emulator.stack import running, table_of
from local.site.browser import sign_in
from local.site.serve import serving
from shared.domain.demand import Span, period_of
from shared.domain.placing_stop import PlacingStop
from shared.domain.public_truth import PublicTruth
from shared.domain.uk_time import uk_day
from shared.store import public_truth
from tests.support.builders import REGISTER, mark
from tests.web.conftest import PHONE, World
from tests.web.pages import axe_violations, scrolls_sideways

PUBLIC = """
slug = "public"
name = "Open Council (fictional)"
search_access = "public"
privacy_url = "https://www.example.org/bedboard/privacy"
accessibility_url = "https://www.example.org/bedboard/accessibility"
site = false
callback_urls = ["http://localhost:8000/"]
logout_urls = ["http://localhost:8000/"]
"""

pytestmark = pytest.mark.emulator

AUDIT = {
    "truth": {"n": 100, "rate": 0.93, "low": 0.8773, "high": 0.9636},
    "drawn": 120,
    "called": 112,
    "unanswered": 12,
    "uncalled": 8,
}
SEARCH = "/search.html?near=57.1,-2.1&radius_miles=5"


@pytest.fixture(scope="module")
def public_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """Run a stack of such a council; give it and the address of its pages."""
    settings = tmp_path_factory.mktemp("council") / "public.toml"
    settings.write_text(PUBLIC, "utf-8")
    with (
        running(tmp_path_factory.mktemp("public"), str(settings)) as stack,
        serving(stack, str(settings), port=0) as site,
    ):
        # It is newer than what the stack publishes itself, and there before anyone looks.
        published = PublicTruth(date(2098, 11, 1), date(2099, 10, 31), AUDIT)
        month = period_of(published.last, Span.MONTH)
        public_truth.publish(table_of(stack), month, published)
        yield World(stack), site


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a phone on which no one is signed in."""
    with chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}) as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def test_the_start_page_leads_to_the_search(page: Page, public_world: tuple[World, str]) -> None:
    _, site = public_world
    page.goto(site)
    expect(page.get_by_text("Sign in if you work for a care home")).to_be_visible()
    for name, last in ("Privacy", "privacy"), ("Accessibility statement", "accessibility"):
        link = page.get_by_role("contentinfo").get_by_role("link", name=name)
        expect(link).to_have_attribute("href", f"https://www.example.org/bedboard/{last}")
    assert axe_violations(page) == []
    page.get_by_role("link", name="Find a bed").click()
    expect(page.get_by_label("Postcode")).to_be_visible()
    assert page.url == f"{site}/search.html"


def test_a_family_finds_a_home_and_reads_its_page_without_signing_in(
    page: Page, public_world: tuple[World, str]
) -> None:
    world, site = public_world
    world.home(register=replace(REGISTER, name="Larkrise House", latitude=57.11, longitude=-2.1))
    page.goto(site + SEARCH)
    expect(page.get_by_role("heading", name="1 home has a bed that fits")).to_be_visible()
    expect(page.get_by_role("button", name="Create an alert for this search")).to_have_count(0)
    expect(page.get_by_text("93 of 100 listings that the council checked")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Larkrise House", exact=True).click()
    expect(page.get_by_role("heading", name="Larkrise House", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Edit this page")).to_have_count(0)
    expect(page.locator(".history > li").first).to_be_visible()
    assert axe_violations(page) == []


def test_pages_for_staff_still_ask_for_a_sign_in(
    page: Page, public_world: tuple[World, str]
) -> None:
    _, site = public_world
    for path in ("/update.html", "/alerts.html"):
        page.goto(site + path)
        expect(page.get_by_label("Password")).to_be_visible()


def test_someone_not_signed_in_is_shown_no_alert(
    page: Page, public_world: tuple[World, str]
) -> None:
    world, site = public_world
    page.goto(f"{site}/home.html?id={world.home()}&alert=3f9c0d1e8a72&team=exeter-discharge")
    expect(page.get_by_text("Sign in to see what to ask for your alert.")).to_be_visible()


def test_a_family_is_told_nothing_of_the_councils_mark_or_of_what_teams_were_told(
    page: Page, public_world: tuple[World, str]
) -> None:
    world, site = public_world
    register = replace(REGISTER, name="Marked House", latitude=57.9, longitude=-4.1)
    marked = world.home(register=register)
    mark(table_of(world.stack), marked, PlacingStop(uk_day(datetime.now(UTC))))
    world.say_gone(marked)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/search.html?near=57.9,-4.1&radius_miles=5")
    expect(page.locator(".result")).to_contain_text("Marked House")
    expect(page.get_by_text("placing")).to_have_count(0)
    page.get_by_role("link", name="Marked House", exact=True).click()
    expect(page.get_by_role("heading", name="Recent changes")).to_be_visible()
    expect(page.locator(".history li").first).to_be_visible()
    expect(page.get_by_text("placing")).to_have_count(0)
    expect(page.get_by_text("told")).to_have_count(0)
    hidden = re.compile("/api/.*(placing|disputes)")
    assert [each for each in asked if hidden.search(each)] == []


def test_teams_and_staff_learn_that_a_team_was_told_that_a_bed_has_gone(
    page: Page, public_world: tuple[World, str]
) -> None:
    world, site = public_world
    home = world.home(register=replace(REGISTER, name="Gone House", latitude=58.3, longitude=-5.1))
    world.say_gone(home)
    world.say_taken(home, requests=5)
    page.goto(f"{site}/update.html")
    sign_in(page, world.person("team:exeter-ward", f"home:{home}"))
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_be_visible()
    page.goto(f"{site}/search.html?near=58.3,-5.1&radius_miles=5")
    expect(page.locator(".result")).to_contain_text(re.compile("A team was told at .* has gone"))
    expect(page.locator(".result")).to_contain_text("Phone first")
    expect(page.locator(".result")).to_contain_text("Took 5 of the last 5 requests: general")


def test_teams_learn_it_of_the_homes_of_a_later_page_too(
    page: Page, public_world: tuple[World, str]
) -> None:
    world, site = public_world
    for number in range(26):
        latitude = 58.6 + number / 2_000
        home = world.home(
            register=replace(REGISTER, name=f"House {number:02}", latitude=latitude, longitude=-6.2)
        )
    world.say_gone(home)
    asked: list[list[str]] = []

    def note(url: str) -> None:
        if "/api/disputes" in url:
            asked.append(parse_qs(urlsplit(url).query)["home"])

    page.on("request", lambda request: note(request.url))
    page.goto(f"{site}/update.html")
    sign_in(page, world.person("team:exeter-ward", f"home:{home}"))
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_be_visible()
    page.goto(f"{site}/search.html?near=58.6,-6.2&radius_miles=5&sort=distance")
    expect(page.locator(".result")).to_have_count(25)
    expect(page.get_by_text(re.compile("A team was told at .* has gone"))).to_have_count(0)
    page.get_by_role("button", name="Show 1 more home").click()
    last = page.locator(".result").nth(25)
    expect(last).to_contain_text("House 25")
    expect(last).to_contain_text(re.compile("A team was told at .* has gone"))
    assert [len(each) for each in asked] == [25, 1]
