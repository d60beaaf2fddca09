"""An officer sees how likely a free bed is across the council, and is told what is wrong."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import httpx
from playwright.sync_api import Page, Route, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from local.site.browser import sign_in
from shared.domain.vocabulary import Registration
from tests.support.builders import REGISTER
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.council.overview_page import (
    CLOSED,
    ONE,
    WIDTHS,
    Area,
    get,
    names,
    reload,
    rows,
    wait_for_all_days,
)
from tests.web.pages import axe_violations, resize, scrolls_sideways, small_targets

BEDS_OF: Final[dict[bool, Any]] = {True: {}, False: {"beds": ONE}}
"""Whether it never posted."""
WORDS: Final = ("Very likely", "Likely", "Uncertain", "Phone first", "Lists no bed", "Never posted")


def test_an_officer_lands_on_the_overview(officer: Person, area: Area, visit: Visit) -> None:
    area.home("Larkrise House")
    page = visit("/")
    page.locator("main").get_by_role("button", name="Sign in").click()
    sign_in(page, officer)
    page.wait_for_url("**/council.html")
    page.get_by_role("heading", name="Overview", level=1).wait_for()
    expect(page.get_by_role("link", name="Overview")).to_have_attribute("aria-current", "page")


def test_a_carer_cannot_open_the_overview(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/council.html", world.carer(home))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    expect(page.get_by_role("link", name="Overview")).to_have_count(0)
    assert axe_violations(page) == []


def test_the_overview_counts_homes_by_how_likely_a_bed_is(
    stack: LocalStack, officer: Person, area: Area, visit: Visit
) -> None:
    for name, days in {"A": 0.1, "B": 3, "C": 40, "D": 120, "E": None}.items():
        area.home(name, days=days, **BEDS_OF[days is None])
    area.home("F", admission_status=CLOSED)
    page = visit("/council.html", officer)
    totals = get(stack, "/homes")["totals"]
    likelihood = totals["likelihood"]
    assert min(likelihood.values()) >= 1
    unsure = likelihood["uncertain"] + likelihood["phone_first"]
    good = likelihood["very_likely"] + likelihood["likely"]
    expect(page.locator(".as-of")).to_contain_text("Last updated at")
    expect(page.locator(".lede")).to_contain_text(f"{good + unsure} homes list a free bed")
    expect(page.locator(".lede")).to_contain_text(f"at {unsure} it is uncertain")
    figures = [
        int(each.locator(".figure__number").inner_text()) for each in page.locator(".figure").all()
    ]
    assert figures == list(likelihood.values())
    for figure, word in zip(page.locator(".figure").all(), WORDS, strict=True):
        expect(figure.locator("strong")).to_contain_text(word)
    closed = re.compile(rf"^{totals['closed']} homes? (is|are) closed to admissions")
    expect(page.get_by_text(closed)).to_be_visible()


def test_a_figure_links_to_its_homes(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Today House", days=0.1)
    area.home("Never House", days=None)
    page = visit("/council.html", officer)
    page.get_by_role("link", name=re.compile("no bed counts posted yet")).click()
    expect(page.get_by_role("heading", name="Homes", exact=True)).to_be_focused()
    assert httpx.URL(page.url).params["chance"] == "never"
    assert "Never House" in names(page)
    assert "Today House" not in names(page)


def test_homes_that_post_under_an_old_id_are_named(world: World, visit: Visit) -> None:
    gone = replace(REGISTER, name="Old Larkrise", registration=Registration.DEREGISTERED)
    home = world.home(register=gone)
    page = visit("/council.html", world.person("council"))
    named = page.get_by_role("listitem").filter(has_text=home)
    expect(named).to_contain_text("Old Larkrise")
    expect(named).to_contain_text("deregistered at CQC, last posted at")
    assert axe_violations(page) == []


def reload_with(page: Page, handler: Callable[[Route], None]) -> None:
    """Open the overview again with another response of the API."""
    page.route("**/api/homes", handler)
    reload(page)


def test_a_council_without_homes_is_pointed_to_the_import(officer: Person, visit: Visit) -> None:
    none = {"homes": 0, "closed": 0, "likelihood": {}, "capacity": {}, "vacancies": {}}
    overview = {"as_of": "2026-11-22T09:30:00.000Z", "totals": none, "local_authorities": []}
    overview["posting_but_not_in_search"] = []
    page = visit("/council.html", officer)
    reload_with(page, lambda route: route.fulfill(json={**overview, "homes": []}))
    expect(page.get_by_role("heading", name="There are no homes yet")).to_be_visible()
    expect(page.get_by_role("link", name="Import CQC's care directory")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []


def test_the_overview_reports_a_lost_connection(officer: Person, visit: Visit) -> None:
    page = visit("/council.html", officer)
    reload_with(page, lambda route: route.abort())
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    assert axe_violations(page) == []


def test_refresh_shows_new_counts_and_a_failed_one_keeps_the_old(
    world: World, area: Area, officer: Person, visit: Visit
) -> None:
    home = area.home("Larkrise House", days=9)
    page = visit(area.page(), officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", name="Could not refresh")).to_be_visible()
    expect(rows(page)).to_contain_text("9 days ago")
    assert axe_violations(page) == []
    page.context.set_offline(False)
    world.overtake(home, 7)
    page.get_by_role("button", name="Refresh").click()
    expect(rows(page)).to_contain_text("less than a day ago", timeout=15_000)
    expect(rows(page)).to_contain_text("7 of 20")
    expect(page.get_by_role("heading", name="Could not refresh")).to_have_count(0)
    expect(page.locator(".as-of")).to_be_focused()


def open_all_details(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def test_the_overview_is_accessible_at_every_width(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("A home with a name so long that it has to be broken somewhere" * 2, days=9)
    area.home("Never House", days=None)
    area.home("Closed House", admission_status=CLOSED)
    area.home("Old House", registration=Registration.DEREGISTERED)
    page = visit(area.page(), officer)
    wait_for_all_days(page)
    open_all_details(page)
    for size in (DESKTOP, PHONE):
        resize(page, *size)
        assert axe_violations(page) == []
        assert small_targets(page) == []
    for width in WIDTHS:
        resize(page, width)
