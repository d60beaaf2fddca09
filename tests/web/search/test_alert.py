"""A search becomes an alert with one tap."""

import pytest
from playwright.sync_api import expect

from local.emulator.stack import LocalStack
from tests.web.conftest import Visit, World
from tests.web.search.searching import Somewhere, alerts, new_team


def test_an_alert_for_the_search_takes_one_tap(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, world: World
) -> None:
    team = new_team()
    path = somewhere.search(care_for="dementia", care="nursing", min_rating="Good")
    page = visit(path, world.person(f"team:{team}"), ready="h2")
    page.get_by_role("button", name="Create an alert for this search").click()
    expect(page.get_by_role("heading", name="Alert created")).to_be_visible()
    expect(page.locator(".create-alert .notice")).to_be_focused()
    (alert,) = alerts(stack, team)
    expected = {
        "categories": ["dementia_nursing"],
        "radius_miles": 10,
        "min_rating": "Good",
    }
    assert {name: alert[name] for name in expected} == expected
    assert alert["latitude"] == pytest.approx(somewhere.latitude, abs=1e-4)


def test_someone_in_two_teams_chooses_the_team_of_an_alert(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, world: World
) -> None:
    one, two = new_team(), new_team()
    page = visit(somewhere.search(), world.person(f"team:{one}", f"team:{two}"), ready="h2")
    page.get_by_label("Team", exact=True).select_option(two.replace("ward-", "Ward "))
    page.get_by_role("button", name="Create an alert for this search").click()
    expect(page.get_by_role("heading", name="Alert created")).to_be_visible()
    assert (len(alerts(stack, one)), len(alerts(stack, two))) == (0, 1)


def test_an_alert_has_the_needs_of_its_search_and_says_what_it_leaves_out(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, world: World
) -> None:
    team = new_team()
    page = visit(
        somewhere.search(need="peg", funding="chc", would_like="pet"),
        world.person(f"team:{team}"),
        ready="h2",
    )
    page.get_by_role("button", name="Create an alert for this search").click()
    expect(page.get_by_text("Alerts leave out what you would like")).to_be_visible()
    (alert,) = alerts(stack, team)
    assert (alert["needs"], alert["funding"]) == (["peg"], "chc")
