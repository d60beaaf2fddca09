"""The import bucket keeps directories and the first report on each of their versions."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws

from shared.aws.import_files import ImportBucket
from shared.domain.errors import BusyError
from tests.support.import_bucket import create_import_bucket

KEY = "directory/2026-11.csv"


@pytest.fixture
def bucket() -> Iterator[ImportBucket]:
    """Create an import bucket in moto."""
    with mock_aws():
        yield create_import_bucket()


def test_the_newest_version_of_a_directory_is_read(bucket: ImportBucket) -> None:
    bucket.put_directory(KEY, b"older")
    report_key = bucket.put_directory(KEY, b"newer")
    directory = bucket.newest_directory(KEY)
    assert (directory.key, directory.content) == (KEY, b"newer")
    assert directory.report_key == report_key


def test_a_directory_over_the_limit_is_not_read_to_its_end(bucket: ImportBucket) -> None:
    bucket.put_directory(KEY, b"x" * 1000)
    assert len(bucket.newest_directory(KEY, most_bytes=100).content) == 101


def test_a_report_is_missing_until_it_is_stored(bucket: ImportBucket) -> None:
    assert bucket.report("reports/a.csv.1.json") is None
    bucket.put_report("reports/a.csv.1.json", {"outcome": "imported"})
    assert bucket.report("reports/a.csv.1.json") == {"outcome": "imported"}


def test_the_first_report_on_a_version_stays(bucket: ImportBucket) -> None:
    for outcome in ("imported", "refused"):
        bucket.put_report("reports/a.csv.1.json", {"outcome": outcome})
    assert bucket.report("reports/a.csv.1.json") == {"outcome": "imported"}


def test_reports_are_listed_over_many_pages(bucket: ImportBucket) -> None:
    for number in range(5):
        bucket.put_report(f"reports/{number}.csv.1.json", {})
    bucket.put_directory(KEY, b"")

    class SmallPages:
        def list_objects_v2(self, **request: Any) -> Any:
            return bucket.client.list_objects_v2(**request, MaxKeys=2)

    paged = ImportBucket(SmallPages(), bucket.name)  # type: ignore[arg-type]  # a stand-in
    assert [report.key for report in paged.reports()] == [
        f"reports/{number}.csv.1.json" for number in range(5)
    ]
    assert [report.key for report in paged.reports("reports/3.")] == ["reports/3.csv.1.json"]


def fault(status: int) -> ClientError:
    response: Any = {
        "Error": {"Code": "Fault"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(response, "GetObject")


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (fault(503), BusyError),
        (ReadTimeoutError(endpoint_url="https://s3.example"), BusyError),
        (fault(403), ClientError),
    ],
)
def test_a_failure_of_s3_is_busy_and_a_refusal_is_not(
    error: Exception, raised: type[Exception]
) -> None:
    class Failing:
        def get_object(self, **_: Any) -> Any:
            raise error

    with pytest.raises(raised):
        ImportBucket(Failing(), "bucket").report(KEY)  # type: ignore[arg-type]  # a stand-in
