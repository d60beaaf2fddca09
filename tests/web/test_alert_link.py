"""The link of an alert's email shows its team what to ask the home, which no message names."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from local.emulator.tokens import token
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways

TEAM = "alert-link-team"


def api(world: World, group: str, method: str, path: str, body: object) -> Any:
    response = httpx.request(
        method,
        f"{world.stack.api_url}{path}",
        headers={"Authorization": f"Bearer {token(world.stack, [group])}"},
        json=body,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()


def link(world: World, home: str, *needs: str) -> str:
    """Create an alert of the team with these needs, and return the link of its message."""
    alert = {"near": "EX2 5DW", "radius_miles": 10, "needs": needs}
    alert_id = api(world, f"team:{TEAM}", "POST", "/alerts", alert)["alert_id"]
    return f"/home.html?id={home}&alert={alert_id}&team={TEAM}"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_team_sees_what_to_ask(world: World, visit: Visit, size: tuple[int, int]) -> None:
    home = world.home()
    api(world, f"home:{home}", "PATCH", f"/homes/{home}", {"needs": {"hoist": "ask", "peg": "yes"}})
    path = link(world, home, "pet", "hoist", "peg")
    page = visit(path, world.person(f"team:{TEAM}", "team:another-team"), size=size)
    region = page.get_by_role("region", name="What your alert asks")
    expect(region.get_by_role("listitem")).to_have_text(
        ["Yes: PEG feeding", "Ask about: hoist", "Has not said: pet"]
    )
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def test_others_are_not_shown_what_an_alert_asks(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit(link(world, home, "pet"), world.person("team:another-team"))
    expect(page.get_by_text("What your alert asks for did not load.")).to_be_visible()
    expect(page.get_by_role("region", name="What your alert asks")).to_have_count(0)


def test_an_alert_that_is_gone_says_so_and_one_without_needs_says_nothing(
    world: World, visit: Visit
) -> None:
    home, person = world.home(), world.person(f"team:{TEAM}")
    gone = re.sub("alert=[0-9a-f]+", "alert=3f9c0d1e8a72", link(world, home))
    page = visit(gone, person)
    expect(page.get_by_text("The alert in this link no longer exists.")).to_be_visible()
    page = visit(link(world, home), person)
    expect(page.get_by_role("heading", name="Recent changes")).to_be_visible()
    expect(page.get_by_text(re.compile("your alert", re.IGNORECASE))).to_have_count(0)
