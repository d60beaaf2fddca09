"""The map of the results: in step with the list, with tiles and without."""

import re
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import Browser, Request, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from local.site.browser import sign_in
from shared.domain.vocabulary import Rating
from tests.support.builders import REGISTER
from tests.web.conftest import PHONE, Visit, World
from tests.web.pages import ROOT, axe_violations
from tests.web.search.searching import SIZES, Somewhere, marker, names, open_at, result

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
        icon = ROOT / "web" / "assets" / "icons" / "icon-192.png"
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


def test_a_first_search_with_its_map_weighs_at_most_300_kb(
    somewhere: Somewhere, chromium: Browser, site: str, coordinator: Person
) -> None:
    for number in range(25):
        somewhere.home(f"House {number:02}", miles=0.1 + number / 10)
    width, height = PHONE
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        fetched: list[Request] = []
        context.on("requestfinished", lambda request: fetched.append(request))  # noqa: PLW0108 - Playwright takes no built-in function
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
