"""The directory file that an operator imports, and the bucket to which it is uploaded."""

import re
from pathlib import Path
from typing import Final

from cli.errors import UsageError
from cli.target import Target
from shared.aws.import_files import ImportBucket

_FORMATS: Final = (".csv", ".ods", ".xlsx")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9 ._()-]{1,150}", re.ASCII)


def require_directory(file: Path) -> None:
    """Check the name and format of a directory file. Raises UsageError."""
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    if file.suffix.lower() not in _FORMATS:
        formats = ", ".join(_FORMATS)
        raise UsageError(
            f"{file.name} is not a CQC directory. Expected one of the formats {formats}."
        )
    if not _FILE_NAME.fullmatch(file.name):
        raise UsageError(
            f"Rename {file.name} first. The name may have letters, digits, spaces and . _ ( ) -"
        )


def import_bucket(stack: Target) -> ImportBucket:
    """Return the stack's import bucket, with the operator's rights."""
    return ImportBucket(stack.client("s3"), stack.output("ImportBucket"))
