"""The list of results: what decides whether to phone, in which order, and the way back to it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from local.site.browser import sign_in
from shared.domain.beds import AdmissionStatus
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import AdmissionState, ClosureReason, Rating
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DEMENTIA, DESKTOP, NURSING, Visit, World
from tests.web.pages import hold_requests
from tests.web.search.searching import Somewhere, declaring, marker, names, result


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
