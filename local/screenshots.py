"""`python -m local.screenshots` takes a picture of every page at both sizes, to be looked at."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Browser, FilePayload, Page
from rich.console import Console

from layer.build import postcode_package
from local import fiction
from local.browser import browser, sign_in
from local.demo import fill, scene
from local.people import Person, make, ready_made
from local.process import ROOT
from local.seed import table_of
from local.site import serving
from local.stack import HERE, LocalStack, running
from local.story import TEAM
from shared.following import everything
from shared.postcodes import FILE_NAME, Postcodes
from shared.vocabulary import ChangeKind

FOLDER: Final = ROOT / "build" / "screenshots"
SIZES: Final = {"phone": (360, 740), "desktop": (1280, 800)}
HOMES_OF_A_MANAGER: Final = 5
NOWHERE: Final = "?near=EX2+5DW&radius_miles=2&need=learning_disability&min_rating=Outstanding"

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
    page.locator("summary", has_text="Remind us").click()
    page.get_by_label("E-mail address").fill("manager@example.org")
    page.get_by_role("button", name="Add address").click()
    page.get_by_role("heading", name="Member added").wait_for()
    shoot("update-reminders")
    page.get_by_role("button", name="Close to admissions").click()
    shoot("update-closing")
    page.context.set_offline(True)
    page.get_by_role("button", name="Outbreak of infection").click()
    page.get_by_role("heading", name="Not saved yet").wait_for()
    shoot("update-offline")


def homes(_: Page, shoot: Shoot) -> None:
    """A manager of several homes sees which need attention."""
    shoot("update-homes")


def search(page: Page, shoot: Shoot) -> None:
    """A coordinator mistypes a postcode, finds homes, and sets an alert where there is none."""
    shoot("search")
    page.get_by_label("Postcode").fill("EX99 9ZZ")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("search-error")
    page.get_by_label("Postcode").fill("EX2 5DW")
    page.get_by_label("Dementia", exact=True).check()
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Show on map").nth(1).click()
    shoot("search-results")
    page.goto(page.url.split("?", maxsplit=1)[0] + NOWHERE)
    page.locator(".empty__offers").wait_for()
    page.get_by_role("button", name="Tell me when one opens").click()
    page.get_by_role("heading", name="Your team will be told").wait_for()
    shoot("search-nothing")


def alerts(page: Page, shoot: Shoot) -> None:
    """A coordinator mistypes a postcode, makes an alert, pauses it, and adds a member."""
    page.get_by_role("button", name="Create alert").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("alerts-error")
    page.get_by_label("Near which postcode").fill("EX2 5DW")
    page.get_by_label("Dementia nursing", exact=True).check()
    page.get_by_role("button", name="Create alert").click()
    page.get_by_role("heading", name="Alert created").wait_for()
    page.get_by_role("button", name="Pause").first.click()
    page.get_by_role("heading", name="Paused").wait_for()
    page.get_by_label("E-mail address").fill("ward.7@example.nhs.uk")
    page.get_by_role("button", name="Add member").click()
    page.get_by_role("heading", name="Member added").wait_for()
    shoot("alerts")


def shop_window(page: Page, shoot: Shoot) -> None:
    """A carer looks at the home's page, mistypes a fee, and puts it right."""
    page.locator(".history > li").first.wait_for()
    shoot("home")
    page.get_by_role("button", name="Edit this page").click()
    page.get_by_label("Weekly fee from").fill("lots")
    page.get_by_label("Weekly fee up to").fill("1200")
    page.get_by_role("button", name="Save").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("home-edit-error")
    page.get_by_label("Weekly fee from").fill("950")
    page.get_by_role("button", name="Save").click()
    page.locator(".notice").first.wait_for()
    page.locator(".history > li").first.wait_for()
    shoot("home-edited")


def overview(page: Page, shoot: Shoot) -> None:
    """An officer sees all homes, and filters until nothing is left."""
    page.get_by_text("Reading the change log").wait_for(state="detached")
    shoot("council")
    page.get_by_label("Name or postcode").fill("no such home")
    page.get_by_role("button", name="Show all homes").wait_for()
    shoot("council-nothing")


def importing(page: Page, shoot: Shoot) -> None:
    """An officer forgets the file, sends one with a row that is refused, and too short a one."""
    page.get_by_role("button", name="Import", exact=True).click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("directory-error")
    content = fiction.directory(Postcodes(postcode_package() / FILE_NAME).locate).decode()
    head, first, *others = content.splitlines(keepends=True)
    for name, lines in {
        "directory": [head, first.replace(",Y,", ",perhaps,"), *others],
        "directory-confirm": [head, first, *others[: len(others) // 2]],
    }.items():
        file: FilePayload = {
            "name": "directory.csv",
            "mimeType": "text/csv",
            "buffer": "".join(lines).encode(),
        }
        page.get_by_label("The directory").set_input_files(file)
        page.get_by_role("button", name="Import", exact=True).click()
        page.get_by_text("Finished at").wait_for(timeout=60_000)
        page.locator("table.rows tbody tr, #closures-confirmed").first.wait_for()
        shoot(name)


def people(page: Page, shoot: Shoot) -> None:
    """An officer looks who is here, mistypes an address, invites somebody, and nearly disables."""
    shoot("people")
    invitation = page.get_by_role("form", name="Invite somebody")
    invitation.get_by_label("E-mail address").fill("ward 7")
    invitation.get_by_role("button", name="Invite").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("people-error")
    invitation.get_by_label("E-mail address").fill("new.coordinator@example.org")
    invitation.get_by_label("What they are here").select_option("Member of a discharge team")
    invitation.get_by_label("Name of the team").fill("Exeter discharge")
    invitation.get_by_role("button", name="Invite").click()
    page.locator(".notice").wait_for()
    page.get_by_role("button", name="Disable:").first.click()
    shoot("people-invited")


def take(chromium: Browser, site: str, stack: LocalStack) -> None:
    """Walk every page, as whoever it is for, at each size."""
    carer, coordinator, officer = ready_made(stack, scene(stack).home["location_id"], TEAM)
    known = sorted(each["location_id"] for each in everything(table_of(stack), ChangeKind.HOME))
    groups = tuple(f"home:{each}" for each in known[:HOMES_OF_A_MANAGER])
    manager = Person("a manager", "manager@example.org", groups)
    make(stack, manager)
    walks: list[tuple[str, Person | None, Callable[[Page, Shoot], None]]] = [
        ("/", None, start),
        ("/update.html", carer, update),
        ("/update.html", manager, homes),
        ("/search.html", coordinator, search),
        ("/alerts.html", coordinator, alerts),
        ("/home.html", carer, shop_window),
        ("/council.html", officer, overview),
        ("/directory.html", officer, importing),
        ("/people.html", officer, people),
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
