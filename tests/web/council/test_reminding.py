"""An officer reminds homes from the list."""

import re

import httpx
from playwright.sync_api import expect

from local.emulator.people import Person
from local.emulator.sent_messages import emails_to
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from tests.support.patience import eventually
from tests.web.conftest import Visit
from tests.web.council.overview_page import ONE, Area, reload, rows
from tests.web.pages import axe_violations, small_targets


def reminded_person(stack: LocalStack, home: str) -> str:
    """Make someone who agreed to a home's reminders; return the address."""
    address = f"manager.{home}@example.org"
    headers = {"Authorization": f"Bearer {token(stack, [f'home:{home}'])}"}
    added = httpx.post(
        f"{stack.api_url}/homes/{home}/reminders",
        headers=headers,
        json={"protocol": "email", "address": address},
        timeout=30,
    )
    added.raise_for_status()
    (invitation,) = emails_to(stack, address)
    confirmation = {"token": invitation.tokens[0]}
    confirmed = httpx.post(f"{stack.api_url}/members/confirm", json=confirmation, timeout=30)
    confirmed.raise_for_status()
    return address


def test_an_officer_reminds_one_home_and_the_ticked_ones(
    area: Area, officer: Person, visit: Visit, stack: LocalStack
) -> None:
    one = area.home("Ash House", days=9, beds=ONE)
    two = area.home("Birch House", days=9, beds=ONE)
    area.home("Cedar House", days=9, beds=ONE)
    area.home("Daisy House", days=0.1, beds=ONE)
    first, second = reminded_person(stack, one), reminded_person(stack, two)
    page = visit(area.page(sort="name"), officer)
    page.get_by_role("button", name="Remind: Ash House").click()
    expect(page.get_by_role("heading", name="1 home reminded")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Reminded at")
    expect(rows(page).nth(3)).to_contain_text("Posted in the last 20 hours")
    expect(page.get_by_role("button", name=re.compile("ticked"))).to_be_hidden()
    for name in ("Birch House", "Cedar House"):
        page.get_by_role("checkbox", name=f"Tick: {name}").check()
    assert axe_violations(page) == []
    assert small_targets(page) == []
    page.get_by_role("button", name="Remind 2 ticked homes").click()
    expect(page.get_by_text("so phone them: Cedar House")).to_be_visible()
    expect(page.get_by_role("heading", name="1 home reminded")).to_be_visible()
    assert eventually(lambda: len(emails_to(stack, first)) == 2)
    assert eventually(lambda: len(emails_to(stack, second)) == 2)
    reload(page)
    for number in (0, 1):
        expect(rows(page).nth(number)).to_contain_text("Reminded at")


def test_a_reminder_that_could_not_be_sent_can_be_sent_again(
    area: Area, officer: Person, visit: Visit
) -> None:
    area.home("Ash House", days=9, beds=ONE)
    page = visit(area.page(), officer)
    page.route("**/api/reminders", lambda route: route.abort())
    page.get_by_role("checkbox", name="Tick: Ash House").check()
    page.get_by_role("button", name="Remind 1 ticked home").click()
    expect(page.get_by_role("heading", name="Not done")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Tick: Ash House")).to_be_checked()
