"""A council sends a directory from the page, and reads what became of each row."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from local.emulator.stack import LocalStack, running
from local.site.serve import serving
from tests.import_homes.directories import csv_file, location, locations
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
REPORTED_WITHIN_MS = 60_000
HOMES = 9


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """One of these tests' own: an import closes the homes that it does not find."""
    with running(tmp_path_factory.mktemp("directory")) as stack:
        yield stack


@pytest.fixture(scope="module")
def site(stack: LocalStack) -> Iterator[str]:
    with serving(stack) as url:
        yield url


def opened(world: World, visit: Visit, path: str = "/directory.html", **more: Any) -> Page:
    return visit(path, world.person("council"), **more)


def choose(page: Page, content: bytes, name: str = "directory.csv") -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.get_by_label("The directory").set_input_files(file)


def import_(page: Page) -> None:
    page.get_by_role("button", name="Import", exact=True).click()


def said(page: Page, heading: str) -> None:
    found = page.locator(".notice").get_by_role("heading", name=heading)
    expect(found).to_be_visible(timeout=REPORTED_WITHIN_MS)


def total(page: Page, what: str) -> str:
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=what, exact=True))
    return row.get_by_role("cell").inner_text()


def imported(page: Page, *, rows: int = HOMES, heading: str = "Imported") -> None:
    choose(page, csv_file(locations(rows)))
    import_(page)
    said(page, heading)


def test_a_directory_comes_in_and_a_refused_row_says_what_to_do(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    expect(page.get_by_text("is never touched: bed counts")).to_be_visible()
    bad = location(HOMES + 1, CARE_HOME="perhaps")
    choose(page, csv_file([*locations(HOMES), bad]))
    import_(page)
    said(page, "Imported, but for some rows")
    assert total(page, "Row refused") == "1"
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(str(HOMES + 2))
    expect(rows).to_contain_text("1-9000000010")
    expect(rows).to_contain_text("Care home? must be Y, N or blank")
    expect(rows).to_contain_text(f"Put row {HOMES + 2} right in the file and import it again")
    page.get_by_label("Only the refused rows").uncheck()
    expect(rows).to_have_count(HOMES + 1)
    page.reload()  # the address keeps it
    said(page, "Imported, but for some rows")
    expect(page.get_by_role("link", name=re.compile("^Report of")).first).to_be_visible()


def test_the_report_is_downloaded_whole(world: World, visit: Visit, tmp_path: Path) -> None:
    page = opened(world, visit)
    imported(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download the report (CSV)").click()
    waited.value.save_as(tmp_path / "report.csv")
    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert lines[0][:3] == ["Row", "Location ID", "Result"]
    assert len(lines) == HOMES + 1
    assert lines[1][:2] == ["2", "1-9000000001"]


def test_a_long_report_is_turned_page_by_page(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    imported(page, rows=120)
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Rows after").click()
    expect(page.get_by_text("51 to 100 of 120")).to_be_visible()
    page.get_by_role("button", name="Rows after").click()
    expect(rows).to_have_count(20)
    page.get_by_role("button", name="Rows before").click()
    expect(rows).to_have_count(50)
    imported(page, rows=HOMES, heading="Nothing was changed: please look at this first")


def test_many_homes_leave_only_once_that_was_looked_at(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    imported_all = csv_file(locations(140))
    choose(page, imported_all)
    import_(page)
    said(page, "Imported")
    choose(page, csv_file(locations(2)))
    import_(page)
    said(page, "Nothing was changed: please look at this first")
    expect(
        page.get_by_text("138 homes not in this file would leave the search").first
    ).to_be_visible()
    assert axe_violations(page) == []
    import_(page)
    expect(page.get_by_role("alert")).to_contain_text("Tick the box once you have looked")
    assert axe_violations(page) == []
    page.get_by_label("I have looked at the 138 homes").check()
    import_(page)
    said(page, "Imported")
    assert total(page, "Homes no longer registered") == "138"
    page.locator("summary").click()
    expect(page.get_by_role("link", name="1-9000000007", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("", b"", "Choose the directory's file"),
        ("directory.pdf", b"x", "Choose a file that ends in .csv, .xlsx or .ods"),
        ("directory.xls", b"x", "Save the file as .xlsx first"),
        ("directory.zip", b"x", "Unpack the file first"),
        ("directory.csv", b"", "Choose another file: this one is empty"),
    ],
)
def test_what_cannot_be_a_directory_is_not_sent(
    name: str, content: bytes, expected: str, world: World, visit: Visit
) -> None:
    page = opened(world, visit)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.method))
    if name:
        choose(page, content, name)
    import_(page)
    expect(page.get_by_role("alert")).to_contain_text(expected)
    field = page.get_by_label("The directory")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link").click()
    expect(field).to_be_focused()
    assert axe_violations(page) == []
    assert "POST" not in asked


def test_too_large_a_file_is_not_sent(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    page.evaluate(
        """() => Object.defineProperty(Blob.prototype, "size", { get: () => 61000000 })"""
    )
    choose(page, b"x")
    import_(page)
    expect(page.get_by_role("alert")).to_contain_text("at most 60 MB: this one has 61 MB")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"hello,world\n1,2\n", "This is not CQC's directory"),
        (csv_file(locations(3))[:-40], "The file is cut off"),
        (csv_file([]), "There is no row below the header"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_in_words(
    content: bytes, expected: str, world: World, visit: Visit
) -> None:
    page = opened(world, visit)
    choose(page, content)
    import_(page)
    said(page, "This file cannot be imported")
    expect(page.locator(".notice")).to_contain_text(expected)
    expect(page.locator(".notice")).to_contain_text("Nothing was changed")
    assert axe_violations(page) == []


def test_a_file_that_changed_since_it_was_chosen_is_not_taken(world: World, visit: Visit) -> None:
    page = opened(world, visit)

    def refuse(route: Route) -> None:
        route.fulfill(status=403, body="<Error/>", headers={"access-control-allow-origin": "*"})

    answer_uploads(page, refuse)
    choose(page, csv_file(locations(HOMES)))
    import_(page)
    said(page, "Not done")
    expect(page.locator(".notice")).to_contain_text("choose it again")
    assert axe_violations(page) == []


def test_a_connection_lost_while_sending_is_said_and_the_same_again_is_no_harm(
    world: World, visit: Visit
) -> None:
    page = opened(world, visit)
    answer_uploads(page, lambda route: route.abort())
    choose(page, csv_file(locations(HOMES)))
    import_(page)
    said(page, "No connection")
    assert axe_violations(page) == []
    page.unroute_all()
    import_(page)
    expect(page.locator("table.totals")).to_be_visible(timeout=REPORTED_WITHIN_MS)


def test_a_report_that_does_not_come_is_told_honestly(world: World, visit: Visit) -> None:
    page = opened(world, visit, fresh=True)
    told = {"import_id": "x", "begun_at": "2026-11-22T09:30:00.000Z", "state": "waiting"}
    page.clock.install()
    page.route("**/api/imports/*", lambda route: route.fulfill(json=told))
    choose(page, csv_file(locations(HOMES)))
    import_(page)
    said(page, "Reading the file")
    expect(page.locator(".notice")).to_contain_text("This takes seconds to minutes")
    page.clock.fast_forward(2 * 60_000)
    expect(page.locator(".notice")).to_contain_text("You may leave this page")
    page.clock.fast_forward(20 * 60_000)
    said(page, "No report yet")
    expect(page.locator(".notice")).to_contain_text("Look again in an hour")
    assert axe_violations(page) == []
    page.unroute_all()
    page.get_by_role("button", name="Look again").click()
    expect(page.locator("table.totals, .notice--error").first).to_be_visible()


def test_an_import_that_is_not_there_is_said_so(world: World, visit: Visit) -> None:
    page = opened(world, visit, "/directory.html?import=20200101T000000Z-3f9c0d1e8a72")
    said(page, "Not done")
    assert axe_violations(page) == []


def test_a_carer_is_not_let_in(world: World, visit: Visit) -> None:
    page = visit("/directory.html", world.carer(world.home()))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    assert page.get_by_role("link", name="Import homes").count() == 0


@SIZES
def test_the_page_and_its_report_are_accessible(
    size: tuple[int, int], world: World, visit: Visit
) -> None:
    page = opened(world, visit, size=size)
    assert axe_violations(page) == []
    choose(page, csv_file([*locations(140), location(141, CARE_HOME="perhaps")]))
    import_(page)
    said(page, "Imported, but for some rows")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    assert axe_violations(page) == []
    assert small_targets(page) == []
    assert not scrolls_sideways(page)


def test_nothing_scrolls_sideways_on_the_smallest_phone(world: World, visit: Visit) -> None:
    page = opened(world, visit, size=SMALLEST)
    import_(page)
    assert not scrolls_sideways(page)
    choose(page, csv_file([*locations(140), location(141, CARE_HOME="perhaps")]))
    import_(page)
    said(page, "Imported, but for some rows")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    assert not scrolls_sideways(page)
    assert small_targets(page) == []


def answer_uploads(page: Page, answer: Callable[[Route], None]) -> None:
    """Has what is sent to the bucket be answered so, and everything else as it is."""

    def routed(route: Route) -> None:
        kind = route.request.headers.get("content-type", "")
        if route.request.method == "POST" and "multipart/form-data" in kind:
            answer(route)
        else:
            route.fallback()

    page.route("**/*", routed)
