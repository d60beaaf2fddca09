"""The form of a search: what is typed, what is wrong with it, and the keyboard alone."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import Geolocation, expect

from local.emulator.people import Person
from tests.web.conftest import DESKTOP, Visit
from tests.web.search.searching import Somewhere, marker, names, summary


def test_a_search_needs_only_the_keyboard(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House", miles=1)
    somewhere.home("Far House", miles=8)
    page = visit("/search.html", coordinator, size=DESKTOP)
    keys = page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(80):
            keys.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the tab key does not reach {selector}")

    tab_to("#near")
    keys.type(somewhere.near)
    tab_to("#care_for-1")
    keys.press("Space")
    keys.press("Space")
    tab_to("#needs-find")
    keys.type("hoist")
    keys.press("Enter")
    tab_to(".needs__toggle")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Hoist: would like")).to_be_focused()
    tab_to(".needs__remove")
    keys.press("Enter")
    expect(page.locator("#needs-find")).to_be_focused()
    keys.press("Enter")
    assert names(page) == ["Near House", "Far House"]
    tab_to(".create-alert button")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Alert created")).to_be_visible()
    tab_to("[data-home] + [data-home] .result__show")
    keys.press("Enter")
    expect(marker(page, "Far House")).to_have_attribute("aria-current", "true")
    tab_to(".marker[aria-label*='Near House']")
    keys.press("Enter")
    expect(page.get_by_role("link", name="Near House", exact=True)).to_be_focused()


def test_an_error_is_shown_at_the_postcode_and_keeps_what_was_typed(
    visit: Visit, coordinator: Person
) -> None:
    page = visit("/search.html", coordinator)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(summary(page)).to_contain_text("Enter a postcode, like EX2 5DW")
    expect(summary(page)).to_be_focused()
    page.get_by_label("Postcode").fill("the seaside")
    page.get_by_role("button", name="Search", exact=True).click()
    message = "We do not know the place “the seaside”"
    expect(summary(page)).to_contain_text(message)
    expect(summary(page)).to_be_focused()
    assert page.title().startswith("Error: ")
    summary(page).get_by_role("link").click()
    field = page.locator("#near")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("the seaside")
    expect(page.locator("label[for=near] .nhsuk-error-message")).to_contain_text(message)
    field.fill("")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(summary(page)).to_have_text(re.compile("There is a problemEnter a postcode"))


def test_errors_of_an_address_are_listed_and_lead_to_their_fields(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    path = somewhere.search(radius_miles="5000", available_by="2001-01-01", need="moat")
    page = visit(path, coordinator, ready=".nhsuk-error-summary")
    expect(summary(page)).to_contain_text("no more than 100 miles")
    expect(summary(page)).to_contain_text("between today and a year from now")
    expect(summary(page)).to_contain_text("Remove the need that is not on the list")
    summary(page).get_by_role("link", name=re.compile("a year from now")).click()
    expect(page.locator("#available_by")).to_be_focused()
    summary(page).get_by_role("link", name=re.compile("not on the list")).click()
    expect(page.locator("#needs-find")).to_be_focused()


def test_the_device_s_location_can_be_used(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit("/search.html", coordinator)
    page.context.set_geolocation(
        Geolocation(latitude=somewhere.latitude, longitude=somewhere.longitude, accuracy=10)
    )
    page.context.grant_permissions(["geolocation"])
    page.get_by_role("button", name="Use my location").click()
    assert names(page) == ["Near House"]


def test_a_page_without_scripts_names_the_council_s_contact(site: str) -> None:
    # Chromium hides <noscript> even where Playwright has scripts off, so this reads the page.
    page = httpx.get(f"{site}/search.html").text
    (noscript,) = re.findall(r"<noscript>.*?</noscript>", page, re.DOTALL)
    assert "Help: care home team, 01632 960001" in noscript


def test_without_a_location_a_postcode_is_asked_for(visit: Visit, coordinator: Person) -> None:
    page = visit("/search.html", coordinator)
    page.evaluate(
        "() => (navigator.geolocation.getCurrentPosition = (located, refused) => refused())"
    )
    page.get_by_role("button", name="Use my location").click()
    expect(page.get_by_text("Your device did not give your location")).to_be_visible()
    expect(page.get_by_label("Postcode")).to_be_focused()


def test_the_search_is_kept_when_the_network_is_lost(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    page = visit("/search.html", coordinator)
    page.context.set_offline(True)
    page.get_by_label("Postcode").fill(somewhere.near)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.get_by_text("Change this search").click()
    expect(page.get_by_label("Postcode")).to_have_value(somewhere.near)


def test_signing_in_leads_back_to_the_search(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    page = visit(somewhere.search(care_for="dementia"), coordinator, ready="h2", by_form=True)
    assert parse_qs(urlsplit(page.url).query) == {
        "near": [somewhere.near],
        "care_for": ["dementia"],
    }
