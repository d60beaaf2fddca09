"""Signing in and out through the stack's own pages, and where the tokens are stored."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, expect

from local.site.browser import sign_in
from tests.web.conftest import Visit, World
from tests.web.test_update import accepting, saved, tap


def test_signing_in_leads_to_the_page_of_ones_role(world: World, visit: Visit) -> None:
    carer = world.carer(world.home())
    page = visit("/")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    sign_in(page, carer)
    page.wait_for_url("**/update.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Larkrise House")


def test_signing_in_returns_to_the_address_that_was_opened(world: World, visit: Visit) -> None:
    first, second = world.home(), world.home(name="Second House")
    page = visit(f"/update.html?home={second}", world.carer(first, second), by_form=True)
    assert urlsplit(page.url).query == f"home={second}"
    expect(page.get_by_role("heading", level=1)).to_have_text("Second House")


def test_tokens_are_never_in_local_storage_or_addresses(world: World, visit: Visit) -> None:
    home = world.home()
    addresses: list[str] = []
    page = visit("/update.html", world.carer(home), by_form=True)
    page.on("request", lambda request: addresses.append(request.url))
    accepting(page)
    tap(page, "Save")
    saved(page)
    stored: list[str] = page.evaluate("() => Object.values(localStorage)")
    tokens: list[str] = page.evaluate(
        """() => Object.values(sessionStorage)
            .map((each) => JSON.parse(each))
            .flatMap((each) => [each.access_token, each.id_token, each.refresh_token])
            .filter(Boolean)"""
    )
    assert tokens
    assert stored
    for each_token in tokens:
        assert not [each for each in (*stored, *addresses) if each_token in each]
    assert not [each for each in stored if "eyJ" in each]  # what every JSON web token begins with
    databases: list[object] = page.evaluate("() => indexedDB.databases()")
    assert databases == []


def test_signing_out_removes_the_tokens(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()), by_form=True)
    tap(page, "Sign out")
    page.get_by_role("heading", name="Find and post care home vacancies").wait_for()
    assert page.evaluate("() => Object.keys(sessionStorage)") == []


def test_signing_out_revokes_the_refresh_token_and_leaves_no_draft(
    world: World, visit: Visit
) -> None:
    page = visit("/update.html", world.carer(world.home()))
    accepting(page)
    revoked: list[str] = []
    token: str = page.evaluate(f"() => ({OWN_SIGN_IN})().refresh_token")

    def revoke(route: Route) -> None:
        revoked.append(route.request.post_data or "")
        route.fulfill(status=200)

    page.route("**/oauth2/revoke", revoke)
    tap(page, "Sign out")
    page.get_by_role("heading", name="Find and post care home vacancies").wait_for()
    (body,) = map(parse_qs, revoked)
    assert body["token"] == [token]
    assert body["client_id"]
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_signing_out_goes_on_without_the_issuers_answer(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    page.route("**/oauth2/revoke", lambda route: route.abort())
    tap(page, "Sign out")
    page.get_by_role("heading", name="Find and post care home vacancies").wait_for()


def test_signing_out_signs_out_the_tabs_that_share_the_sign_in(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    other = copy_of(page)
    tap(page, "Sign out")
    other.get_by_role("heading", name="Find and post care home vacancies").wait_for()
    assert other.evaluate(f"() => ({OWN_SIGN_IN})()") is None


def test_a_failed_sign_in_is_reported(visit: Visit) -> None:
    page = visit("/?code=made-up&state=made-up", ready="h2")
    expect(page.get_by_role("heading", name="You are not signed in")).to_be_visible()
    assert urlsplit(page.url).query == ""


OWN_SIGN_IN = """() => {
    const key = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
    return key ? JSON.parse(sessionStorage.getItem(key)) : null;
}"""


def copy_of(page: Page) -> Page:
    """Open the page's address in another tab with the same sign-in, as browsers copy a tab."""
    with page.expect_popup() as popup:
        page.evaluate("() => void window.open(location.href)")
    copy = popup.value
    copy.get_by_role("button", name="Nothing has changed").wait_for()
    return copy


EXPIRE = """() => {
    const key = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
    const user = JSON.parse(sessionStorage.getItem(key));
    user.expires_at = Math.floor(Date.now() / 1000) - 60;
    sessionStorage.setItem(key, JSON.stringify(user));
}"""


def test_an_expired_token_is_renewed_in_the_background(world: World, visit: Visit) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))
    page.evaluate(EXPIRE)
    with page.expect_request("**/oauth2/token"):
        tap(page, "Nothing has changed")
    saved(page)
    assert world.writes(home) == 1


def test_tabs_that_share_a_sign_in_use_a_refresh_token_once(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()))
    other = copy_of(page)
    access_token = page.evaluate(f"() => ({OWN_SIGN_IN})().access_token")
    sent: list[str] = []

    def renew(route: Route) -> None:
        (refresh_token,) = parse_qs(route.request.post_data or "")["refresh_token"]
        is_first = refresh_token not in sent
        sent.append(refresh_token)
        answer: dict[str, object] = {"error": "invalid_grant"}
        if is_first:
            answer = {
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": 1800,
                "refresh_token": f"one-time-{len(sent)}",
            }
        route.fulfill(status=200 if is_first else 400, json=answer)

    page.context.route("**/oauth2/token", renew)
    for tab in (page, other):
        tab.evaluate(EXPIRE)
    for tab in (page, other):
        tab.get_by_role("button", name="Nothing has changed").dispatch_event("click")
    # The second to arrive saw an older version: it is shown that, signed in as before.
    arrived = re.compile("^Saved at |^Someone else has updated")
    for tab in (page, other):
        tab.get_by_role("heading", name=arrived).wait_for()
        assert tab.evaluate(f"() => ({OWN_SIGN_IN})().refresh_token") == "one-time-1"
    assert len(sent) == 1


def test_a_change_is_sent_after_signing_in_when_renewal_is_refused(
    world: World, visit: Visit
) -> None:
    home = world.home()
    carer = world.carer(home)
    page = visit("/update.html", carer, by_form=True)
    page.route("**/oauth2/token", lambda route: route.fulfill(status=400, json={"error": "no"}))
    page.evaluate(EXPIRE)
    accepting(page)
    tap(page, "Save")
    page.get_by_label("Password").wait_for()
    page.unroute_all()
    sign_in(page, carer)
    saved(page)
    assert world.writes(home) == 1


def test_someone_without_a_home_cannot_use_the_update_page(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.person("team:nowhere"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot use this page")
