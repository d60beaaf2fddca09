"""How many bytes a phone on a slow line loads."""

from playwright.sync_api import Browser, Request

from local.site.browser import sign_in
from tests.web.conftest import PHONE, World

LIMIT = 150_000
"""Bytes, headers too: the first page, the service worker's copy, the way back from sign-in."""


def test_the_update_page_loads_at_most_150_kb(world: World, chromium: Browser, site: str) -> None:
    carer = world.carer(world.home())
    width, height = PHONE
    with chromium.new_context(viewport={"width": width, "height": height}) as context:
        requests: list[Request] = []
        # Playwright takes no built-in function as a listener.
        context.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright takes no built-in function
        page = context.new_page()
        page.goto(f"{site}/update.html")
        sign_in(page, carer)
        page.get_by_role("button", name="Nothing has changed").wait_for()
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        sizes = [each.sizes() for each in requests if each.url.startswith(site)]
        # Chromium gives a body of less than zero for what came from its cache.
        loaded = sum(
            each["responseBodySize"] + each["responseHeadersSize"]
            for each in sizes
            if each["responseBodySize"] >= 0
        )
    assert 50_000 < loaded <= LIMIT
