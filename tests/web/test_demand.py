"""An officer reads what teams look for, a home what it could say; a press of Search counts."""

import csv
import io
import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack, table_of
from shared.domain.declaration import Declaration
from shared.domain.demand import Cell, Span, period_of
from shared.domain.needs import Answer
from shared.store import demand
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, resize, scrolls_sideways, small_targets

# Nobody searches then, so these are the newest periods of the stack whatever else runs on it.
WEEK, NEXT = (period_of(date(2099, 1, day), Span.WEEK) for day in (5, 12))
SHETLAND = partial(Cell, "ZE3", "general_nursing")
EXETER = partial(Cell, "EX2", "general_nursing")
MOST_INTERACTIONS = 2


@pytest.fixture(scope="module", autouse=True)
def published(stack: LocalStack) -> None:
    table = table_of(stack)
    demand.publish(table, WEEK, {SHETLAND("hoist"): 5})
    rows = {SHETLAND("kosher"): 6, SHETLAND("peg"): 9, EXETER("halal"): 8, EXETER("bsl"): 11}
    demand.publish(table, NEXT, rows)


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")


def needs(page: Page) -> list[str]:
    return page.locator(".demand__table th[scope=row] div").all_inner_texts()


def open_demand(visit: Visit, officer: Person, size: tuple[int, int] = DESKTOP) -> Page:
    return visit("/demand.html", officer, size=size, ready=".demand__table tbody tr")


def test_an_officer_reads_unmet_need_for_a_district_in_two_interactions(
    visit: Visit, officer: Person
) -> None:
    page = visit("/council.html", officer, size=DESKTOP)
    interactions = (
        partial(page.get_by_role("link", name="What teams look for").click),
        partial(page.get_by_label("District", exact=True).select_option, "ZE3"),
    )
    assert len(interactions) <= MOST_INTERACTIONS
    for interaction in interactions:
        interaction()
    rows = page.locator(".demand__table tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("PEG feeding")
    expect(rows.first).to_contain_text("9")
    expect(rows.first).to_contain_text("None")
    expect(page.get_by_role("status")).to_have_text("2 of 4 rows")


def test_a_marker_on_the_map_chooses_its_district(visit: Visit, officer: Person) -> None:
    page = open_demand(visit, officer)
    marker = page.get_by_role("button", name="ZE3: 2 rows, 2 that no nearby home says yes to")
    marker.focus()
    marker.press("Enter")
    expect(page.get_by_label("District", exact=True)).to_have_value("ZE3")
    assert needs(page) == ["PEG feeding", "Kosher food"]


def test_an_earlier_week_can_be_chosen(visit: Visit, officer: Person) -> None:
    page = open_demand(visit, officer)
    page.get_by_label("Period").select_option(WEEK.id)
    expect(page.locator(".demand__table tbody tr")).to_have_count(1)
    assert needs(page) == ["Hoist"]
    expect(page.get_by_label("Period")).to_have_value(WEEK.id)


def test_the_table_can_be_downloaded_as_it_is_shown(visit: Visit, officer: Person) -> None:
    page = open_demand(visit, officer)
    page.get_by_label("District", exact=True).select_option("ZE3")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download table (CSV)").click()
    assert download.value.suggested_filename == f"bedboard-demand-{NEXT.id}.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[2:6] == ["District", "Kind of bed", "Looked for", "Searches"]
    assert [row[2:6] for row in rows] == [
        ["ZE3", "General nursing", "PEG feeding", "9"],
        ["ZE3", "General nursing", "Kosher food", "6"],
    ]


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_everyone_can_use_the_page(visit: Visit, officer: Person, size: tuple[int, int]) -> None:
    page = open_demand(visit, officer, size)
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    resize(page, 320)


def test_nobody_but_the_council_sees_it(visit: Visit, world: World) -> None:
    page = visit("/demand.html", world.person("team:exeter-discharge"))
    expect(page.get_by_role("link", name="What teams look for")).to_have_count(0)
    expect(page.locator(".demand__table")).to_have_count(0)


def test_a_home_sees_what_teams_looked_for_near_it(visit: Visit, world: World) -> None:
    home = world.home(declaration=Declaration(needs={"halal": Answer.NO}))
    page = visit(f"/home.html?id={home}", world.carer(home), ready="#wanted")
    section = page.locator("section", has=page.locator("#wanted"))
    expect(section.get_by_role("listitem")).to_have_text(
        [
            "British Sign Language: at least 11 searches",
            "Halal food: at least 8 searches. You say no to this",
        ]
    )
    assert axe_violations(page) == []


def test_a_team_does_not_see_it_on_a_homes_page(visit: Visit, world: World) -> None:
    home = world.home()
    page = visit(f"/home.html?id={home}", world.person("team:exeter-discharge"))
    with page.expect_response(lambda response: "/changes" in response.url):
        page.reload()
    expect(page.locator("#wanted")).to_have_count(0)


def test_only_a_press_of_search_counts(visit: Visit, world: World) -> None:
    page = visit("/search.html", world.person("team:exeter-discharge"), size=DESKTOP)
    page.get_by_label("Postcode").fill("ZE3")
    page.get_by_label("Who pays").select_option("The council's rate")
    is_search = re.compile(r"/vacancies\?")
    with page.expect_response(is_search) as pressed:
        page.get_by_role("button", name="Search", exact=True).click()
    assert "for_a_person=true" in pressed.value.url
    page.locator("main h2").first.wait_for()
    with page.expect_response(is_search) as looked_again:
        page.reload()
    assert "for_a_person" not in looked_again.value.url
