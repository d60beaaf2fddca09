"""Find the cells of an .xlsx workbook whose formula failed: to the reader they look blank."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import Final

FailedCells = Mapping[int, Mapping[int, str]]
"""By row, from 1, and by column, from 0: what stands for the cell."""

FAILED: Final = "#VALUE!"
"""Stands for a formula that has no value: it failed, or no program has calculated it yet."""

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CHUNK: Final = 4_000_000

_ELEMENT: Final = r"<(?:\w+:)?{}\b[^>]*>"
_SHEET = re.compile(_ELEMENT.format("sheet"))
_RELATION = re.compile(_ELEMENT.format("Relationship"))
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")

_FAILED = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>")
_NOT_CALCULATED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def failed_cells(content: bytes) -> dict[str, FailedCells]:
    """Return the failed cells of each sheet, by its name. Other workbooks than .xlsx have none."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if not {_WORKBOOK, _RELATIONS} <= names:
            return {}
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in _attributes(_RELATION, archive.read(_RELATIONS))
        }
        failed = {}
        for sheet in _attributes(_SHEET, archive.read(_WORKBOOK)):
            target = targets.get(sheet.get("r:id", sheet.get("id")), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in names:
                failed[sheet.get("name", "")] = _failed_in_sheet(archive, path)
    return failed


def _attributes(element: re.Pattern[str], xml: bytes) -> Iterator[dict[str, str]]:
    for found in element.findall(xml.decode("utf-8", "replace")):
        yield {name: unescape(value) for name, value in _ATTRIBUTE.findall(found)}


def _failed_in_sheet(archive: zipfile.ZipFile, path: str) -> FailedCells:
    failed: dict[int, dict[int, str]] = defaultdict(dict)
    for rows in _whole_rows(archive, path):
        if b'="e"' in rows or b"='e'" in rows:
            for attributes in _FAILED.findall(rows):
                _add(failed, attributes)
        if b"<f" in rows or b":f" in rows:
            for attributes in _NOT_CALCULATED.findall(rows):
                _add(failed, attributes)
    return failed


def _whole_rows(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """Return the sheet in parts that end where a row does."""
    rest = b""
    with archive.open(path) as sheet:
        while chunk := sheet.read(_CHUNK):
            part = rest + chunk
            end = part.rfind(b"row>") + 1
            yield part[:end]
            rest = part[end:]
    yield rest


def _add(failed: dict[int, dict[int, str]], attributes: bytes) -> None:
    reference = _REFERENCE.search(attributes)
    if reference:
        column = 0
        for letter in reference[1]:
            column = column * 26 + letter - ord("A") + 1
        failed[int(reference[2])][column - 1] = FAILED
