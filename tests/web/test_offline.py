"""Bad connections: no draft is lost, no change is written twice, and "Saved" is never too early."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.people import Person
from local.site.browser import sign_in
from tests.web.conftest import NURSING, Visit, World
from tests.web.pages import axe_violations
from tests.web.test_update import accepting, saved, tap

WAITS = "Not saved yet"
ENTERED = "Check what was entered on this phone"


def waits(page: Page) -> None:
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()


def ready_for_offline(page: Page) -> None:
    """Wait until the service worker has what the page needs."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def test_a_draft_survives_closing_the_tab(world: World, visit: Visit) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/update.html", carer)
    accepting(page)
    address, again = page.url, page.context.new_page()
    page.close()
    again.goto(address)
    sign_in(again, carer)
    expect(again.get_by_label("Accepting now: General nursing")).to_have_value("3")
    tap(again, "Save")
    saved(again)
    assert world.writes(home) == 1


def test_a_draft_of_an_older_version_is_compared_before_it_is_sent(
    world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    accepting(page)
    world.overtake(home, 7)
    page.reload()
    expect(page.get_by_role("heading", name="Someone else has saved changes")).to_be_visible()


def test_a_change_made_offline_is_written_once_after_the_tab_was_closed(
    world: World, visit: Visit
) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/update.html", carer)
    ready_for_offline(page)
    context = page.context
    context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    expect(page.get_by_role("heading", name=re.compile("^Saved"))).to_have_count(0)
    assert axe_violations(page) == []
    address = page.url
    page.close()
    page = context.new_page()
    page.goto(address)
    waits(page)
    assert world.writes(home) == 0
    context.set_offline(False)
    tap(page, "Sign in and send")
    sign_in(page, carer)
    saved(page)
    page.reload()
    page.locator("main h1").wait_for()
    assert world.state(home)["beds"][NURSING]["accepting"] == 3
    assert world.writes(home) == 1


def test_a_change_that_waited_keeps_its_own_time(world: World, visit: Visit) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/update.html", carer, fresh=True)
    ready_for_offline(page)
    context, address = page.context, page.url
    context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    page.close()
    made_at = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    context.add_init_script(
        f"""if (location.protocol === "http:") for (const key of Object.keys(localStorage)) {{
          const stored = JSON.parse(localStorage.getItem(key));
          if (stored.value.made_at) {{
            stored.value.made_at = "{made_at}";
            localStorage.setItem(key, JSON.stringify(stored));
          }}
        }}"""
    )
    page = context.new_page()
    page.goto(address)
    waits(page)
    context.set_offline(False)
    tap(page, "Sign in and send")
    sign_in(page, carer)
    saved(page)
    state = world.state(home)
    assert state["beds"][NURSING]["accepting"] == 3
    age = datetime.now(UTC) - datetime.fromisoformat(state["confirmed_at"])
    assert timedelta(hours=1, minutes=59) < age < timedelta(hours=2, minutes=5)


def entered_without_a_sign_in(world: World, visit: Visit, home: str, carer: Person) -> Page:
    """Let someone confirm on a phone without a network, after its last carer closed the tab."""
    page = visit("/update.html", carer)
    ready_for_offline(page)
    context, address = page.context, page.url
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    assert axe_violations(page) == []
    tap(page, "Nothing has changed")
    waits(page)
    expect(page.get_by_text("Nobody was signed in")).to_be_visible()
    assert axe_violations(page) == []
    context.set_offline(False)
    tap(page, "Sign in and check it")
    assert world.writes(home) == 0
    return page


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_what_nobody_was_signed_in_for_is_sent_only_on_a_persons_word(
    who: str, world: World, visit: Visit
) -> None:
    home = world.home()
    carer, colleague = world.carer(home), world.carer(home)
    page = entered_without_a_sign_in(world, visit, home, carer)
    sign_in(page, carer if who == "owner" else colleague)
    expect(page.get_by_role("heading", name=ENTERED)).to_be_visible()
    expect(page.get_by_text("Nothing has changed")).to_be_visible()
    assert axe_violations(page) == []
    assert world.writes(home) == 0
    tap(page, "Send in my name")
    saved(page)
    assert world.writes(home) == 1
    page.reload()
    page.get_by_role("button", name="Nothing has changed").wait_for()
    expect(page.get_by_role("heading", name=ENTERED)).to_have_count(0)


def test_what_nobody_was_signed_in_for_is_not_shown_to_staff_of_other_homes(
    world: World, visit: Visit, site: str
) -> None:
    home, elsewhere = world.home(), world.home(name="Elsewhere House")
    page = entered_without_a_sign_in(world, visit, home, world.carer(home))
    page.get_by_label("Password").wait_for()
    page.goto(f"{site}/update.html")
    sign_in(page, world.carer(elsewhere))
    expect(page.get_by_role("heading", level=1)).to_have_text("Elsewhere House")
    page.get_by_role("button", name="Nothing has changed").wait_for()
    expect(page.get_by_text("Larkrise House")).to_have_count(0)
    assert world.writes(home) == 0


def test_bed_counts_that_nobody_saved_are_offered_for_editing(world: World, visit: Visit) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/update.html", carer)
    ready_for_offline(page)
    context, address = page.context, page.url
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    accepting(page)
    page.reload()
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("2")
    expect(page.get_by_role("heading", name="Something was entered")).to_be_visible()
    assert axe_violations(page) == []
    context.set_offline(False)
    page.reload()
    sign_in(page, carer)
    expect(page.get_by_text("General nursing: 3 accepting (was 2)")).to_be_visible()
    expect(page.get_by_role("button", name="Send in my name")).to_have_count(0)
    tap(page, "Edit")
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("3")
    tap(page, "Undo")
    page.reload()
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("2")
    assert world.writes(home) == 0


def test_what_nobody_was_signed_in_for_can_be_deleted(world: World, visit: Visit) -> None:
    home = world.home()
    carer = world.carer(home)
    page = entered_without_a_sign_in(world, visit, home, carer)
    sign_in(page, carer)
    tap(page, "Delete")
    page.get_by_role("button", name="Nothing has changed").wait_for()
    page.reload()
    page.get_by_role("button", name="Nothing has changed").wait_for()
    assert world.writes(home) == 0


def test_without_a_sign_in_nobody_sees_what_the_last_carer_entered(
    world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    ready_for_offline(page)
    context, address = page.context, page.url
    context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    expect(page.get_by_text("3 accepting")).to_be_visible()
    page.close()
    page = context.new_page()
    page.goto(address)
    waits(page)
    expect(page.get_by_text("3 accepting")).to_have_count(0)
    tap(page, "Enter other bed counts")
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("2")


def test_the_page_opens_offline_for_a_working_day_only(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()), fresh=True)
    ready_for_offline(page)
    context, address = page.context, page.url
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(hours=11, minutes=50))
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Larkrise House")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=12, minutes=10))
    page.reload()
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_text("Larkrise House")).to_have_count(0)


def test_a_waiting_change_is_sent_when_the_network_is_back(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    page.context.set_offline(True)
    tap(page, "Nothing has changed")
    waits(page)
    page.context.set_offline(False)
    saved(page)
    assert world.writes(home) == 1


@pytest.mark.parametrize("how", ["confirm", "change"])
def test_a_change_is_written_once_when_the_response_is_lost(
    how: str, world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/vacancies**", lose)
    if how == "confirm":
        tap(page, "Nothing has changed")
    else:
        accepting(page)
        tap(page, "Save")
    waits(page)
    assert lost == [200]
    assert world.writes(home) == 1
    page.unroute_all()
    tap(page, "Try now")
    saved(page)
    assert world.writes(home) == 1


def test_a_waiting_change_can_be_edited_before_it_is_sent(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    page.context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    tap(page, "Edit before sending")
    expect(page.get_by_label("Accepting now: General nursing")).to_have_value("3")
    accepting(page)
    page.context.set_offline(False)
    tap(page, "Save")
    saved(page)
    assert world.state(home)["beds"][NURSING]["accepting"] == 4
    assert world.writes(home) == 1


def test_a_waiting_change_of_an_older_version_is_compared_first(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    page.context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    world.overtake(home, 6)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Someone else has saved changes")).to_be_visible()
    assert world.state(home)["beds"][NURSING]["accepting"] == 6


def test_a_colleague_on_the_same_phone_does_not_send_a_waiting_change(
    world: World, visit: Visit
) -> None:
    home = world.home()
    carer, colleague = world.carer(home), world.carer(home)
    page = visit("/update.html", carer)
    ready_for_offline(page)
    page.context.set_offline(True)
    accepting(page)
    tap(page, "Save")
    waits(page)
    address, again = page.url, page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    sign_in(again, colleague)
    expect(
        again.get_by_role("heading", name="Someone else's change is not sent yet")
    ).to_be_visible()
    assert axe_violations(again) == []
    assert world.writes(home) == 0
