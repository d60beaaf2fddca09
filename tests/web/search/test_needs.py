"""A search by what a person needs: musts, wishes, flexible beds, and whom a bed is for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Route, expect

from local.emulator.people import Person
from shared.domain.declaration import Declaration
from shared.domain.needs import Suits
from shared.domain.vocabulary import BedCategory
from tests.support.builders import counts
from tests.web.conftest import DEMENTIA, DESKTOP, NURSING, Visit
from tests.web.pages import axe_violations
from tests.web.search.searching import Somewhere, declaring, names, open_at, result

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_INTERACTIONS = 10


def test_the_three_best_homes_take_at_most_ten_interactions(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    beds = {DEMENTIA: counts(1)}
    for miles, name in enumerate(("First", "Second", "Third"), start=1):
        yes = declaring("council_rate", hoist="yes", peg="yes")
        somewhere.home(f"{name} House", miles=miles / 2, beds=beds, declaration=yes)
    somewhere.home("Silent House", miles=0.2, beds=beds)
    says_no = declaring("council_rate", hoist="yes", peg="no")
    somewhere.home("Unable House", miles=0.1, beds=beds, declaration=says_no)
    friday = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    page = visit("/search.html", coordinator, size=DESKTOP)
    find = page.get_by_label("What does the person need?")
    interactions: list[Callable[[], object]] = [
        lambda: page.get_by_label("Postcode").fill(somewhere.near),
        lambda: page.get_by_label("Dementia", exact=True).check(),
        lambda: page.get_by_label("Nursing: a nurse day and night").check(),
        lambda: find.fill("hoist"),
        lambda: find.press("Enter"),
        lambda: find.fill("peg"),
        lambda: find.press("Enter"),
        lambda: page.get_by_label("Who pays").select_option("The council's rate"),
        lambda: page.get_by_label("Day", exact=True).fill(friday),
        lambda: page.get_by_role("button", name="Search", exact=True).click(),
    ]
    assert len(interactions) <= MOST_INTERACTIONS
    for interaction in interactions:
        interaction()
    assert names(page) == ["First House", "Second House", "Third House", "Silent House"]
    assert parse_qs(urlsplit(page.url).query) == {
        "near": [somewhere.near],
        "care_for": ["dementia"],
        "care": ["nursing"],
        "need": ["hoist", "peg"],
        "funding": ["council_rate"],
        "admit_by": [f"{friday}T16:00"],
    }
    expect(result(page, "First House")).to_contain_text("Yes: PEG feeding; hoist; the council's")
    expect(result(page, "First House")).to_contain_text("✓ Says yes to all")
    expect(result(page, "Silent House")).to_contain_text("? Ask about 4")
    expect(result(page, "Silent House")).to_contain_text("Has not said: PEG feeding; hoist;")
    heading = "3 homes say yes to all, 1 to ask first"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("link", name="Says no to something (1): show").click()
    expect(result(page, "Unable House")).to_contain_text("No: PEG feeding")
    expect(result(page, "Unable House")).to_contain_text("✕ Says no to 1")


def test_a_need_is_a_must_a_wish_or_removed_and_stays_in_the_tab(
    somewhere: Somewhere, visit: Visit, coordinator: Person, site: str
) -> None:
    somewhere.home("With Pets", miles=1.5, declaration=declaring(peg="yes", pet="yes"))
    somewhere.home("Without Pets", miles=1, declaration=declaring(peg="yes", pet="no"))
    page = visit("/search.html", coordinator)
    find = page.get_by_label("What does the person need?")
    page.get_by_label("Postcode").fill(somewhere.near)
    find.fill("tube")
    page.get_by_role("button", name="Add PEG feeding").click()
    expect(find).to_be_focused()
    page.get_by_text("Browse all needs").click()
    pet = page.get_by_label("Pet", exact=True)
    pet.check()
    page.get_by_role("button", name="Pet: must have").click()
    expect(page.get_by_role("button", name="Pet: would like")).to_be_focused()
    page.get_by_label("Smoker", exact=True).check()
    page.get_by_role("button", name="Remove Smoker").click()
    expect(page.get_by_label("Smoker", exact=True)).not_to_be_checked()
    expect(pet).to_be_checked()
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == ["With Pets", "Without Pets"]
    expect(result(page, "With Pets")).to_contain_text("Also has: pet")
    page.get_by_role("button", name="Remove filter: Would like: pet").click()
    expect(page.get_by_role("button", name="Remove filter: Would like: pet")).to_have_count(0)
    assert "would_like" not in page.url
    page.goto(f"{site}/search.html")
    expect(page.get_by_role("button", name="Remove PEG feeding")).to_be_visible()
    assert page.evaluate("() => JSON.stringify(localStorage)").count("peg") == 0
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Find and post care home vacancies").wait_for()
    assert page.evaluate("() => JSON.stringify(sessionStorage)").count("peg") == 0


def test_a_flexible_bed_is_found_as_the_other_kind_and_marked(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    general, dementia = BedCategory.GENERAL_RESIDENTIAL, BedCategory.DEMENTIA_RESIDENTIAL
    flexible = Declaration(also_as={general: (dementia,)})
    somewhere.home("Flexible House", beds={general: counts(2)}, declaration=flexible)
    path = somewhere.search(care_for="dementia", care="residential")
    page = visit(path, coordinator, ready=".result")
    expect(result(page, "Flexible House")).to_contain_text(
        "2 free General residential, may be used as dementia residential"
    )


def test_beds_for_a_woman_are_found_and_marked(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Women's House", beds={NURSING: replace(counts(1), suits=Suits.WOMAN)})
    somewhere.home("Men's House", beds={NURSING: replace(counts(1), suits=Suits.MAN)})
    page = visit("/search.html", coordinator)
    page.get_by_label("Postcode").fill(somewhere.near)
    page.get_by_text("More filters").click()
    page.get_by_label("Who the bed is for").select_option("A woman")
    page.get_by_role("button", name="Search", exact=True).click()
    assert names(page) == ["Women's House"]
    expect(page.locator(".result")).to_contain_text("1 free General nursing, for a woman only")
    page.get_by_role("button", name="Remove filter: Bed for a woman").click()
    expect(page.locator(".result")).to_have_count(2)


def test_a_need_that_is_no_longer_asked_is_said_to_be_ignored(
    somewhere: Somewhere, visit: Visit, coordinator: Person
) -> None:
    somewhere.home("Near House")
    notice = "“Four-poster bed” is no longer asked. We left it out."
    page = visit("/search.html", coordinator)

    def answer(route: Route) -> None:
        response = route.fetch(url=route.request.url.replace("need=four_poster", "beds=1"))
        route.fulfill(response=response, json={**response.json(), "notices": [notice]})

    page.route("**/vacancies?*", answer)
    open_at(page, somewhere.search(need="four_poster"), ".result")
    expect(page.get_by_text(notice)).to_be_visible()
    assert names(page) == ["Near House"]
    assert axe_violations(page) == []
