"""What to try where a search finds too little: near misses, and searches that find homes."""

from playwright.sync_api import expect

from local.emulator.people import Person
from shared.domain.vocabulary import Rating
from tests.support.builders import counts
from tests.web.conftest import DESKTOP, NURSING, Visit
from tests.web.search.searching import Somewhere, declaring, names, result


def test_an_empty_search_suggests_searches_that_find_homes(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Outside House", miles=4, rating=Rating.OUTSTANDING)
    somewhere.home("Good House", miles=1, rating=Rating.GOOD)
    somewhere.home("Full House", rating=Rating.OUTSTANDING, beds={NURSING: counts(0)})
    path = somewhere.search(radius_miles="2", min_rating="Outstanding")
    page = visit(path, coordinator, ready=".suggestions")
    expect(page.get_by_role("heading", name="No home has a bed that fits")).to_be_visible()
    assert page.locator(".suggestions li").all_inner_texts() == [
        "4.0 miles away: 1 more home. Nearest: Outside House",
        "Include homes that are full or closed: 1 home",
        "Include all CQC ratings: 1 home",
    ]
    page.get_by_role("link", name="4.0 miles away").click()
    assert names(page) == ["Outside House"]
    page.go_back()
    page.get_by_role("link", name="Include all CQC ratings").click()
    assert names(page) == ["Good House"]


def test_an_empty_search_widens_until_it_finds_a_home(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    rare = declaring(tracheostomy="yes", bariatric="yes", language_vie="yes")
    somewhere.home("Distant House", miles=12, declaration=rare)
    needs = "tracheostomy&need=bariatric&need=language_vie"
    path = somewhere.search(radius_miles="2", need=needs, fit="yes")
    page = visit(path, coordinator, ready=".suggestions")
    page.get_by_role("link", name="12 miles away, says yes to all").click()
    assert names(page) == ["Distant House"]
    expect(page.get_by_text("Within 20 miles of")).to_be_visible()


def test_nothing_at_any_distance_is_said_to_be_so(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Ash House")
    path = somewhere.search(beds="900", min_rating="Outstanding")
    page = visit(path, coordinator, ready=".suggestions")
    expect(page.get_by_role("link", name="Show every home within 100 miles")).to_be_visible()
    page.route("**/vacancies/near-misses?*", lambda route: route.abort())
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("We could not look for other homes.")).to_be_visible()
    expect(page.get_by_role("link", name="Show every home")).to_have_count(0)


def test_near_misses_are_one_press_away_and_each_gives_up_one_thing(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    for number in range(3):
        yes = declaring(peg="yes", ground_floor="yes")
        somewhere.home(f"House {number}", miles=0.5 + number / 2, declaration=yes)
    upstairs = declaring(peg="yes", ground_floor="no")
    somewhere.home("Upstairs House", miles=1.5, declaration=upstairs)
    somewhere.home("Farther House", miles=4, declaration=yes)
    path = somewhere.search(radius_miles="2", need="peg&need=ground_floor")
    page = visit(path, coordinator, size=DESKTOP, ready=".result")
    page.get_by_role("button", name="Show near misses").click()
    expect(page.locator(".suggestions li").first).to_be_visible()
    assert page.locator(".suggestions li").all_inner_texts() == [
        "4.0 miles away, says yes to all: 1 more home. Nearest: Farther House",
        "Without ground floor: 1 more home. Nearest: Upstairs House, 1.5 miles",
    ]
    page.get_by_role("link", name="Without ground floor").click()
    expect(result(page, "Upstairs House")).to_be_visible()
