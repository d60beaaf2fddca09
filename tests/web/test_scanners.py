"""Programs that check emails open every link: of 1,000 such visits none writes anything.

They ask for the page and its head, follow links that were wrapped and lost or encoded what stands
behind the #, post to what they find, and open pages in a real browser that runs scripts, waits and
submits what submits itself. None of them presses a button.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request

from local.emulator.stack import LocalStack, table_of
from shared.domain.posting_link import LinkPurpose
from shared.store import keys, posting_links
from shared.store.posting_links import LinkSecrets
from tests.support import traces
from tests.web.conftest import World

VISITS: Final = 1_000
IN_A_BROWSER: Final = 40
MEMBER: Final = "00000000-0000-4000-8000-00000000005c"
AGENTS: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
    "Microsoft Office/16.0 (Microsoft Outlook 16.0; Pro)",
    "python-requests/2.31",
    "",
)

NOTHING: Final = "Nothing has changed"

WRITTEN: Final = (
    keys.HOMES,
    keys.CHANGE_PREFIX,
    keys.IDEMPOTENCY_PREFIX,
    keys.POSTING_LINK_PREFIX,
    keys.NEWEST_LINK_PREFIX,
    keys.LINK_STOP_PREFIX,
)


class Wrapper(BaseHTTPRequestHandler):
    """A gateway that wraps links: `?url=<the link>`, with what its path says done to the link."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        (link,) = parse_qs(address.query)["url"]
        target = {
            "/whole": link,
            "/dropped": link.partition("#")[0],
            "/encoded": link.replace("#", "%23"),
        }[address.path]
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the names that the library calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        """Log nothing."""


@pytest.fixture
def wrapper() -> Iterator[str]:
    """Run the gateway and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrapper)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def home(world: World) -> str:
    return world.home()


@pytest.fixture
def secrets(stack: LocalStack, home: str) -> LinkSecrets:
    """Make the link of a reminder, as `deliver` does."""
    table, now = table_of(stack), datetime.now(UTC)
    made = posting_links.mint(table, b"key", home, MEMBER, LinkPurpose.REMINDER, now)
    assert made
    return made


def kept(stack: LocalStack, home: str, secrets: LinkSecrets) -> list[str]:
    """Return all that a link may write: of the home, its log, presses, links, and wrong codes."""
    items = [(each[keys.PARTITION]["S"], str(each)) for each in traces.items(table_of(stack))]
    of_link = (home, secrets.token.digest)
    return sorted(
        text
        for partition, text in items
        if partition.startswith(keys.CODE_TRIES_PREFIX)
        or (partition.startswith(WRITTEN) and any(each in text for each in of_link))
    )


def wrapped(wrapper: str, way: str, link: str) -> str:
    return f"{wrapper}/{way}?url={quote(link, safe='')}"


def over_http(site: str, secrets: LinkSecrets, wrapper: str, visits: int) -> list[int]:
    """Visit the link as programs without a browser do, and return each answer's status."""
    token = secrets.token.text
    link, api = f"{site}/y#{token}", f"{site}/api/links"
    requests: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", link, {}),
        ("HEAD", link, {}),
        ("GET", link.partition("#")[0], {}),
        ("HEAD", f"{site}/y.html", {}),
        ("GET", link.replace("#", "%23"), {}),
        ("GET", wrapped(wrapper, "whole", link), {}),
        ("HEAD", wrapped(wrapper, "whole", link), {}),
        ("GET", wrapped(wrapper, "dropped", link), {}),
        ("GET", wrapped(wrapper, "encoded", link), {}),
        ("POST", link, {"data": {"token": token}}),
        ("GET", f"{api}/act", {"params": {"token": token, "do": "confirm"}}),
        ("POST", f"{api}/look", {"json": {"token": token}}),
        ("POST", f"{api}/act", {"data": {"token": token, "do": "confirm"}}),
    ]

    with httpx.Client(timeout=60, follow_redirects=True) as client:

        def visit(number: int) -> int:
            method, url, more = requests[number % len(requests)]
            headers = {"User-Agent": AGENTS[number % len(AGENTS)]}
            return client.request(method, url, headers=headers, **more).status_code

        with ThreadPoolExecutor(4) as threads:
            return list(threads.map(visit, range(visits)))


def in_a_browser(
    chromium: Browser, site: str, secrets: LinkSecrets, wrapper: str, visits: int
) -> list[Request]:
    """Open the link in browsers that wait and submit what they can; return what they sent us."""
    link = f"{site}/y#{secrets.token.text}"
    whole, lost = f"button:has-text('{NOTHING}')", "#code"
    ways = [
        (link, whole),
        (wrapped(wrapper, "whole", link), whole),
        (wrapped(wrapper, "dropped", link), lost),
        (wrapped(wrapper, "encoded", link), lost),
    ]
    requests: list[Request] = []
    for user_agent in AGENTS[:2]:
        with chromium.new_context(user_agent=user_agent) as context:
            context.on("request", lambda each: requests.append(each))  # noqa: PLW0108 - it takes no built-in function
            context.clock.install()
            for number in range(visits // 2):
                address, ready = ways[number % len(ways)]
                page = context.new_page()
                page.goto(address)
                page.locator(ready).wait_for()
                assert page.locator("form").count() == 0
                wait_and_submit(page)
                page.close(run_before_unload=True)
    return [each for each in requests if each.url.startswith(site)]


def wait_and_submit(page: Page) -> None:
    """Let minutes pass, scroll, hide the page, and submit every form, but press nothing."""
    page.clock.run_for(5_000)
    page.clock.fast_forward(600_000)
    page.evaluate(
        """() => {
            scrollTo(0, document.body.scrollHeight);
            for (const name of ["focus", "blur", "pagehide", "beforeunload", "mousemove"])
                dispatchEvent(new Event(name));
            document.dispatchEvent(new Event("visibilitychange"));
            for (const form of document.forms) form.submit();
        }"""
    )


def test_a_thousand_visits_of_programs_that_check_emails_write_nothing(
    stack: LocalStack,
    site: str,
    home: str,
    secrets: LinkSecrets,
    wrapper: str,
    chromium: Browser,
) -> None:
    before = kept(stack, home, secrets)
    statuses = over_http(site, secrets, wrapper, VISITS - IN_A_BROWSER)
    sent = in_a_browser(chromium, site, secrets, wrapper, IN_A_BROWSER)
    assert kept(stack, home, secrets) == before
    assert len(statuses) == VISITS - IN_A_BROWSER
    assert set(statuses) == {200, 400, 404, 405}
    # Where the link arrived whole, the page read what it shows; otherwise it sent nothing.
    posted = [urlsplit(each.url).path for each in sent if each.method != "GET"]
    assert posted == ["/api/links/look"] * (IN_A_BROWSER // 2)
    lines = [f"{each.url.partition('#')[0]} {each.headers}" for each in sent]
    in_lines = [each for each in lines if secrets.token.text in each]
    assert len(in_lines) == IN_A_BROWSER // 4  # only of links whose # had been encoded before
    assert all("%23" in each.partition(" ")[0] for each in in_lines)
