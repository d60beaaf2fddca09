"""A team sees on a result that the council is not placing there; nothing else changes."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.stack import table_of
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from tests.support.builders import mark
from tests.web.conftest import Visit, World
from tests.web.pages import axe_violations, scrolls_sideways
from tests.web.search.searching import SIZES, Somewhere, names, result

MARK = "Not placing here since"


@SIZES
def test_results_and_near_misses_show_the_mark_to_a_team(
    somewhere: Somewhere,
    world: World,
    visit: Visit,
    coordinator: Person,
    size: tuple[int, int],
) -> None:
    marked = somewhere.home("Marked House")
    somewhere.home("Other House", miles=2)
    farther = somewhere.home("Farther House", miles=12)
    for each in (marked, farther):
        mark(table_of(world.stack), each, PlacingStop(uk_day(datetime.now(UTC))))
    page = visit(somewhere.search(), coordinator, size=size, ready=".result")
    assert names(page) == ["Marked House", "Other House"]
    expect(result(page, "Marked House")).to_contain_text(MARK)
    expect(result(page, "Other House")).not_to_contain_text(MARK)
    # So does a near miss that names the home.
    expect(page.get_by_role("listitem").filter(has_text="Nearest: Farther House")).to_contain_text(
        MARK
    )
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("status", [503, 0])
def test_results_say_where_the_marks_did_not_load(
    somewhere: Somewhere, visit: Visit, coordinator: Person, status: int
) -> None:
    somewhere.home("Any House")
    page = visit("/search.html", coordinator, fresh=True)
    page.route(
        "**/api/placing-stops",
        lambda route: route.fulfill(status=status, body="{}") if status else route.abort(),
    )
    page.goto(page.url.split("/search")[0] + somewhere.search())
    expect(page.get_by_text("not placing at did not load")).to_be_visible()
    assert names(page) == ["Any House"]
