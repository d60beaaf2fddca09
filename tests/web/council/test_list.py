"""An officer sorts, filters, prints and exports the list of homes."""

import csv
import io
import re
from typing import Any, Final

import httpx
from playwright.sync_api import Route, expect

from local.emulator.people import Person
from tests.support.builders import counts
from tests.web.conftest import DESKTOP, Visit, World
from tests.web.council.overview_page import (
    CLOSED,
    NURSING,
    ONE,
    Area,
    names,
    reload,
    rows,
)
from tests.web.pages import axe_violations, hold_requests

MANY: Final = {NURSING: counts(9)}


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


def test_long_lists_load_in_steps_and_print_whole(officer: Person, visit: Visit) -> None:
    page = visit("/council.html", officer, size=DESKTOP)
    page.route("**/api/homes", thousand_homes)
    reload(page)
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
