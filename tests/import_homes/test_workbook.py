"""A workbook is read from its one visible directory, and a hostile one ends with a reason."""

import subprocess
import zipfile
from io import BytesIO
from typing import Any

import pytest

from import_homes import read_workbook, workbook
from import_homes.columns import Column
from import_homes.csv_file import LONGEST_CELL
from import_homes.directory import read_rows
from import_homes.run_import import run_import
from shared.aws.clock import SYSTEM
from shared.aws.import_files import UploadedDirectory
from shared.domain.errors import MalformedError, TooLargeError
from shared.store.table import Table
from tests.import_homes.directories import (
    README,
    Cells,
    cells_of,
    location,
    locations,
    ods_of,
    xlsx_of,
    zip_of,
)

OLD, NEW = cells_of(locations(3, NAME="Old")), cells_of(locations(2, NAME="New"))

STYLES = (
    "<office:automatic-styles>"
    '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body>"
)


def edited(content: bytes, member: str, old: str, new: str) -> bytes:
    """Return the archive with a part of one of its files replaced."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in files[member]
    return zip_of(files | {member: files[member].replace(old, new, 1)})


def xlsx_with_hidden(number: int, state: str, *sheets: Cells) -> bytes:
    sheet = f'<sheet name="Sheet {number}"'
    return edited(xlsx_of(*sheets), "xl/workbook.xml", sheet, f'{sheet} state="{state}"')


def ods_with_hidden(number: int, *sheets: Cells) -> bytes:
    table = f'<table:table table:name="Sheet {number}"'
    hidden = edited(ods_of(*sheets), "content.xml", table, f'{table} table:style-name="hidden"')
    return edited(hidden, "content.xml", "<office:body>", STYLES)


def names(content: bytes) -> list[str]:
    return [row.cells[Column.NAME] for row in read_rows(content)]


def refusal(content: bytes) -> str:
    with pytest.raises((MalformedError, TooLargeError)) as refused:
        list(read_rows(content))
    return refused.value.detail


@pytest.mark.parametrize(
    "content",
    [
        xlsx_with_hidden(1, "hidden", OLD, NEW),
        xlsx_with_hidden(1, "veryHidden", OLD, NEW),
        xlsx_with_hidden(2, "hidden", NEW, OLD),
        ods_with_hidden(1, OLD, NEW),
        ods_with_hidden(2, NEW, OLD),
    ],
)
def test_a_hidden_sheet_is_not_imported(content: bytes) -> None:
    assert names(content) == ["New"] * 2


def test_a_directory_on_a_hidden_sheet_alone_is_refused_with_its_reason() -> None:
    assert "hidden sheet" in refusal(xlsx_with_hidden(1, "hidden", NEW, README))


@pytest.mark.parametrize("make", [xlsx_of, ods_of])
def test_two_sheets_with_homes_are_refused_and_named(make: Any) -> None:
    half = cells_of([location(3), location(4)])
    assert "sheets 2 and 3" in refusal(make(README, NEW, half))
    # Only a header is no second directory.
    assert names(make(NEW[:1], README, NEW, NEW[:1])) == ["New"] * 2
    assert "no row below the header" in refusal(make(NEW[:1], NEW[:1]))


def far_cells(last: str) -> bytes:
    """Return a workbook of a few kilobytes whose only cells are the first and one far away."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = f'<row r="{last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{last}"><v>1</v></c></row>'
    empty = xlsx_of([[]])
    return edited(empty, "xl/worksheets/1.xml", "<row></row>", cells + far)


def long_shared_string(characters: int, cells: int) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    workbook = edited(xlsx_of([[]]), "xl/worksheets/1.xml", "<row></row>", rows)
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strings = f'<Relationship Id="s" Type="{related}/sharedStrings" Target="sharedStrings.xml"/>'
    workbook = edited(
        workbook,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f"{strings}</Relationships>",
    )
    content = BytesIO(workbook)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        text = "x" * characters
        archive.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{main}"><si><t>{text}</t></si></sst>'
        )
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        far_cells("XFD1048576"),
        far_cells("XFD99999"),
        long_shared_string(1_000_000, 20_000),
    ],
    ids=["last cell", "far cell", "long shared string"],
)
def test_a_workbook_that_takes_all_memory_is_reported(table: Table, content: bytes) -> None:
    assert len(content) < 200_000
    report = run_import(
        UploadedDirectory("directory/a.xlsx", "v", content),
        table=table,
        clock=SYSTEM,
        authorities=frozenset(),
        locate=lambda _: None,
        request_id="request-1",
    )
    assert report["outcome"] == "refused"
    assert "more memory or time" in report["why"]


@pytest.mark.slow
def test_a_filled_cell_far_below_the_directory_is_only_a_row() -> None:
    content = xlsx_of(NEW)
    far = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Source</t></is></c></row>'
    rows = list(
        read_rows(edited(content, "xl/worksheets/1.xml", "</sheetData>", f"{far}</sheetData>"))
    )
    assert [row.number for row in rows] == [2, 3, 1048576]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="D2" t="e"><v>#N/A</v></c>', "#VALUE!"),
        ('<c t="e" r="D2" s="1"><f>VLOOKUP(#REF!,B:C,2)</f><v>#REF!</v></c>', "#VALUE!"),
        ('<c r="D2"><f>B2&amp;C2</f></c>', "#VALUE!"),
        ('<c r="D2"><f t="shared" si="0"/></c>', "#VALUE!"),
        ('<c r="D2" t="str"><f>B2</f><v></v></c>', ""),
        ('<c r="D2" t="str"><f>B2</f><v>New</v></c>', "New"),
    ],
)
def test_a_formula_that_failed_or_was_not_calculated_is_not_blank(cell: str, shown: str) -> None:
    new = '<c t="inlineStr"><is><t>New</t></is></c>'
    content = edited(xlsx_of(README, NEW), "xl/worksheets/2.xml", new, cell)
    assert names(content) == [shown, "New"]


def test_a_cell_that_is_too_long_costs_its_row_alone() -> None:
    rows = list(read_rows(xlsx_of(cells_of([location(1, NAME="x" * 40_000), location(2)]))))
    assert [row.is_whole for row in rows] == [False, True]
    assert len(rows[0].cells[Column.NAME]) == LONGEST_CELL


def test_an_archive_of_too_many_parts_is_refused_before_they_are_listed() -> None:
    content = zip_of({str(number): "" for number in range(workbook.MOST_ENTRIES + 1)})
    assert "too many parts" in refusal(content)


def test_the_process_that_reads_gets_no_rights_and_always_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    started: list[Any] = []
    popen = subprocess.Popen

    def start(*args: Any, **kwargs: Any) -> Any:
        started.append((popen(*args, **kwargs), kwargs["env"]))
        return started[0][0]

    monkeypatch.setattr(subprocess, "Popen", start)
    rows = read_rows(xlsx_of(NEW))
    next(rows)
    del rows
    ((process, environment),) = started
    assert process.returncode is not None
    assert not any(name.startswith("AWS") for name in environment)
    assert workbook.UNREADABLE == read_workbook.UNREADABLE
