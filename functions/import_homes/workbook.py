"""Read the sheets of a workbook (.xlsx or .ods) that is complete and of a sane size."""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from import_homes.csv_file import Record
from shared.domain.errors import MalformedError, TooLargeError

ZIP_SIGNATURE: Final = b"PK\x03\x04"
"""The first bytes of a workbook: both formats are zip archives."""

LARGEST_UNPACKED: Final = 1_200_000_000
"""Bytes. CQC's own file unpacks to some 600 MB and takes 1 GB of memory to read."""

MOST_ENTRIES: Final = 10_000
"""Files in the archive. A workbook has one for each sheet and some ten others."""

_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
_ENCRYPTED = 0x1
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_PROGRAM: Final = "import_homes.read_workbook"
UNREADABLE: Final = 3
"""The program's exit status when its input is no workbook."""


class Sheet(NamedTuple):
    """A sheet of a workbook; its records must be read before the next sheet is."""

    records: Iterator[Record]
    is_hidden: bool = False


def read_sheets(content: bytes, *, largest_unpacked: int = LARGEST_UNPACKED) -> Iterator[Sheet]:
    """Return each sheet, its rows numbered as a spreadsheet program numbers them.

    Raises MalformedError, TooLargeError.
    """
    _check_archive(content, largest_unpacked)
    with _lines_of_program(content) as lines:
        line = next(lines, None)
        while isinstance(line, dict):
            pending: list[Any] = []
            records = _records(lines, pending)
            yield Sheet(records, line["is_hidden"])
            for _ in records:
                pass
            line = pending[0]


def _records(lines: Iterator[Any], behind: list[Any]) -> Iterator[Record]:
    """Return the rows up to the next line that is none, which goes to `behind`."""
    for line in lines:
        if not isinstance(line, list):
            behind.append(line)
            return
        number, cells, is_damaged = line
        yield Record(number, cells, is_damaged)
    behind.append(None)


@contextmanager
def _lines_of_program(content: bytes) -> Iterator[Iterator[Any]]:
    """Read the workbook in a process of its own, which has limits of memory and time."""
    with TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        # Without this function's environment: the process needs no rights and no names.
        path = os.pathsep.join(each or os.getcwd() for each in sys.path)  # noqa: PTH109 - an entry of sys.path is text
        process = subprocess.Popen(  # noqa: S603 - our own words only
            [sys.executable, "-m", _PROGRAM],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")},
        )
    try:
        assert process.stdout  # noqa: S101 - it is a pipe
        yield _lines(process.stdout, process)
    finally:
        process.kill()
        process.communicate()


def _lines(output: IO[bytes], process: "subprocess.Popen[bytes]") -> Iterator[Any]:
    """Return the program's lines. Raises MalformedError, TooLargeError if it did not complete."""
    for line in output:
        if line.endswith(b"\n"):  # the last may be cut off
            yield json.loads(line)
    status = process.wait()
    if status == UNREADABLE:
        raise MalformedError(
            "This archive is not a workbook that can be read. Upload the .ods or .xlsx file "
            "itself, without a password."
        )
    if status != 0:
        raise TooLargeError(
            "This workbook needs more memory or time to read than any directory does. Perhaps a "
            "cell far below or beside the directory is filled. Save the sheet with the directory "
            "as .csv, or copy its rows to a new workbook, and upload that."
        )


def _check_archive(content: bytes, largest_unpacked: int) -> None:
    """Refuse an archive that is encrypted, damaged or too large.

    The archive states its sizes, and a crafted one may lie. Unpacking it once checks them.
    """
    damaged = MalformedError(
        "The workbook is cut off or damaged. Download it again and upload all of it."
    )
    if content.count(_ENTRY_SIGNATURE) > MOST_ENTRIES:
        raise TooLargeError("The workbook has too many parts. Upload CQC's own file.")
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
