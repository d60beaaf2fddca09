"""Reads the sheets of a workbook (.xlsx or .ods), once it is whole and of a sane size."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from python_calamine import CalamineError, SheetTypeEnum, load_workbook

from shared.domain.errors import MalformedError, TooLargeError

SIGNATURE: Final = b"PK\x03\x04"
"""Either format is a zip archive."""

LARGEST_UNPACKED: Final = 1_200_000_000
"""Bytes; CQC's own file unpacks to some 600 MB, and takes 1 GB of memory to read."""

_ENCRYPTED = 0x1
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def sheets(content: bytes) -> Iterator[Iterator[tuple[int, Sequence[object]]]]:
    """The rows of each sheet, numbered as a spreadsheet program numbers them.

    Raises MalformedError, TooLargeError.
    """
    _check_archive(content)
    try:
        with load_workbook(BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    found = book.get_sheet_by_name(sheet.name)
                    first_row, _ = found.start or (0, 0)
                    yield enumerate(found.iter_rows(), first_row + 1)
    except CalamineError:
        raise MalformedError(
            "this archive cannot be read as a workbook: upload the .ods or .xlsx file itself, "
            "without a password"
        ) from None


def _check_archive(content: bytes) -> None:
    """Unpacks it once: sizes that a crafted archive states are believed only when they held."""
    damaged = MalformedError(
        "the workbook is cut off or damaged: download it again and upload it whole"
    )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(
                entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKED_AS
                for entry in entries
            ):
                raise MalformedError("the workbook is encrypted: save it without a password")
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise TooLargeError(
                    f"the workbook unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB: "
                    "upload CQC's own file, or the council's part of it"
                )
            if archive.testzip() is not None:
                raise damaged
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise damaged from None
