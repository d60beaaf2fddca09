"""A council's officer sees which homes keep their numbers fresh, and takes the list along."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from local.site.browser import sign_in
from shared.domain.beds import AdmissionStatus
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
NURSING = BedCategory.GENERAL_NURSING
SHUT = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK, date(2099, 12, 1))
DAYS = 28

_numbers = count(1)


class Area:
    """A local authority of a test's own, so that its homes are alone there."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.name = f"Area {next(_numbers)}"

    def home(self, name: str, *, days: float | None = 0.5, **other: Any) -> str:
        """A home that confirmed so many days ago, or never; its id."""
        ago = None if days is None else datetime.now(UTC) - timedelta(days=days)
        register = replace(REGISTER, name=name, local_authority=self.name)
        if days is None:
            other = {"beds": {}, **other}
        return self._world.home(register=register, confirmed_at=ago, **other)

    def page(self, **wanted: str) -> str:
        query = httpx.QueryParams({"authority": self.name, **wanted})
        return f"/council.html?{query}"


@pytest.fixture
def area(world: World) -> Area:
    return Area(world)


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")


def ask(stack: LocalStack, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    answer = httpx.get(f"{stack.api_url}{path}", headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.json()


def rows(page: Page) -> Locator:
    return page.locator(".overview-table tbody tr")


def names(page: Page) -> list[str]:
    return page.locator(".overview-table th[scope=row] a").all_inner_texts()


def again(page: Page) -> None:
    """The page, opened once more, with whatever it has to say."""
    page.reload()
    page.locator("main h1").wait_for()


def all_read(page: Page) -> None:
    expect(page.get_by_text("Reading the change log")).to_have_count(0, timeout=60_000)


def numbers(page: Page, summary: str) -> list[list[str]]:
    """The cells of a chart's table, row by row, after it was opened."""
    details = page.locator("details").filter(has_text=summary)
    details.locator("summary").click()
    lines = details.locator("tbody tr").all()
    return [line.locator("th, td").all_inner_texts() for line in lines]


def test_an_officer_starts_here(officer: Person, area: Area, visit: Visit) -> None:
    area.home("Larkrise House")
    page = visit("/")
    page.locator("main").get_by_role("button", name="Sign in").click()
    sign_in(page, officer)
    page.wait_for_url("**/council.html")
    page.get_by_role("heading", name="Overview", level=1).wait_for()
    expect(page.get_by_role("link", name="Overview")).to_have_attribute("aria-current", "page")


def test_a_carer_is_refused(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/council.html", world.carer(home))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    expect(page.get_by_role("link", name="Overview")).to_have_count(0)
    assert axe_violations(page) == []


def test_how_many_are_up_to_date_is_said_in_words_and_numbers(
    stack: LocalStack, officer: Person, area: Area, visit: Visit
) -> None:
    for name, days in {"A": 0.1, "B": 3, "C": 9, "D": None}.items():
        area.home(name, days=days)
    area.home("E", admission_status=SHUT)
    page = visit("/council.html", officer)
    totals = ask(stack, "/homes")["totals"]
    fresh, homes = totals["freshness"]["fresh"], totals["homes"]
    expect(page.locator(".as-of")).to_contain_text("As it was at")
    expect(page.locator(".lede")).to_contain_text(f"{fresh} of {homes} homes")
    expect(page.locator(".lede")).to_contain_text(f"{homes - fresh} are not up to date")
    shown = {
        figure.locator("strong").inner_text().split()[-1].lower(): int(
            figure.locator(".figure__number").inner_text()
        )
        for figure in page.locator(".figure").all()
    }
    assert shown == totals["freshness"]
    expect(page.get_by_text(f"{totals['closed']} home")).to_contain_text("closed to admissions")


def test_who_waits_longest_is_first_and_since_when(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Fresh House", days=0.1)
    stale = area.home("Stale House", days=9)
    area.home("Ageing House", days=3)
    area.home("Never House", days=None)
    page = visit(area.page(), officer)
    assert names(page) == ["Never House", "Stale House", "Ageing House", "Fresh House"]
    line = rows(page).filter(has_text="Stale House")
    expect(line).to_contain_text("Stale")
    expect(line).to_contain_text("9 days ago")
    expect(line).to_contain_text(re.compile(r"since \d+:\d\d[ap]m on \d+ [A-Z]"))
    expect(rows(page).first).to_contain_text("never confirmed")
    link = line.get_by_role("link", name="Stale House", exact=True)
    expect(link).to_have_attribute("href", f"/home.html?id={stale}")


def test_columns_are_sorted_from_the_keyboard(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Birch", days=1, beds={NURSING: counts(3)})
    area.home("Ash", days=2, beds={NURSING: counts(1)})
    area.home("cedar 10", days=3, beds={NURSING: counts(2)})
    area.home("Cedar 9", days=4, admission_status=SHUT)
    page = visit(area.page(), officer, size=DESKTOP)
    head = page.locator(".overview-table thead th")
    confirmed, home, free = (
        head.filter(has=page.get_by_role("button", name=name))
        for name in ("Last confirmed", "Home", "Free beds")
    )
    expect(confirmed).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Home", exact=True).focus()
    page.keyboard.press("Enter")
    assert names(page) == ["Ash", "Birch", "Cedar 9", "cedar 10"]
    expect(home).to_have_attribute("aria-sort", "ascending")
    assert confirmed.get_attribute("aria-sort") is None
    page.keyboard.press("Enter")
    assert names(page) == ["cedar 10", "Cedar 9", "Birch", "Ash"]
    expect(home).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("button", name="Home", exact=True)).to_be_focused()
    page.get_by_role("button", name="Free beds").focus()
    page.keyboard.press("Space")
    assert names(page) == ["Birch", "cedar 10", "Ash", "Cedar 9"]
    expect(free).to_have_attribute("aria-sort", "descending")
    assert "sort=-free" in page.url
    again(page)
    expect(free).to_have_attribute("aria-sort", "descending")
    assert names(page)[0] == "Birch"


def test_on_a_phone_the_order_is_chosen_from_a_list(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash", days=1)
    area.home("Birch", days=2)
    page = visit(area.page(), officer)
    assert names(page) == ["Birch", "Ash"]
    expect(page.get_by_role("button", name="Last confirmed")).to_be_hidden()
    page.get_by_label("Order").select_option("name")
    assert names(page) == ["Ash", "Birch"]
    expect(rows(page).first.get_by_text("Last confirmed")).to_be_visible()


def test_the_filter_is_in_the_address_and_is_there_again_after_a_reload(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash Court", days=3)
    area.home("Ash House", days=0.1)
    area.home("Birch Court", days=3)
    shut = area.home("Cedar Court", days=9, admission_status=SHUT)
    page = visit(area.page(), officer, size=DESKTOP)
    said = page.locator(".count")
    page.get_by_label("Up to date", exact=True).select_option("Not up to date")
    assert names(page) == ["Cedar Court", "Ash Court", "Birch Court"]
    page.get_by_label("Name or postcode").fill("court ASH")
    assert names(page) == ["Ash Court"]
    expect(said).to_contain_text("1 of ")
    asked = httpx.URL(page.url).params
    assert dict(asked) == {"authority": area.name, "freshness": "due", "q": "court ASH"}
    again(page)
    expect(page.get_by_label("Name or postcode")).to_have_value("court ASH")
    expect(page.get_by_label("Up to date", exact=True)).to_have_value("due")
    expect(page.get_by_label("Local authority", exact=True)).to_have_value(area.name)
    assert names(page) == ["Ash Court"]
    page.get_by_label("Name or postcode").fill(shut)
    assert names(page) == ["Cedar Court"]
    page.get_by_label("Name or postcode").fill("EX25DW")
    page.get_by_label("Up to date", exact=True).select_option("Any")
    page.get_by_label("Admissions").select_option("Closed to admissions")
    assert names(page) == ["Cedar Court"]
    expect(rows(page)).to_contain_text("outbreak of infection, until about 1 December 2099")
    expect(rows(page)).to_contain_text("0 of 20")


def test_nothing_that_fits_is_said_and_undone(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Ash")
    page = visit(area.page(q="zzz", sort="__proto__"), officer)
    expect(page.get_by_text("No home is like that.")).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_be_disabled()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Show all homes").click()
    expect(page.get_by_label("Name or postcode")).to_have_value("")
    assert rows(page).count() >= 1


def test_a_figure_leads_to_its_homes(area: Area, officer: Person, visit: Visit) -> None:
    area.home("Fresh House", days=0.1)
    area.home("Never House", days=None)
    page = visit("/council.html", officer)
    page.get_by_role("link", name="Show never homes in the list").click()
    expect(page.get_by_role("heading", name="Homes", exact=True)).to_be_focused()
    assert httpx.URL(page.url).params["freshness"] == "never"
    assert "Never House" in names(page)
    assert "Fresh House" not in names(page)


def test_what_a_home_is_called_is_text_on_the_page_and_in_the_file(
    area: Area, officer: Person, visit: Visit
) -> None:
    formula = '=HYPERLINK("http://127.0.0.1/?"&A1,"Look")'
    markup = "<img src=x onerror=\"document.body.textContent='hacked'\">"
    lines = 'Two, "quoted"'
    ids = [area.home(name, days=2) for name in (formula, markup, lines, "@sum", "-1+2", "+44")]
    area.home("Filtered Away", days=0.1)
    page = visit(area.page(freshness="ageing", sort="name"), officer)
    assert set(names(page)) == {formula, markup, lines, "@sum", "-1+2", "+44"}
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download as CSV").click()
    download = downloading.value
    assert re.fullmatch(r"bedboard-homes-\d{4}-\d\d-\d\d\.csv", download.suggested_filename)
    content = download.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    said = {each["CQC location id"]: each for each in table}
    assert [said[each]["Name"] for each in ids] == [
        f"'{formula}",
        markup,
        lines,
        "'@sum",
        "'-1+2",
        "'+44",
    ]
    first = said[ids[2]]
    assert first["Local authority"] == area.name
    assert first["Up to date"] == "ageing"
    assert first["Phone"] == "01632 960001"
    assert (first["Beds"], first["Free beds"], first["Free: General nursing"]) == ("20", "2", "2")
    assert len(table) == len(ids)
    assert not any(re.match(r"[=+\-@\t\r]", cell) for each in table for cell in each.values())


def quiet_past(page: Page, answers: dict[str, Any]) -> None:
    """Keeps what the API answers of today and of the homes, and invents the days before."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        if name in ("homes", today):
            fetched = route.fetch()
            answers[name] = fetched.json()
            route.fulfill(response=fetched)
        else:
            of = int(name[-2:])
            beds = {"opened": {"general_nursing": of % 4}, "gone": {"transitional": of % 3}}
            answers[name] = {"homes_confirmed": of, **beds}
            route.fulfill(json=answers[name])

    page.route(re.compile("/api/(homes|changes/.*)$"), answer)


def test_the_tables_under_the_charts_are_what_the_api_says(
    area: Area, world: World, officer: Person, visit: Visit
) -> None:
    home = area.home("Moving House", days=2, beds={NURSING: counts(1)})
    world.overtake(home, 8)
    world.overtake(home, 5)
    page = visit(area.page(), officer)
    answers: dict[str, Any] = {}
    quiet_past(page, answers)
    again(page)
    all_read(page)
    told = answers["homes"]
    kinds = {line[0]: line[1:] for line in numbers(page, "Vacancies by kind of bed")}
    free = told["totals"]["vacancies"]["general_nursing"]
    capacity = told["totals"]["capacity"]["general_nursing"]
    assert kinds["General nursing"][:2] == [str(free), str(capacity)]
    areas = {line[0]: line[1:] for line in numbers(page, "Vacancies by local authority")}
    assert areas[area.name] == ["1", "1", "0", "5"]
    level = sum(told["totals"]["vacancies"].values())
    image = page.get_by_role("img", name="Vacancies at the end of each day")
    expect(image).to_have_attribute("aria-label", re.compile(f"today {level}$"))
    expect(image.locator("circle")).to_have_count(DAYS)
    today = datetime.fromisoformat(told["as_of"]).date()
    lines = numbers(page, "The last four weeks")
    for back, line in enumerate(lines):
        day = answers[(today - timedelta(days=back)).isoformat()]
        opened, gone = sum(day["opened"].values()), sum(day["gone"].values())
        assert line[1:] == [str(each) for each in (level, opened, gone, day["homes_confirmed"])]
        level += gone - opened
    assert len(lines) == DAYS
    assert int(lines[0][2]) >= 7
    assert int(lines[0][3]) >= 3
    by_kind = page.get_by_role("img", name="Vacancies by kind of bed")
    expect(by_kind.get_by_text("General nursing")).to_be_visible()


def test_a_day_that_cannot_be_read_is_told_and_tried_again(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash")
    lost = datetime.now(UTC).date() - timedelta(days=5)
    failing = True

    def answer(route: Route) -> None:
        if failing:
            route.fulfill(status=503, json={})
        else:
            route.continue_()

    page = visit("/council.html", officer)
    page.route(f"**/api/changes/{lost}", answer)
    again(page)
    notice = page.get_by_role("alert").filter(has_text="1 day could not be read")
    expect(notice).to_contain_text(f"{lost.day} {lost:%b}", timeout=60_000)
    lines = numbers(page, "The last four weeks")
    assert lines[4][1] != "not known"
    assert lines[5][2:] == ["not read"] * 3
    assert [line[1] for line in lines[6:]] == ["not known"] * (DAYS - 6)
    assert "not read" not in lines[6]
    line = page.get_by_role("img", name="Vacancies at the end of each day").locator("circle")
    assert line.count() == 6
    assert axe_violations(page) == []
    failing = False
    notice.get_by_role("button", name="Try again").click()
    expect(notice).to_have_count(0)
    all_read(page)
    expect(line).to_have_count(DAYS)


def many(route: Route) -> None:
    """A council of a thousand homes."""
    homes = [
        {
            "freshness": ("fresh", "ageing", "stale", "never")[number % 4],
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
        "freshness": dict.fromkeys(("fresh", "ageing", "stale", "never"), 250),
        "capacity": {"general_nursing": 20_000},
        "vacancies": {"general_nursing": 2000},
    }
    areas = [{"local_authority": "Exampleshire", **totals}]
    answer = {"as_of": "2026-11-22T09:30:00.000Z", "totals": totals, "homes": homes}
    route.fulfill(json={**answer, "local_authorities": areas})


def opened_with(page: Page, answer: Any) -> None:
    """Has the API answer so, and opens the overview again."""
    page.route("**/api/homes", answer)
    again(page)


def test_a_thousand_homes_are_shown_some_at_a_time_and_all_on_paper(
    officer: Person, visit: Visit
) -> None:
    page = visit("/council.html", officer, size=DESKTOP)
    opened_with(page, many)
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
    expect(page.get_by_text("20 with most vacancies")).to_contain_text("other 10 too")


@SIZES
def test_a_council_without_homes_is_told_where_they_come_from(
    officer: Person, visit: Visit, size: tuple[int, int]
) -> None:
    none = {"homes": 0, "closed": 0, "freshness": {}, "capacity": {}, "vacancies": {}}
    answer = {"as_of": "2026-11-22T09:30:00.000Z", "totals": none, "local_authorities": []}
    page = visit("/council.html", officer, size=size)
    opened_with(page, lambda route: route.fulfill(json={**answer, "homes": []}))
    expect(page.get_by_role("heading", name="There are no homes here yet")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []


@SIZES
def test_without_an_answer_the_page_says_so(
    officer: Person, visit: Visit, size: tuple[int, int]
) -> None:
    page = visit("/council.html", officer, size=size)
    opened_with(page, lambda route: route.fulfill(status=503, json={}))
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def test_a_refresh_shows_what_was_posted_and_a_failed_one_keeps_what_there_is(
    world: World, area: Area, officer: Person, visit: Visit
) -> None:
    home = area.home("Larkrise House", days=9)
    page = visit(area.page(), officer)
    page.context.set_offline(True)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", name="Not refreshed")).to_be_visible()
    expect(rows(page)).to_contain_text("9 days ago")
    assert axe_violations(page) == []
    page.context.set_offline(False)
    world.overtake(home, 7)
    page.get_by_role("button", name="Refresh").click()
    expect(rows(page)).to_contain_text("just now", timeout=15_000)
    expect(rows(page)).to_contain_text("7 of 20")
    expect(page.get_by_role("heading", name="Not refreshed")).to_have_count(0)
    expect(page.locator(".as-of")).to_be_focused()


@SIZES
def test_everybody_can_use_the_page(
    area: Area, officer: Person, visit: Visit, size: tuple[int, int]
) -> None:
    area.home("A home with a name so long that it has to be broken somewhere" * 2, days=9)
    area.home("Never House", days=None)
    area.home("Shut House", admission_status=SHUT)
    page = visit(area.page(), officer, size=size)
    all_read(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)


def test_nothing_scrolls_sideways_on_the_smallest_phone(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Larkrise House", days=9)
    page = visit(area.page(), officer, size=SMALLEST)
    all_read(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert not scrolls_sideways(page)
    for width in (600, 768, 800):
        page.set_viewport_size({"width": width, "height": 800})
        assert not scrolls_sideways(page), width
