"""`python -m local.screenshots` takes a picture of every page at both sizes, to be looked at."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Browser, Page
from rich.console import Console

from local.browser import browser, sign_in
from local.demo import fill, scene
from local.people import Person, make, ready_made
from local.process import ROOT
from local.seed import table_of
from local.site import serving
from local.stack import HERE, LocalStack, running
from local.story import TEAM
from shared.following import everything
from shared.vocabulary import ChangeKind

FOLDER: Final = ROOT / "build" / "screenshots"
SIZES: Final = {"phone": (360, 740), "desktop": (1280, 800)}
HOMES_OF_A_MANAGER: Final = 5

Shoot = Callable[[str], object]
"""Takes a picture of the page as it is now, under this name."""


def start(_: Page, shoot: Shoot) -> None:
    """Nobody is signed in."""
    shoot("start")


def update(page: Page, shoot: Shoot) -> None:
    """A carer changes a number, mistypes it, saves, and closes the home without a network."""
    shoot("update")
    page.get_by_role("button", name="One more accepting").first.click()
    shoot("update-changed")
    number = page.get_by_role("textbox").first
    right = number.input_value()
    number.fill("999")
    page.get_by_role("button", name="Save").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("update-error")
    number.fill(right)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Saved at").wait_for()
    shoot("update-saved")
    page.get_by_role("button", name="Close to admissions").click()
    shoot("update-closing")
    page.context.set_offline(True)
    page.get_by_role("button", name="Outbreak of infection").click()
    page.get_by_role("heading", name="Not saved yet").wait_for()
    shoot("update-offline")


def homes(_: Page, shoot: Shoot) -> None:
    """A manager of several homes sees which need attention."""
    shoot("update-homes")


def take(chromium: Browser, site: str, stack: LocalStack) -> None:
    """Walk every page, as whoever it is for, at each size."""
    carer, _, _ = ready_made(stack, scene(stack).home["location_id"], TEAM)
    known = sorted(each["location_id"] for each in everything(table_of(stack), ChangeKind.HOME))
    groups = tuple(f"home:{each}" for each in known[:HOMES_OF_A_MANAGER])
    manager = Person("a manager", "manager@example.org", groups)
    make(stack, manager)
    walks: list[tuple[str, Person | None, Callable[[Page, Shoot], None]]] = [
        ("/", None, start),
        ("/update.html", carer, update),
        ("/update.html", manager, homes),
    ]
    for size, (width, height) in SIZES.items():
        for path, person, walk in walks:
            with chromium.new_context(viewport={"width": width, "height": height}) as context:
                page = context.new_page()
                page.goto(f"{site}{path}")
                if person:
                    sign_in(page, person)
                page.locator("main h1").wait_for()
                walk(page, _shooting(page, size))


def _shooting(page: Page, size: str) -> Shoot:
    def shoot(name: str) -> None:
        page.screenshot(path=FOLDER / f"{name}-{size}.png", full_page=True)

    return shoot


def main() -> None:
    """With a stack of its own, filled as the demo is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        running(HERE / "screenshots") as stack,
        serving(stack) as site,
        browser() as chromium,
    ):
        fill(stack, None, Console())
        take(chromium, site, stack)
    print(f"in {FOLDER.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
