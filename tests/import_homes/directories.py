"""Directories to import, in every format that councils have them in."""

import csv
import zipfile
from collections.abc import Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from import_homes.columns import BANDS, REQUIRED, Column
from shared.domain.vocabulary import ServiceUserBand

MANAGER, PROVIDER = "Registered manager", "Provider Name"
HEADER = [*REQUIRED[:5], MANAGER, *REQUIRED[5:], PROVIDER, "Primary ID"]

README = [["About this file"], ["Location ID", "The id of a location"]]

Cells = Sequence[Sequence[str]]


def location(number: int = 1, /, **columns: str) -> dict[str, str]:
    """Return the cells of a care home; `columns` replace some, by their name in `Column`."""
    cells = dict.fromkeys(HEADER, "")
    cells |= {
        Column.LOCATION_ID: f"1-{9_000_000_000 + number}",
        Column.DORMANT: "N",
        Column.CARE_HOME: "Y",
        Column.NAME: f"Larkrise House {number}",
        Column.PHONE: "01632960001",
        Column.WEBSITE: "www.larkrise.example",
        Column.BEDS: "30",
        Column.RATING: "Good",
        Column.LOCAL_AUTHORITY: "Exampleshire",
        Column.STREET: f"{number} Example Lane",
        Column.CITY: "Exeter",
        Column.POSTCODE: "EX2 5DW",
        Column.LATITUDE: "50.7167",
        Column.LONGITUDE: "-3.5062",
        Column.PROVIDER_ID: "1-900000001",
        Column.NURSING: "Y",
        BANDS[ServiceUserBand.OLDER_PEOPLE]: "Y",
        BANDS[ServiceUserBand.DEMENTIA]: "Y",
        MANAGER: "Secret, Somebody",
        PROVIDER: "Mrs Secret Somebody",
    }
    return cells | {Column[name].value: text for name, text in columns.items()}


def locations(count: int, /, **columns: str) -> list[dict[str, str]]:
    return [location(number, **columns) for number in range(1, count + 1)]


def cells_of(rows: Sequence[dict[str, str]], header: Sequence[str] = HEADER) -> list[list[str]]:
    return [list(header), *([row[name] for name in header] for row in rows)]


def csv_file(rows: Sequence[dict[str, str]], header: Sequence[str] = HEADER) -> bytes:
    return csv_of(cells_of(rows, header))


def csv_of(cells: Cells) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(cells)
    return text.getvalue().encode()


def xlsx_of(*sheets: Cells) -> bytes:
    """Write a workbook with these sheets; text that looks like a number is one."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packaged = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}/relationships">'
        f'<Relationship Id="r" Type="{related}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{related}"><sheets>'
        + "".join(f'<sheet name="Sheet {n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packaged}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{related}/worksheet" Target="worksheets/{n}.xml"/>'
            for n in numbers
        )
        + "</Relationships>",
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        rows = "".join(f"<row>{''.join(map(_xlsx_cell, row))}</row>" for row in sheet)
        files[f"xl/worksheets/{number}.xml"] = (
            f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
        )
    return zip_of(files)


def ods_of(*sheets: Cells) -> bytes:
    """Write a workbook with these sheets, each with the empty margin that programs add."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f'<table:table table:name="Sheet {number}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}"
            '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            for row in sheet
        )
        + '<table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for number, sheet in enumerate(sheets, 1)
    )
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>',
            "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0" '
            f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def zip_of(files: dict[str, str]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit() and not text.startswith("0")


def _xlsx_cell(text: str) -> str:
    if not text:
        return "<c/>"
    if _is_number(text):
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(text)}</text:p></table:table-cell>"
    if _is_number(text):
        return f'<table:table-cell office:value-type="float" office:value="{text}">{shown}'
    return f'<table:table-cell office:value-type="string">{shown}'
