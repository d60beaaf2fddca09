"""Fill a stack: import a care directory, then write what its homes might say and post."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import boto3

from layer.build import postcode_package
from local.demo import occupancy
from local.demo.declarations import declarations
from local.demo.fictional_directory import FILE_NAME, directory
from local.demo.posting_history import Posting, postings
from local.demo.searches import published_searches
from local.demo.shop_windows import shop_windows
from local.emulator.stack import LocalStack, table_of
from shared.aws.clock import SYSTEM, Clock
from shared.aws.import_files import ImportBucket
from shared.aws.import_keys import directory_key
from shared.domain.author import Author
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.places.postcodes import FILE_NAME as TABLE_FILE
from shared.places.postcodes import Postcodes
from shared.store import demand, homes
from shared.store.scan import all_documents

REPORT_WITHIN_SECONDS: Final = 600

Json = dict[str, Any]
Progress = Callable[[int, int], object]
"""Receives how many are done, and how many there are."""


class SeedError(Exception):
    """The import or the simulation failed; the message says why."""


def fictional_directory() -> tuple[str, bytes]:
    """Return the name and content of the directory that the demo brings."""
    locate = Postcodes(postcode_package() / TABLE_FILE).locate
    return FILE_NAME, directory(locate)


def real_directory(path: Path) -> tuple[str, bytes]:
    """Return the name and content of a CQC directory. Raises SeedError."""
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise SeedError(f"HOMES={path}: {error.strerror}") from error


def bring_in(stack: LocalStack, name: str, content: bytes) -> Json:
    """Put a directory into the import bucket and return the import's report. Raises SeedError."""
    bucket = ImportBucket(boto3.client("s3", **stack.connection), stack.import_bucket)
    report_key = bucket.put_directory(directory_key(name, closures_confirmed=False), content)
    deadline = time.monotonic() + REPORT_WITHIN_SECONDS
    while time.monotonic() < deadline:
        report = bucket.report(report_key)
        if report is None:
            time.sleep(0.1)
            continue
        if report["outcome"] != "imported":
            raise SeedError(f"{name} was refused: {report['why']}")
        return report
    raise SeedError(f"no report on {name} came within {REPORT_WITHIN_SECONDS} seconds")


def simulate(stack: LocalStack, now: datetime, progress: Progress, *, weeks: int = 0) -> int:
    """Post simulated bed counts for every home, and return how many posts there were.

    They are saved as `update_vacancy` saves them, but confirmed as long ago as in real life. With
    `weeks`, the earlier posts of that time are written too, each at its own time in the log.
    """
    table = table_of(stack)
    known = {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}
    bodies = occupancy.vacancies(known.values(), now.date())
    posts = postings(bodies, occupancy.ages(bodies), now, weeks=weeks)
    writer = Author("simulation", "simulation")
    for done, posting in enumerate(posts, 1):
        homes.revise(
            table,
            _stopped_at(posting.at) if weeks else SYSTEM,
            posting.location_id,
            _laid_on(posting),
            action=Action.UPDATED,
            author=writer,
        )
        progress(done, len(posts))
    return len(posts)


def describe(stack: LocalStack, today: date) -> int:
    """Write what each fictional home says of itself; return how many say whom they take."""
    table = table_of(stack)
    known = list(all_documents(table, ChangeKind.HOME))
    windows, declared = shop_windows(known), declarations(known, today)
    for location_id in sorted({*windows, *declared}):
        homes.revise(
            table,
            SYSTEM,
            location_id,
            _saying(windows.get(location_id), declared.get(location_id)),
            action=Action.EDITED,
            author=Author("simulation", "simulation"),
        )
    return len(declared)


def publish_searches(stack: LocalStack, now: datetime) -> int:
    """Publish what fictional teams searched for in the last weeks; return the number of weeks."""
    weeks = published_searches(now)
    for period, cells in weeks.items():
        demand.publish(table_of(stack), period, cells)
    return len(weeks)


def _saying(
    window: ShopWindow | None, declaration: Declaration | None
) -> Callable[[CareHome], CareHome]:
    return lambda home: replace(
        home,
        version=home.version + 1,
        shop_window=window or home.shop_window,
        declaration=declaration or home.declaration,
    )


def _laid_on(posting: Posting) -> Callable[[CareHome], CareHome]:
    beds = {
        BedCategory(category): BedCounts.from_document(counts)
        for category, counts in posting.body["beds"].items()
    }
    admission = AdmissionStatus.from_document(posting.body["admission_status"])
    at = posting.at.astimezone(UTC)
    return lambda home: home.update(beds, admission, at)


def _stopped_at(moment: datetime) -> Clock:
    """Return a clock that stands still; nobody reads the log yet, so no reader misses an entry."""
    return SYSTEM._replace(now=lambda: moment.astimezone(UTC))
