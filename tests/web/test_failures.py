"""When the API is away or refuses, every page says so, in a form that everybody can read."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.people import Person
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
PAGES = pytest.mark.parametrize(
    ("path", "of"),
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


SAID = "main .notice--error, main .notice--warning"
"""Update shows without a network the numbers that it saw, and that is nothing wrong."""


@pytest.fixture
def person(world: World, of: str) -> Person:
    """Whom the page is for."""
    groups = {"home": f"home:{world.home()}", "team": "team:failing", "council": "council"}
    return world.person(groups[of])


def failing(page: Page, answer: str) -> None:
    """Load the page once more, with an API that is away, broken or refuses everything."""

    def route(asked: Route) -> None:
        if answer == "away":
            asked.abort()
        elif answer == "broken":
            asked.fulfill(status=502, body="<html>Bad gateway</html>")
        else:
            asked.fulfill(status=403, json={"type": "urn:bedboard:problem:forbidden"})

    page.route(re.compile("/api/"), route)
    page.reload()
    page.locator(SAID).first.wait_for()


@SIZES
@PAGES
@pytest.mark.parametrize("answer", ["away", "refuses"])
def test_a_page_that_cannot_be_filled_says_so_accessibly(
    path: str, answer: str, size: tuple[int, int], person: Person, visit: Visit
) -> None:
    page = visit(path, person, size=size)
    failing(page, answer)
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator(SAID).first).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


@PAGES
def test_a_broken_gateway_is_no_connection_and_can_be_tried_again(
    path: str, person: Person, visit: Visit
) -> None:
    page = visit(path, person)
    failing(page, "broken")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.unroute_all()
    page.reload()
    page.locator("main h1").wait_for()
    expect(page.locator(SAID)).to_have_count(0)
