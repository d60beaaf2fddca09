"""A carer's update: how many taps it takes, what it says, and what is written."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from shared.domain.beds import AdmissionStatus
from shared.domain.vocabulary import AdmissionState, ClosureReason, Registration
from tests.support.builders import REGISTER, counts
from tests.web.conftest import DEMENTIA, DESKTOP, NURSING, PHONE, Visit, World
from tests.web.pages import axe_violations, hold_requests, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def accepting(page: Page, category: str = "General nursing") -> None:
    """Accept for one bed more."""
    tap(page, f"One more accepting, {category}")


def saved(page: Page) -> None:
    expect(page.get_by_role("heading", name=re.compile("^Saved at "))).to_be_visible()


def test_nothing_has_changed_is_one_tap_after_opening(world: World, visit: Visit) -> None:
    home = world.home()
    before = world.state(home)
    page = visit("/update.html", world.carer(home))
    tap(page, "Nothing has changed")
    saved(page)
    after = world.state(home)
    assert after["beds"] == before["beds"]
    assert after["confirmed_at"] > before["confirmed_at"]
    assert world.writes(home) == 1


def test_one_bed_more_is_two_taps_on_one_page(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    address = page.url
    accepting(page)
    expect(page.get_by_text("7 of 10 beds occupied")).to_be_visible()
    tap(page, "Save")
    saved(page)
    expect(page.get_by_role("status")).to_contain_text("General nursing: 3 accepting (was 2)")
    assert page.url == address
    state = world.state(home)["beds"]
    assert state[NURSING] == {
        "maximum_capacity": 10,
        "occupied": 7,
        "reserved": 0,
        "accepting": 3,
        "not_available": 0,
    }
    assert state[DEMENTIA]["accepting"] == 0


def test_other_bed_counts_are_one_tap_further(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    page.locator("summary", has_text="Reserved, not offered and total: General nursing").click()
    tap(page, "One more reserved, General nursing")
    page.get_by_label("Empty, but not offered: General nursing").fill("3")
    page.get_by_label("Why are they not offered?: General nursing").select_option("Refurbishment")
    page.get_by_label("Total beds in this category: General nursing").fill("12")
    soon = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
    page.get_by_label("Date of the next free bed: General nursing").fill(soon)
    tap(page, "Save")
    saved(page)
    assert world.state(home)["beds"][NURSING] == {
        "maximum_capacity": 12,
        "occupied": 6,
        "reserved": 1,
        "accepting": 2,
        "not_available": 3,
        "not_available_reason": "refurbishment",
        "available_from": soon,
    }


def test_impossible_bed_counts_are_reported_before_sending(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    field = page.get_by_label("Accepting now: General nursing")
    field.fill("11")
    tap(page, "Save")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("11 accepting is more than the total of 10 beds")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert not requests
    assert world.writes(home) == 0


def test_closing_asks_for_a_reason_before_it_closes(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    tap(page, "Close to admissions")
    tap(page, "Close the home now")
    expect(page.get_by_role("alert")).to_contain_text("Choose why you are closing")
    page.get_by_label("Not enough staff").check()
    page.get_by_label("Outbreak of infection").check()
    assert world.writes(home) == 0
    tap(page, "Close the home now")
    saved(page)
    assert world.state(home)["admission_status"] == {"status": "closed", "reason": "outbreak"}
    tap(page, "Reopen to admissions")
    tap(page, "Yes, reopen now")
    expect(page.get_by_text("Open to admissions.")).to_be_visible()
    saved(page)
    assert world.state(home)["admission_status"] == {"status": "open"}


def test_a_closed_home_can_give_a_date_to_reopen(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    tap(page, "Close to admissions")
    page.get_by_label("Refurbishment").check()
    page.get_by_label("Date you expect to reopen (if you know it)").fill("2001-01-01")
    tap(page, "Close the home now")
    expect(page.get_by_role("alert")).to_contain_text(
        "The date you expect to reopen must be between"
    )
    until = f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}"
    page.get_by_label("Date you expect to reopen (if you know it)").fill(until)
    tap(page, "Close the home now")
    saved(page)
    assert world.state(home)["admission_status"]["expected_date"] == until


def test_a_new_home_adds_its_bed_categories(world: World, visit: Visit) -> None:
    home = world.home(beds={}, confirmed_at=None)
    page = visit("/update.html", world.carer(home))
    expect(page.get_by_text("Never confirmed")).to_be_visible()
    expect(page.get_by_role("button", name="Nothing has changed")).to_have_count(0)
    tap(page, "Add dementia nursing")
    page.get_by_label("Total beds in this category: Dementia nursing").fill("20")
    accepting(page, "Dementia nursing")
    tap(page, "Save")
    saved(page)
    assert world.state(home)["beds"] == {
        DEMENTIA: {
            "maximum_capacity": 20,
            "occupied": 19,
            "reserved": 0,
            "accepting": 1,
            "not_available": 0,
        }
    }


def test_several_homes_are_listed_by_urgency(world: World, visit: Visit) -> None:
    now = datetime.now(UTC)
    ash = world.home(name="Ash House", confirmed_at=now - timedelta(hours=1))
    oak = world.home(name="Oak House", confirmed_at=now - timedelta(days=9))
    elm = world.home(name="Elm House", confirmed_at=now - timedelta(days=2))
    page = visit("/update.html", world.carer(ash, oak, elm))
    names = page.locator("main a").all_inner_texts()
    assert names == ["Oak House", "Elm House", "Ash House"]
    expect(page.get_by_role("heading", name="Need attention (2)")).to_be_visible()
    page.get_by_role("link", name="Oak House").click()
    tap(page, "Nothing has changed")
    saved(page)
    assert world.writes(oak) == 1


def test_a_manager_confirms_from_the_list_and_goes_to_the_next_home(
    world: World, visit: Visit
) -> None:
    now = datetime.now(UTC)
    oak = world.home(name="Oak House", confirmed_at=now - timedelta(days=9))
    elm = world.home(name="Elm House", confirmed_at=now - timedelta(days=2))
    passed = replace(counts(0), available_from=(now - timedelta(days=3)).date())
    asking = world.home(
        name="Asking House", beds={NURSING: passed}, confirmed_at=now - timedelta(days=3)
    )
    ash = world.home(name="Ash House", confirmed_at=now)
    page = visit("/update.html", world.carer(oak, elm, asking, ash))
    expect(page.get_by_role("button", name="Nothing has changed")).to_have_count(2)
    card = page.locator("li.card").filter(has_text="Oak House")
    expect(card).to_contain_text("2 general nursing")
    tap(page, "Nothing has changed: Oak House")
    expect(card).to_contain_text(re.compile("Saved at .* Hospital teams can now see 2 vacancies"))
    expect(card).to_contain_text("Confirmed just now")
    expect(card.locator("p", has_text="Saved at")).to_be_focused()
    assert axe_violations(page) == []
    assert (world.writes(oak), world.writes(elm)) == (1, 0)
    page.get_by_role("link", name="Elm House").click()
    tap(page, "Nothing has changed")
    saved(page)
    page.get_by_role("link", name="Next home: Asking House").click()
    expect(page.get_by_role("heading", name="A date has passed")).to_be_visible()


def test_what_comes_late_moves_no_link_away_from_under_a_finger(world: World, visit: Visit) -> None:
    one, two = world.home(name="One House"), world.home(name="Two House")
    page = visit(f"/update.html?home={one}", world.carer(one, two))
    held = hold_requests(page, f"**/homes/{one}/alerts")
    with page.expect_request(f"**/homes/{one}/alerts"):
        tap(page, "Nothing has changed")
    saved(page)
    link = page.get_by_role("link", name="All your homes")
    before = link.bounding_box()
    held[0].fulfill(json={"alerts": 4, "teams": 3})
    expect(page.get_by_text("Your vacancies match 4 alerts of 3 hospital teams.")).to_be_visible()
    assert link.bounding_box() == before


def test_a_confirmation_from_the_list_never_confirms_someone_elses_counts(
    world: World, visit: Visit
) -> None:
    one, two = world.home(name="One House"), world.home(name="Two House")
    page = visit("/update.html", world.carer(one, two))
    page.get_by_role("button", name="Nothing has changed: One House").wait_for()
    world.overtake(one, 5)
    tap(page, "Nothing has changed: One House")
    expect(page.get_by_text("Someone else has updated this home.")).to_be_visible()
    assert world.writes(one) == 1


def test_a_colleagues_change_is_shown_beside_ones_own(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    world.overtake(home, 5)
    accepting(page)
    tap(page, "Save")
    expect(page.get_by_role("heading", name="Someone else has saved changes")).to_be_visible()
    assert page.locator("tbody tr").all_inner_texts() == ["General nursing, accepting\t3\t5"]
    assert axe_violations(page) == []
    tap(page, "Save mine")
    saved(page)
    assert world.state(home)["beds"][NURSING]["accepting"] == 3


def test_a_colleagues_change_can_be_kept(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    world.overtake(home, 5)
    accepting(page)
    tap(page, "Save")
    tap(page, "Keep theirs")
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("5")
    assert world.writes(home) == 1


def test_nothing_has_changed_is_not_sent_for_bed_counts_nobody_saw(
    world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    world.overtake(home, 5)
    tap(page, "Nothing has changed")
    expect(page.get_by_role("heading", name="Someone else has updated this home")).to_be_visible()
    assert world.writes(home) == 1
    tap(page, "Nothing has changed")
    saved(page)
    assert world.writes(home) == 2


def test_a_home_that_left_the_register_is_told_that_nobody_sees_it(
    world: World, visit: Visit
) -> None:
    home = world.home(register=replace(REGISTER, registration=Registration.DEREGISTERED))
    page = visit("/update.html", world.carer(home))
    expect(page.get_by_text("hospital teams cannot see your vacancies")).to_be_visible()
    accepting(page)
    tap(page, "Save")
    saved(page)
    expect(page.get_by_text("Hospital teams can now see")).to_have_count(0)
    expect(page.get_by_text("hospital teams cannot see your vacancies")).to_be_visible()


def test_another_homes_vacancies_cannot_be_updated(world: World, visit: Visit, site: str) -> None:
    mine, other = world.home(), world.home(name="Elsewhere House")
    page = visit(f"/update.html?home={other}", world.carer(mine))
    expect(page.get_by_role("heading", name="No access")).to_be_visible()
    # The API refuses it as well, with the token of the page.
    status = page.evaluate(
        """async (home) => {
            const key = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
            const { access_token } = JSON.parse(sessionStorage.getItem(key));
            const response = await fetch(`/api/homes/${home}/vacancies/confirm`, {
                method: "POST", headers: { Authorization: `Bearer ${access_token}` } });
            return response.status;
        }""",
        arg=other,
    )
    assert status == httpx.codes.FORBIDDEN
    assert world.writes(other) == 0


def test_the_name_of_a_home_is_shown_as_text(world: World, visit: Visit) -> None:
    hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script> &amp; ${1}'
    home = world.home(register=replace(REGISTER, name=hostile))
    page = visit("/update.html", world.carer(home))
    expect(page.get_by_role("heading", level=1)).to_have_text(hostile)
    assert page.title() == "Update vacancies – Bedboard"
    assert page.locator("main img, main script").count() == 0


def test_that_a_home_is_closed_comes_first(world: World, visit: Visit) -> None:
    closed = world.home(
        admission_status=AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    )
    page = visit("/update.html", world.carer(closed))
    text = page.locator("main").inner_text()
    notice = text.index("Closed to admissions")
    assert notice < text.index("Nothing has changed")
    assert notice < text.index("Accepting now")
    heading = page.locator("main .notice h2")
    expect(heading).to_contain_text("Closed to admissions")
    box = heading.bounding_box()
    assert box
    assert box["y"] < PHONE[1] / 2
    expect(page.get_by_text("The home stays closed.")).to_be_visible()
    assert axe_violations(page) == []


def test_the_title_says_error_only_while_there_is_one(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    for again in ("save", "undo"):
        page.get_by_label("Accepting now: General nursing").fill("99")
        tap(page, "Save")
        page.locator(".nhsuk-error-summary").wait_for()
        assert page.title().startswith("Error: ")
        if again == "undo":
            tap(page, "Undo")
        else:
            page.get_by_label("Accepting now: General nursing").fill("3")
            tap(page, "Save")
            saved(page)
        expect(page).to_have_title("Update vacancies – Bedboard")


def test_a_page_has_one_error_summary(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    page.get_by_label("Accepting now: General nursing").fill("99")
    tap(page, "Save")
    page.locator(".nhsuk-error-summary").wait_for()
    page.locator("summary", has_text="Reminders").click()
    tap(page, "Add address")
    expect(page.get_by_text("is more than the total")).to_have_count(0)
    expect(page.locator(".nhsuk-error-summary")).to_have_count(1)
    assert page.title().count("Error: ") == 1


def test_a_save_in_progress_says_so(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    held: list[Route] = []
    page.route("**/vacancies/confirm", lambda route: held.append(route))  # noqa: PLW0108 - no built-in function
    tap(page, "Nothing has changed")
    progress = page.locator(".progress")
    expect(progress).to_have_text("Saving…")
    expect(progress).to_have_attribute("aria-live", "polite")
    assert axe_violations(page) == []
    held[0].continue_()
    saved(page)
    expect(progress).to_be_empty()


def test_a_form_that_is_being_sent_says_so(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    page.locator("summary", has_text="Reminders").click()
    page.get_by_role("button", name="Add address").wait_for()
    held: list[Route] = []
    page.route("**/reminders", lambda route: held.append(route))  # noqa: PLW0108 - no built-in function
    page.get_by_label("Email address").fill("manager@example.org")
    tap(page, "Add address")
    expect(page.locator(".progress")).to_have_text("Please wait…")
    held[0].abort()
    expect(page.locator(".progress")).to_be_empty()


def test_focus_stays_on_the_page_when_a_button_goes(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    accepting(page)
    tap(page, "Undo")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    world.overtake(home, 5)
    accepting(page)
    tap(page, "Save")
    tap(page, "Keep theirs")
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("5")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@SIZES
def test_the_page_and_its_errors_are_accessible(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    page = visit("/update.html", world.carer(world.home()), size=size)
    assert axe_violations(page) == []
    page.locator("summary").first.click()
    tap(page, "One more not offered, General nursing")
    tap(page, "Close to admissions")
    page.get_by_label("Accepting now: General nursing").fill("99")
    assert axe_violations(page) == []
    assert small_targets(page) == []
    tap(page, "Save")
    page.locator(".nhsuk-error-summary").wait_for()
    assert axe_violations(page) == []
    tap(page, "Undo")
    tap(page, "Nothing has changed")
    saved(page)
    assert axe_violations(page) == []


@SIZES
def test_new_home_list_and_start_page_are_accessible(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    unposted = world.home(beds={}, confirmed_at=None)
    page = visit("/update.html", world.carer(unposted), size=size)
    tap(page, "Add general nursing")
    assert axe_violations(page) == []
    page = visit("/update.html", world.carer(unposted, world.home()), size=size)
    assert axe_violations(page) == []
    assert small_targets(page) == []
    page = visit("/", size=size)
    assert axe_violations(page) == []
    page = visit("/update.html", world.person("team:nowhere"), size=size)
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(world: World, visit: Visit) -> None:
    home = world.home(name="The Extraordinarilylongnamed Residential and Nursing Home")
    carer = world.carer(home)
    page = visit("/update.html", carer, size=SMALLEST)
    assert not scrolls_sideways(page)
    page.locator("summary").first.click()
    tap(page, "Close to admissions")
    page.get_by_label("Accepting now: General nursing").fill("99")
    tap(page, "Save")
    page.locator(".nhsuk-error-summary").wait_for()
    assert not scrolls_sideways(page)
    world.overtake(home, 1)
    page.get_by_label("Accepting now: General nursing").fill("4")
    tap(page, "Save")
    page.get_by_role("button", name="Save mine").wait_for()
    assert not scrolls_sideways(page)
