"""Chromium under Playwright: the machine's own, or the one that Playwright brings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from local.emulator.people import Person

# The headless shell first: the same engine without the windows, in less than half the time.
_NAMES: Final = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)

# No requests but to the pages' origin. The sandbox needs rights that containers lack, and only our
# own pages are opened.
_ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a headless browser while the block runs."""
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(_ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()


def sign_in(page: Page, person: Person) -> None:
    """Fill in and send the sign-in page that is open, as this person."""
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
