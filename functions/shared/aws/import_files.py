"""The import bucket: CQC directories as councils upload them, and the reports on their imports."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from botocore.exceptions import ClientError

from shared.aws import clients, import_keys
from shared.aws.settings import settings
from shared.domain.documents import Document, to_json

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

LARGEST_DIRECTORY: Final = 60_000_000
"""Bytes. CQC's own file has about 25 MB."""

UPLOAD_FORM_SECONDS: Final = 900
"""How long an upload form is valid. An upload that starts in time may end later."""


class UploadedDirectory(NamedTuple):
    """A directory file as it was uploaded."""

    key: str
    version: str
    """The object's version id, or its ETag in a bucket without versions."""
    content: bytes
    """The whole file, or one byte more than the reader allowed."""

    @property
    def closures_are_confirmed(self) -> bool:
        """Whether a council officer has confirmed the closures in it."""
        return import_keys.closures_are_confirmed(self.key)

    @property
    def confirmed_key(self) -> str:
        """The key under which to upload the same file with its closures confirmed."""
        return import_keys.directory_key(import_keys.file_name(self.key), closures_confirmed=True)

    @property
    def report_key(self) -> str:
        """The key of the report on this version."""
        return import_keys.report_key(self.key, self.version)

    @property
    def removals_key(self) -> str:
        """The key of the note of what an import of this version removes."""
        return import_keys.removals_key(self.key, self.version)


class StoredReport(NamedTuple):
    """A report in the bucket."""

    key: str
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class ImportBucket:
    """The import bucket of one stack."""

    client: "S3Client"
    name: str

    def put_directory(self, key: str, content: bytes) -> str:
        """Store a directory and return the key of the report to come. Raises BusyError."""
        stored = clients.call(
            "S3", lambda: self.client.put_object(Bucket=self.name, Key=key, Body=content)
        )
        return import_keys.report_key(key, _version(stored))

    def newest_directory(self, key: str, most_bytes: int = LARGEST_DIRECTORY) -> UploadedDirectory:
        """Read the newest version of a directory. Raises BusyError.

        A late event about an older version must not bring the older register back. A file of
        more than `most_bytes` is read one byte beyond the limit, so that the reader can refuse it.
        """
        response = clients.call("S3", lambda: self.client.get_object(Bucket=self.name, Key=key))
        body = response["Body"]
        # botocore notices a body that breaks off only when it is read without a limit.
        limit = most_bytes + 1 if response["ContentLength"] > most_bytes else None
        return UploadedDirectory(
            key, _version(response), clients.call("S3", lambda: body.read(limit))
        )

    def upload_form(self, key: str, size: int) -> Document:
        """Return a form (`url` and `fields`) that uploads one file of this size to this key."""
        fields = {"success_action_status": "201"}
        form = self.client.generate_presigned_post(
            self.name,
            key,
            Fields=fields,
            Conditions=[fields, ["content-length-range", size, size]],
            ExpiresIn=UPLOAD_FORM_SECONDS,
        )
        return {"url": form["url"], "fields": form["fields"]}

    def put_report(self, key: str, report: Document) -> None:
        """Store a report unless there is one already. Raises BusyError.

        The first report on a version stays: a repeated event finds nothing to change, and its
        report would say so.
        """
        self._put_once(key, report)

    def first_removals(self, key: str, removals: Document) -> Document:
        """Store what an import is about to remove, and return what its first attempt stored.

        Written before it is read: whoever may not list the bucket gets no plain answer about an
        object that is not there. Raises BusyError.
        """
        if self._put_once(key, removals):
            return removals
        response = clients.call("S3", lambda: self.client.get_object(Bucket=self.name, Key=key))
        first: Document = json.loads(clients.call("S3", response["Body"].read))
        return first

    def _put_once(self, key: str, document: Document) -> bool:
        """Store a document unless there is one under its key; tell whether it was stored."""
        try:
            clients.call(
                "S3",
                lambda: self.client.put_object(
                    Bucket=self.name,
                    Key=key,
                    Body=to_json(document).encode(),
                    ContentType="application/json",
                    IfNoneMatch="*",
                ),
            )
        except ClientError as error:
            if clients.error_code(error.response) != "PreconditionFailed":
                raise
            return False
        return True

    def report(self, key: str) -> Document | None:
        """Read a report, or return None while there is none. Raises BusyError."""
        try:
            response = clients.call("S3", lambda: self.client.get_object(Bucket=self.name, Key=key))
        except ClientError as error:
            if clients.error_code(error.response) == "NoSuchKey":
                return None
            raise
        report: Document = json.loads(clients.call("S3", response["Body"].read))
        return report

    def reports(self, prefix: str = import_keys.REPORTS) -> Iterator[StoredReport]:
        """List the reports whose key has this prefix, in no order that matters. Raises BusyError.

        One request for each 1,000 reports.
        """
        request: dict[str, Any] = {"Bucket": self.name, "Prefix": prefix}
        while True:
            page = clients.call("S3", lambda: self.client.list_objects_v2(**request))
            for entry in page.get("Contents", []):
                yield StoredReport(entry["Key"], entry["LastModified"])
            if not page.get("NextContinuationToken"):
                return
            request["ContinuationToken"] = page["NextContinuationToken"]


@functools.cache
def of_this_stack(*, attempts: int = 3) -> ImportBucket:
    """Return the bucket that this function was deployed to use, with so many attempts a request."""
    return ImportBucket(clients.s3(attempts=attempts), settings().import_bucket)


def _version(response: Any) -> str:  # noqa: ANN401 - the same in the responses of get and put
    version: str = response.get("VersionId") or response["ETag"].strip('"')
    return version
