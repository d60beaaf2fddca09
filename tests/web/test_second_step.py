"""Someone sets up a second step, an officer is asked to, and the council resets a lost one."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.people import Person
from local.site.browser import sign_in
from tests.support.authenticator import security_code
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

SMALLEST = (320, 568)


def tap(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def begin(page: Page, person: Person) -> None:
    """Go on from the introduction; the emulator's sign-in page asks for the password each time."""
    tap(page, "Continue")
    sign_in(page, person)


def key(page: Page) -> str:
    """Return the key that the page gives to people who cannot scan."""
    page.get_by_text("I cannot scan the code").click()
    return page.locator(".app-key").inner_text()


def set_up(page: Page, person: Person) -> str:
    """Set up an app from the introduction on, and return its key."""
    begin(page, person)
    heading(page, "Set up your second step")
    secret = key(page)
    page.get_by_label("Security code").fill(security_code(secret))
    tap(page, "Turn on the second step")
    heading(page, "Your second step is on")
    return secret


def sign_in_with_code(page: Page, person: Person, secret: str) -> None:
    sign_in(page, person)
    page.get_by_label("Security code").fill(security_code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_officer_without_a_second_step_is_told_and_led_to_it(world: World, visit: Visit) -> None:
    officer = world.person("council", second_step=False)
    page = visit("/council.html", officer)
    heading(page, "Set up your second step to use council pages")
    secret = set_up(page, officer)
    tap(page, "Sign in again")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    sign_in_with_code(page, officer, secret)
    page.wait_for_url("**/council.html")
    heading(page, "Overview")


def test_an_officer_signs_in_and_starts_at_their_second_step(world: World, visit: Visit) -> None:
    officer = world.person("council", "team:exeter-discharge", second_step=False)
    page = visit("/", officer, size=DESKTOP)
    page.wait_for_url("**/second-step.html")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link")).to_have_text(["Second step", "Find a bed", "Alerts"])
    menu.get_by_role("link", name="Find a bed").click()
    page.get_by_label("Postcode").wait_for()


def test_a_wrong_code_is_refused_in_plain_words_and_the_right_one_still_works(
    world: World, visit: Visit
) -> None:
    officer = world.person("council", second_step=False)
    page = visit("/second-step.html", officer)
    begin(page, officer)
    secret = key(page)
    code = page.get_by_label("Security code")
    for typed, told in (
        ("12345", "Enter the 6 digits that the app shows"),
        (another_than(security_code(secret)), "this code is not right"),
    ):
        code.fill(typed)
        tap(page, "Turn on the second step")
        summary = page.locator(".nhsuk-error-summary")
        expect(summary).to_contain_text(told)
        expect(summary).to_be_focused()
    assert axe_violations(page) == []
    code.fill(security_code(secret))
    tap(page, "Turn on the second step")
    heading(page, "Your second step is on")


def another_than(code: str) -> str:
    return f"{(int(code) + 111_111) % 1_000_000:06d}"


def test_anyone_sets_it_up_with_the_keyboard_alone(world: World, visit: Visit) -> None:
    carer = world.carer(world.home())
    page = visit("/update.html", carer, size=DESKTOP)
    page.get_by_role("contentinfo").get_by_role("link", name="Second step").press("Enter")
    heading(page, "Second step when you sign in")
    page.get_by_role("button", name="Continue").press("Enter")
    sign_in(page, carer)
    title = page.get_by_role("heading", name="Set up your second step")
    expect(title).to_be_focused()
    page.locator("summary", has_text="I cannot scan the code").press("Enter")
    secret = page.locator(".app-key").inner_text()
    page.get_by_label("Security code").press_sequentially(security_code(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your second step is on")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).press("Enter")
    sign_in_with_code(page, carer, secret)
    page.wait_for_url("**/update.html")


def test_another_app_takes_the_place_of_the_first(world: World, visit: Visit, site: str) -> None:
    carer = world.carer(world.home())
    page = visit("/second-step.html", carer)
    first = set_up(page, carer)
    tap(page, "Sign in again")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).wait_for()
    page.goto(f"{site}/second-step.html")
    sign_in_with_code(page, carer, first)
    tap(page, "Continue")
    sign_in_with_code(page, carer, first)
    expect(page.locator(".notice")).to_contain_text("Your second step is on")
    assert axe_violations(page) == []
    tap(page, "Set up another app")
    heading(page, "Set up your second step")
    second = key(page)
    assert second != first
    page.get_by_label("Security code").fill(security_code(second))
    tap(page, "Turn on the second step")
    heading(page, "Your second step is on")


def test_the_token_that_sets_it_up_stays_on_the_page(world: World, visit: Visit) -> None:
    carer = world.carer(world.home())
    page = visit("/second-step.html", carer)
    begin(page, carer)
    heading(page, "Set up your second step")
    secret = key(page).replace(" ", "")
    stored: list[str] = page.evaluate(
        "() => [...Object.values(sessionStorage), ...Object.values(localStorage)]"
    )
    assert "signin.user.admin" not in json.dumps(stored)
    assert not [each for each in stored if secret in each]
    page.reload()
    heading(page, "Second step when you sign in")


NOT_AUTHORISED = {"__type": "NotAuthorizedException", "message": "Access Token has expired"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda route: route.fulfill(status=400, json=NOT_AUTHORISED), "Start again"),
        (lambda route: route.abort(), "No connection"),
        (lambda route: route.fulfill(status=500, json={}), "Bedboard is not working"),
    ],
)
def test_what_goes_wrong_at_the_user_pool_is_told(
    world: World, visit: Visit, answer: Callable[[Route], None], told: str
) -> None:
    carer = world.carer(world.home())
    page = visit("/second-step.html", carer)
    page.route("http://127.0.0.1:*/", answer)
    begin(page, carer)
    expect(page.locator(".notice")).to_contain_text(told)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert axe_violations(page) == []


def test_the_last_part_is_tried_again_without_another_code(world: World, visit: Visit) -> None:
    carer = world.carer(world.home())
    page = visit("/second-step.html", carer)
    begin(page, carer)
    secret = key(page)
    done: list[str] = []

    def interrupt(route: Route) -> None:
        action = route.request.headers.get("x-amz-target", "").partition(".")[2]
        done.append(action)
        if done.count("GlobalSignOut") == 1 and action == "GlobalSignOut":
            route.abort()
        else:
            route.continue_()

    page.route("http://127.0.0.1:*/", interrupt)
    page.get_by_label("Security code").fill(security_code(secret))
    tap(page, "Turn on the second step")
    expect(page.locator(".notice")).to_contain_text("Not done")
    tap(page, "Turn on the second step")
    heading(page, "Your second step is on")
    assert done.count("VerifySoftwareToken") == 1


def test_the_council_resets_the_second_step_of_someone_who_lost_their_phone(
    world: World, visit: Visit
) -> None:
    colleague = world.person("council")
    page = visit("/people.html", world.person("council"), size=DESKTOP)
    page.get_by_label("Show", exact=True).select_option("People by email address")
    page.get_by_label("Email address begins with").fill(colleague.username)
    tap(page, "Show people")
    expect(page.get_by_role("button", name="Show people")).to_be_enabled()
    card = page.locator(".people > li").filter(has_text=colleague.username)
    expect(card).to_contain_text("Has a second step")
    card.get_by_role("button", name="Reset second step").click()
    card.get_by_role("button", name="Yes, they have asked for it").click()
    expect(page.locator(".notice")).to_contain_text("Second step reset")
    expect(card).to_contain_text("No second step")
    assert axe_violations(page) == []
    their_page = visit("/council.html", Person("a colleague", colleague.username, ()))
    heading(their_page, "Set up your second step to use council pages")


@pytest.mark.parametrize("size", [SMALLEST, PHONE, DESKTOP])
def test_every_step_is_accessible_at_every_size(
    world: World, visit: Visit, size: tuple[int, int]
) -> None:
    carer = world.carer(world.home())
    page = visit("/second-step.html", carer, size=size)

    def check() -> None:
        assert axe_violations(page) == []
        assert not scrolls_sideways(page)
        assert small_targets(page) == []

    check()
    begin(page, carer)
    heading(page, "Set up your second step")
    secret = key(page)
    check()
    page.get_by_label("Security code").fill(security_code(secret))
    tap(page, "Turn on the second step")
    heading(page, "Your second step is on")
    check()
