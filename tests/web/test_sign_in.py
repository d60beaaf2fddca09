"""Signing in and out through the stack's own pages; where tokens are, and where they never are."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from local.site.browser import sign_in
from tests.web.conftest import Visit, World
from tests.web.test_update import accepting, saved, tap


def test_the_first_page_leads_in_and_back_to_ones_own_page(world: World, visit: Visit) -> None:
    carer = world.carer(world.home())
    page = visit("/")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    sign_in(page, carer)
    page.wait_for_url("**/update.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Larkrise House")


def test_a_deep_link_is_come_back_to(world: World, visit: Visit) -> None:
    first, second = world.home(), world.home(name="Second House")
    page = visit(f"/update.html?home={second}", world.carer(first, second), by_form=True)
    assert urlsplit(page.url).query == f"home={second}"
    expect(page.get_by_role("heading", level=1)).to_have_text("Second House")


def test_tokens_are_never_in_local_storage_nor_in_addresses(world: World, visit: Visit) -> None:
    home = world.home()
    addresses: list[str] = []
    page = visit("/update.html", world.carer(home), by_form=True)
    page.on("request", lambda request: addresses.append(request.url))
    accepting(page)
    tap(page, "Save")
    saved(page)
    kept: list[str] = page.evaluate("() => Object.values(localStorage)")
    tokens: list[str] = page.evaluate(
        """() => Object.values(sessionStorage)
            .map((each) => JSON.parse(each))
            .flatMap((each) => [each.access_token, each.id_token, each.refresh_token])
            .filter(Boolean)"""
    )
    assert tokens
    assert kept
    for each_token in tokens:
        assert not [each for each in (*kept, *addresses) if each_token in each]
    assert not [each for each in kept if "eyJ" in each]  # what every JSON web token begins with
    databases: list[object] = page.evaluate("() => indexedDB.databases()")
    assert databases == []


def test_signing_out_forgets_the_tokens(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.carer(world.home()), by_form=True)
    tap(page, "Sign out")
    page.get_by_role("heading", name="Care home beds, as they are now").wait_for()
    assert page.evaluate("() => Object.keys(sessionStorage)") == []


def test_a_broken_return_from_sign_in_says_so(visit: Visit) -> None:
    page = visit("/?code=made-up&state=made-up", ready="h2")
    expect(page.get_by_role("heading", name="Signing in did not work")).to_be_visible()
    assert urlsplit(page.url).query == ""


EXPIRE = """() => {
    const key = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
    const user = JSON.parse(sessionStorage.getItem(key));
    user.expires_at = 1;
    sessionStorage.setItem(key, JSON.stringify(user));
}"""


def test_an_expired_token_is_renewed_unseen(world: World, visit: Visit, stack: LocalStack) -> None:
    home = world.home()
    page = visit("/update.html", world.carer(home))

    # The emulator's own renewals forget the groups.
    fresh = {"access_token": token(stack, [f"home:{home}"]), "token_type": "Bearer"}
    page.route("**/oauth2/token", lambda route: route.fulfill(json={**fresh, "expires_in": 1800}))
    page.evaluate(EXPIRE)
    with page.expect_request("**/oauth2/token"):
        tap(page, "Nothing has changed")
    saved(page)
    assert world.writes(home) == 1


def test_where_renewal_is_refused_the_change_waits_for_signing_in(
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


def test_somebody_without_a_home_is_told(world: World, visit: Visit) -> None:
    page = visit("/update.html", world.person("team:nowhere"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot use this page")
