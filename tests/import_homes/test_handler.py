"""An upload under `directory/` is taken in, and a report appears under `reports/`."""

import json
from collections.abc import Iterator

import boto3
import pytest
from types_boto3_s3 import S3Client

from import_homes import bucket
from import_homes.handler import handler
from local.lambda_events import Context, object_created
from shared.domain.documents import Document
from shared.domain.geo import Point
from shared.places import postcodes
from shared.places.postcodes import Place
from shared.store import homes
from shared.store.table import Table
from tests.import_homes.directories import csv_file, location, locations

BUCKET = "bedboard-imports"


class OnePostcode:
    """A postcode table that knows one place."""

    def locate(self, text: str) -> Place | None:
        return Place(Point(50.7, -3.5), text, approximate=False) if text == "EX2 5DW" else None


@pytest.fixture
def s3(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Client]:
    """The import bucket, with versions, in moto."""
    monkeypatch.setattr(postcodes, "installed", OnePostcode)
    client = boto3.client("s3")
    client.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    bucket._s3.cache_clear()
    yield client
    bucket._s3.cache_clear()


def upload(s3: S3Client, key: str, content: bytes) -> Document:
    """Put it there, and read the report that its version is answered with."""
    version = s3.put_object(Bucket=BUCKET, Key=key, Body=content)["VersionId"]
    handler(object_created(BUCKET, key), Context())
    name = key.removeprefix("directory/")
    found = s3.get_object(Bucket=BUCKET, Key=f"reports/{name}.{version}.json")
    report: Document = json.loads(found["Body"].read())
    return report


def test_an_uploaded_directory_is_taken_in_and_reported(table: Table, s3: S3Client) -> None:
    rows = [location(1), location(2, LATITUDE="", LONGITUDE="")]
    report = upload(s3, "directory/November 2026 (1)+é.csv", csv_file(rows))
    assert report["outcome"] == "imported"
    assert report["counts"]["new"] == 2
    assert report["file"] == "directory/November 2026 (1)+é.csv"
    assert homes.load(table, "1-9000000002")["latitude"] == 50.7


def test_a_refused_file_is_reported_too_and_confirmed_by_its_folder(
    table: Table, s3: S3Client
) -> None:
    upload(s3, "directory/2026-11.csv", csv_file(locations(9)))
    assert upload(s3, "directory/2026-12.csv", csv_file(locations(2)))["outcome"] == "refused"
    report = upload(s3, "directory/confirmed/2026-12.csv", csv_file(locations(2)))
    assert report["counts"]["closed"] == 7


def test_an_event_that_comes_late_does_not_bring_an_older_file_back(
    table: Table, s3: S3Client
) -> None:
    s3.put_object(Bucket=BUCKET, Key="directory/a.csv", Body=csv_file([location(RATING="Good")]))
    upload(s3, "directory/a.csv", csv_file([location(RATING="Outstanding")]))
    handler(object_created(BUCKET, "directory/a.csv"), Context())
    assert homes.load(table, "1-9000000001")["rating"] == "Outstanding"


def test_too_large_an_object_is_not_read_to_its_end(
    table: Table, s3: S3Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "LARGEST_FILE", 100)
    s3.put_object(Bucket=BUCKET, Key="directory/a.csv", Body=b"x" * 1000)
    assert len(bucket.fetch(BUCKET, "directory/a.csv").content) == 101


def test_a_folder_made_in_the_console_is_passed_over(table: Table, s3: S3Client) -> None:
    s3.put_object(Bucket=BUCKET, Key="directory/confirmed/", Body=b"")
    handler(object_created(BUCKET, "directory/confirmed/"), Context())
    assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET, Prefix="reports/")


def test_the_log_names_the_file_and_the_counts_and_nobody(
    table: Table, s3: S3Client, caplog: pytest.LogCaptureFixture
) -> None:
    upload(s3, "directory/a.csv", csv_file(locations(1)))
    (record,) = (each for each in caplog.records if each.message == "imported")
    assert vars(record)["file"] == "directory/a.csv"
    assert vars(record)["counts"]["new"] == 1
    logged = str([vars(each) for each in caplog.records])
    assert "Secret" not in logged
    assert "01632960001" not in logged
