"""Read the sheets of a workbook (.xlsx or .ods) that is complete and of a sane size."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Final

from python_calamine import CalamineError, SheetTypeEnum, load_workbook

from import_homes.csv_file import Record
from shared.domain.errors import MalformedError, TooLargeError

ZIP_SIGNATURE: Final = b"PK\x03\x04"
"""The first bytes of a workbook: both formats are zip archives."""

LARGEST_UNPACKED: Final = 1_200_000_000
"""Bytes. CQC's own file unpacks to some 600 MB and takes 1 GB of memory to read."""

_ENCRYPTED = 0x1
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_sheets(
    content: bytes, *, largest_unpacked: int = LARGEST_UNPACKED
) -> Iterator[Iterator[Record]]:
    """Return the rows of each sheet, numbered as a spreadsheet program numbers them.

    Raises MalformedError, TooLargeError.
    """
    _check_archive(content, largest_unpacked)
    try:
        with load_workbook(BytesIO(content)) as workbook:
            for entry in workbook.sheets_metadata:
                if entry.typ is SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(entry.name)
                    first_row, _ = sheet.start or (0, 0)
                    yield map(Record, count(first_row + 1), sheet.iter_rows())
    except CalamineError:
        raise MalformedError(
            "This archive is not a workbook that can be read. Upload the .ods or .xlsx file "
            "itself, without a password."
        ) from None


def _check_archive(content: bytes, largest_unpacked: int) -> None:
    """Refuse an archive that is encrypted, damaged or too large.

    The archive states its sizes, and a crafted one may lie. Unpacking it once checks them.
    """
    damaged = MalformedError(
        "The workbook is cut off or damaged. Download it again and upload all of it."
    )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(
                entry.flag_bits & _ENCRYPTED or entry.compress_type not in _COMPRESSIONS
                for entry in entries
            ):
                raise MalformedError(
                    "The workbook is encrypted. Save it without a password and upload that."
                )
            if sum(entry.file_size for entry in entries) > largest_unpacked:
                raise TooLargeError(
                    f"The workbook unpacks to more than {largest_unpacked // 1_000_000} MB. "
                    "Upload CQC's own file, or your area's part of it."
                )
            if archive.testzip() is not None:
                raise damaged
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise damaged from None
