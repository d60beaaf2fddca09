"""A council invites people, says what they are here, and takes it away again."""

import re
from itertools import count
from typing import Any

import boto3
import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from local.emulator.people import PASSWORD, Person
from local.emulator.tokens import token
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

_numbers = count(1)


def address(beginning: str = "invited") -> str:
    return f"{beginning}-{next(_numbers)}@pages.example.org"


def opened(world: World, visit: Visit, **more: Any) -> Page:
    return visit("/people.html", world.person("council"), **more)


def tap(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page, heading: str) -> None:
    expect(page.locator(".notice").get_by_role("heading", name=heading)).to_be_visible()


def invite_form(page: Page) -> Locator:
    return page.get_by_role("form", name="Invite somebody")


def invite(page: Page, email: str, *, team: str = "Exeter discharge") -> None:
    form = invite_form(page)
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("What they are here").select_option("Member of a discharge team")
    form.get_by_label("Name of the team").fill(team)
    tap(form, "Invite")


def card(page: Page, email: str) -> Locator:
    return page.locator(".people > li").filter(has=page.get_by_role("heading", name=email))


def show(page: Page) -> None:
    """Has those be listed who are chosen, and waits until they are."""
    tap(page, "Show")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_enabled()


def find(page: Page, beginning: str) -> None:
    page.get_by_label("Show", exact=True).select_option("Whose e-mail address begins with")
    page.get_by_label("E-mail address begins with").fill(beginning)
    show(page)


def state(world: World, email: str) -> dict[str, Any]:
    """Somebody as the API has them."""
    answer = httpx.post(
        f"{world.stack.api_url}/people/search",
        headers={"Authorization": f"Bearer {token(world.stack, ['council'])}"},
        json={"email_begins": email},
        timeout=30,
    )
    (found,) = answer.raise_for_status().json()["people"]
    person: dict[str, Any] = found
    return person


def roles(world: World, email: str) -> list[str]:
    return [each["role"] for each in state(world, email)["roles"]]


def test_a_carer_is_invited_signs_in_and_posts(world: World, visit: Visit) -> None:
    home = world.home(name="Invitation House")
    page = opened(world, visit)
    email = address()
    form = invite_form(page)
    form.get_by_label("E-mail address").fill(email)
    page.locator(f"#known-homes option[value$='({home})']").wait_for(state="attached")
    form.get_by_label("Which home").fill(f"Invitation House ({home})")
    tap(form, "Invite")
    said(page, "Invited")
    expect(page.locator(".notice")).to_contain_text(f"on its way to {email}")
    person = card(page, email)
    expect(person).to_contain_text("Invited, has not signed in yet")
    expect(person).to_contain_text(f"Staff of Invitation House ({home})")
    assert axe_violations(page) == []
    assert "pages.example.org" not in page.url
    kept = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "pages.example.org" not in kept

    # They choose a password of their own.
    boto3.client("cognito-idp", **world.stack.connection).admin_set_user_password(
        UserPoolId=world.stack.user_pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    theirs = visit("/update.html", Person("invited", email, ()), by_form=True)
    theirs.get_by_role("button", name="Nothing has changed").click()
    expect(theirs.get_by_text(re.compile("^(Confirmed|Saved) at")).first).to_be_visible()
    assert world.writes(home) == 1


def test_a_known_address_just_gets_the_role(world: World, visit: Visit) -> None:
    known = world.person("team:a-first-team")
    page = opened(world, visit)
    invite(page, known.username, team="  Some Ward's   Team ")
    said(page, "Role given")
    expect(page.locator(".notice")).to_contain_text("no e-mail was sent")
    expect(card(page, known.username)).to_contain_text("Discharge team Some ward s team")
    assert roles(world, known.username) == ["team:a-first-team", "team:some-ward-s-team"]


def test_a_role_is_taken_only_when_it_was_asked_twice(world: World, visit: Visit) -> None:
    email = world.person("team:taken-away").username
    page = opened(world, visit)
    find(page, email)
    remove = f"Remove: Discharge team Taken away, {email}"
    tap(page, remove)
    tap(page, f"Keep: Discharge team Taken away, {email}")
    expect(page.get_by_role("button", name=remove)).to_be_focused()
    assert roles(world, email) == ["team:taken-away"]
    tap(page, remove)
    tap(page, f"Yes, remove: Discharge team Taken away, {email}")
    said(page, "Role taken away")
    expect(card(page, email)).to_contain_text("No role")
    assert roles(world, email) == []


def test_somebody_is_disabled_and_let_in_again(world: World, visit: Visit) -> None:
    email = world.person("team:a-team").username
    page = opened(world, visit)
    find(page, email)
    tap(page, f"Disable: {email}")
    tap(page, f"Yes, disable: {email}")
    said(page, "Disabled")
    expect(card(page, email)).to_contain_text("Disabled: cannot sign in")
    assert axe_violations(page) == []
    invite(page, email)
    said(page, "Role given, but this person is disabled")
    tap(page, f"Let in again: {email}")
    said(page, "Let in again")
    assert state(world, email)["state"] == "active"


def test_an_invitation_is_sent_again(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    email = address()
    invite(page, email)
    said(page, "Invited")
    find(page, email)
    tap(page, f"Send the invitation again: {email}")
    said(page, "Invited again")
    assert state(world, email)["state"] == "waiting"


def test_nobody_is_offered_to_disable_themselves(world: World, visit: Visit) -> None:
    me = world.person("council")
    page = visit("/people.html", me)
    find(page, me.username)
    mine = card(page, me.username)
    expect(mine).to_contain_text("(you)")
    expect(mine.get_by_role("button", name=re.compile("^Disable"))).to_have_count(0)


def test_who_is_the_last_of_the_council_is_told_to_find_another_first(
    world: World, visit: Visit
) -> None:
    me = world.person("council")
    page = visit("/people.html", me)
    find(page, me.username)

    def last(route: Route) -> None:
        told = {"detail": "nobody of the council would be left who can sign in"}
        route.fulfill(status=409, json=told)

    page.route("**/roles/council", last)
    tap(page, f"Remove: The council, {me.username}")
    tap(page, f"Yes, remove: The council, {me.username}")
    said(page, "Not done")
    expect(page.locator(".notice")).to_contain_text("nobody of the council would be left")
    expect(page.get_by_role("button", name=f"Remove: The council, {me.username}")).to_be_visible()
    assert axe_violations(page) == []


def test_people_are_found_by_home_by_team_and_by_address(world: World, visit: Visit) -> None:
    home = world.home()
    carer, coordinator = world.carer(home).username, world.person("team:found-team").username
    page = opened(world, visit)
    way = page.get_by_label("Show", exact=True)
    form = page.get_by_role("form", name="Find people")
    way.select_option("Staff of a care home")
    form.get_by_label("Which home").fill(home)
    show(page)
    expect(card(page, carer)).to_be_visible()
    expect(card(page, coordinator)).to_have_count(0)
    way.select_option("Members of a discharge team")
    form.get_by_label("Name of the team").fill("Found team")
    show(page)
    expect(card(page, coordinator)).to_be_visible()
    expect(page.get_by_text("1 person", exact=True)).to_be_visible()
    find(page, "nobody-is-called-so")
    expect(page.get_by_text("Nobody", exact=True)).to_be_visible()


def test_more_than_twenty_come_page_by_page(world: World, visit: Visit) -> None:
    team = f"many-{next(_numbers)}"
    for _ in range(22):
        world.person(f"team:{team}")
    page = opened(world, visit)
    page.get_by_label("Show", exact=True).select_option("Members of a discharge team")
    page.get_by_role("form", name="Find people").get_by_label("Name of the team").fill(team)
    show(page)
    expect(page.locator(".people > li")).to_have_count(20)
    tap(page, "Show more")
    expect(page.locator(".people > li")).to_have_count(22)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


@pytest.mark.parametrize(
    ("email", "kind", "which", "expected"),
    [
        ("ward 7", "The council", None, "Enter an e-mail address, such as"),
        ("a@example.org", "Staff of a care home", "", "Choose a home from the list"),
        ("a@example.org", "Staff of a care home", "1-7999999999", "care home of this council"),
        ("a@example.org", "Member of a discharge team", "!", "Enter the team's name"),
        ("a@localhost.1", "The council", None, "E-mail address: an email address, such as"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    email: str, kind: str, which: str | None, expected: str, world: World, visit: Visit
) -> None:
    page = opened(world, visit)
    form = invite_form(page)
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("What they are here").select_option(kind)
    if which is not None:
        form.locator("#invite-home, #invite-team").fill(which)
    tap(form, "Invite")
    expect(page.get_by_role("alert")).to_contain_text(expected)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("E-mail address")).to_have_value(email)
    assert axe_violations(page) == []


def test_what_was_to_be_found_is_asked_for_at_its_field(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    find(page, "")
    expect(page.get_by_role("alert")).to_contain_text("Enter how the e-mail address begins")
    find(page, "ward 7")
    expect(page.get_by_role("alert")).to_contain_text("how an email address begins")
    assert axe_violations(page) == []


def test_without_a_network_nothing_is_said_to_be_done(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    email = address()
    page.context.set_offline(True)
    invite(page, email)
    said(page, "Not done")
    expect(invite_form(page).get_by_label("E-mail address")).to_have_value(email)
    page.context.set_offline(False)
    tap(page, "Invite")
    said(page, "Invited")


def test_a_reply_that_is_lost_invites_nobody_twice(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    email = address()
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/api/people", lose)
    invite(page, email)
    said(page, "Not done")
    tap(page, "Invite")
    said(page, "Invited")
    assert lost == [201]
    assert roles(world, email) == ["team:exeter-discharge"]


def test_with_an_issuer_of_the_councils_own_the_page_says_where_people_are(
    world: World, visit: Visit
) -> None:
    officer = world.person("council")
    page = visit("/search.html", officer)
    told = {"detail": "people here are managed where they sign in: at the council's issuer"}
    page.route("**/api/people/search", lambda route: route.fulfill(status=409, json=told))
    page.goto(page.url.split("/search", 1)[0] + "/people.html")
    said(page, "That did not work")
    expect(page.get_by_text("managed where they sign in")).to_be_visible()
    assert axe_violations(page) == []


def test_a_carer_is_not_let_in(world: World, visit: Visit) -> None:
    page = visit("/people.html", world.carer(world.home()))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    assert page.get_by_role("link", name="People").count() == 0


@SIZES
def test_the_page_and_its_errors_are_accessible(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    email = world.person("team:a-team", "council").username
    page = opened(world, visit, size=size)
    assert axe_violations(page) == []
    find(page, email)
    tap(page, f"Disable: {email}")
    tap(page, f"Remove: The council, {email}")
    tap(page, "Invite")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)


def test_nothing_scrolls_sideways_on_the_smallest_phone(world: World, visit: Visit) -> None:
    home = world.home(name="A home with quite a long name, as some of them have it, " + "x" * 40)
    email = world.carer(home).username
    page = opened(world, visit, size=SMALLEST)
    find(page, email)
    expect(card(page, email)).to_be_visible()
    tap(page, "Invite")
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
