"""A council imports a directory on the page, and reads what became of each row."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from local.emulator.stack import LocalStack, running, table_of
from local.site.serve import serving
from shared.store import keys
from tests.import_homes.directories import csv_file, location, locations
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, resize, small_targets

SMALLEST = (320, 568)
REPORTED_WITHIN_MS = 60_000
HOMES = 9


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Start a stack for these tests alone: an import closes the homes that it does not find."""
    with running(tmp_path_factory.mktemp("directory")) as stack:
        yield stack


@pytest.fixture(autouse=True)
def no_homes(stack: LocalStack) -> None:
    """Begin each test without homes: an import is refused if too many of them are not in it."""
    table = table_of(stack)
    for item in table.query(
        "#pk = :homes",
        {":homes": keys.HOMES},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
    ):
        key: Any = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
        table.client.delete_item(TableName=table.name, Key=key)


@pytest.fixture(scope="module")
def site(stack: LocalStack) -> Iterator[str]:
    with serving(stack, port=0) as url:
        yield url


def opened(world: World, visit: Visit, path: str = "/directory.html", **more: Any) -> Page:
    return visit(path, world.person("council"), **more)


def choose(page: Page, content: bytes, name: str = "directory.csv") -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.get_by_label("CQC care directory").set_input_files(file)


def submit(page: Page) -> None:
    page.get_by_role("button", name="Import homes", exact=True).click()


def wait_for_notice(page: Page, heading: str) -> None:
    notice = page.locator(".notice").get_by_role("heading", name=heading)
    expect(notice).to_be_visible(timeout=REPORTED_WITHIN_MS)


def total(page: Page, result: str) -> str:
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=result, exact=True))
    return row.get_by_role("cell").inner_text()


def import_homes(page: Page, *, rows: int = HOMES, heading: str = "Imported") -> None:
    choose(page, csv_file(locations(rows)))
    submit(page)
    wait_for_notice(page, heading)


def test_a_row_that_was_not_imported_says_what_to_do(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    expect(page.get_by_text("that homes posted do not change")).to_be_visible()
    bad = location(HOMES + 1, CARE_HOME="perhaps")
    choose(page, csv_file([*locations(HOMES), bad]))
    submit(page)
    wait_for_notice(page, "Some rows were not imported")
    assert total(page, "Row not imported") == "1"
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(str(HOMES + 2))
    expect(rows).to_contain_text("1-9000000010")
    expect(rows).to_contain_text("Care home? must be Y, N or blank")
    expect(rows).to_contain_text(f"Correct row {HOMES + 2} in the file and import it again")
    page.get_by_label("Show only rows that were not imported").uncheck()
    expect(rows).to_have_count(HOMES + 1)
    page.reload()  # the address names the import
    wait_for_notice(page, "Some rows were not imported")
    expect(page.get_by_role("link", name=re.compile("^Report from")).first).to_be_visible()


def test_the_download_has_every_row_of_the_report(
    world: World, visit: Visit, tmp_path: Path
) -> None:
    page = opened(world, visit)
    import_homes(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download report (CSV)").click()
    downloading.value.save_as(tmp_path / "report.csv")
    text = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert lines[0][:3] == ["Row", "Location ID", "Result"]
    assert len(lines) == HOMES + 1
    assert lines[1][:2] == ["2", "1-9000000001"]


def test_a_long_report_has_pages(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    import_homes(page, rows=120)
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Next rows").click()
    expect(page.get_by_text("51 to 100 of 120")).to_be_visible()
    page.get_by_role("button", name="Next rows").click()
    expect(rows).to_have_count(20)
    page.get_by_role("button", name="Previous rows").click()
    expect(rows).to_have_count(50)
    import_homes(page, rows=HOMES, heading="Check these homes before you import")


def test_many_homes_leave_search_only_once_confirmed(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    choose(page, csv_file(locations(140)))
    submit(page)
    wait_for_notice(page, "Imported")
    choose(page, csv_file(locations(2)))
    submit(page)
    wait_for_notice(page, "Check these homes before you import")
    expect(page.get_by_text("138 homes are not in this file").first).to_be_visible()
    expect(page.get_by_text("138 of your 140 homes (99%) would no longer appear")).to_be_visible()
    expect(page.get_by_role("link", name="Larkrise House 7", exact=True)).to_be_visible()
    expect(page.get_by_text("7 Example Lane, Exeter, EX2 5DW (1-9000000007)")).to_be_visible()
    assert axe_violations(page) == []
    submit(page)
    expect(page.get_by_role("alert")).to_contain_text("Tick the box to confirm")
    assert axe_violations(page) == []
    page.get_by_label("I have checked these 138 homes").check()
    submit(page)
    wait_for_notice(page, "Imported")
    assert total(page, "Homes no longer registered") == "138"
    page.locator("summary").click()
    expect(page.get_by_role("link", name="Larkrise House 7", exact=True)).to_be_visible()
    page.get_by_role("button", name="Bring the homes back").click()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Yes, bring them back").click()
    expect(page.get_by_text("138 homes came back")).to_be_visible()
    assert axe_violations(page) == []
    choose(page, csv_file(locations(140)))
    submit(page)
    wait_for_notice(page, "Imported")
    assert total(page, "Homes unchanged") == "140"


def test_a_file_of_another_kind_is_not_uploaded(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    methods: list[str] = []
    page.on("request", lambda request: methods.append(request.method))
    choose(page, b"x", "directory.pdf")
    submit(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose a .csv, .xlsx or .ods file")
    field = page.get_by_label("CQC care directory")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link").click()
    expect(field).to_be_focused()
    assert axe_violations(page) == []
    assert "POST" not in methods


def test_a_file_that_is_not_a_directory_is_refused(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    choose(page, b"hello,world\n1,2\n")
    submit(page)
    wait_for_notice(page, "This file cannot be imported")
    expect(page.locator(".notice")).to_contain_text("This is not CQC's directory")
    expect(page.locator(".notice")).to_contain_text("Nothing has changed")
    assert axe_violations(page) == []


def test_a_file_that_the_bucket_refuses_can_be_chosen_again(world: World, visit: Visit) -> None:
    page = opened(world, visit)

    def refuse(route: Route) -> None:
        route.fulfill(status=403, body="<Error/>", headers={"access-control-allow-origin": "*"})

    answer_uploads(page, refuse)
    choose(page, csv_file(locations(HOMES)))
    submit(page)
    wait_for_notice(page, "Not done")
    expect(page.locator(".notice")).to_contain_text("Choose the file again")
    assert axe_violations(page) == []


def test_an_upload_that_lost_its_connection_can_be_repeated(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    answer_uploads(page, lambda route: route.abort())
    choose(page, csv_file(locations(HOMES)))
    submit(page)
    wait_for_notice(page, "No connection")
    assert axe_violations(page) == []
    page.unroute_all()
    submit(page)
    expect(page.locator("table.totals")).to_be_visible(timeout=REPORTED_WITHIN_MS)


def test_a_missing_report_can_be_checked_for_later(world: World, visit: Visit) -> None:
    page = opened(world, visit, fresh=True)
    waiting = {"import_id": "x", "begun_at": "2026-11-22T09:30:00.000Z", "state": "waiting"}
    page.clock.install()
    page.route("**/api/imports/*", lambda route: route.fulfill(json=waiting))
    choose(page, csv_file(locations(HOMES)))
    submit(page)
    wait_for_notice(page, "Reading the file")
    expect(page.locator(".notice")).to_contain_text("This can take a few minutes")
    page.clock.fast_forward(2 * 60_000)
    expect(page.locator(".notice")).to_contain_text("You can leave this page")
    page.clock.fast_forward(20 * 60_000)
    wait_for_notice(page, "No report yet")
    expect(page.locator(".notice")).to_contain_text("Check again in an hour")
    assert axe_violations(page) == []
    page.unroute_all()
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("table.totals, .notice--error").first).to_be_visible()


def test_the_address_of_an_unknown_import_is_refused(world: World, visit: Visit) -> None:
    page = opened(world, visit, "/directory.html?import=20200101T000000Z-3f9c0d1e8a72")
    wait_for_notice(page, "Not done")
    assert axe_violations(page) == []


def test_a_carer_cannot_open_the_import(world: World, visit: Visit) -> None:
    page = visit("/directory.html", world.carer(world.home()))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    assert page.get_by_role("link", name="Import homes").count() == 0


def test_the_import_and_its_report_are_accessible(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    assert axe_violations(page) == []
    choose(page, csv_file([*locations(140), location(141, CARE_HOME="perhaps")]))
    submit(page)
    wait_for_notice(page, "Some rows were not imported")
    expect(page.locator("table.rows tbody tr")).to_have_count(1)
    for size in (DESKTOP, PHONE, SMALLEST):
        resize(page, *size)
        assert axe_violations(page) == []
        assert small_targets(page) == []


def answer_uploads(page: Page, answer: Callable[[Route], None]) -> None:
    """Answer uploads to the bucket this way, and leave every other request alone."""

    def handle(route: Route) -> None:
        content_type = route.request.headers.get("content-type", "")
        if route.request.method == "POST" and "multipart/form-data" in content_type:
            answer(route)
        else:
            route.fallback()

    page.route("**/*", handle)


def test_an_old_id_is_pointed_to_its_successor(world: World, visit: Visit) -> None:
    page = opened(world, visit)
    choose(page, csv_file(locations(140)))
    submit(page)
    wait_for_notice(page, "Imported")
    choose(page, csv_file([*locations(140)[1:], location(901, STREET="1 Example Lane")]))
    submit(page)
    wait_for_notice(page, "Imported")
    page.get_by_text("Homes that may have a new location ID: 1").click()
    assert axe_violations(page) == []
    page.get_by_role("link", name="If it is the same home").click()
    page.get_by_role("button", name="Save and carry over what is ticked").click()
    expect(page.get_by_text("1-9000000001 points to 1-9000000901")).to_be_visible()
    assert world.state("1-9000000001")["successor"] == "1-9000000901"

    page.go_back()  # undoing the import does not show the home twice
    page.get_by_role("button", name="Bring the homes back").click()
    page.get_by_role("button", name="Yes, bring them back").click()
    expect(page.get_by_text("These have a new location ID")).to_be_visible()
    expect(page.get_by_role("link", name="1-9000000001", exact=True)).to_be_visible()
    assert axe_violations(page) == []
    assert world.state("1-9000000001")["registration"] == "deregistered"
