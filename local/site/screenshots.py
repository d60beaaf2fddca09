"""`python -m local.site.screenshots`: take a picture of every page at both sizes."""

from functools import partial
from typing import Final

import httpx
from playwright.sync_api import Browser, Page
from rich.console import Console

from local.demo.run import choose_scene, fill
from local.demo.story import TEAM
from local.emulator.people import Person, create_people, create_person
from local.emulator.process import ROOT
from local.emulator.sent_messages import emails_to
from local.emulator.stack import HERE, LocalStack, running, table_of
from local.emulator.tokens import token
from local.site import walks
from local.site.browser import browser, sign_in
from local.site.serve import serving
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents

FOLDER: Final = ROOT / "build" / "screenshots"
PICTURES: Final = ROOT / "docs" / "pictures"
SIZES: Final = {"phone": (360, 740), "desktop": (1280, 800)}
HOMES_OF_A_MANAGER: Final = 5
IN_README: Final = {"update-phone", "search-results-desktop"}
"""Kept in docs/pictures, cut to the screen."""


def take(chromium: Browser, site: str, stack: LocalStack) -> None:
    """Take pictures of every page at each size, as a person it is made for."""
    carer, coordinator, officer = create_people(
        stack, choose_scene(stack).home["location_id"], TEAM
    )
    known = sorted(each["location_id"] for each in all_documents(table_of(stack), ChangeKind.HOME))
    groups = tuple(f"home:{each}" for each in known[:HOMES_OF_A_MANAGER])
    manager = Person("a manager", "manager@example.org", groups)
    create_person(stack, manager)
    tour: list[tuple[str, Person | None, walks.Walk]] = [
        ("/", None, walks.start),
        ("/update.html", carer, walks.update),
        ("/update.html", manager, walks.homes),
        ("/declare.html", carer, walks.declaring),
        ("/search.html", coordinator, walks.search),
        ("/alerts.html", coordinator, walks.alerts),
        ("/home.html", carer, walks.shop_window),
        ("/council.html", officer, walks.overview),
        ("/directory.html", officer, walks.importing),
        ("/people.html", officer, walks.people),
        ("/second-step.html", carer, partial(walks.second_step, person=carer)),
        ("/serach.html", None, walks.missing),
    ]
    for size, (width, height) in SIZES.items():
        # Whoever has agreed is asked no more, so each size has an invitation of its own.
        invited = (_invitation(stack, f"ward.{size}@example.org"), None, walks.agreeing)
        for path, person, walk in [*tour, invited]:
            with chromium.new_context(viewport={"width": width, "height": height}) as context:
                page = context.new_page()
                page.goto(f"{site}{path}")
                if person:
                    sign_in(page, person)
                page.locator("main h1").wait_for()
                walk(page, _shooting(page, size))


def _invitation(stack: LocalStack, address: str) -> str:
    """Invite someone to the team's alerts, and return the path that their email leads to."""
    response = httpx.post(
        f"{stack.api_url}/alerts/members",
        json={"protocol": "email", "address": address},
        headers={"Authorization": f"Bearer {token(stack, [f'team:{TEAM}'])}"},
        timeout=30,
    )
    response.raise_for_status()
    return f"/messages.html#{emails_to(stack, address)[-1].tokens[0]}"


def _shooting(page: Page, size: str) -> walks.Shoot:
    def shoot(name: str) -> None:
        file = f"{name}-{size}"
        page.screenshot(path=FOLDER / f"{file}.png", full_page=True)
        if file in IN_README:
            page.screenshot(path=PICTURES / f"{file}.png")

    return shoot


def main() -> None:
    """Start a stack, fill it as the demo does, and take the pictures."""
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
