"""Chromium, driven: the machine's own, or the one that Playwright brings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from local.emulator.people import Person

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# It shall ask nobody but the pages' own origin. Its sandbox needs rights that containers lack, and
# it opens only our own pages.
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
    """A browser without windows, for as long as the block runs."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(_ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()


def sign_in(page: Page, person: Person) -> None:
    """Fill in the sign-in page that is open, as this person, and come back."""
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
