"""A home's page: what families and teams see, and how its staff edit it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from shared.domain.beds import AdmissionStatus
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import AdmissionState, ClosureReason, ServiceUserBand
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DEMENTIA, DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

SOON = (datetime.now(UTC) + timedelta(days=9)).date()

WINDOW = ShopWindow(
    weekly_fee_from=950,
    weekly_fee_to=1200,
    vacancies_phone="01632 960002",
    website="https://www.example.org/larkrise",
    description="A small home.\nBy the river.",
)


def opened(world: World, visit: Visit, home: str, **more: Any) -> Page:
    """Open the home's page as a discharge coordinator."""
    return visit(f"/home.html?id={home}", world.person("team:exeter-discharge"), **more)


def section(page: Page, heading: str) -> Any:
    return page.locator("section").filter(has=page.get_by_role("heading", name=heading))


def editing(world: World, visit: Visit, home: str, **more: Any) -> Page:
    page = visit(f"/home.html?id={home}", world.carer(home), **more)
    tap(page, "Edit this page")
    expect(page.get_by_role("heading", name="Edit the page for Larkrise House")).to_be_focused()
    return page


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_page_shows_what_families_and_teams_need(world: World, visit: Visit) -> None:
    home = world.home(
        shop_window=WINDOW,
        beds={NURSING: counts(2), DEMENTIA: replace(counts(0), available_from=SOON)},
    )
    page = opened(world, visit, home)
    expect(page.get_by_role("heading", name="Larkrise House")).to_be_visible()
    assert page.title() == "Larkrise House – Bedboard"
    beds = section(page, "Beds free now")
    expect(beds).to_contain_text("Confirmed 1 day ago")
    expect(beds).to_contain_text("Open to admissions")
    nursing = beds.get_by_role("row", name="General nursing")
    expect(nursing.get_by_role("cell").nth(0)).to_have_text("2")
    expect(nursing).to_contain_text("Very likely")
    expect(nursing).to_contain_text("2 beds, said 1 day ago")
    expect(nursing.get_by_role("cell").nth(2)).to_have_text("10")
    expect(beds.get_by_role("row", name="Dementia nursing")).to_contain_text("Said 1 day ago")
    expect(beds.get_by_role("row", name="Dementia nursing")).to_contain_text("None")
    expect(beds.get_by_role("row", name="Dementia nursing")).to_contain_text(f"Next: {SOON.day} ")
    call = page.get_by_role("link", name="Call 01632 960002")
    expect(call).to_have_attribute("href", "tel:01632960002")
    website = page.get_by_role("link", name="https://www.example.org/larkrise")
    expect(website).to_have_attribute("href", "https://www.example.org/larkrise")
    expect(section(page, "About")).to_contain_text("Care home with nursing")
    expect(section(page, "About")).to_contain_text("By the river.")
    expect(section(page, "Fees")).to_contain_text("£950 to £1,200 a week")
    expect(section(page, "Cares for")).to_contain_text(str(ServiceUserBand.OLDER_PEOPLE))
    expect(section(page, "CQC rating")).to_contain_text("Good")
    report = page.get_by_role("link", name="Read the CQC report")
    expect(report).to_have_attribute("href", f"https://www.cqc.org.uk/location/{home}")
    expect(section(page, "Where it is")).to_contain_text("1 Example Lane, Exeter")
    expect(page.get_by_role("region", name="Map")).to_have_count(0)
    expect(page.get_by_role("button", name="Edit this page")).to_have_count(0)


def test_a_closed_home_has_no_free_beds(world: World, visit: Visit) -> None:
    closed = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    page = opened(world, visit, world.home(admission_status=closed))
    expect_notice(page, "No new admissions")
    beds = section(page, "Beds free now").first
    expect(beds).to_contain_text("Closed to admissions: outbreak of infection")
    expect(beds.get_by_role("row", name="General nursing")).to_contain_text("None")


def test_staff_are_asked_whether_a_bed_is_still_free_that_a_team_was_told_is_gone(
    world: World, visit: Visit
) -> None:
    home = world.home()
    world.say_gone(home)
    page = visit(f"/home.html?id={home}", world.carer(home))
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_be_visible()
    expect(page.get_by_text("that your general nursing bed has gone")).to_be_visible()
    assert axe_violations(page) == []
    page.locator("main").get_by_role("link", name="Update vacancies").last.click()
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_be_visible()
    expect(page.get_by_text("that your general nursing bed has gone")).to_be_visible()
    expect(page.get_by_role("button", name="Nothing has changed")).to_be_in_viewport()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Nothing has changed").click()
    page.get_by_role("heading", name=re.compile("^Saved at ")).wait_for()
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_have_count(0)
    page.goto(page.url.replace("/update.html?home=", "/home.html?id="))
    page.get_by_role("heading", name="Recent changes").wait_for()
    expect(page.get_by_role("heading", name="Still free, or gone?")).to_have_count(0)


def test_teams_see_what_another_was_told(world: World, visit: Visit) -> None:
    home = world.home()
    world.say_gone(home)
    world.say_taken(home, requests=5)
    told = "A team was told that a bed has gone"
    page = visit(f"/home.html?id={home}", world.person("team:exeter-ward"))
    expect(page.get_by_role("heading", name=told)).to_be_visible()
    expect(page.get_by_text("General nursing: a team was told at")).to_be_visible()
    expect(page.get_by_text("Took 5 of the last 5 requests: general nursing")).to_be_visible()
    assert axe_violations(page) == []


def test_a_home_that_has_posted_nothing_has_a_page(world: World, visit: Visit) -> None:
    register = replace(
        REGISTER, phone=None, rating=None, service_user_bands=(), registered_beds=None
    )
    page = opened(world, visit, world.home(beds={}, confirmed_at=None, register=register))
    expect(section(page, "Beds free now")).to_contain_text("Never confirmed")
    expect(section(page, "Contact")).to_contain_text("No phone number or website")
    expect(section(page, "CQC rating")).to_contain_text("Not rated yet")
    expect(section(page, "Fees")).to_contain_text("No fees given")
    assert axe_violations(page) == []


def test_markup_that_a_home_writes_is_shown_as_text(world: World, visit: Visit) -> None:
    evil = "<img src=x onerror=\"document.title='broken in'\"><b>bold</b>"
    window = ShopWindow(description=evil)
    register = replace(REGISTER, name=evil, address=evil, register_website="javascript:alert(1)")
    page = opened(world, visit, world.home(register=register, shop_window=window))
    expect(page.get_by_role("heading", level=1)).to_have_text(evil)
    expect(section(page, "About")).to_contain_text(evil)
    expect(page.locator("main img, main b, main a[href^='javascript']")).to_have_count(0)


def test_recent_changes_are_shown_a_page_at_a_time(world: World, visit: Visit) -> None:
    home = world.home()
    for number in range(12):
        world.overtake(home, 3 + number % 2)
    page = opened(world, visit, home)
    items = page.locator(".history > li")
    expect(items).to_have_count(10)
    expect(items.first).to_contain_text("Vacancies updated")
    expect(items.first).to_contain_text("General nursing: 4 free (was 3)")
    tap(page, "Show older changes")
    expect(items).to_have_count(13)
    expect(items.nth(10)).to_be_focused()
    expect(items.last).to_contain_text("Added from CQC's register")
    expect(page.get_by_role("button", name="Show older changes")).to_have_count(0)


def test_changes_that_did_not_load_can_be_tried_again(world: World, visit: Visit) -> None:
    home = world.home()
    page = opened(world, visit, home)
    page.route("**/changes?*", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("The changes did not load.")).to_be_visible()
    expect(page.get_by_role("heading", name="Larkrise House")).to_be_visible()
    page.unroute("**/changes?*")
    tap(page, "Try again")
    expect(page.locator(".history > li")).to_have_count(1)


def test_staff_edit_their_home_s_page(world: World, visit: Visit) -> None:
    home = world.home(shop_window=WINDOW)
    page = editing(world, visit, home)
    page.get_by_label("Weekly fee from").fill("£1,000")
    page.get_by_label("Website").fill("")
    sent: list[Any] = []
    page.on(
        "request",
        lambda each: sent.append(each.post_data_json) if each.method == "PATCH" else None,
    )
    tap(page, "Save")
    expect_notice(page, "Saved")
    assert sent == [{"weekly_fee_from": 1000, "website": None}]
    expect(section(page, "Fees")).to_contain_text("£1,000 to £1,200 a week")
    changes = page.locator(".history > li").first
    expect(changes).to_contain_text("Page edited")
    expect(changes).to_contain_text("Fees from: £1,000 a week")
    expect(changes).to_contain_text("Website: removed")
    state = world.state(home)
    assert "website" not in state
    assert (state["weekly_fee_from"], state["weekly_fee_to"]) == (1000, 1200)


def test_cancelling_or_changing_nothing_saves_nothing(world: World, visit: Visit) -> None:
    home = world.home(shop_window=WINDOW)
    page = editing(world, visit, home)
    page.get_by_label("Weekly fee from").fill("1")
    tap(page, "Cancel")
    expect(section(page, "Fees")).to_contain_text("£950")
    tap(page, "Edit this page")
    tap(page, "Save")
    expect_notice(page, "Nothing to save")
    assert world.writes(home) == 0


@pytest.mark.parametrize(
    ("label", "typed", "expected"),
    [
        ("Weekly fee from", "lots", "Weekly fee from must be an amount"),
        ("Website", "javascript:alert(1)", "Website: "),
    ],
    ids=["the page's own", "the API's"],
)
def test_an_error_is_shown_at_its_field_and_keeps_what_was_typed(
    label: str, typed: str, expected: str, world: World, visit: Visit
) -> None:
    home = world.home(shop_window=WINDOW)
    page = editing(world, visit, home)
    field = page.get_by_label(label)
    field.fill(typed)
    tap(page, "Save")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text(expected)
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(typed)
    assert world.writes(home) == 0


def test_new_vacancies_are_no_conflict_with_an_edit(world: World, visit: Visit) -> None:
    home = world.home(shop_window=WINDOW)
    page = editing(world, visit, home)
    world.overtake(home, 5)
    page.get_by_label("Weekly fee from").fill("1000")
    tap(page, "Save")
    expect_notice(page, "Saved")
    state = world.state(home)
    assert state["weekly_fee_from"] == 1000
    assert state["beds"][NURSING]["accepting"] == 5


@pytest.mark.parametrize(("choice", "fee"), [("Use mine", 1000), ("Keep theirs", 980)])
def test_two_edits_of_one_field_are_for_the_person_to_decide(
    choice: str, fee: int, world: World, visit: Visit
) -> None:
    home = world.home(shop_window=WINDOW)
    page, other = editing(world, visit, home), editing(world, visit, home)
    other.get_by_label("Weekly fee from").fill("980")
    tap(other, "Save")
    expect_notice(other, "Saved")
    page.get_by_label("Weekly fee from").fill("1000")
    page.get_by_label("Weekly fee up to").fill("1300")
    tap(page, "Save")
    expect_notice(page, "Someone else has saved changes")
    row = page.get_by_role("row", name="Weekly fee from")
    expect(row).to_have_text("Weekly fee from1000980")
    assert axe_violations(page) == []
    tap(page, choice)
    tap(page, "Save")
    expect_notice(page, "Saved")
    state = world.state(home)
    assert (state["weekly_fee_from"], state["weekly_fee_to"]) == (fee, 1300)


def test_a_lost_response_is_no_second_write(world: World, visit: Visit) -> None:
    home = world.home(shop_window=WINDOW)
    page = editing(world, visit, home)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "PATCH" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(f"**/api/homes/{home}", lose)
    page.get_by_label("Weekly fee from").fill("1000")
    tap(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Bedboard could not be reached")
    tap(page, "Save")
    expect_notice(page, "Saved")
    assert lost == [200]
    assert world.writes(home) == 1


def test_staff_of_several_homes_choose_one(world: World, visit: Visit) -> None:
    one = world.home()
    other = world.home(name="Mill View")
    page = visit("/home.html", world.carer(one))
    expect(page.get_by_role("heading", name="Larkrise House")).to_be_visible()
    page = visit("/home.html", world.carer(one, other))
    assert axe_violations(page) == []
    page.get_by_role("link", name="Mill View").click()
    expect(page.get_by_role("heading", name="Mill View")).to_be_visible()


def test_an_unknown_home_is_not_found(world: World, visit: Visit) -> None:
    page = opened(world, visit, "1-0000000000")
    expect(page.get_by_role("alert")).to_contain_text("We cannot find this")
    assert axe_violations(page) == []


def test_a_map_shows_where_tiles_are_configured(world: World, visit: Visit) -> None:
    page = opened(world, visit, world.home())
    page.add_init_script(
        """const fetchAsBefore = window.fetch;
        window.fetch = async (...all) => {
            const response = await fetchAsBefore(...all);
            if (all[0] !== "/config.json") return response;
            const config = await response.json();
            const tiles_url = location.origin + "/tiles/{z}/{x}/{y}.png";
            return Response.json({ ...config, map: { tiles_url, attribution: "Tiles: none" } });
        };"""
    )
    tiles: list[str] = []
    page.on("response", lambda each: tiles.append(each.url) if "/tiles/" in each.url else None)
    page.reload()
    expect(page.get_by_role("region", name="Map")).to_contain_text("Tiles: none")
    expect(page.locator(".small-map path")).to_have_count(1)
    expect(page.get_by_role("link", name="Call 01632 960001")).to_be_visible()
    assert tiles
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


@SIZES
def test_the_page_and_its_errors_are_accessible(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    home = world.home(shop_window=WINDOW)
    page = visit(f"/home.html?id={home}", world.carer(home), size=size)
    page.locator(".history > li").first.wait_for()
    assert axe_violations(page) == []
    tap(page, "Edit this page")
    page.get_by_role("button", name="Save").wait_for()
    assert axe_violations(page) == []
    page.get_by_label("Weekly fee from").fill("lots")
    page.get_by_label("About the home").fill("x" * 501)
    tap(page, "Save")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(world: World, visit: Visit) -> None:
    window = replace(WINDOW, website="https://www.example.org/" + "larkrise" * 15)
    home = world.home(shop_window=window, name="Llanfairpwllgwyngyllgogerychwyrndrobwll")
    page = visit(f"/home.html?id={home}", world.carer(home), size=SMALLEST)
    page.locator(".history > li").first.wait_for()
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    tap(page, "Edit this page")
    page.get_by_role("button", name="Save").wait_for()
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
