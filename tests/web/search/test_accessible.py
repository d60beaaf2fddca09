"""Every state of the search page is accessible, also on the smallest phone."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from local.emulator.people import Person
from tests.web.conftest import Visit
from tests.web.pages import axe_violations, scrolls_sideways
from tests.web.search.searching import SIZES, SMALLEST, Somewhere, open_at, summary


@SIZES
def test_every_state_is_accessible(
    size: tuple[int, int], somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    now = datetime.now(UTC)
    for days in (0, 3, 9):
        somewhere.home(f"House {days}", miles=1 + days, confirmed_at=now - timedelta(days=days))
    somewhere.home("House 9 too", miles=10)
    page = visit("/search.html", coordinator, size=size)
    assert axe_violations(page) == []
    page.get_by_text("More filters").click()
    page.get_by_text("Browse all needs").click()
    page.get_by_label("Hoist", exact=True).check()
    page.get_by_label("What does the person need?").fill("tube")
    assert axe_violations(page) == []
    page.get_by_label("Postcode").fill("nowhere")
    page.get_by_role("button", name="Search", exact=True).click()
    summary(page).wait_for()
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15"), ".result")
    expect(page.locator(".chance strong").first).to_have_text("✓ Very likely still free")
    page.get_by_role("button", name="Show on map").last.click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="I have called").first.click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="It has gone").click()
    page.get_by_role("button", name="Undo").wait_for()
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15", need="peg&would_like=pet"), ".near-misses h3")
    assert axe_violations(page) == []
    open_at(page, somewhere.search(radius_miles="15", min_rating="Outstanding"), ".suggestions")
    page.get_by_role("button", name="Create an alert for this search").click()
    page.get_by_role("heading", name="Alert created").wait_for()
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("The Extraordinarilylongnamed Residential and Nursing Home", miles=11)
    page = visit("/search.html", coordinator, size=SMALLEST)
    page.get_by_text("More filters").click()
    page.get_by_text("Browse all needs").click()
    page.get_by_label("Deprivation of liberty safeguards", exact=True).check()
    page.get_by_label("What does the person need?").fill("tube")
    assert not scrolls_sideways(page)
    open_at(page, somewhere.search(), ".suggestions")
    assert not scrolls_sideways(page)
    needs = "dols&need=epilepsy_rescue&would_like=language_por"
    open_at(page, somewhere.search(radius_miles="15", need=needs), ".result")
    page.get_by_role("button", name="Show on map").click()
    page.get_by_role("button", name="I have called").click()
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Not for this person").click()
    assert not scrolls_sideways(page)
    open_at(page, somewhere.search(radius_miles="500"), ".nhsuk-error-summary")
    assert not scrolls_sideways(page)
