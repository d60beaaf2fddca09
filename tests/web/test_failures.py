"""When the API is away or refuses, every page says so, in a form that everyone can read."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.people import Person
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways

PAGES = pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/update.html", "home"),
        ("/home.html", "home"),
        ("/search.html?near=55.1,-4.1", "team"),
        ("/alerts.html", "team"),
        ("/council.html", "council"),
        ("/directory.html", "council"),
        ("/people.html", "council"),
    ],
)

MESSAGE = "main .notice--error, main .notice--warning"
"""Without a network, update shows the bed counts that it kept, with a warning."""

Failure = Literal["away", "blocked", "broken", "refuses"]


@pytest.fixture
def person(world: World, kind: str) -> Person:
    """Return someone whom the page is for."""
    groups = {"home": f"home:{world.home()}", "team": "team:failing", "council": "council"}
    return world.person(groups[kind])


def reload_with(page: Page, failure: Failure) -> None:
    """Load the page again, with an API that is away, broken or refuses everything."""

    def fail(route: Route) -> None:
        if failure == "away":
            route.abort()
        elif failure == "blocked":
            route.fulfill(status=403, body="<html>Request blocked</html>")
        elif failure == "broken":
            route.fulfill(status=502, body="<html>Bad gateway</html>")
        else:
            route.fulfill(status=403, json={"type": "urn:bedboard:problem:forbidden"})

    page.unroute_all()
    page.route(re.compile("/api/"), fail)
    page.reload()
    page.locator(MESSAGE).first.wait_for()


@PAGES
def test_a_page_without_its_data_says_so_accessibly(
    path: str, person: Person, visit: Visit
) -> None:
    page = visit(path, person)
    failures: tuple[Failure, ...] = ("away", "refuses")
    for failure in failures:
        reload_with(page, failure)
        expect(page.locator("main h1")).to_have_count(1)
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            expect(page.locator(MESSAGE).first).to_be_visible()
            assert axe_violations(page) == []
            assert not scrolls_sideways(page)


@PAGES
def test_a_page_works_again_after_a_broken_gateway(path: str, person: Person, visit: Visit) -> None:
    page = visit(path, person)
    reload_with(page, "broken")
    # The connection works, and nobody needs to look at their phone.
    expect(page.get_by_role("heading", name="Bedboard is not working")).to_be_visible()
    expect(page.get_by_text("No connection")).to_have_count(0)
    page.unroute_all()
    page.reload()
    page.locator("main h1").wait_for()
    expect(page.get_by_role("heading", name="Bedboard is not working")).to_have_count(0)
    expect(page.locator("main .notice--error")).to_have_count(0)


@pytest.mark.parametrize(("path", "kind"), [("/search.html?near=55.1,-4.1", "team")])
def test_a_request_that_a_firewall_blocked_is_not_told_as_one_without_access(
    path: str, person: Person, visit: Visit
) -> None:
    """The council would look for a role that is missing, and find none."""
    page = visit(path, person)
    reload_with(page, "blocked")
    expect(page.get_by_role("heading", name="A firewall blocked this")).to_be_visible()
    expect(page.get_by_text("tell your council the time and what you typed")).to_be_visible()
