"""Undo what an import removed: bring back the homes that it closed or found dormant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from shared.aws.clock import Clock
from shared.aws.import_files import ImportBucket
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.errors import ConflictError
from shared.domain.vocabulary import Action, Registration
from shared.store import homes
from shared.store.table import Table
from upload_directory.import_id import ImportId
from upload_directory.imports import find_report

UNDO_WITHIN: Final = timedelta(days=1)

HOMES_AT_ONCE: Final = 40
"""Homes that one request brings back: each takes two requests to the table."""

_IMPORTED: Final = "imported"


class Removed(NamedTuple):
    """A home that an import removed from search, and its registration before."""

    location_id: str
    registration: Registration


def undo_until(report: Document) -> datetime | None:
    """Return until when the removals of an import can be undone; None if it removed no home."""
    if not report.get("removed"):
        return None
    return datetime.fromisoformat(report["finished"]) + UNDO_WITHIN


def removed_homes(bucket: ImportBucket, import_id: ImportId, now: datetime) -> list[Removed]:
    """Return the homes that an import removed, if that can still be undone.

    Raises NotFoundError, ConflictError, BusyError.
    """
    report = find_report(bucket, import_id, now)
    until = undo_until(report) if report else None
    if report is None or until is None:
        raise ConflictError("This import removed no home, so there is nothing to undo.")
    if now > until:
        raise ConflictError(
            "An import can be undone for 24 hours, and they are over. Import CQC's newest "
            "directory: the homes that are in it come back."
        )
    if _was_followed(bucket, datetime.fromisoformat(report["finished"])):
        raise ConflictError(
            "Another directory was imported after this one. Look at the newest report, and undo "
            "that import or import the right file: the homes that are in it come back."
        )
    removed = report["removed"]
    return [Removed(each, Registration(removed[each])) for each in sorted(removed)]


class BroughtBack(NamedTuple):
    """The homes that are registered again, and those that stay as they are under a new id."""

    restored: list[str]
    moved: list[str]


def bring_back(
    table: Table, clock: Clock, removed: Sequence[Removed], author: Author
) -> BroughtBack:
    """Register these homes again as they were, and return the ids of those that had to be.

    What their staff posted stays, also what they posted since. A home that the council says has
    another location id stays removed: search would show it twice. Raises NotFoundError, BusyError.
    """
    result = BroughtBack([], [])
    for location_id, registration in removed:
        revision = homes.revise(
            table,
            clock,
            location_id,
            partial(_as_before, registration=registration),
            action=Action.IMPORTED,
            author=author,
        )
        if revision.changed:
            result.restored.append(location_id)
        elif "successor" in revision.document:
            result.moved.append(location_id)
    return result


def _as_before(home: CareHome, registration: Registration) -> CareHome:
    is_as_before = home.register.registration in (Registration.ACTIVE, registration)
    if is_as_before or home.successor:
        return home
    return home.with_register(replace(home.register, registration=registration))


def _was_followed(bucket: ImportBucket, finished: datetime) -> bool:
    """Tell whether a later import changed homes. Only reports of the last day are read."""
    later = (each for each in bucket.reports() if each.stored_at > finished)
    reports = (bucket.report(each.key) for each in later)
    return any(
        report["outcome"] == _IMPORTED and datetime.fromisoformat(report["finished"]) > finished
        for report in reports
        if report
    )
