"""CQC's directory on its way into the import bucket, and the report that comes back."""

import re
from pathlib import Path
from typing import Any, Final

import boto3

from cli.target import Target
from shared.aws.import_files import ImportBucket
from shared.aws.import_keys import directory_key

Report = dict[str, Any]

_FORMATS: Final = (".csv", ".ods", ".xlsx")
_NAME: Final = re.compile(r"[A-Za-z0-9 ._()-]{1,150}", re.ASCII)


def why_it_cannot_be(file: Path) -> str | None:
    """What is wrong with this file, as far as can be seen from here."""
    if not file.is_file():
        return f"there is no file {file}"
    if file.suffix.lower() not in _FORMATS:
        return f"{file.name}: expected {', '.join(_FORMATS)}, as CQC publishes its directory"
    if not _NAME.fullmatch(file.name):
        return f"{file.name}: rename it first; expected letters, digits, spaces and . _ ( ) -"
    return None


def put(stack: Target, file: Path, *, confirmed: bool) -> str:
    """Upload it; the key under which the report on it will appear."""
    key = directory_key(file.name, closures_confirmed=confirmed)
    return _bucket(stack).put_directory(key, file.read_bytes())


def report_on(stack: Target, report_key: str) -> Report | None:
    """The report, once it is there."""
    return _bucket(stack).report(report_key)


def _bucket(stack: Target) -> ImportBucket:
    return ImportBucket(boto3.client("s3", **stack.connection), stack.output("ImportBucket"))
