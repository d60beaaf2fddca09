"""A browser on the real pages of a real stack; each test has homes and people of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.emulator.people import Person, create_person
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from local.site.browser import browser, sign_in
from local.site.serve import serving
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import BedCategory
from tests.support.builders import REGISTER, counts, save

PHONE = (360, 740)
DESKTOP = (1280, 800)
NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING

PATIENCE_MS = 15_000
"""A function's first call starts a process, on a machine that may be busy."""

expect.set_options(timeout=PATIENCE_MS)

_numbers = count(1)


@pytest.fixture(scope="session")
def site(stack: LocalStack) -> Iterator[str]:
    """The address of the stack's pages."""
    with serving(stack) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as chromium:
        yield chromium


@dataclass(frozen=True, slots=True)
class World:
    """Makes homes and people, and sees what is written."""

    stack: LocalStack

    def home(self, *, name: str = "Larkrise House", **other: Any) -> str:
        """A home of 30 registered beds with 2 and 0 accepting, confirmed 30 hours ago; its id."""
        location_id = f"1-8{next(_numbers):08d}"
        home = CareHome(
            location_id,
            1,
            replace(REGISTER, name=name),
            beds={NURSING: counts(2), DEMENTIA: counts(0)},
            confirmed_at=datetime.now(UTC) - timedelta(hours=30),
        )
        save(table_of(self.stack), replace(home, **other))
        return location_id

    def person(self, *groups: str) -> Person:
        """Somebody of their own who is in these groups."""
        person = Person("somebody", f"somebody-{next(_numbers)}@example.org", groups)
        create_person(self.stack, person)
        return person

    def carer(self, *homes: str) -> Person:
        return self.person(*(f"home:{each}" for each in homes))

    def state(self, home: str) -> dict[str, Any]:
        """The home as the API tells it."""
        state: dict[str, Any] = self._ask("GET", home).json()
        return state

    def writes(self, home: str) -> int:
        """How often it was written after it came in."""
        written: int = self.state(home)["version"] - 1
        return written

    def overtake(self, home: str, accepting: int) -> None:
        """Somebody else of its staff posts so many accepting nursing beds."""
        beds = {str(NURSING): counts(accepting).to_document()}
        self._ask("PUT", home, "/vacancies", json={"beds": beds}).raise_for_status()

    def _ask(self, method: str, home: str, path: str = "", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token(self.stack, [f'home:{home}'])}"}
        url = f"{self.stack.api_url}/homes/{home}{path}"
        return httpx.request(method, url, headers=headers, timeout=30, **more)


@pytest.fixture
def world(stack: LocalStack) -> World:
    return World(stack)


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """Opens a page as somebody, at a size, in a browser profile of its own.

    What the page's own code throws, and what its policy stops, fails the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def visit(
        path: str, person: Person | None = None, *, size: tuple[int, int] = PHONE, ready: str = "h1"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=size == PHONE
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on(
            "console",
            lambda said: faults.append(said.text) if "Content Security" in said.text else None,
        )
        page = context.new_page()
        page.goto(f"{site}{path}")
        if person:
            sign_in(page, person)
        page.locator(f"main {ready}").first.wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults
