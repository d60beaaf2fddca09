"""`python -m local.screenshots` takes a picture of every page at both sizes, to be looked at."""

from typing import Final

from playwright.sync_api import Browser, Page
from rich.console import Console

from local import walks
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
PICTURES: Final = ROOT / "docs" / "pictures"
SIZES: Final = {"phone": (360, 740), "desktop": (1280, 800)}
HOMES_OF_A_MANAGER: Final = 5
IN_README: Final = {"update-phone", "search-results-desktop"}
"""Kept in docs/, as much of each as its screen shows."""


def take(chromium: Browser, site: str, stack: LocalStack) -> None:
    """Walk every page, as whoever it is for, at each size."""
    carer, coordinator, officer = ready_made(stack, scene(stack).home["location_id"], TEAM)
    known = sorted(each["location_id"] for each in everything(table_of(stack), ChangeKind.HOME))
    groups = tuple(f"home:{each}" for each in known[:HOMES_OF_A_MANAGER])
    manager = Person("a manager", "manager@example.org", groups)
    make(stack, manager)
    tour: list[tuple[str, Person | None, walks.Walk]] = [
        ("/", None, walks.start),
        ("/update.html", carer, walks.update),
        ("/update.html", manager, walks.homes),
        ("/search.html", coordinator, walks.search),
        ("/alerts.html", coordinator, walks.alerts),
        ("/home.html", carer, walks.shop_window),
        ("/council.html", officer, walks.overview),
        ("/directory.html", officer, walks.importing),
        ("/people.html", officer, walks.people),
        ("/serach.html", None, walks.missing),
    ]
    for size, (width, height) in SIZES.items():
        for path, person, walk in tour:
            with chromium.new_context(viewport={"width": width, "height": height}) as context:
                page = context.new_page()
                page.goto(f"{site}{path}")
                if person:
                    sign_in(page, person)
                page.locator("main h1").wait_for()
                walk(page, _shooting(page, size))


def _shooting(page: Page, size: str) -> walks.Shoot:
    def shoot(name: str) -> None:
        file = f"{name}-{size}"
        page.screenshot(path=FOLDER / f"{file}.png", full_page=True)
        if file in IN_README:
            page.screenshot(path=PICTURES / f"{file}.png")

    return shoot


def main() -> None:
    """With a stack of its own, filled as the demo is."""
    for folder in (FOLDER, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
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
