"""A council invites people, and adds and removes their roles."""

import re
from itertools import count
from typing import Any

import boto3
import httpx
from playwright.sync_api import Locator, Page, Route, expect

from local.emulator.people import PASSWORD, Person
from local.emulator.tokens import token
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, resize, small_targets

SMALLEST = (320, 568)

_numbers = count(1)


def address(beginning: str = "invited") -> str:
    return f"{beginning}-{next(_numbers)}@pages.example.org"


def opened(world: World, visit: Visit, **more: Any) -> Page:
    return visit("/people.html", world.person("council"), **more)


def tap(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def invite_form(page: Page) -> Locator:
    return page.get_by_role("form", name="Invite someone")


def invite(page: Page, email: str, *, team: str = "Exeter discharge") -> None:
    form = invite_form(page)
    form.get_by_label("Email address").fill(email)
    form.get_by_label("Role").select_option("Discharge team member")
    form.get_by_label("Name of the team").fill(team)
    tap(form, "Invite")


def card(page: Page, email: str) -> Locator:
    return page.locator(".people > li").filter(has=page.get_by_role("heading", name=email))


def show(page: Page) -> None:
    """List the people that the filter is set to, and wait until they are listed."""
    tap(page, "Show people")
    expect(page.get_by_role("button", name="Show people")).to_be_enabled()


def find(page: Page, beginning: str) -> None:
    page.get_by_label("Show", exact=True).select_option("People by email address")
    page.get_by_label("Email address begins with").fill(beginning)
    show(page)


def state(world: World, email: str) -> dict[str, Any]:
    """Get someone from the API."""
    response = httpx.post(
        f"{world.stack.api_url}/people/search",
        headers={"Authorization": f"Bearer {token(world.stack, ['council'])}"},
        json={"email_begins": email},
        timeout=30,
    )
    people: list[dict[str, Any]] = response.raise_for_status().json()["people"]
    (person,) = people
    return person


def roles(world: World, email: str) -> list[str]:
    return [each["role"] for each in state(world, email)["roles"]]


def test_a_carer_is_invited_signs_in_and_posts(world: World, visit: Visit) -> None:
    home = world.home(name="Invitation House")
    page = opened(world, visit)
    email = address()
    form = invite_form(page)
    form.get_by_label("Email address").fill(email)
    page.locator(f"#homes-list option[value$='({home})']").wait_for(state="attached")
    form.get_by_label("Name of the home").fill(f"Invitation House ({home})")
    tap(form, "Invite")
    expect_notice(page, "Invitation sent")
    expect(page.locator(".notice")).to_contain_text(f"first password to {email}")
    person = card(page, email)
    expect(person).to_contain_text("Invited, not signed in yet")
    expect(person).to_contain_text(f"Care home staff: Invitation House ({home})")
    assert axe_violations(page) == []
    assert "pages.example.org" not in page.url
    stored = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "pages.example.org" not in stored

    # They set their own password.
    boto3.client("cognito-idp", **world.stack.connection).admin_set_user_password(
        UserPoolId=world.stack.user_pool_id, Username=email, Password=PASSWORD, Permanent=True
    )
    theirs = visit("/update.html", Person("invited", email, ()), by_form=True)
    theirs.get_by_role("button", name="Nothing has changed").click()
    expect(theirs.get_by_text(re.compile("^(Confirmed|Saved) at")).first).to_be_visible()
    assert world.writes(home) == 1


def test_someone_with_an_account_gets_the_role_without_an_email(world: World, visit: Visit) -> None:
    known = world.person("team:a-first-team")
    page = opened(world, visit)
    invite(page, known.username, team="  Some Ward's   Team ")
    expect_notice(page, "Role added")
    expect(page.locator(".notice")).to_contain_text("we did not send an email")
    expect(card(page, known.username)).to_contain_text("Discharge team member: Some ward s team")
    assert roles(world, known.username) == ["team:a-first-team", "team:some-ward-s-team"]


def test_removing_a_role_needs_confirmation(world: World, visit: Visit) -> None:
    email = world.person("team:taken-away").username
    page = opened(world, visit)
    find(page, email)
    remove = f"Remove: Discharge team member: Taken away, {email}"
    tap(page, remove)
    tap(page, f"Keep: Discharge team member: Taken away, {email}")
    expect(page.get_by_role("button", name=remove)).to_be_focused()
    assert roles(world, email) == ["team:taken-away"]
    tap(page, remove)
    tap(page, f"Yes, remove: Discharge team member: Taken away, {email}")
    expect_notice(page, "Role removed")
    expect(card(page, email)).to_contain_text("No role")
    assert roles(world, email) == []


def test_an_account_is_disabled_and_enabled_again(world: World, visit: Visit) -> None:
    email = world.person("team:a-team").username
    page = opened(world, visit)
    find(page, email)
    tap(page, f"Disable account: {email}")
    tap(page, f"Yes, disable: {email}")
    expect_notice(page, "Account disabled")
    expect(card(page, email)).to_contain_text("Disabled, cannot sign in")
    assert axe_violations(page) == []
    invite(page, email)
    expect_notice(page, "Role added, but the account is disabled")
    tap(page, f"Enable account: {email}")
    expect_notice(page, "Account enabled")
    assert state(world, email)["state"] == "active"


def test_an_invitation_is_sent_again(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    email = address()
    invite(page, email)
    expect_notice(page, "Invitation sent")
    find(page, email)
    tap(page, f"Send invitation again: {email}")
    expect_notice(page, "Invitation sent again")
    assert state(world, email)["state"] == "waiting"


def test_officers_cannot_disable_their_own_account(world: World, visit: Visit) -> None:
    me = world.person("council")
    page = visit("/people.html", me)
    find(page, me.username)
    mine = card(page, me.username)
    expect(mine).to_contain_text("(you)")
    expect(mine.get_by_role("button", name=re.compile("^Disable account"))).to_have_count(0)


def test_the_last_council_officer_keeps_the_role(world: World, visit: Visit) -> None:
    me = world.person("council")
    page = visit("/people.html", me)
    find(page, me.username)

    def last(route: Route) -> None:
        problem = {"detail": "No council officer would be left."}
        route.fulfill(status=409, json=problem)

    page.route("**/roles/council", last)
    tap(page, f"Remove: Council officer, {me.username}")
    tap(page, f"Yes, remove: Council officer, {me.username}")
    expect_notice(page, "Not done")
    expect(page.locator(".notice")).to_contain_text("No council officer would be left.")
    expect(
        page.get_by_role("button", name=f"Remove: Council officer, {me.username}")
    ).to_be_visible()
    assert axe_violations(page) == []


def test_people_are_found_by_home_team_or_email(world: World, visit: Visit) -> None:
    home = world.home()
    carer, coordinator = world.carer(home).username, world.person("team:found-team").username
    page = opened(world, visit)
    choice = page.get_by_label("Show", exact=True)
    form = page.get_by_role("form", name="Find people")
    choice.select_option("Staff of a care home")
    form.get_by_label("Name of the home").fill(home)
    show(page)
    expect(card(page, carer)).to_be_visible()
    expect(card(page, coordinator)).to_have_count(0)
    choice.select_option("Members of a discharge team")
    form.get_by_label("Name of the team").fill("Found team")
    show(page)
    expect(card(page, coordinator)).to_be_visible()
    expect(page.get_by_text("1 person", exact=True)).to_be_visible()
    find(page, "nobody-is-called-so")
    expect(page.get_by_text("No people found", exact=True)).to_be_visible()


def test_long_lists_of_people_load_in_steps(world: World, visit: Visit) -> None:
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


def test_wrong_invitations_are_refused_at_their_fields(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    form = invite_form(page)
    email, summary = form.get_by_label("Email address"), page.get_by_role("alert")
    email.fill("ward 7")
    tap(form, "Invite")
    expect(summary).to_contain_text("Enter an email address, such as")
    expect(summary).to_contain_text("Choose a home from the list")
    summary.get_by_role("link").first.click()
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_value("ward 7")
    email.fill("a@example.org")
    form.get_by_label("Name of the home").fill("1-7999999999")
    tap(form, "Invite")
    expect(summary).not_to_contain_text("Email address")
    summary.get_by_role("link").click()
    expect(form.get_by_label("Name of the home")).to_be_focused()
    assert axe_violations(page) == []


def test_a_beginning_of_no_email_address_is_refused_at_its_field(
    world: World, visit: Visit
) -> None:
    page = opened(world, visit)
    find(page, "ward 7")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Email address begins with")).to_be_focused()
    assert axe_violations(page) == []


def test_an_invitation_that_lost_its_connection_can_be_repeated(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    email = address()
    page.context.set_offline(True)
    invite(page, email)
    expect_notice(page, "Not done")
    expect(invite_form(page).get_by_label("Email address")).to_have_value(email)
    page.context.set_offline(False)
    tap(page, "Invite")
    expect_notice(page, "Invitation sent")


def test_a_lost_response_does_not_invite_anyone_twice(world: World, visit: Visit) -> None:
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
    expect_notice(page, "Not done")
    tap(page, "Invite")
    expect_notice(page, "Invitation sent")
    assert lost == [201]
    assert roles(world, email) == ["team:exeter-discharge"]


def test_the_page_says_when_another_issuer_manages_people(world: World, visit: Visit) -> None:
    officer = world.person("council")
    page = visit("/search.html", officer)
    problem = {"detail": "The council's own sign-in service manages people."}
    page.route("**/api/people/search", lambda route: route.fulfill(status=409, json=problem))
    page.goto(page.url.split("/search", 1)[0] + "/people.html")
    expect_notice(page, "That did not work")
    expect(page.get_by_text("own sign-in service manages people")).to_be_visible()
    assert axe_violations(page) == []


def test_a_carer_cannot_open_the_people_page(world: World, visit: Visit) -> None:
    page = visit("/people.html", world.carer(world.home()))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    assert page.get_by_role("link", name="People").count() == 0


def test_the_people_page_and_its_errors_are_accessible(world: World, visit: Visit) -> None:
    home = world.home(name="A home with quite a long name, as some of them have it, " + "x" * 40)
    email = world.person(f"home:{home}", "council").username
    page = opened(world, visit)
    assert axe_violations(page) == []
    find(page, email)
    tap(page, f"Disable account: {email}")
    tap(page, f"Remove: Council officer, {email}")
    tap(page, "Invite")
    expect(page.get_by_role("alert")).to_be_visible()
    for size in (DESKTOP, PHONE, SMALLEST):
        resize(page, *size)
        assert axe_violations(page) == []
        assert small_targets(page) == []
