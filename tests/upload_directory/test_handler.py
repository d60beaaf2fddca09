"""A council gets a form to send its directory with, and reads what came of it; nobody else does."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from types_boto3_s3 import S3Client

from import_homes import bucket as imported
from import_homes import directory
from shared.domain.documents import to_json
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.fakes import Hands
from upload_directory import bucket, import_id
from upload_directory import handler as upload_directory
from upload_directory.handler import handler
from upload_directory.import_id import ImportId

BUCKET = "bedboard-imports"
NEW = {"format": "csv", "size": 1000}
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ID = "20261122T093000Z-3f9c0d1e8a72"

ROWS = [
    {"row": 2, "location_id": "1-9000000001", "result": "new"},
    {"row": 3, "location_id": "1-9000000002", "result": "unreadable", "why": "Care home?: Y, N"},
    {"row": 4, "result": "not a care home"},
    {"row": 5, "result": "unreadable", "why": "Location ID: a CQC location id"},
]
REPORT: dict[str, Any] = {
    "file": f"directory/{ID}.csv",
    "version": "v1",
    "request_id": "r",
    "started": "2026-11-22T09:30:01.000Z",
    "finished": "2026-11-22T09:30:02.000Z",
    "outcome": "imported",
    "counts": {"new": 1, "unreadable": 2, "not a care home": 1, "closed": 0, "written": 1},
    "closed": [],
    "rows": ROWS,
}


@pytest.fixture
def s3(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Client]:
    """The import bucket, in moto."""
    client = boto3.client("s3")
    client.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    bucket.of_this_stack.cache_clear()
    stack_bucket = bucket.ImportBucket(bucket.of_this_stack().client, BUCKET)
    monkeypatch.setattr(upload_directory, "stack_bucket", stack_bucket)
    yield client
    bucket.of_this_stack.cache_clear()


@pytest.fixture
def hands(table: Table, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The handler's clock."""
    hands = Hands(NOW)
    stack_table = Table(table.client, table.name, hands.clock())
    monkeypatch.setattr(upload_directory, "stack_table", stack_table)
    return hands


def ask(
    method: str, path: str, body: object = None, *, groups: str | None = "council", query: str = ""
) -> ApiResponse:
    return call(handler, method, path, groups=groups, body=body, query=query)


def reported(
    s3: S3Client, name: str = f"{ID}.csv.v1", report: dict[str, Any] | None = None
) -> None:
    s3.put_object(
        Bucket=BUCKET, Key=f"reports/{name}.json", Body=to_json(report or REPORT).encode()
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", "/imports", NEW), ("GET", "/imports", None), ("GET", f"/imports/{ID}", None)],
)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), ("home:1-9000000001", 403), ("team:exeter-discharge", 403)],
)
def test_only_the_council_imports(
    s3: S3Client, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


def test_a_form_takes_one_file_of_that_length_to_a_place_of_its_own(
    s3: S3Client, hands: Hands
) -> None:
    answer = ask("POST", "/imports", NEW)
    assert answer.status == 201
    begun = answer.body["import_id"]
    assert answer.headers["location"] == f"/imports/{begun}"
    form = answer.body["form"]
    assert form["fields"]["key"] == f"directory/{begun}.csv"
    # Under the region's own name: a browser follows no redirect here.
    assert form["url"] == f"https://{BUCKET}.s3.eu-west-2.amazonaws.com/"
    told = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert ["content-length-range", 1000, 1000] in told["conditions"]
    assert {"key": f"directory/{begun}.csv"} in told["conditions"]
    assert not any("starts-with" in str(each) for each in told["conditions"])
    ends = datetime.fromisoformat(told["expiration"].replace("Z", "+00:00"))
    assert ends - datetime.now(UTC) <= timedelta(seconds=bucket.FORM_SECONDS)


def test_confirmed_closures_go_where_the_import_believes_them(s3: S3Client, hands: Hands) -> None:
    form = ask("POST", "/imports", {**NEW, "closures_confirmed": True}).body["form"]
    assert form["fields"]["key"].startswith(imported.CONFIRMED)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "pdf", "size": 10}, "format"),
        ({"format": "csv", "size": 0}, "size"),
        ({"format": "csv", "size": upload_directory.LARGEST_FILE + 1}, "size"),
        ({"format": "csv", "size": "10"}, "size"),
        ({"format": "csv", "size": 10, "name": "a"}, "name"),
    ],
)
def test_what_cannot_be_a_directory_gets_no_form(
    s3: S3Client, body: dict[str, Any], field: str
) -> None:
    answer = ask("POST", "/imports", body)
    assert answer.status == 422
    assert answer.fields == {field}


def test_both_sides_of_the_bucket_agree() -> None:
    assert upload_directory.LARGEST_FILE == directory.LARGEST_FILE
    assert import_id.DIRECTORIES == imported.DIRECTORIES
    assert import_id.REPORTS == imported.REPORTS
    for confirmed in True, False:
        begun = ImportId.new(NOW, "3f9c0d1e8a72", confirmed=confirmed)
        upload = imported.Upload("b", begun.file_key("csv"), "v1", b"")
        assert upload.report_key.startswith(begun.report_prefix)
        assert upload.closures_are_confirmed is confirmed
        assert ImportId.of_report(upload.report_key) == begun


def test_an_import_waits_until_it_is_reported(s3: S3Client, hands: Hands) -> None:
    answer = ask("GET", f"/imports/{ID}")
    assert answer.status == 200
    assert answer.body == {
        "import_id": ID,
        "begun_at": "2026-11-22T09:30:00.000Z",
        "state": "waiting",
    }
    reported(s3)
    told = ask("GET", f"/imports/{ID}").body
    assert told["state"] == "reported"
    assert told["outcome"] == "imported"
    assert told["counts"] == REPORT["counts"]
    assert told["needs_confirmation"] is False
    assert told["rows"] == ROWS
    assert "version" not in told


def test_an_import_that_nothing_came_of_is_said_to_be_lost(s3: S3Client, hands: Hands) -> None:
    hands.move(upload_directory.REPORTED_WITHIN + timedelta(seconds=1))
    answer = ask("GET", f"/imports/{ID}")
    assert answer.status == 404
    assert "no report" in answer.body["detail"]


def test_rows_come_page_by_page_and_the_problems_alone_where_asked(
    s3: S3Client, hands: Hands
) -> None:
    reported(s3)
    second = ask("GET", f"/imports/{ID}", query="offset=1&limit=2").body
    assert (second["rows"], second["total_rows"], second["offset"]) == (ROWS[1:3], 4, 1)
    problems = ask("GET", f"/imports/{ID}", query="only=problems&limit=1").body
    assert (problems["rows"], problems["total_rows"]) == (ROWS[1:2], 2)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("only=good", "only"),
        ("offset=-1", "offset"),
        ("limit=0", "limit"),
        ("limit=5001", "limit"),
        ("limit=1&limit=2", "limit"),
        ("page=1", "page"),
    ],
)
def test_pages_that_cannot_be_are_refused(
    s3: S3Client, hands: Hands, query: str, field: str
) -> None:
    reported(s3)
    answer = ask("GET", f"/imports/{ID}", query=query)
    assert answer.status == 422
    assert answer.fields == {field}


def test_a_file_that_would_close_too_many_homes_is_said_to_need_a_second_look(
    s3: S3Client, hands: Hands
) -> None:
    refused = {
        **REPORT,
        "outcome": "refused",
        "why": "9 homes are missing",
        "would_close": ["1-9000000001"],
        "would_be_dormant": [],
        "rows": [],
    }
    reported(s3, report=refused)
    told = ask("GET", f"/imports/{ID}").body
    assert told["needs_confirmation"] is True
    assert told["would_close"] == ["1-9000000001"]
    assert told["why"] == "9 homes are missing"


@pytest.mark.parametrize(
    "wrong",
    [
        "20261122T093000Z-3f9c0d1e8a7",
        "20261122T093000Z-3f9c0d1e8a72-x",
        "99999999T999999Z-3f9c0d1e8a72",
        "2026-11",
        "..",
        "confirmed",
    ],
)
def test_what_is_no_import_is_not_found(s3: S3Client, hands: Hands, wrong: str) -> None:
    assert ask("GET", f"/imports/{wrong}").status == 404


def test_the_last_imports_are_listed_newest_first_and_others_reports_are_not(
    s3: S3Client, hands: Hands
) -> None:
    older, confirmed = "20261022T093000Z-3f9c0d1e8a72", "20261123T093000Z-3f9c0d1e8a72-confirmed"
    reported(s3, f"{older}.ods.v1")
    reported(s3)
    reported(s3, f"confirmed/{confirmed}.csv.v1")
    reported(s3, "2026-11.ods.v1")
    told = ask("GET", "/imports").body
    assert [each["import_id"] for each in told["imports"]] == [confirmed, ID, older]
    assert ask("GET", f"/imports/{confirmed}").body["state"] == "reported"


def test_of_a_form_that_was_used_twice_the_later_report_stands(s3: S3Client, hands: Hands) -> None:
    reported(s3, f"{ID}.csv.z", {**REPORT, "outcome": "refused", "why": "cut off", "rows": []})
    newest = {**REPORT, "started": "2026-11-22T09:31:00.000Z"}
    later = {"Key": f"reports/{ID}.csv.a.json", "LastModified": NOW + timedelta(days=3650)}
    reported(s3, f"{ID}.csv.a", newest)

    class Listing:
        def __getattr__(self, name: str) -> Any:
            return getattr(s3, name)

        def list_objects_v2(self, **asked: Any) -> Any:
            page = s3.list_objects_v2(**asked)
            return {
                "Contents": [each for each in page["Contents"] if ".z." in each["Key"]] + [later]
            }

    stack_bucket = bucket.ImportBucket(Listing(), BUCKET)  # type: ignore[arg-type]
    assert bucket.report(stack_bucket, ImportId(ID)) == newest
