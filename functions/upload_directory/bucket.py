"""The import bucket, as a browser sends a file to it and a council reads what came of it."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.aws.settings import settings
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from upload_directory.import_id import REPORTS, ImportId

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_s3 import S3Client

FORM_SECONDS: Final = 900
"""How long a form may be used: a file that is on its way by then still arrives."""


@dataclass(frozen=True, slots=True)
class ImportBucket:
    """The bucket of one stack."""

    client: "S3Client"
    name: str


class Reported(NamedTuple):
    """An import whose report is there, and since when."""

    import_id: ImportId
    at: "datetime"


@functools.cache
def of_this_stack() -> ImportBucket:
    """The bucket this function was deployed to use."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 3},
        connect_timeout=1,
        read_timeout=10,
        # Under its region's own name: the general one sends browsers on, which they refuse.
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )
    return ImportBucket(boto3.client("s3", config=config), settings().import_bucket)


def form(bucket: ImportBucket, key: str, size: int) -> Document:
    """A form that puts one file of exactly so many bytes at this key: `url` and `fields`."""
    fields = {"success_action_status": "201"}
    made = bucket.client.generate_presigned_post(
        bucket.name,
        key,
        Fields=fields,
        Conditions=[fields, ["content-length-range", size, size]],
        ExpiresIn=FORM_SECONDS,
    )
    return {"url": made["url"], "fields": made["fields"]}


def report(bucket: ImportBucket, import_id: ImportId) -> Document | None:
    """What came of the import; None as long as nothing did. Raises BusyError."""
    found = _asked(
        lambda: bucket.client.list_objects_v2(Bucket=bucket.name, Prefix=import_id.report_prefix)
    )
    # Where a form was used twice there are two: the file that was sent last stands.
    keys = sorted(found.get("Contents", []), key=lambda each: each["LastModified"])
    if not keys:
        return None
    answer = _asked(lambda: bucket.client.get_object(Bucket=bucket.name, Key=keys[-1]["Key"]))
    document: Document = json.loads(_asked(answer["Body"].read))
    return document


def reported(bucket: ImportBucket, most: int) -> list[Reported]:
    """The imports that have a report, the newest first. Raises BusyError."""
    asked: dict[str, Any] = {"Bucket": bucket.name, "Prefix": REPORTS}
    found: list[Reported] = []
    while True:
        page = _asked(lambda: bucket.client.list_objects_v2(**asked))
        found += (
            Reported(import_id, each["LastModified"])
            for each in page.get("Contents", [])
            if (import_id := ImportId.of_report(each["Key"]))
        )
        if not page.get("NextContinuationToken"):
            return sorted(found, reverse=True)[:most]
        asked["ContinuationToken"] = page["NextContinuationToken"]


A = TypeVar("A")


def _asked(request: Callable[[], A]) -> A:
    try:
        return request()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            raise BusyError("S3 is busy; please send the same again") from error
        raise
    except BotoCoreError as error:
        raise BusyError("S3 did not answer; please send the same again") from error
