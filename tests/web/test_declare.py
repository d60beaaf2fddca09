"""A home's staff declare whom it takes, group by group, and no answer is lost."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from local.site.browser import sign_in
from shared.domain.declaration import Declaration
from shared.domain.needs import GROUP_LABELS, NEEDS, NeedGroup
from shared.domain.vocabulary import ServiceUserBand
from tests.support.builders import REGISTER
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

ROOM = "The room"
SAVED = "Saved"
WAITS = "Not sent yet"


def open_group(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_focused()


def answer(page: Page, need: str, text: str) -> Locator:
    group = page.get_by_role("group", name=NEEDS[need].question)
    return group.get_by_label(text, exact=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and close").click()


def told(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def test_a_group_is_answered_and_teams_can_see_it(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    open_group(page, ROOM)
    answer(page, "en_suite", "Yes").check()
    answer(page, "ground_floor", "Ask us").check()
    save(page)
    told(page, SAVED)
    expect(page.get_by_text("All 2 answered")).to_be_visible()
    assert world.state(home)["needs"] == {"en_suite": "yes", "ground_floor": "ask"}
    assert world.state(home)["needs_said_on"].keys() == {"room"}


def test_one_answer_changes_in_three_taps(world: World, visit: Visit) -> None:
    said = Declaration.from_document({"needs": {"en_suite": "yes", "ground_floor": "yes"}})
    home = world.home(declaration=said)
    page = visit("/declare.html", world.carer(home))
    taps = 0
    page.get_by_role("link", name=ROOM, exact=True).click()
    taps += 1
    answer(page, "ground_floor", "No").check()
    taps += 1
    page.get_by_role("button", name="Save and close").click()
    taps += 1
    told(page, SAVED)
    assert world.state(home)["needs"] == {"en_suite": "yes", "ground_floor": "no"}
    assert taps <= 3


def test_every_group_is_answered_in_at_most_60_taps(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    taps = 0
    page.get_by_role("link", name="Nursing and medical care").click()
    taps += 1
    groups = [each for each in NeedGroup if each is not NeedGroup.LANGUAGE]
    for group in NeedGroup:
        if group is NeedGroup.LANGUAGE:
            page.get_by_label("Polish").check()
            taps += 1
        else:
            expect(page.locator("main h1")).to_have_text(GROUP_LABELS[group])
            needs = [need for need in NEEDS.values() if need.group is group]
            # A third of the answers is no, or depends.
            for number, need in enumerate(needs):
                if number % 3 == 0:
                    answer(page, need.id, "No" if number % 2 else "Ask us").check()
                    taps += 1
            page.get_by_role("button", name="Yes to all that are not answered").click()
            taps += 1
        page.get_by_role("button", name="Save and go on").click()
        taps += 1
        told(page, SAVED)
    expect(page.get_by_role("heading", name="Who pays, and when you admit")).to_be_visible()
    needs = world.state(home)["needs"]
    assert {NEEDS[need].group for need in needs} == {*groups, NeedGroup.LANGUAGE}
    assert len(needs) == sum(need.group is not NeedGroup.LANGUAGE for need in NEEDS.values()) + 1
    assert taps <= 60


def test_a_group_that_was_left_halfway_is_there_again(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    open_group(page, ROOM)
    answer(page, "en_suite", "Yes").check()
    page.get_by_role("link", name="All groups").click()
    expect(page.get_by_text("Not answered yet. Some not saved yet")).to_be_visible()
    page.reload()
    open_group(page, ROOM)
    expect(page.get_by_text("what you chose here before")).to_be_visible()
    expect(answer(page, "en_suite", "Yes")).to_be_checked()
    assert world.writes(home) == 0
    save(page)
    told(page, SAVED)
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    assert world.state(home)["needs"] == {"en_suite": "yes"}


def test_an_answer_can_be_taken_back(world: World, visit: Visit) -> None:
    said = Declaration.from_document({"needs": {"en_suite": "yes", "ground_floor": "yes"}})
    home = world.home(declaration=said)
    page = visit("/declare.html", world.carer(home))
    open_group(page, ROOM)
    page.get_by_role("button", name="Take this answer back").first.click()
    expect(answer(page, "en_suite", "Yes")).not_to_be_checked()
    save(page)
    told(page, SAVED)
    assert world.state(home)["needs"] == {"ground_floor": "yes"}


def test_what_was_said_a_year_ago_is_asked_again(world: World, visit: Visit) -> None:
    document = {
        "needs": {"en_suite": "yes", "ground_floor": "yes"},
        "needs_said_on": {"room": "2024-11-03"},
    }
    home = world.home(declaration=Declaration.from_document(document))
    page = visit("/declare.html", world.carer(home))
    expect(page.get_by_text("You said this on 3 November 2024. Is it still right?")).to_be_visible()
    open_group(page, ROOM)
    save(page)
    told(page, SAVED)
    expect(page.get_by_text("Is it still right?")).to_have_count(0)
    assert world.state(home)["needs_said_on"]["room"] > "2025"


def test_a_yes_that_takes_nurses_is_doubted_where_there_are_none(
    world: World, visit: Visit
) -> None:
    home = world.home(register=replace(REGISTER, nursing=False))
    page = visit("/declare.html", world.carer(home))
    open_group(page, "Nursing and medical care")
    answer(page, "peg", "Yes").check()
    expect(page.get_by_text("CQC's register has no nurses for this home")).to_be_visible()
    answer(page, "peg", "Ask us").check()
    expect(page.get_by_text("CQC's register has no nurses for this home")).to_have_count(0)


def test_an_odd_answer_is_saved_and_warned_of_beside_the_need(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    open_group(page, GROUP_LABELS[NeedGroup.MOVING])
    answer(page, "hoist", "Yes").check()
    answer(page, "two_to_help", "No").check()
    save(page)
    told(page, SAVED)
    assert world.state(home)["needs"] == {"hoist": "yes", "two_to_help": "no"}
    odd = page.get_by_text("You say yes to a hoist, which takes two staff, and no to two staff")
    expect(odd).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("link", name="Hoist", exact=True).click()
    beside = page.get_by_role("status").filter(has_text="You say yes to a hoist")
    expect(beside).to_be_visible()
    answer(page, "hoist", "Ask us").check()
    expect(beside).to_have_count(0)
    save(page)
    told(page, SAVED)
    expect(odd).to_have_count(0)


def test_a_need_that_is_no_longer_asked_is_said_to_be_ignored(world: World, visit: Visit) -> None:
    home = world.home()
    notice = "“Four-poster bed” is no longer asked. We left it out."
    page = visit("/declare.html", world.carer(home))

    def save_and_notice(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.continue_()
        response = route.fetch()
        return route.fulfill(response=response, json={**response.json(), "notices": [notice]})

    page.route(f"**/homes/{home}", save_and_notice)
    open_group(page, ROOM)
    answer(page, "en_suite", "Yes").check()
    save(page)
    told(page, SAVED)
    expect(page.get_by_text(notice)).to_be_visible()


def test_odd_funding_is_warned_of_beside_its_box(world: World, visit: Visit) -> None:
    home = world.home(register=replace(REGISTER, nursing=False))
    page = visit("/declare.html", world.carer(home))
    page.get_by_role("link", name="Who pays, and when you admit").click()
    nursing_care = page.get_by_label("NHS-funded nursing care")
    beside = page.get_by_role("group", name="Who may pay?").get_by_role("status")
    nursing_care.check()
    expect(beside).to_contain_text("NHS-funded nursing care is paid only to homes with nurses")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, SAVED)
    assert world.state(home)["funding"] == ["fnc"]
    page.reload()
    page.get_by_role("link", name="Who pays, and when you admit").click()
    expect(beside).to_contain_text("CQC's register has none for this home")
    nursing_care.uncheck()
    expect(beside).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, SAVED)
    expect(page.get_by_text("is paid only to homes with nurses")).to_have_count(0)


def test_what_the_register_suggests_is_not_chosen_until_someone_does(
    world: World, visit: Visit
) -> None:
    bands = (ServiceUserBand.YOUNGER_ADULTS, ServiceUserBand.OLDER_PEOPLE)
    home = world.home(register=replace(REGISTER, service_user_bands=bands))
    page = visit("/declare.html", world.carer(home))
    open_group(page, GROUP_LABELS[NeedGroup.MIND])
    suggestion = page.get_by_text(
        "Suggestion: Yes. CQC's register says that you care for younger adults."
    )
    expect(suggestion).to_be_visible()
    group = page.get_by_role("group", name=NEEDS["under_65"].question)
    expect(group).to_have_accessible_description(re.compile("Suggestion: Yes"))
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    answer(page, "dols", "No").check()
    save(page)
    told(page, SAVED)
    assert world.state(home)["needs"] == {"dols": "no"}
    open_group(page, GROUP_LABELS[NeedGroup.MIND])
    answer(page, "under_65", "Ask us").check()
    expect(suggestion).to_have_count(0)
    save(page)
    told(page, SAVED)
    assert world.state(home)["needs"] == {"dols": "no", "under_65": "ask"}


def test_terms_are_typed_as_people_write_them(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    page.get_by_role("link", name="Who pays, and when you admit").click()
    page.get_by_label("The council's rate", exact=True).check()
    page.get_by_label("The council's rate with a top-up").check()
    page.get_by_label("Smallest top-up").fill("45")
    page.get_by_label("By video call").check()
    page.get_by_label("Within how many hours").fill("24")
    page.get_by_label("Monday").fill("8am to 8pm")
    page.get_by_role("button", name="Use Monday's hours for every day").click()
    page.get_by_label("Sunday").fill("mornings")
    page.get_by_label("Latest time to ask").fill("2pm")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Sunday must be hours")).to_be_visible()
    page.get_by_label("Sunday").fill("none")
    page.get_by_label("Transitional").first.check()
    page.get_by_role("button", name="Save", exact=True).click()
    told(page, SAVED)
    state = world.state(home)
    assert state["funding"] == ["council_rate", "top_up"]
    assert (state["top_up_from"], state["assesses_within_hours"]) == (45, 24)
    hours = state["admission_hours"]
    assert (hours["monday"], hours["saturday"], hours["sunday"]) == (
        ["08:00-20:00"],
        ["08:00-20:00"],
        [],
    )
    assert hours["same_day_before"] == "14:00"
    assert "bank_holiday" not in hours
    assert state["also_as"] == {"general_nursing": ["transitional"]}
    expect(page.get_by_text("All answered")).to_be_visible()


def test_terms_that_cannot_be_are_named_beside_their_fields(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    page.get_by_role("link", name="Who pays, and when you admit").click()
    page.get_by_label("Smallest top-up").fill("45")
    page.get_by_label("Within how many hours").fill("500")
    page.get_by_label("Monday").fill("8 to 12, 11 to 13")
    page.get_by_label("Latest time to ask").fill("midnight")
    page.get_by_role("button", name="Save", exact=True).click()
    for problem in (
        "Tick “The council's rate with a top-up”, or clear this",
        "Hours until you assess must be a number up to 336, such as 24",
        "Monday has periods that overlap: write them as one",
        "Tuesday is empty: give hours, or write none",
        "Latest time must be a time before midnight, such as 2pm",
    ):
        expect(page.get_by_role("link", name=problem)).to_be_visible()
    assert axe_violations(page) == []
    assert world.writes(home) == 0


ODD = "You say yes to a hoist, which takes two staff, and no to two staff"


def answer_oddly(page: Page) -> None:
    """Answer what the API warns of, where it is asked without a network."""
    open_group(page, GROUP_LABELS[NeedGroup.MOVING])
    page.context.set_offline(True)
    answer(page, "hoist", "Yes").check()
    answer(page, "two_to_help", "No").check()


def test_answers_without_a_network_go_out_when_it_returns_and_what_is_odd_is_said(
    world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    answer_oddly(page)
    save(page)
    told(page, WAITS)
    assert "needs" not in world.state(home)
    page.context.set_offline(False)
    expect(page.get_by_text(ODD)).to_be_visible()
    told(page, SAVED)
    expect(page.get_by_role("heading", name=WAITS)).to_have_count(0)
    assert world.state(home)["needs"] == {"hoist": "yes", "two_to_help": "no"}
    assert world.writes(home) == 1


def test_answers_that_wait_outlive_the_tab_and_what_is_odd_is_said_once(
    world: World, visit: Visit
) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/declare.html", carer)
    address, again = page.url, page.context.new_page()
    answer_oddly(page)
    save(page)
    told(page, WAITS)
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    sign_in(again, carer)
    expect(again.get_by_text(ODD)).to_be_visible()
    told(again, SAVED)
    expect(again.get_by_text("2 of 6 answered")).to_be_visible()
    again.reload()
    expect(again.get_by_text("2 of 6 answered")).to_be_visible()
    expect(again.get_by_text(ODD)).to_have_count(0)
    expect(again.get_by_role("heading", name=WAITS)).to_have_count(0)
    assert world.state(home)["needs"] == {"hoist": "yes", "two_to_help": "no"}


def kept_for_offline(page: Page) -> None:
    """Wait until the service worker has kept the page."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("async () => Boolean(await caches.match('/declare.html'))")


def test_waiting_answers_are_there_when_the_page_opens_without_a_network(
    world: World, visit: Visit
) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    kept_for_offline(page)
    page.context.set_offline(True)
    open_group(page, ROOM)
    answer(page, "en_suite", "Yes").check()
    save(page)
    told(page, WAITS)
    page.reload()
    told(page, WAITS)
    expect(page.get_by_text("1 of 2 answered")).to_be_visible()
    assert axe_violations(page) == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name=WAITS)).to_have_count(0)
    assert world.state(home)["needs"] == {"en_suite": "yes"}
    assert world.writes(home) == 1


def test_answers_of_nobody_signed_in_are_sent_only_on_a_persons_word(
    world: World, visit: Visit
) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/declare.html", carer)
    kept_for_offline(page)
    context, address = page.context, page.url
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    open_group(page, ROOM)
    answer(page, "ground_floor", "No").check()
    save(page)
    told(page, WAITS)
    expect(page.get_by_text("Nobody is signed in")).to_be_visible()
    assert axe_violations(page) == []
    context.set_offline(False)
    page.get_by_role("button", name="Sign in and check them").click()
    sign_in(page, carer)
    told(page, "Check what was answered on this phone")
    expect(page.get_by_text("Ground floor: no")).to_be_visible()
    assert axe_violations(page) == []
    assert world.writes(home) == 0
    page.get_by_role("button", name="Send in my name").click()
    expect(page.get_by_text("1 of 2 answered")).to_be_visible()
    assert world.state(home)["needs"] == {"ground_floor": "no"}
    page.reload()
    expect(page.get_by_text("1 of 2 answered")).to_be_visible()
    assert world.writes(home) == 1


def test_a_phone_carries_the_page_only_once_it_was_open(
    world: World, visit: Visit, site: str
) -> None:
    page = visit("/update.html", world.carer(world.home()), fresh=True)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("async () => Boolean(await caches.match('/update.html'))")
    assert page.evaluate("async () => Boolean(await caches.match('/declare.html'))") is False
    page.goto(f"{site}/declare.html")
    kept_for_offline(page)


def test_only_staff_of_the_home_declare_for_it(world: World, visit: Visit) -> None:
    mine, other = world.home(), world.home()
    page = visit(f"/declare.html?home={other}", world.carer(mine))
    told(page, "No access")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, as someone without a pointer does."""
    for _ in range(40):
        if target.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not get there")


def test_the_keyboard_is_enough(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home))
    tab_to(page, page.get_by_role("link", name=ROOM, exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=ROOM, level=1)).to_be_focused()
    tab_to(page, answer(page, "en_suite", "Yes"))
    page.keyboard.press("Space")
    expect(answer(page, "en_suite", "Yes")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(answer(page, "en_suite", "Ask us")).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Save and close"))
    page.keyboard.press("Enter")
    told(page, SAVED)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_focused()
    assert world.state(home)["needs"] == {"en_suite": "ask"}


ZOOMED = (320, 256)
"""What is left of a screen of 1280 x 1024 at 400 %."""


@pytest.mark.parametrize("size", [PHONE, DESKTOP, ZOOMED])
def test_every_state_is_accessible(world: World, visit: Visit, size: tuple[int, int]) -> None:
    home = world.home()
    page = visit("/declare.html", world.carer(home), size=size)
    assert axe_violations(page) == []
    for name in (ROOM, "Nursing and medical care", "Languages", "Who pays, and when you admit"):
        open_group(page, name)
        assert axe_violations(page) == []
        assert not scrolls_sideways(page)
        assert small_targets(page) == []
        page.get_by_role("link", name="All groups").click()
