"""The imports that the import bucket knows of: the report on one, and the latest of all."""

import heapq
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from shared.aws.import_files import ImportBucket
from shared.domain.documents import Document, timestamp
from shared.domain.errors import NotFoundError
from upload_directory.import_id import ImportId

REPORTED_WITHIN: Final = timedelta(hours=2)
"""From the beginning of an import: by then every retry of it is over."""

MOST_LISTED: Final = 12


def find_report(bucket: ImportBucket, import_id: ImportId, now: datetime) -> Document | None:
    """Return the report on an import, or None while it may still come.

    Raises NotFoundError when it will not come any more, BusyError.
    """
    # A form that was used twice has two reports. The one on the later upload counts.
    newest = max(bucket.reports(import_id.report_prefix), key=attrgetter("stored_at"), default=None)
    report = bucket.report(newest.key) if newest else None
    if report is None and now - import_id.begun_at > REPORTED_WITHIN:
        raise NotFoundError(
            "There is no report on this import: either no file arrived, or the import failed. "
            "Upload the file again."
        )
    return report


def latest_imports(bucket: ImportBucket) -> list[Document]:
    """Return the imports with a report, the newest first. Raises BusyError."""
    imports = (
        (import_id, report.stored_at)
        for report in bucket.reports()
        if (import_id := ImportId.of_report(report.key))
    )
    return [
        {**describe(import_id), "reported_at": timestamp(reported_at)}
        for import_id, reported_at in heapq.nlargest(MOST_LISTED, imports)
    ]


def describe(import_id: ImportId) -> Document:
    """Return an import's id and when it began, as every response gives them."""
    return {"import_id": import_id.text, "begun_at": timestamp(import_id.begun_at)}
