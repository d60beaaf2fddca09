"""The charts of the overview show what the API says, and what did not load."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.stack import LocalStack
from tests.support.builders import counts
from tests.web.conftest import Visit, World
from tests.web.council.overview_page import (
    DAYS,
    NURSING,
    Area,
    chart_rows,
    get,
    reload,
    wait_for_all_days,
)
from tests.web.pages import axe_violations


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
