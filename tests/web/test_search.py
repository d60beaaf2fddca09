"""A discharge team searches: the form, the list, the map, the alert, and what to try next."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from local.site.browser import sign_in
from shared.domain.admission_hours import WEEKDAYS
from shared.domain.beds import AdmissionStatus
from shared.domain.declaration import Declaration
from shared.domain.needs import Suits
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Rating
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DEMENTIA, DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, hold_requests, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
MOST_INTERACTIONS = 10
MOST_SEARCH = 300_000
"""Bytes of the first load with results and map, headers too."""

CITY, FIELDS, SEA, REACH = [-0.5, 0.5, 2], [-8, 2, 2], [7, -9.5, 1], [0, 0, 10]
"""Squares on the map: miles east and north of EX2 5DW, and half of the side."""

DRAWN = """([east, north, half]) => {
    const canvas = document.querySelector(".map canvas");
    if (!canvas) return { drawn: 0, labels: 0 };
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [circle, frame] = [box(".map__circle"), canvas.getBoundingClientRect()];
    const mile = circle.width / 20;
    const scale = canvas.width / frame.width;
    const left = circle.left + circle.width / 2 + (east - half) * mile - frame.left;
    const top = circle.top + circle.height / 2 - (north + half) * mile - frame.top;
    const side = 2 * half * mile * scale;
    const { data } = canvas.getContext("2d").getImageData(left * scale, top * scale, side, side);
    const [r, g, b] = getComputedStyle(canvas).color.match(/[0-9]+/g).map(Number);
    let [drawn, labels] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 40) drawn += 1;
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) labels += 1;
    }
    return { drawn: drawn / (data.length / 4), labels };
}"""
"""Returns the share of such a square that is drawn on, and how many pixels of it are labels."""

_places = count(1)


class Somewhere:
    """A part of the country where no other test has homes."""

    def __init__(self, world: World) -> None:
        self._world = world
        row, column = divmod(next(_places), 8)
        self.latitude, self.longitude = 52.0 + 0.4 * row, -3.0 + 0.6 * column
        self.near = f"{self.latitude:.3f},{self.longitude:.3f}"

    def home(
        self, name: str, *, miles: float = 1.0, rating: Rating = Rating.GOOD, **more: Any
    ) -> str:
        """Add a home so many miles to the north, as `World.home` does, and return its id."""
        register = replace(
            REGISTER,
            name=name,
            rating=rating,
            latitude=self.latitude + miles / 69.1,
            longitude=self.longitude,
        )
        return self._world.home(register=register, **more)

    def search(self, **parameters: str) -> str:
        """Return the path of a search here."""
        return "/search.html?" + "&".join(
            f"{name}={each}" for name, each in {"near": self.near, **parameters}.items()
        )


@pytest.fixture
def somewhere(world: World) -> Somewhere:
    return Somewhere(world)


@pytest.fixture
def coordinator(world: World) -> Person:
    return world.person(f"team:ward-{next(_places)}")


def declaring(*funding: str, **answers: str) -> Declaration:
    """Return what a home says: its answers to needs, and the funding that it accepts.

    One that names funding admits people at any time.
    """
    hours = {day: ["00:00-24:00"] for day in WEEKDAYS}
    terms = {"funding": list(funding), "admission_hours": hours} if funding else {}
    return Declaration.from_document({"needs": answers, **terms})


def names(page: Page) -> list[str]:
    """Return the names in the list, once there are any."""
    page.locator(".result").first.wait_for()
    return page.locator(".result h3 a").all_inner_texts()


def result(page: Page, name: str) -> Any:
    return page.locator(".result").filter(has=page.get_by_role("link", name=name, exact=True))


def marker(page: Page, name: str) -> Any:
    return page.locator(".marker").and_(page.get_by_role("button", name=re.compile(name)))


def summary(page: Page) -> Any:
    return page.locator(".nhsuk-error-summary")


def test_a_result_has_what_decides_whether_to_phone(
    world: World, visit: Visit, stack: LocalStack, coordinator: Person
) -> None:
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    url = f"{stack.api_url}/vacancies?near=LS9+7TF"
    near = httpx.get(url, headers=headers, timeout=30).json()["near"]
    register = replace(REGISTER, latitude=near["latitude"] + 0.03, longitude=near["longitude"])
    home = world.home(register=replace(register, name="Beeswing House"), beds={DEMENTIA: counts(3)})
    world.home(register=replace(register, name="Without Dementia"), beds={NURSING: counts(1)})
    page = visit("/search.html", coordinator)
    page.get_by_label("Postcode").fill("ls97tf")
    page.get_by_label("Distance", exact=True).select_option("Within 5 miles")
    page.get_by_label("Dementia", exact=True).check()
    page.get_by_label("Nursing: a nurse day and night").check()
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == ["Beeswing House"]
    card = result(page, "Beeswing House")
    for text in [
        "2.1 miles",
        "3 free",
        "Dementia nursing",
        "Very likely still free",
        "Confirmed 1 day ago",
    ]:
        expect(card).to_contain_text(text, ignore_case=True)
    expect(card).to_contain_text("CQC rating: Good")
    expect(card.get_by_role("link", name="Call")).to_have_attribute("href", "tel:01632960001")
    link = card.get_by_role("link", name="Beeswing House", exact=True)
    expect(link).to_have_attribute("href", f"/home.html?id={home}")
    heading = page.get_by_role("heading", name="1 home has a bed that fits")
    expect(heading).to_be_focused()
    assert parse_qs(urlsplit(page.url).query) == {
        "near": ["ls97tf"],
        "radius_miles": ["5"],
        "care_for": ["dementia"],
        "care": ["nursing"],
    }


def test_back_forward_and_a_shared_address_show_the_same_search(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Takes PEG", rating=Rating.OUTSTANDING, declaration=declaring(peg="yes"))
    somewhere.home("Takes none", miles=2, declaration=declaring(peg="no"))
    path = somewhere.search(min_rating="Good", need="peg", radius_miles="15")
    page = visit(path, coordinator, ready=".result")
    assert names(page) == ["Takes PEG"]
    page.get_by_text("Change this search").click()
    expect(page.get_by_label("Distance", exact=True)).to_have_value("15")
    expect(page.get_by_label("CQC rating")).to_have_value("Good")
    page.get_by_role("button", name="Remove PEG feeding").click()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".result")).to_have_count(2)
    shared = page.url
    page.go_back()
    expect(page.locator(".result")).to_have_count(1)
    page.go_forward()
    expect(page.locator(".result")).to_have_count(2)
    again = page.context.new_page()
    again.goto(shared)
    sign_in(again, coordinator)
    assert names(again) == ["Takes PEG", "Takes none"]


@SIZES
def test_the_list_and_the_map_select_the_same_home(
    size: tuple[int, int], somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House", miles=1)
    somewhere.home("Far House", miles=8)
    page = visit(somewhere.search(), coordinator, size=size, ready=".result")
    result(page, "Far House").get_by_role("button", name="Show on map").click()
    expect(marker(page, "Far House")).to_have_attribute("aria-current", "true")
    expect(result(page, "Far House")).to_have_attribute("aria-current", "true")
    expect(page.locator(".map__selected")).to_contain_text("2. Far House")
    expect(marker(page, "Far House")).to_be_in_viewport()
    marker(page, "Near House").click()
    expect(result(page, "Near House")).to_have_attribute("aria-current", "true")
    expect(result(page, "Near House")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Near House", exact=True)).to_be_focused()
    expect(page.locator(".result[aria-current], .marker[aria-current]")).to_have_count(2)


def test_a_marker_of_several_homes_selects_each_in_turn(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("First House")
    somewhere.home("Second House")
    page = visit(somewhere.search(), coordinator, ready=".result")
    shared = page.locator(".marker")
    expect(shared).to_have_attribute("aria-label", re.compile("2 homes: 1. .* House, 2. .* House"))
    first, second = names(page)
    for name in (first, second, first):
        shared.click()
        expect(result(page, name)).to_have_attribute("aria-current", "true")


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


def test_an_empty_search_suggests_searches_that_find_homes(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Outside House", miles=4, rating=Rating.OUTSTANDING)
    somewhere.home("Good House", miles=1, rating=Rating.GOOD)
    somewhere.home("Full House", rating=Rating.OUTSTANDING, beds={NURSING: counts(0)})
    path = somewhere.search(radius_miles="2", min_rating="Outstanding")
    page = visit(path, coordinator, ready=".suggestions")
    expect(page.get_by_role("heading", name="No home has a bed that fits")).to_be_visible()
    assert page.locator(".suggestions li").all_inner_texts() == [
        "4.0 miles away: 1 more home. Nearest: Outside House",
        "Include homes that are full or closed: 1 home",
        "Include all CQC ratings: 1 home",
    ]
    page.get_by_role("link", name="4.0 miles away").click()
    assert names(page) == ["Outside House"]
    page.go_back()
    page.get_by_role("link", name="Include all CQC ratings").click()
    assert names(page) == ["Good House"]


def test_a_long_list_is_shown_a_page_at_a_time(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    for number in range(27):
        somewhere.home(f"House {number:02}", miles=0.1 + number / 10)
    page = visit(somewhere.search(), coordinator, ready=".result")
    expect(page.get_by_role("heading", name="27 homes have a bed that fits")).to_be_visible()
    assert len(names(page)) == 25
    page.get_by_role("button", name="Show 2 more homes").click()
    expect(page.locator(".result")).to_have_count(27)
    assert names(page) == [f"House {number:02}" for number in range(27)]
    expect(page.get_by_role("link", name="House 25", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name=re.compile("more"))).to_have_count(0)
    result(page, "House 26").get_by_role("button", name="Show on map").click()
    expect(marker(page, "House 26")).to_have_attribute("aria-current", "true")


def test_an_empty_search_widens_until_it_finds_a_home(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    rare = declaring(tracheostomy="yes", bariatric="yes", language_vie="yes")
    somewhere.home("Distant House", miles=12, declaration=rare)
    needs = "tracheostomy&need=bariatric&need=language_vie"
    path = somewhere.search(radius_miles="2", need=needs, fit="yes")
    page = visit(path, coordinator, ready=".suggestions")
    page.get_by_role("link", name="12 miles away, says yes to all").click()
    assert names(page) == ["Distant House"]
    expect(page.get_by_text("Within 20 miles of")).to_be_visible()


def test_nothing_at_any_distance_is_said_to_be_so(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Ash House")
    path = somewhere.search(beds="900", min_rating="Outstanding")
    page = visit(path, coordinator, ready=".suggestions")
    expect(page.get_by_role("link", name="Show every home within 100 miles")).to_be_visible()
    page.route("**/vacancies/near-misses?*", lambda route: route.abort())
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("We could not look for other homes.")).to_be_visible()
    expect(page.get_by_role("link", name="Show every home")).to_have_count(0)


def test_back_from_a_home_finds_the_results_as_they_were_left(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    for number in range(27):
        somewhere.home(f"House {number:02}", miles=0.1 + number / 10)
    page = visit(somewhere.search(), coordinator, size=DESKTOP, ready=".result")
    page.get_by_role("button", name="Show 2 more homes").click()
    expect(page.locator(".result")).to_have_count(27)
    for way_back in ("link", "browser", "refresh"):
        opened = page.get_by_role("link", name="House 26", exact=True)
        if way_back == "refresh":
            page.get_by_role("button", name="Refresh").click()
        else:
            opened.click()
            page.get_by_role("heading", name="House 26").wait_for()
            if way_back == "link":
                page.get_by_role("link", name="Back to the results").click()
            else:
                page.go_back()
        expect(page.locator(".result")).to_have_count(27)
        if way_back != "refresh":
            expect(opened).to_be_focused()
            expect(opened).to_be_in_viewport()


def test_a_home_that_no_results_led_to_has_no_way_back_to_them(
    somewhere: Somewhere, visit: Visit, coordinator: Person, site: str
) -> None:
    one, two = somewhere.home("One House"), somewhere.home("Two House", miles=2)
    page = visit(somewhere.search(), coordinator, ready=".result")
    page.get_by_role("link", name="One House", exact=True).click()
    way_back = page.get_by_role("link", name="Back to the results")
    expect(way_back).to_be_visible()
    page.reload()
    expect(way_back).to_be_visible()
    page.goto(f"{site}/home.html?id={two}")
    page.get_by_role("heading", name="Two House").wait_for()
    expect(way_back).to_have_count(0)
    page.goto(f"{site}/home.html?id={one}")
    page.get_by_role("heading", name="One House").wait_for()
    expect(way_back).to_have_count(0)


def test_homes_to_phone_first_come_last_and_the_order_stands_above_the_results(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    now = datetime.now(UTC)
    somewhere.home("Old House", miles=0.5, confirmed_at=now - timedelta(days=90))
    somewhere.home("Near House", miles=1)
    somewhere.home("New House", miles=1.5, confirmed_at=now)
    page = visit(somewhere.search(), coordinator, ready=".result")
    assert names(page) == ["Near House", "New House", "Old House"]
    orders = page.get_by_role("navigation", name="Order of the results")
    expect(orders.locator("[aria-current]")).to_have_text("Best first")
    orders.get_by_role("link", name="Nearest", exact=True).click()
    expect(page.locator(".result h3 a").first).to_have_text("Old House")
    orders.get_by_role("link", name="Last confirmed").click()
    expect(page.locator(".result h3 a").first).to_have_text("New House")
    page.get_by_text("Change this search").click()
    page.get_by_label("Distance", exact=True).select_option("15")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("Within 15 miles of")).to_be_visible()
    assert names(page)[0] == "New House"


def test_markup_in_a_home_s_name_is_shown_as_text(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script> &amp; ${1}'
    somewhere.home(hostile)
    page = visit(somewhere.search(), coordinator, ready=".result")
    assert names(page) == [hostile]
    page.get_by_role("button", name="Show on map").click()
    expect(page.locator(".map__selected")).to_contain_text(hostile)
    expect(page.locator(".marker")).to_have_attribute("aria-label", f"1. {hostile}")
    assert page.locator("main img, main script").count() == 0


def test_a_full_or_closed_home_says_so(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Full House", beds={NURSING: counts(0)})
    somewhere.home("Other House", beds={NURSING: counts(0), DEMENTIA: counts(2)})
    outbreak = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    somewhere.home("Closed House", admission_status=outbreak)
    path = somewhere.search(include_full="true", care_for="general")
    page = visit(path, coordinator, ready=".result")
    expect(result(page, "Full House")).to_contain_text("No bed free now")
    expect(result(page, "Other House")).to_contain_text("No bed that fits is free now")
    expect(result(page, "Other House")).to_contain_text("2 free Dementia nursing")
    expect(result(page, "Closed House")).to_contain_text("Closed to admissions: outbreak")
    expect(result(page, "Closed House").locator(".result__free")).to_have_count(0)


def test_refresh_shows_what_a_home_has_just_posted(
    world: World, somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    home = somewhere.home("Larkrise House")
    page = visit(somewhere.search(), coordinator, ready=".result")
    expect(result(page, "Larkrise House")).to_contain_text("2 free")
    world.overtake(home, 5)
    page.get_by_role("button", name="Refresh").click()
    expect(result(page, "Larkrise House")).to_contain_text("5 free")
    expect(result(page, "Larkrise House")).to_contain_text("Very likely still free")


def test_results_that_arrive_leave_someone_in_the_field_they_have_gone_to(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Ash House")
    page = visit(somewhere.search(), coordinator, size=DESKTOP, ready=".result")
    held = hold_requests(page, "**/api/vacancies?*")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("Searching…")).to_be_visible()
    page.get_by_role("button", name="Change this search").click()
    near = page.get_by_label("Postcode")
    near.focus()
    held[0].continue_()
    expect(page.locator(".result")).to_have_count(1)
    expect(near).to_be_focused()


def test_an_alert_for_the_search_takes_one_tap(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, world: World
) -> None:
    team = f"ward-{next(_places)}"
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
    one, two = f"ward-{next(_places)}", f"ward-{next(_places)}"
    page = visit(somewhere.search(), world.person(f"team:{one}", f"team:{two}"), ready="h2")
    page.get_by_label("Team", exact=True).select_option(two.replace("ward-", "Ward "))
    page.get_by_role("button", name="Create an alert for this search").click()
    expect(page.get_by_role("heading", name="Alert created")).to_be_visible()
    assert (len(alerts(stack, one)), len(alerts(stack, two))) == (0, 1)


def alerts(stack: LocalStack, team: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"}
    response = httpx.get(f"{stack.api_url}/alerts", headers=headers, timeout=30)
    alerts: list[dict[str, Any]] = response.json()["alerts"]
    return alerts


def test_the_device_s_location_can_be_used(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit("/search.html", coordinator)
    position = {"latitude": somewhere.latitude, "longitude": somewhere.longitude}
    page.context.set_geolocation(position)  # type: ignore[arg-type]
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


@pytest.mark.parametrize("tiles_load", [True, False])
def test_the_map_works_with_and_without_its_tiles(
    tiles_load: bool, somewhere: Somewhere, chromium: Browser, site: str, coordinator: Person
) -> None:
    somewhere.home("Near House")
    with chromium.new_context(service_workers="block") as context:
        page = context.new_page()
        document = httpx.get(f"{site}/config.json").json()
        document["map"] = {
            "tiles_url": "/tiles/{z}/{x}/{y}.png",
            "attribution": "© <b>Somebody</b>",
        }
        context.route("**/config.json", lambda route: route.fulfill(json=document))
        icon = Path(__file__).parent.parent.parent / "web" / "assets" / "icons" / "icon-192.png"
        if tiles_load:
            context.route("**/tiles/**", lambda route: route.fulfill(path=icon))
        else:
            context.route("**/tiles/**", lambda route: route.abort())
        page.goto(f"{site}{somewhere.search()}")
        sign_in(page, coordinator)
        assert names(page) == ["Near House"]
        expect(page.get_by_text("© <b>Somebody</b>")).to_be_visible()
        failure = page.get_by_text("The map background did not load")
        if tiles_load:
            page.locator(".leaflet-tile-loaded").first.wait_for()
            expect(failure).to_have_count(0)
        else:
            expect(failure).to_be_visible()
        marker(page, "Near House").click()
        expect(result(page, "Near House")).to_have_attribute("aria-current", "true")
        assert axe_violations(page) == []


@SIZES
def test_without_tiles_the_map_shows_where_people_live(
    size: tuple[int, int],
    world: World,
    visit: Visit,
    stack: LocalStack,
    site: str,
    coordinator: Person,
) -> None:
    for latitude, longitude in [(50.84, -3.51), (50.71, -3.72), (50.60, -3.36)]:
        there = replace(REGISTER, latitude=latitude, longitude=longitude)
        world.home(register=replace(there, rating=Rating.OUTSTANDING))
    page = visit("/search.html", coordinator, size=size)
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url))
    # The map shows where the results are, so the homes of other tests must not be among them.
    where = "near=EX2+5DW&radius_miles=10&care_for=general&care=nursing&min_rating=Outstanding"
    page.goto(f"{site}/search.html?{where}")
    names(page)
    # Dots in Exeter, fewer of them in the fields to its west, and none in the sea.
    page.wait_for_function(f"(where) => ({DRAWN})(where).drawn > 0.1", arg=CITY)
    city, fields, sea = (page.evaluate(DRAWN, where) for where in (CITY, FIELDS, SEA))
    assert city["drawn"] > 2 * fields["drawn"] > 0
    assert sea["drawn"] == 0
    assert page.evaluate(DRAWN, REACH)["labels"] > 50
    expect(
        page.get_by_text("Contains OS data © Crown copyright and database right")
    ).to_be_visible()
    expect(page.locator(".map canvas")).to_have_attribute("aria-hidden", "true")
    asked = {url.rpartition("/")[2] for url in urls if "/backdrop/" in url}
    assert {"index.json", "EX.json", "TQ.json"} <= asked
    assert {"M.json", "overview.json"}.isdisjoint(asked)
    assert [url for url in urls if not url.startswith((site, "data:", stack.endpoint_url))] == []
    assert axe_violations(page) == []
    with page.expect_request("**/backdrop/overview.json"):
        for _ in range(4):
            page.get_by_role("button", name="Zoom out").click()
    page.wait_for_function(f"(where) => ({DRAWN})(where).drawn > 0.01", arg=REACH)


def test_a_backdrop_that_does_not_load_leaves_a_plain_map(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit("/search.html", coordinator)
    page.context.route("**/backdrop/**", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: "/backdrop/" in request.url):
        open_at(page, somewhere.search(), ".result")
    marker(page, "Near House").click()
    expect(result(page, "Near House")).to_have_attribute("aria-current", "true")
    expect(page.locator(".map canvas, .map-attribution, [role=alert]")).to_have_count(0)


def test_somebody_who_saves_data_is_sent_no_backdrop(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit("/search.html", coordinator, fresh=True)
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url))
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    open_at(page, somewhere.search(), ".result")
    page.wait_for_load_state("networkidle")
    assert [url for url in urls if url.endswith("/components/backdrop.js")]
    assert [url for url in urls if "/backdrop/" in url] == []
    marker(page, "Near House").wait_for()


def test_a_search_sends_requests_to_no_other_site(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, site: str, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit("/search.html", coordinator)
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url))
    page.goto(f"{site}{somewhere.search()}")
    names(page)
    assert urls
    assert [url for url in urls if not url.startswith((site, "data:", stack.endpoint_url))] == []


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


def test_a_print_has_the_homes_and_their_phone_numbers_only(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    page = visit(somewhere.search(), coordinator, size=DESKTOP, ready=".result")
    page.emulate_media(media="print")
    expect(result(page, "Near House")).to_contain_text("01632 960001")
    expect(page.get_by_role("heading", name="1 home has a bed that fits")).to_be_visible()
    for left_out in (".map", ".search__form", ".results__actions", ".result__show"):
        expect(page.locator(left_out).first).to_be_hidden()


@SIZES
def test_every_state_is_accessible(
    size: tuple[int, int], somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    now = datetime.now(UTC)
    for days in (0, 3, 9):
        somewhere.home(f"House {days}", miles=1 + days, confirmed_at=now - timedelta(days=days))
    somewhere.home("House 9 too", miles=10)
    page = visit("/search.html", coordinator, size=size)
    assert axe_violations(page) == []
    page.get_by_text("More filters").click()
    page.get_by_text("Browse all needs").click()
    page.get_by_label("Hoist", exact=True).check()
    page.get_by_label("What does the person need?").fill("tube")
    assert axe_violations(page) == []
    page.get_by_label("Postcode").fill("nowhere")
    page.get_by_role("button", name="Search", exact=True).click()
    summary(page).wait_for()
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15"), ".result")
    expect(page.locator(".chance strong").first).to_have_text("✓ Very likely still free")
    page.get_by_role("button", name="Show on map").last.click()
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15", need="peg&would_like=pet"), ".near-misses h3")
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15", min_rating="Outstanding"), ".suggestions")
    page.get_by_role("button", name="Create an alert for this search").click()
    page.get_by_role("heading", name="Alert created").wait_for()
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("The Extraordinarilylongnamed Residential and Nursing Home", miles=11)
    page = visit("/search.html", coordinator, size=SMALLEST)
    page.get_by_text("More filters").click()
    page.get_by_text("Browse all needs").click()
    page.get_by_label("Deprivation of liberty safeguards", exact=True).check()
    page.get_by_label("What does the person need?").fill("tube")
    assert not scrolls_sideways(page)
    open_at(page, somewhere.search(), ".suggestions")
    assert not scrolls_sideways(page)
    needs = "dols&need=epilepsy_rescue&would_like=language_por"
    open_at(page, somewhere.search(radius_miles="15", need=needs), ".result")
    page.get_by_role("button", name="Show on map").click()
    assert not scrolls_sideways(page)
    open_at(page, somewhere.search(radius_miles="500"), ".nhsuk-error-summary")
    assert not scrolls_sideways(page)


def open_at(page: Page, path: str, ready: str) -> None:
    page.goto(path if "://" in path else page.url.split("/search.html")[0] + path)
    page.locator(f"main {ready}").first.wait_for()


def test_a_first_search_with_its_map_weighs_at_most_300_kb(
    somewhere: Somewhere, chromium: Browser, site: str, coordinator: Person
) -> None:
    for number in range(25):
        somewhere.home(f"House {number:02}", miles=0.1 + number / 10)
    width, height = PHONE
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        fetched: list[Request] = []
        context.on("requestfinished", lambda request: fetched.append(request))  # noqa: PLW0108
        page = context.new_page()
        page.goto(f"{site}{somewhere.search()}")
        sign_in(page, coordinator)
        assert len(names(page)) == 25
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_load_state("networkidle")  # the map's backdrop comes last
        sizes = [each.sizes() for each in fetched if each.url.startswith(site)]
        # A body of less than nothing is Chromium's way to say that it had it already.
        carried = sum(
            each["responseBodySize"] + each["responseHeadersSize"]
            for each in sizes
            if each["responseBodySize"] >= 0
        )
    assert 50_000 < carried <= MOST_SEARCH


def test_three_results_fit_a_laptop_s_screen(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    window = ShopWindow(
        weekly_fee_from=950,
        weekly_fee_to=1200,
    )
    beds = {NURSING: counts(2), DEMENTIA: counts(3)}
    said = declaring("council_rate", peg="yes", hoist="yes", insulin="ask", pet="yes")
    for number in range(5):
        somewhere.home(
            f"House {number}", miles=1 + number, beds=beds, shop_window=window, declaration=said
        )
    needs = "peg&need=hoist&need=insulin&need=ground_floor&would_like=pet"
    path = somewhere.search(need=needs, funding="council_rate")
    page = visit(path, coordinator, size=DESKTOP, ready=".result")
    for number in range(3):
        expect(page.locator(".result").nth(number)).to_be_in_viewport(ratio=1)


def test_the_three_best_homes_take_at_most_ten_interactions(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    beds = {DEMENTIA: counts(1)}
    for miles, name in enumerate(("First", "Second", "Third"), start=1):
        yes = declaring("council_rate", hoist="yes", peg="yes")
        somewhere.home(f"{name} House", miles=miles / 2, beds=beds, declaration=yes)
    somewhere.home("Silent House", miles=0.2, beds=beds)
    says_no = declaring("council_rate", hoist="yes", peg="no")
    somewhere.home("Unable House", miles=0.1, beds=beds, declaration=says_no)
    friday = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    page = visit("/search.html", coordinator, size=DESKTOP)
    find = page.get_by_label("What does the person need?")
    interactions: list[Callable[[], object]] = [
        lambda: page.get_by_label("Postcode").fill(somewhere.near),
        lambda: page.get_by_label("Dementia", exact=True).check(),
        lambda: page.get_by_label("Nursing: a nurse day and night").check(),
        lambda: find.fill("hoist"),
        lambda: find.press("Enter"),
        lambda: find.fill("peg"),
        lambda: find.press("Enter"),
        lambda: page.get_by_label("Who pays").select_option("The council's rate"),
        lambda: page.get_by_label("Day", exact=True).fill(friday),
        lambda: page.get_by_role("button", name="Search", exact=True).click(),
    ]
    assert len(interactions) <= MOST_INTERACTIONS
    for interaction in interactions:
        interaction()
    assert names(page) == ["First House", "Second House", "Third House", "Silent House"]
    assert parse_qs(urlsplit(page.url).query) == {
        "near": [somewhere.near],
        "care_for": ["dementia"],
        "care": ["nursing"],
        "need": ["hoist", "peg"],
        "funding": ["council_rate"],
        "admit_by": [f"{friday}T16:00"],
    }
    expect(result(page, "First House")).to_contain_text("Yes: PEG feeding; hoist; the council's")
    expect(result(page, "First House")).to_contain_text("✓ Says yes to all")
    expect(result(page, "Silent House")).to_contain_text("? Ask about 4")
    expect(result(page, "Silent House")).to_contain_text("Has not said: PEG feeding; hoist;")
    heading = "3 homes say yes to all, 1 to ask first"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("link", name="Says no to something (1): show").click()
    expect(result(page, "Unable House")).to_contain_text("No: PEG feeding")
    expect(result(page, "Unable House")).to_contain_text("✕ Says no to 1")


def test_a_need_is_a_must_a_wish_or_removed_and_stays_in_the_tab(
    somewhere: Somewhere, visit: Visit, coordinator: Person, site: str
) -> None:
    somewhere.home("With Pets", miles=1.5, declaration=declaring(peg="yes", pet="yes"))
    somewhere.home("Without Pets", miles=1, declaration=declaring(peg="yes", pet="no"))
    page = visit("/search.html", coordinator)
    find = page.get_by_label("What does the person need?")
    page.get_by_label("Postcode").fill(somewhere.near)
    find.fill("tube")
    page.get_by_role("button", name="Add PEG feeding").click()
    expect(find).to_be_focused()
    page.get_by_text("Browse all needs").click()
    pet = page.get_by_label("Pet", exact=True)
    pet.check()
    page.get_by_role("button", name="Pet: must have").click()
    expect(page.get_by_role("button", name="Pet: would like")).to_be_focused()
    page.get_by_label("Smoker", exact=True).check()
    page.get_by_role("button", name="Remove Smoker").click()
    expect(page.get_by_label("Smoker", exact=True)).not_to_be_checked()
    expect(pet).to_be_checked()
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == ["With Pets", "Without Pets"]
    expect(result(page, "With Pets")).to_contain_text("Also has: pet")
    page.get_by_role("button", name="Remove filter: Would like: pet").click()
    expect(page.get_by_role("button", name="Remove filter: Would like: pet")).to_have_count(0)
    assert "would_like" not in page.url
    page.goto(f"{site}/search.html")
    expect(page.get_by_role("button", name="Remove PEG feeding")).to_be_visible()
    assert page.evaluate("() => JSON.stringify(localStorage)").count("peg") == 0
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Find and post care home vacancies").wait_for()
    assert page.evaluate("() => JSON.stringify(sessionStorage)").count("peg") == 0


def test_near_misses_are_one_press_away_and_each_gives_up_one_thing(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    for number in range(3):
        yes = declaring(peg="yes", ground_floor="yes")
        somewhere.home(f"House {number}", miles=0.5 + number / 2, declaration=yes)
    upstairs = declaring(peg="yes", ground_floor="no")
    somewhere.home("Upstairs House", miles=1.5, declaration=upstairs)
    somewhere.home("Farther House", miles=4, declaration=yes)
    path = somewhere.search(radius_miles="2", need="peg&need=ground_floor")
    page = visit(path, coordinator, size=DESKTOP, ready=".result")
    page.get_by_role("button", name="Show near misses").click()
    expect(page.locator(".suggestions li").first).to_be_visible()
    assert page.locator(".suggestions li").all_inner_texts() == [
        "4.0 miles away, says yes to all: 1 more home. Nearest: Farther House",
        "Without ground floor: 1 more home. Nearest: Upstairs House, 1.5 miles",
    ]
    page.get_by_role("link", name="Without ground floor").click()
    expect(result(page, "Upstairs House")).to_be_visible()


def test_a_flexible_bed_is_found_as_the_other_kind_and_marked(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    general, dementia = BedCategory.GENERAL_RESIDENTIAL, BedCategory.DEMENTIA_RESIDENTIAL
    flexible = Declaration(also_as={general: (dementia,)})
    somewhere.home("Flexible House", beds={general: counts(2)}, declaration=flexible)
    path = somewhere.search(care_for="dementia", care="residential")
    page = visit(path, coordinator, ready=".result")
    expect(result(page, "Flexible House")).to_contain_text(
        "2 free General residential, may be used as dementia residential"
    )


def test_beds_for_a_woman_are_found_and_marked(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Women's House", beds={NURSING: replace(counts(1), suits=Suits.WOMAN)})
    somewhere.home("Men's House", beds={NURSING: replace(counts(1), suits=Suits.MAN)})
    page = visit("/search.html", coordinator)
    page.get_by_label("Postcode").fill(somewhere.near)
    page.get_by_text("More filters").click()
    page.get_by_label("Who the bed is for").select_option("A woman")
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == ["Women's House"]
    expect(page.locator(".result")).to_contain_text("1 free General nursing, for a woman only")
    page.get_by_role("button", name="Remove filter: Bed for a woman").click()
    expect(page.locator(".result")).to_have_count(2)


def test_an_alert_has_the_needs_of_its_search_and_says_what_it_leaves_out(
    somewhere: Somewhere, visit: Visit, stack: LocalStack, world: World
) -> None:
    team = f"ward-{next(_places)}"
    page = visit(
        somewhere.search(need="peg", funding="chc", would_like="pet"),
        world.person(f"team:{team}"),
        ready="h2",
    )
    page.get_by_role("button", name="Create an alert for this search").click()
    expect(page.get_by_text("Alerts leave out what you would like")).to_be_visible()
    (alert,) = alerts(stack, team)
    assert (alert["needs"], alert["funding"]) == (["peg"], "chc")
