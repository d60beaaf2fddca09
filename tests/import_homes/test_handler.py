"""A directory in the import bucket is imported, and a report on it is stored."""

from collections.abc import Callable

import pytest

from import_homes.handler import build
from local.lambda_events import Context, object_created
from shared.aws.clock import SYSTEM
from shared.aws.import_files import ImportBucket
from shared.domain.availability import is_registered
from shared.domain.documents import Document
from shared.domain.geo import Point
from shared.domain.vocabulary import ChangeKind
from shared.places.postcodes import Place
from shared.store import homes
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.import_homes.directories import csv_file, location, locations
from tests.support.fakes import during_each_write
from tests.support.import_bucket import create_import_bucket

Import = Callable[[str], None]
Upload = Callable[[str, bytes], Document]


@pytest.fixture
def bucket(table: Table) -> ImportBucket:
    """Create the import bucket in moto."""
    return create_import_bucket()


@pytest.fixture
def import_key(table: Table, bucket: ImportBucket) -> Import:
    """Call the function with the event of an upload to a key."""
    handler = build(
        table=table, bucket=bucket, clock=SYSTEM, authorities=frozenset(), locate=locate
    )

    def call(key: str) -> None:
        handler(object_created(bucket.name, key), Context())

    return call


@pytest.fixture
def upload(bucket: ImportBucket, import_key: Import) -> Upload:
    """Put a directory into the bucket, and return the report on it."""

    def upload_directory(key: str, content: bytes) -> Document:
        report_key = bucket.put_directory(key, content)
        import_key(key)
        report = bucket.report(report_key)
        assert report is not None
        return report

    return upload_directory


def locate(postcode: str) -> Place | None:
    known = Place(Point(50.7, -3.5), "EX2 5DW", approximate=False)
    return known if postcode == "EX2 5DW" else None


def test_an_uploaded_directory_is_imported_and_reported(table: Table, upload: Upload) -> None:
    rows = [location(1), location(2, LATITUDE="", LONGITUDE="")]
    report = upload("directory/November 2026 (1)+é.csv", csv_file(rows))
    assert report["outcome"] == "imported"
    assert report["counts"]["new"] == 2
    assert report["file"] == "directory/November 2026 (1)+é.csv"
    assert homes.load(table, "1-9000000002")["latitude"] == 50.7


def test_a_refused_file_is_imported_from_the_folder_for_confirmed_closures(upload: Upload) -> None:
    upload("directory/2026-11.csv", csv_file(locations(9)))
    assert upload("directory/2026-12.csv", csv_file(locations(2)))["outcome"] == "refused"
    report = upload("directory/confirmed/2026-12.csv", csv_file(locations(2)))
    assert report["counts"]["closed"] == 7


def test_a_late_event_does_not_bring_an_older_file_back(
    table: Table, bucket: ImportBucket, upload: Upload, import_key: Import
) -> None:
    bucket.put_directory("directory/a.csv", csv_file([location(RATING="Good")]))
    upload("directory/a.csv", csv_file([location(RATING="Outstanding")]))
    import_key("directory/a.csv")
    assert homes.load(table, "1-9000000001")["rating"] == "Outstanding"


def test_a_folder_made_in_the_console_is_ignored(bucket: ImportBucket, import_key: Import) -> None:
    bucket.put_directory("directory/confirmed/", b"")
    import_key("directory/confirmed/")
    assert list(bucket.reports()) == []


def test_the_log_has_the_file_and_the_counts_but_no_names(
    upload: Upload, caplog: pytest.LogCaptureFixture
) -> None:
    upload("directory/a.csv", csv_file(locations(1)))
    (record,) = (each for each in caplog.records if each.message == "imported")
    assert vars(record)["file"] == "directory/a.csv"
    assert vars(record)["counts"]["new"] == 1
    logged = str([vars(each) for each in caplog.records])
    assert "Secret" not in logged
    assert "01632960001" not in logged


def test_the_report_of_a_retry_has_what_the_first_attempt_removed(
    table: Table, bucket: ImportBucket, upload: Upload, import_key: Import
) -> None:
    upload("directory/a.csv", csv_file(locations(60)))
    report_key = bucket.put_directory("directory/confirmed/b.csv", csv_file(locations(5)))
    writes: list[None] = []

    def end_after_one() -> None:
        if writes:
            raise InterruptedError
        writes.append(None)

    ending = build(
        table=during_each_write(table, end_after_one),
        bucket=bucket,
        clock=SYSTEM,
        authorities=frozenset(),
        locate=locate,
    )
    with pytest.raises(InterruptedError):
        ending(object_created(bucket.name, "directory/confirmed/b.csv"), Context())
    closed = [each for each in all_documents(table, ChangeKind.HOME) if not is_registered(each)]
    assert 0 < len(closed) < 55
    assert bucket.report(report_key) is None

    import_key("directory/confirmed/b.csv")
    report = bucket.report(report_key)
    assert report is not None
    gone = {f"1-90000000{number:02d}" for number in range(6, 61)}
    assert report["removed"] == dict.fromkeys(gone, "active")
    assert set(report["closed"]) == gone
    assert report["counts"]["closed"] == 55
    assert gone <= report["homes"].keys()


def test_homes_that_were_gone_before_an_import_are_not_its_removals(upload: Upload) -> None:
    upload("directory/a.csv", csv_file(locations(20)))
    upload("directory/b.csv", csv_file(locations(19)))
    report = upload("directory/c.csv", csv_file(locations(18)))
    assert report["removed"] == {"1-9000000019": "active"}
