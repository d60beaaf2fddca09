"""CQC's directory on its way into the import bucket, and the report that comes back."""

import json
import re
from pathlib import Path
from typing import Any, Final

import boto3

from cli.target import Target

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
    name = f"confirmed/{file.name}" if confirmed else file.name
    done = boto3.client("s3", **stack.connection).put_object(
        Bucket=stack.output("ImportBucket"), Key=f"directory/{name}", Body=file.read_bytes()
    )
    version = done.get("VersionId") or done["ETag"].strip('"')
    return f"reports/{name}.{version}.json"


def report_on(stack: Target, report_key: str) -> Report | None:
    """The report, once it is there."""
    s3 = boto3.client("s3", **stack.connection)
    try:
        found = s3.get_object(Bucket=stack.output("ImportBucket"), Key=report_key)
    except s3.exceptions.NoSuchKey:
        return None
    report: Report = json.loads(found["Body"].read())
    return report
