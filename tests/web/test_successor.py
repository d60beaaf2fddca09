"""A council carries over to a new location id what it ticks; the home's staff answer the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.sent_messages import emails_to
from local.emulator.stack import table_of
from local.emulator.tokens import token
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.needs import Answer
from shared.domain.placing_stop import PlacingStop
from shared.domain.shop_window import ShopWindow
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Registration
from shared.store import placing_stops
from tests.support.builders import REGISTER, mark, save
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, resize, scrolls_sideways, small_targets

SMALLEST = (320, 568)
GONE = replace(REGISTER, name="Larkrise House", registration=Registration.DEREGISTERED)
WINDOW = ShopWindow(
    weekly_fee_from=950,
    vacancies_phone="01632960999",
    description="By the river.",
)
DECLARATION = Declaration().answer(
    {
        "en_suite": Answer.YES,
        "pet": Answer.YES,
        "couple": Answer.ASK,
        "step_free": Answer.NO,
        "hoist": Answer.YES,
    },
    date(2025, 9, 1),
)

_numbers = count(1)


@pytest.fixture
def ids(world: World) -> tuple[str, str]:
    """Make a home whose old id left the register, and its new id, with nothing posted."""
    old = world.home(register=GONE, shop_window=WINDOW, declaration=DECLARATION)
    new = f"1-7{next(_numbers):08d}"
    register = replace(REGISTER, name="Larkrise Care Home")
    save(table_of(world.stack), CareHome(new, 1, register))
    return old, new


def opened(world: World, visit: Visit, ids: tuple[str, str], **more: Any) -> Page:
    path = f"/successor.html?old={ids[0]}&new={ids[1]}"
    return visit(path, world.person("council"), ready="form", **more)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def ask(world: World, method: str, path: str, groups: str, **more: Any) -> Any:
    headers = {"Authorization": f"Bearer {token(world.stack, [groups])}"}
    url = f"{world.stack.api_url}{path}"
    response = httpx.request(method, url, headers=headers, timeout=30, **more)
    return response.raise_for_status().json()


def staff(world: World, home: str) -> list[str]:
    """Return the people of a home, without the ones who make the tests' own requests."""
    body = {"role": f"home:{home}"}
    found = ask(world, "POST", "/people/search", "council", json=body)
    emails = [each["email"] for each in found["people"]]
    return [email for email in emails if email.startswith("someone")]


def remind(world: World, home: str, address: str) -> None:
    body = {"protocol": "email", "address": address}
    ask(world, "POST", f"/homes/{home}/reminders", f"home:{home}", json=body)
    to_agree, _ = emails_to(world.stack, address)[-1].tokens
    ask(world, "POST", "/members/confirm", f"home:{home}", json={"token": to_agree})


def test_what_is_ticked_is_carried_over(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    old, new = ids
    kept, other = world.carer(old).username, world.carer(old).username
    remind(world, old, "manager@example.org")
    page = opened(world, visit, ids, size=DESKTOP)
    expect(page.get_by_label(other)).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(page.get_by_text("m***@example.org")).to_be_visible()
    assert "manager@example.org" not in page.content()
    page.get_by_label("Bed counts").check()
    page.get_by_label("What the building has").check()
    page.get_by_label("Questions to the new home's staff").check()
    page.get_by_label(kept).check()
    page.get_by_label("m***@example.org").check()
    tap(page, "Save and carry over what is ticked")
    expect_notice(page, "Saved")
    expect(page.locator(".notice")).to_be_focused()
    for done in (
        f"{old} points to {new}.",
        "Bed counts: carried over.",
        f"{kept}: works with the new ID now.",
    ):
        expect(page.locator(".notice")).to_contain_text(done)
    assert axe_violations(page) == []

    before, after = world.state(old), world.state(new)
    assert before["successor"] == new
    assert after["beds"] == before["beds"]
    assert after["confirmed_at"] == before["confirmed_at"]
    assert after["needs"] == {"step_free": "no", "en_suite": "yes"}
    assert after["needs_said_on"] == {"moving": "2025-09-01", "room": "2025-09-01"}
    assert "vacancies_phone" not in after
    assert staff(world, new) == [kept]
    assert staff(world, old) == [other]
    reminded = ask(world, "GET", f"/homes/{new}/reminders", f"home:{new}")
    assert [each["address"] for each in reminded["members"]] == ["m***@example.org"]

    page.reload()
    expect(page.get_by_text("Bed counts: Carried over already.")).to_be_visible()
    expect(page.get_by_label(other)).to_be_visible()
    expect(page.get_by_label(kept)).to_have_count(0)


def test_it_can_be_done_by_keyboard(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    page = opened(world, visit, ids)
    page.get_by_label("Bed counts").focus()
    page.keyboard.press("Space")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect_notice(page, "Saved")
    assert world.state(ids[1])["beds"]


def test_what_did_not_work_is_told_and_can_be_repeated(
    world: World, visit: Visit, ids: tuple[str, str]
) -> None:
    old, new = ids
    first, second = world.carer(old).username, world.carer(old).username
    page = opened(world, visit, ids)
    refused: list[str] = []

    def refuse_one(route: Route) -> None:
        if route.request.method == "PUT" and not refused:
            refused.append(route.request.url)
            route.fulfill(status=503, json={})
        else:
            route.fallback()

    page.route("**/api/people/*/roles/*", refuse_one)
    for email in (first, second):
        page.get_by_label(email).check()
    tap(page, "Save and carry over what is ticked")
    expect_notice(page, "Saved, but 1 thing did not work")
    assert axe_violations(page) == []
    assert len(staff(world, new)) == 1
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    tap(page, "Carry over what is ticked")
    expect_notice(page, "Saved")
    assert sorted(staff(world, new)) == sorted([first, second])
    assert staff(world, old) == []


def test_what_the_home_said_itself_is_not_offered(
    world: World, visit: Visit, ids: tuple[str, str]
) -> None:
    page = opened(world, visit, ids)
    page.get_by_label("Bed counts").check()
    world.overtake(ids[1], 1)  # the home posts while the council looks
    tap(page, "Save and carry over what is ticked")
    expect_notice(page, "Saved, but 1 thing did not work")
    expect(page.locator(".notice")).to_contain_text("What it says itself stays.")
    expect(page.get_by_label("Bed counts")).to_have_count(0)
    assert world.state(ids[1])["beds"]["general_nursing"]["accepting"] == 1


def test_it_can_be_taken_back(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    page = opened(world, visit, ids)
    page.get_by_label("Bed counts").check()
    tap(page, "Save and carry over what is ticked")
    expect_notice(page, "Saved")
    tap(page, f"Take it back: {ids[0]} and {ids[1]}")
    assert axe_violations(page) == []
    tap(page, f"Yes, take it back: {ids[0]} and {ids[1]}")
    expect_notice(page, "Taken back")
    assert "successor" not in world.state(ids[0])
    assert world.state(ids[1])["beds"] == {}


def test_the_new_id_is_asked_for_where_nothing_says_it(
    world: World, visit: Visit, ids: tuple[str, str]
) -> None:
    page = visit(f"/home.html?id={ids[0]}", world.person("council"))
    page.get_by_role("link", name="Carry over to a new location ID").click()
    field = page.get_by_label("New CQC location ID")
    tap(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("Enter the home's new CQC location ID")
    assert axe_violations(page) == []
    field.fill("1-9999999999")
    tap(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("a registered care home")
    field.fill(ids[1])
    tap(page, "Continue")
    expect(page.get_by_label("Bed counts")).to_be_visible()


def test_the_page_is_accessible_at_every_size(
    world: World, visit: Visit, ids: tuple[str, str]
) -> None:
    world.carer(ids[0])
    remind(world, ids[0], "manager@example.org")
    page = opened(world, visit, ids)
    for size in (DESKTOP, PHONE, SMALLEST):
        resize(page, *size)
        assert axe_violations(page) == []
        assert small_targets(page) == []
        assert not scrolls_sideways(page)


def test_a_failing_api_is_told(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    page = opened(world, visit, ids)
    page.route("**/api/homes/*/successor*", lambda route: route.abort())
    tap(page, "Save and carry over what is ticked")
    expect_notice(page, "Not done")
    page.reload()
    expect_notice(page, "No connection")
    assert axe_violations(page) == []


def test_a_carer_cannot_open_it(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    page = visit(f"/successor.html?old={ids[0]}&new={ids[1]}", world.carer(ids[1]))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()


def test_staff_say_what_is_still_right(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    old, new = ids
    body = {"location_id": new, "carry": ["vacancies", "questions"]}
    ask(world, "PUT", f"/homes/{old}/successor", "council", json=body)
    carer = world.carer(new)
    page = visit("/update.html", carer)
    expect(page.get_by_text("These counts are from the home's old location ID.")).to_be_visible()
    page.get_by_role("link", name="Check what the home before said").click()
    expect(page.get_by_role("heading", name="What the home said before")).to_be_visible()
    for size in (SMALLEST, DESKTOP):
        resize(page, *size)
        assert axe_violations(page) == []
        assert small_targets(page) == []
    tap(page, "Save answers")
    expect(page.get_by_role("alert")).to_contain_text("Answer one question or more")
    person = page.get_by_role("group", name="The home before said: yes to Pet; ask about Couple")
    person.get_by_label("Still right").focus()
    page.keyboard.press("Space")
    fees = page.get_by_role("group", name="The home before said: fees")
    fees.get_by_label("Not right").check()
    tap(page, "Save answers")
    expect_notice(page, "Saved")
    state = world.state(new)
    assert state["needs"] == {"couple": "ask", "pet": "yes"}
    assert "weekly_fee_from" not in state
    expect(person).to_have_count(0)
    expect(page.get_by_role("group", name="The home before said: yes to Hoist")).to_be_visible()
    expect(page.get_by_role("group", name="The home before said: “By the river.”")).to_be_visible()
    expect(page.get_by_text("Location ID before:")).to_be_visible()
    page.goto(page.url.replace("home.html", "update.html"))
    tap(page, "Nothing has changed")
    expect(page.get_by_text("These counts are from")).to_have_count(0)


def test_others_are_asked_nothing(world: World, visit: Visit, ids: tuple[str, str]) -> None:
    old, new = ids
    body = {"location_id": new, "carry": ["questions"]}
    ask(world, "PUT", f"/homes/{old}/successor", "council", json=body)
    page = visit(f"/home.html?id={new}", world.person("team:exeter-discharge"))
    offers = page.locator("section").filter(has_text="Whom it takes")
    expect(offers.get_by_text("The home has not said. Phone")).to_be_visible()
    expect(page.get_by_text("What the home said before")).to_have_count(0)


def test_the_council_is_asked_whether_its_mark_goes_over_to_the_new_home(
    world: World, visit: Visit, ids: tuple[str, str]
) -> None:
    table, (old, new) = table_of(world.stack), ids
    mark(table, old, PlacingStop(uk_day(datetime.now(UTC))))
    page = opened(world, visit, ids)
    box = page.get_by_label("Not placing here since")
    expect(box).not_to_be_checked()
    assert axe_violations(page) == []
    box.check()
    page.get_by_role("button", name="Save and carry over what is ticked").click()
    expect_notice(page, "Saved")
    expect(page.get_by_text("The council's mark: the new ID has it too.")).to_be_visible()
    expect(page.get_by_text("The new ID is marked already: since")).to_be_visible()
    assert placing_stops.load(table, new).stop == placing_stops.load(table, old).stop
