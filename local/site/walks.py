"""The walks through the pages on which pictures are taken."""

from collections.abc import Callable
from typing import Final

from playwright.sync_api import FilePayload, Page

from layer.build import postcode_package
from local.demo import fictional_directory
from local.emulator.people import Person
from local.site.browser import sign_in
from shared.domain.needs import GROUP_LABELS, NeedGroup
from shared.places.postcodes import FILE_NAME, Postcodes

NOWHERE: Final = "?near=EX2+5DW&radius_miles=2&care_for=learning_disability&min_rating=Outstanding"

Shoot = Callable[[str], object]
"""Takes a picture of the page as it is now, under this name."""

Walk = Callable[[Page, Shoot], None]
"""Uses a page from its opening on, and takes pictures on the way."""


def start(_: Page, shoot: Shoot) -> None:
    """Show the start page before signing in."""
    shoot("start")


def update(page: Page, shoot: Shoot) -> None:
    """As a carer: change a number, mistype it, save, and close the home while offline."""
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
    page.locator("summary", has_text="Reminders").click()
    page.get_by_label("Email address").fill("manager@example.org")
    page.get_by_role("button", name="Add address").click()
    page.get_by_role("heading", name="Waiting for confirmation").wait_for()
    shoot("update-reminders")
    page.get_by_role("button", name="Close to admissions").click()
    shoot("update-closing")
    page.context.set_offline(True)
    page.get_by_label("Outbreak of infection").check()
    page.get_by_role("button", name="Close the home now").click()
    page.get_by_role("heading", name="Not saved yet").wait_for()
    shoot("update-offline")


def declaring(page: Page, shoot: Shoot) -> None:
    """As a carer: see how far the home has come, begin a group anew, and mistype the hours."""
    shoot("declare")
    page.get_by_role("link", name=GROUP_LABELS[NeedGroup.MIND], exact=True).click()
    page.get_by_role("heading", name=GROUP_LABELS[NeedGroup.MIND], level=1).wait_for()
    answered = page.get_by_role("button", name="Take this answer back")
    while answered.count():
        answered.first.click()
    page.get_by_label("Ask us", exact=True).first.check()
    shoot("declare-group")
    page.get_by_role("link", name="All groups").click()
    page.get_by_role("link", name="Who pays, and when you admit").click()
    page.get_by_label("Monday").fill("mornings")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("declare-terms-error")


def homes(_: Page, shoot: Shoot) -> None:
    """As a manager of several homes: see which need attention."""
    shoot("update-homes")


def search(page: Page, shoot: Shoot) -> None:
    """As a coordinator: mistype a postcode, find homes, and set an alert where there are none."""
    shoot("search")
    page.get_by_label("Postcode").fill("EX99 9ZZ")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("search-error")
    page.get_by_label("Postcode").fill("EX2 5DW")
    page.get_by_label("Dementia", exact=True).check()
    find = page.get_by_label("What does the person need?")
    for need in ("hoist", "PEG"):
        find.fill(need)
        find.press("Enter")
    shoot("search-needs")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Show on map").first.click()
    shoot("search-results")
    page.goto(page.url.split("?", maxsplit=1)[0] + NOWHERE)
    page.locator(".suggestions").wait_for()
    page.get_by_role("button", name="Create an alert for this search").click()
    page.get_by_role("heading", name="Alert created").wait_for()
    shoot("search-nothing")


def alerts(page: Page, shoot: Shoot) -> None:
    """As a coordinator: forget the postcode, create an alert, pause it, and add a member."""
    page.get_by_role("button", name="Create alert").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("alerts-error")
    page.get_by_label("Postcode").fill("EX2 5DW")
    page.get_by_label("Dementia nursing", exact=True).check()
    page.get_by_role("button", name="Create alert").click()
    page.get_by_role("heading", name="Alert created").wait_for()
    page.get_by_role("button", name="Pause").first.click()
    page.get_by_role("heading", name="Alert paused").wait_for()
    page.get_by_label("Email address").fill("ward.7@example.nhs.uk")
    page.get_by_role("button", name="Add member").click()
    page.get_by_role("heading", name="Waiting for confirmation").wait_for()
    shoot("alerts")


def shop_window(page: Page, shoot: Shoot) -> None:
    """As a carer: look at the home's page, mistype a fee, and correct it."""
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
    """As an officer: see all homes, and filter until none is left."""
    page.get_by_text("of 28 days.").wait_for(state="detached")
    shoot("council")
    page.get_by_label("Name or postcode").fill("no such home")
    page.get_by_role("button", name="Clear filters").wait_for()
    shoot("council-nothing")


def importing(page: Page, shoot: Shoot) -> None:
    """As an officer: forget the file, send one with a bad row, and one that is too short."""
    page.get_by_role("button", name="Import homes", exact=True).click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("directory-error")
    content = fictional_directory.directory(
        Postcodes(postcode_package() / FILE_NAME).locate
    ).decode()
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
        page.get_by_label("CQC care directory").set_input_files(file)
        page.get_by_role("button", name="Import homes", exact=True).click()
        page.get_by_text("Finished at").wait_for(timeout=60_000)
        page.locator("table.rows tbody tr, #closures-confirmed").first.wait_for()
        shoot(name)


def people(page: Page, shoot: Shoot) -> None:
    """As an officer: list people, mistype an address, invite someone, begin to disable one."""
    shoot("people")
    invitation = page.get_by_role("form", name="Invite someone")
    invitation.get_by_label("Email address").fill("ward 7")
    invitation.get_by_role("button", name="Invite").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("people-error")
    invitation.get_by_label("Email address").fill("new.coordinator@example.org")
    invitation.get_by_label("Role").select_option("Discharge team member")
    invitation.get_by_label("Name of the team").fill("Exeter discharge")
    invitation.get_by_role("button", name="Invite").click()
    page.locator(".notice").wait_for()
    page.get_by_role("button", name="Disable account:").first.click()
    shoot("people-invited")


def agreeing(page: Page, shoot: Shoot) -> None:
    """As someone who was invited by email: look at what is asked, and agree to it."""
    page.get_by_role("button", name="Yes, send me these emails").wait_for()
    shoot("messages")
    page.get_by_role("button", name="Yes, send me these emails").click()
    page.get_by_role("heading", name="You get these emails").wait_for()
    shoot("messages-agreed")


def second_step(page: Page, shoot: Shoot, person: Person) -> None:
    """As a carer: read what a second step is, see the key for the app, and mistype the code."""
    shoot("second-step")
    page.get_by_role("main").get_by_role("button", name="Continue").click()
    sign_in(page, person)
    page.get_by_role("heading", name="Set up your second step").wait_for()
    page.get_by_text("I cannot scan the code").click()
    page.get_by_label("Security code").fill("12345")
    page.get_by_role("button", name="Turn on the second step").click()
    page.locator(".nhsuk-error-summary").wait_for()
    shoot("second-step-error")


def missing(_: Page, shoot: Shoot) -> None:
    """Show the page for an address that does not exist."""
    shoot("not-found")
