"""A browser on the real pages of a real stack; each test has homes and people of its own."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    WebError,
    expect,
)

from local.emulator.people import Person, create_person
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import sign_in_as_administrator, token
from local.site.browser import browser, sign_in
from local.site.serve import serving
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.posts import Posts
from shared.domain.vocabulary import BedCategory
from shared.store import outcomes
from tests.support.builders import REGISTER, counts, save

PHONE = (360, 740)
DESKTOP = (1280, 800)
NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING

PATIENCE_MS: Final = 45_000
"""Milliseconds that any wait may take: a first call starts a process, on a machine at full load."""

expect.set_options(timeout=PATIENCE_MS)

_numbers = count(1)


@pytest.fixture(scope="session")
def site(stack: LocalStack) -> Iterator[str]:
    """Serve the stack's pages and give their address."""
    with serving(stack, port=0) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser that all tests share."""
    with browser() as chromium:
        yield chromium


@dataclass(frozen=True, slots=True)
class World:
    """Makes homes and people, and reads what was written."""

    stack: LocalStack

    def home(self, *, name: str = "Larkrise House", **other: Any) -> str:
        """Make a home of 30 registered beds, 2 and 0 accepting, confirmed 30 hours ago."""
        location_id = f"1-8{next(_numbers):08d}"
        home = CareHome(
            location_id,
            1,
            replace(REGISTER, name=name),
            beds={NURSING: counts(2), DEMENTIA: counts(0)},
            confirmed_at=datetime.now(UTC) - timedelta(hours=30),
        )
        home = replace(home, **other)
        if home.confirmed_at and not home.posts.said_at:
            home = replace(home, posts=Posts(dict.fromkeys(home.beds, home.confirmed_at)))
        save(table_of(self.stack), home)
        return location_id

    def person(self, *groups: str, second_step: bool = True) -> Person:
        """Make someone new who is in these groups."""
        email = f"someone-{next(_numbers)}@example.org"
        person = Person("someone", email, groups, second_step=second_step)
        create_person(self.stack, person)
        return person

    def carer(self, *homes: str) -> Person:
        """Make someone new on the staff of these homes."""
        return self.person(*(f"home:{each}" for each in homes))

    def state(self, home: str) -> dict[str, Any]:
        """Return the home as the API sends it."""
        state: dict[str, Any] = self._request("GET", home).json()
        return state

    def writes(self, home: str) -> int:
        """Count how often the home was written since it was made."""
        writes: int = self.state(home)["version"] - 1
        return writes

    def overtake(self, home: str, accepting: int) -> None:
        """Post this many accepting nursing beds as a colleague."""
        beds = {str(NURSING): counts(accepting).to_document()}
        self._request("PUT", home, "/vacancies", json={"beds": beds}).raise_for_status()

    def say_gone(self, home: str) -> None:
        """Say as a team that it was told that the home's nursing beds are gone."""
        said_at = self.state(home)["said_at"][NURSING]
        body = {"category": NURSING, "said_at": said_at, "listed": 2, "result": "gone"}
        headers = {"Authorization": f"Bearer {token(self.stack, ['team:exeter-discharge'])}"}
        url = f"{self.stack.api_url}/homes/{home}/outcomes"
        httpx.post(url, headers=headers, json=body, timeout=30).raise_for_status()

    def say_taken(self, home: str, *, requests: int, need: str | None = None) -> None:
        """Say as so many teams that the home took their request for a nursing bed."""
        said_at = datetime.fromisoformat(self.state(home)["said_at"][NURSING])
        now, shown = datetime.now(UTC), Shown(home, NURSING, said_at, 1, 0.9)
        for number in range(requests):
            team, result = f"team-{number}", CallResult.PURSUING
            outcome = Outcome(1, shown, team, result, now, now, need)
            author = Author("someone", f"request-{number}")
            outcomes.record(table_of(self.stack), SYSTEM, outcome, author, home_name="")

    def _request(self, method: str, home: str, path: str = "", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {_staff_token(self.stack, home)}"}
        url = f"{self.stack.api_url}/homes/{home}{path}"
        return httpx.request(method, url, headers=headers, timeout=30, **more)


@cache
def _staff_token(stack: LocalStack, home: str) -> str:
    return token(stack, [f"home:{home}"])


@pytest.fixture
def world(stack: LocalStack) -> World:
    """Make homes and people on the shared stack."""
    return World(stack)


Visit = Callable[..., Page]


class Profiles:
    """Browser profiles, emptied and used again: the files of the site stay in their caches."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._free: dict[tuple[int, int], list[BrowserContext]] = {}

    def open(self, size: tuple[int, int], *, fresh: bool) -> BrowserContext:
        """Return a profile that no other visit of this test has."""
        free = self._free.setdefault(size, [])
        if free and not fresh:
            return free.pop()
        context = self._chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def give_back(self, context: BrowserContext, size: tuple[int, int], site: str) -> None:
        """Undo what a test may have done to a profile, and empty its storage."""
        context.set_offline(False)
        context.unroute_all(behavior="ignoreErrors")
        context.clear_permissions()
        context.clear_cookies()
        devtools = context.new_cdp_session(
            context.pages[0] if context.pages else context.new_page()
        )
        devtools.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        for page in context.pages:
            page.close()
        self._free[size].append(context)


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    """Keep the browser's profiles from test to test."""
    return Profiles(chromium)


@pytest.fixture
def visit(profiles: Profiles, site: str, stack: LocalStack) -> Iterator[Visit]:
    """Open pages, each visit in an empty browser profile of its own.

    `person` is signed in when the page opens; `by_form=True` goes through the sign-in page
    instead, as people do, which takes longer. `fresh=True` makes a profile that is not used again:
    for a test that installs a clock or an init script in it. An uncaught error of the page's own
    code, and anything that its security policy blocks, fails the test.
    """
    visits: list[tuple[BrowserContext, tuple[int, int], bool]] = []
    faults: list[str] = []

    def on_error(error: WebError) -> None:
        faults.append(str(error.error))

    def on_console(line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            faults.append(line.text)

    def visit(
        path: str,
        person: Person | None = None,
        *,
        size: tuple[int, int] = PHONE,
        ready: str = "h1",
        by_form: bool = False,
        fresh: bool = False,
    ) -> Page:
        context = profiles.open(size, fresh=fresh)
        visits.append((context, size, fresh))
        context.on("weberror", on_error)
        context.on("console", on_console)
        page = context.new_page()
        if person and not by_form:
            page.add_init_script(_signed_in(stack, site, person))
        page.goto(f"{site}{path}")
        if person and by_form:
            sign_in(page, person)
        page.locator(f"main {ready}").first.wait_for()
        return page

    yield visit
    for context, size, fresh in visits:
        context.remove_listener("weberror", on_error)
        context.remove_listener("console", on_console)
        if fresh:
            context.close()
        else:
            profiles.give_back(context, size, site)
    assert not faults


def _signed_in(stack: LocalStack, site: str, person: Person) -> str:
    """Return a script that leaves in a tab, once, what signing in leaves there."""
    tokens = sign_in_as_administrator(stack, person.username, person.password)
    payload = tokens["IdToken"].split(".")[1]
    profile = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    config = _sign_in_config(stack, site)
    user = {
        "access_token": tokens["AccessToken"],
        "id_token": tokens["IdToken"],
        "refresh_token": tokens["RefreshToken"],
        "token_type": "Bearer",
        "scope": config["scope"],
        "expires_at": int(time.time()) + tokens["ExpiresIn"],
        "profile": profile,
    }
    name = f"oidc.user:{config['issuer']}:{config['client_id']}"
    arguments = json.dumps([site, name, json.dumps(user)])
    return f"""(([site, name, user]) => {{
        if (location.origin !== site || sessionStorage.getItem("signed-in-once")) return;
        sessionStorage.setItem("signed-in-once", "true");
        sessionStorage.setItem(name, user);
    }})({arguments});"""


@cache
def _sign_in_config(_stack: LocalStack, site: str) -> dict[str, Any]:
    # By its stack, too: a later one may be served at the same address.
    config: dict[str, Any] = httpx.get(f"{site}/config.json").raise_for_status().json()["sign_in"]
    return config
