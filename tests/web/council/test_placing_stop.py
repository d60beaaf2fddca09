"""An officer sees in the overview where the council is not placing."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.stack import table_of
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from tests.support.builders import mark
from tests.web.conftest import DESKTOP, Visit, World
from tests.web.council.overview_page import WIDTHS, Area
from tests.web.pages import axe_violations, resize, scrolls_sideways


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
