"""The import bucket: what was put under `directory/`, and the report on it under `reports/`."""

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from import_homes.directory import LARGEST_FILE
from shared.domain.documents import Document, to_json

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

DIRECTORIES: Final = "directory/"
CONFIRMED: Final = "directory/confirmed/"
"""Where a file is put whose closures the council has looked at."""
REPORTS: Final = "reports/"


class Upload(NamedTuple):
    """A file in the bucket."""

    bucket: str
    key: str
    version: str
    """The object's version id, or its ETag in a bucket without versions."""
    content: bytes
    """All of it, or enough to see that it is too large."""

    @property
    def name(self) -> str:
        """`2026-11.ods`, or `confirmed/2026-11.ods`."""
        return self.key.removeprefix(DIRECTORIES)

    @property
    def closures_are_confirmed(self) -> bool:
        return self.key.startswith(CONFIRMED)

    @property
    def report_key(self) -> str:
        """`reports/2026-11.ods.<version>.json`."""
        return f"{REPORTS}{self.name}.{self.version}.json"


def fetch(bucket: str, key: str) -> Upload:
    """The newest version: an event that comes late must not bring an older register back."""
    found = _s3().get_object(Bucket=bucket, Key=key)
    version = found.get("VersionId") or found["ETag"].strip('"')
    too_large = found["ContentLength"] > LARGEST_FILE
    # Without a limit, a body that breaks off is noticed.
    content = found["Body"].read(LARGEST_FILE + 1) if too_large else found["Body"].read()
    return Upload(bucket, key, version, content)


def put_report(upload: Upload, report: Document) -> None:
    """The first report on a version stands: an event that comes twice finds nothing to change."""
    try:
        _s3().put_object(
            Bucket=upload.bucket,
            Key=upload.report_key,
            Body=to_json(report).encode(),
            ContentType="application/json",
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise


@functools.cache
def _s3() -> "S3Client":
    return boto3.client("s3", config=Config(retries={"mode": "standard", "total_max_attempts": 5}))
