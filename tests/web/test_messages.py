"""The page behind the link of an email: someone agrees to messages there, or stops them."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from local.emulator.sent_messages import emails_to, texts_to
from local.emulator.stack import LocalStack
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, scrolls_sideways, small_targets
from tests.web.test_alerts import Team, tap

AGREE = "Yes, send me these emails"
_numbers = count(1)


@pytest.fixture
def team(world: World) -> Team:
    return Team(world)


def new_address() -> str:
    return f"ward.{next(_numbers)}@messages.example.org"


def invited(team: Team, stack: LocalStack) -> str:
    """Add someone to the team, and return the address of the page that their email links to."""
    address = new_address()
    team.request("POST", "/alerts/members", {"protocol": "email", "address": address})
    (email,) = emails_to(stack, address)
    token, *_ = email.tokens
    return f"/messages.html#{token}"


def state(team: Team) -> str:
    (member,) = team.members()
    member_state: str = member["state"]
    return member_state


def test_someone_agrees_with_a_press_and_not_by_opening_the_page(
    team: Team, stack: LocalStack, visit: Visit
) -> None:
    link = invited(team, stack)
    page = visit(link, ready="button")
    expect(page.get_by_text("Someone asked us to send you alerts of free beds")).to_be_visible()
    expect(page.get_by_text("w***@messages.example.org")).to_be_visible()
    assert state(team) == "pending"
    tap(page, AGREE)
    expect(page.locator(".notice")).to_be_focused()
    expect_notice(page, "You get these emails")
    assert state(team) == "confirmed"
    again = visit(link, ready=".notice")
    expect_notice(again, "You get these emails")


def test_the_link_does_not_stay_in_the_address(team: Team, stack: LocalStack, visit: Visit) -> None:
    page = visit(invited(team, stack), ready="button")
    assert page.url.endswith("/messages.html")


def test_a_link_that_no_answer_came_for_can_be_tried_again(
    team: Team, stack: LocalStack, visit: Visit, site: str
) -> None:
    link = invited(team, stack)
    page = visit("/messages.html", ready=".notice")
    page.route("**/members/look", lambda route: route.abort())
    page.goto(f"{site}{link}")
    page.reload()
    expect_notice(page, "No connection")
    assert page.url.endswith(link)
    page.unroute("**/members/look")
    tap(page, "Try again")
    expect(page.get_by_role("heading", name="Get these emails?")).to_be_visible()
    assert page.url.endswith("/messages.html")


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (429, {"message": "Too Many Requests"}, "Bedboard is busy"),
        (503, {"type": "urn:bedboard:problem:busy"}, "Bedboard is not working"),
        (404, {"message": "Not Found"}, "Bedboard is not working"),
    ],
)
def test_only_bedboard_s_own_answer_says_that_a_link_is_over(
    status: int, body: dict[str, str], told: str, visit: Visit, site: str
) -> None:
    page = visit("/messages.html", ready=".notice")
    page.route("**/members/look", lambda route: route.fulfill(status=status, json=body))
    page.goto(f"{site}/messages.html#{'x' * 22}")
    page.reload()
    expect_notice(page, told)
    page.unroute("**/members/look")
    tap(page, "Try again")
    expect_notice(page, "This link does not work any more")


def test_a_page_without_its_link_asks_to_open_the_link_again(visit: Visit) -> None:
    expect_notice(visit("/messages.html", ready=".notice"), "Open the link again")


@pytest.mark.parametrize("token", ["x" * 22, "x" * 21, "%00"])
def test_a_link_that_is_old_or_broken_says_what_to_do(visit: Visit, token: str) -> None:
    page = visit(f"/messages.html#{token}", ready=".notice")
    expect_notice(page, "This link does not work any more")
    expect(page.get_by_text("ask whoever invited you")).to_be_visible()


def test_the_newest_invitation_counts(team: Team, stack: LocalStack, visit: Visit) -> None:
    first = invited(team, stack)
    page = visit("/alerts.html", team.coordinator)
    tap(page, "Send the invitation again: w***@messages.example.org")
    expect_notice(page, "Sent again")
    expect_notice(visit(first, ready=".notice"), "This link does not work any more")


def test_a_code_from_a_text_confirms_a_phone(team: Team, stack: LocalStack, visit: Visit) -> None:
    number = f"07700 900{100 + next(_numbers)}"
    page = visit("/alerts.html", team.coordinator)
    page.get_by_label("How to contact them").select_option("Text message")
    page.get_by_label("Mobile number").fill(number)
    tap(page, "Add member")
    expect_notice(page, "Waiting for confirmation")
    text = texts_to(stack, "+44" + number.replace(" ", "")[1:])[-1]
    code = re.findall(r"\b\d{6}\b", text)[0]
    field = page.get_by_label("Code from the text message")
    field.fill("12")
    tap(page, "Confirm the number")
    expect(page.get_by_role("alert")).to_contain_text("Enter the code of six digits")
    field.fill(f"{(int(code) + 1) % 1_000_000:06}")
    tap(page, "Confirm the number")
    expect(page.get_by_role("alert")).to_contain_text("Code:")
    assert axe_violations(page) == []
    field.fill(f"{code[:3]} {code[3:]}")
    tap(page, "Confirm the number")
    expect_notice(page, "Member added")
    assert state(team) == "confirmed"


def test_the_other_link_stops_the_emails(team: Team, stack: LocalStack, visit: Visit) -> None:
    address = new_address()
    team.request("POST", "/alerts/members", {"protocol": "email", "address": address})
    _, to_stop = emails_to(stack, address)[0].tokens
    page = visit(f"/messages.html#{to_stop}", ready="button")
    expect(page.get_by_role("heading", name="Stop these emails?")).to_be_visible()
    expect(page.get_by_text("You get no emails unless you agree.")).to_be_visible()
    tap(page, "Stop the emails")
    expect_notice(page, "The emails are stopped")
    assert state(team) == "unsubscribed"
    expect_notice(visit(f"/messages.html#{to_stop}", ready=".notice"), "The emails are stopped")


def test_someone_who_stopped_is_asked_again_only_after_they_allow_it(
    team: Team, stack: LocalStack, visit: Visit
) -> None:
    address = new_address()
    team.request("POST", "/alerts/members", {"protocol": "email", "address": address})
    _, to_stop = emails_to(stack, address)[0].tokens
    page = visit(f"/messages.html#{to_stop}", ready="button")
    tap(page, "Stop the emails")
    coordinator = visit("/alerts.html", team.coordinator)
    coordinator.get_by_label("Email address").fill(address)
    tap(coordinator, "Add member")
    expect(coordinator.get_by_text("its owner asked not to be")).to_be_visible()
    assert_accessible(page)
    tap(page, "Let people invite me again")
    expect(page.locator(".notice")).to_be_focused()
    expect_notice(page, "People can invite you again")
    tap(coordinator, "Add member")
    expect_notice(coordinator, "Waiting for confirmation")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_is_accessible(
    size: tuple[int, int], team: Team, stack: LocalStack, visit: Visit
) -> None:
    page = visit(invited(team, stack), ready="button", size=size)
    assert_accessible(page)
    tap(page, AGREE)
    expect_notice(page, "You get these emails")
    assert_accessible(page)


def assert_accessible(page: Page) -> None:
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
