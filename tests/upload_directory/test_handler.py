"""A council gets a form to upload its directory with, and reads the report on the import."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.aws.import_files import LARGEST_DIRECTORY, UPLOAD_FORM_SECONDS, ImportBucket
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.fakes import ManualTime
from tests.support.import_bucket import NAME, create_import_bucket
from upload_directory.handler import build
from upload_directory.import_id import ImportId
from upload_directory.imports import REPORTED_WITHIN, find_report

NEW = {"format": "csv", "size": 1000}
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ID = "20261122T093000Z-3f9c0d1e8a72"

ROWS = [
    {"row": 2, "location_id": "1-9000000001", "result": "new"},
    {
        "row": 3,
        "location_id": "1-9000000002",
        "result": "unreadable",
        "why": "Care home? must be Y, N or blank",
    },
    {"row": 4, "result": "not a care home"},
    {"row": 5, "result": "unreadable", "why": "Location ID must be a CQC location id"},
    {"row": 6, "location_id": "1-9000000003", "result": "new", "note": "No phone number was read"},
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
    "notes": ["1 home is not in this file."],
    "kept": ["1-9000000009"],
    "rows": ROWS,
}

Ask = Callable[..., ApiResponse]


@pytest.fixture
def bucket(table: Table) -> ImportBucket:
    """Create the import bucket in moto."""
    return create_import_bucket()


@pytest.fixture
def manual_time() -> ManualTime:
    """Return the time of the function, which the test advances."""
    return ManualTime(NOW)


@pytest.fixture
def ask(bucket: ImportBucket, table: Table, manual_time: ManualTime) -> Ask:
    """Send a request to the function."""
    handler = build(bucket=bucket, table=table, clock=manual_time.clock())

    def send(
        method: str,
        path: str,
        body: object = None,
        *,
        groups: str | None = "council",
        query: str = "",
        headers: dict[str, str] | None = None,
    ) -> ApiResponse:
        return call(handler, method, path, groups=groups, body=body, query=query, headers=headers)

    return send


def store_report(
    bucket: ImportBucket, name: str = f"{ID}.csv.v1", report: dict[str, Any] = REPORT
) -> None:
    bucket.put_report(f"reports/{name}.json", report)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/imports", NEW),
        ("GET", "/imports", None),
        ("GET", f"/imports/{ID}", None),
        ("POST", f"/imports/{ID}/undo", None),
    ],
)
@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("", 403), ("home:1-9000000001", 403), ("team:exeter-discharge", 403)],
)
def test_only_the_council_imports(
    ask: Ask, method: str, path: str, body: object, groups: str | None, status: int
) -> None:
    assert ask(method, path, body, groups=groups).status == status


@pytest.mark.parametrize("path", ["/imports", f"/imports/{ID}/undo"])
def test_an_idempotency_key_is_refused_because_no_response_is_saved(ask: Ask, path: str) -> None:
    headers = {"Idempotency-Key": "8c1f0000-0000"}
    assert ask("POST", path, NEW, headers=headers).status == 400


def test_a_form_uploads_one_file_of_one_size_to_one_key(ask: Ask) -> None:
    response = ask("POST", "/imports", NEW)
    assert response.status == 201
    import_id = response.body["import_id"]
    assert response.headers["location"] == f"/imports/{import_id}"
    form = response.body["form"]
    assert form["fields"]["key"] == f"directory/{import_id}.csv"
    # Under the region's own name: a browser does not follow a redirect here.
    assert form["url"] == f"https://{NAME}.s3.eu-west-2.amazonaws.com/"
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    assert ["content-length-range", 1000, 1000] in policy["conditions"]
    assert {"key": f"directory/{import_id}.csv"} in policy["conditions"]
    assert not any("starts-with" in str(condition) for condition in policy["conditions"])
    expires = datetime.fromisoformat(policy["expiration"].replace("Z", "+00:00"))
    assert expires - datetime.now(UTC) <= timedelta(seconds=UPLOAD_FORM_SECONDS)


def test_confirmed_closures_are_uploaded_to_their_own_folder(ask: Ask) -> None:
    form = ask("POST", "/imports", {**NEW, "closures_confirmed": True}).body["form"]
    assert form["fields"]["key"].startswith("directory/confirmed/")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "pdf", "size": 10}, "format"),
        ({"format": "csv", "size": 0}, "size"),
        ({"format": "csv", "size": LARGEST_DIRECTORY + 1}, "size"),
        ({"format": "csv", "size": "10"}, "size"),
        ({"format": "csv", "size": 10, "name": "a"}, "name"),
    ],
)
def test_an_invalid_request_gets_no_form(ask: Ask, body: dict[str, Any], field: str) -> None:
    response = ask("POST", "/imports", body)
    assert response.status == 422
    assert response.fields == {field}


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_report_on_an_upload_leads_back_to_its_import(
    bucket: ImportBucket, confirmed: bool
) -> None:
    import_id = ImportId.new(NOW, "3f9c0d1e8a72", closures_confirmed=confirmed)
    report_key = bucket.put_directory(import_id.directory_key("csv"), b"")
    directory = bucket.newest_directory(import_id.directory_key("csv"))
    assert directory.closures_are_confirmed is confirmed
    assert report_key.startswith(import_id.report_prefix)
    assert ImportId.of_report(report_key) == import_id


def test_an_import_is_waiting_until_it_is_reported(ask: Ask, bucket: ImportBucket) -> None:
    response = ask("GET", f"/imports/{ID}")
    assert response.status == 200
    assert response.body == {
        "import_id": ID,
        "begun_at": "2026-11-22T09:30:00.000Z",
        "state": "waiting",
    }
    store_report(bucket)
    report = ask("GET", f"/imports/{ID}").body
    assert report["state"] == "reported"
    assert report["outcome"] == "imported"
    assert report["counts"] == REPORT["counts"]
    assert report["needs_confirmation"] is False
    assert report["rows"] == ROWS
    assert (report["notes"], report["kept"]) == (REPORT["notes"], REPORT["kept"])
    assert "version" not in report


def test_an_import_without_a_report_in_time_is_not_found(ask: Ask, manual_time: ManualTime) -> None:
    manual_time.advance(REPORTED_WITHIN + timedelta(seconds=1))
    response = ask("GET", f"/imports/{ID}")
    assert response.status == 404
    assert "no report" in response.body["detail"]


def test_rows_are_shown_page_by_page_and_problems_alone(ask: Ask, bucket: ImportBucket) -> None:
    store_report(bucket)
    second = ask("GET", f"/imports/{ID}", query="offset=1&limit=2").body
    assert (second["rows"], second["total_rows"], second["offset"]) == (ROWS[1:3], 5, 1)
    problems = ask("GET", f"/imports/{ID}", query="only=problems&limit=1").body
    assert (problems["rows"], problems["total_rows"]) == (ROWS[1:2], 3)


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
def test_an_invalid_page_is_refused(ask: Ask, bucket: ImportBucket, query: str, field: str) -> None:
    store_report(bucket)
    response = ask("GET", f"/imports/{ID}", query=query)
    assert response.status == 422
    assert response.fields == {field}


def test_a_file_that_would_close_too_many_homes_needs_confirmation(
    ask: Ask, bucket: ImportBucket
) -> None:
    refused = {
        **REPORT,
        "outcome": "refused",
        "why": "9 homes are missing",
        "would_close": ["1-9000000001"],
        "would_be_dormant": [],
        "rows": [],
    }
    store_report(bucket, report=refused)
    report = ask("GET", f"/imports/{ID}").body
    assert report["needs_confirmation"] is True
    assert report["would_close"] == ["1-9000000001"]
    assert report["why"] == "9 homes are missing"


@pytest.mark.parametrize(
    "text",
    [
        "20261122T093000Z-3f9c0d1e8a7",
        "20261122T093000Z-3f9c0d1e8a72-x",
        "99999999T999999Z-3f9c0d1e8a72",
        "2026-11",
        "..",
        "confirmed",
    ],
)
def test_an_unknown_import_is_not_found(ask: Ask, text: str) -> None:
    assert ask("GET", f"/imports/{text}").status == 404


def test_the_latest_imports_are_listed_but_not_the_reports_on_other_files(
    ask: Ask, bucket: ImportBucket
) -> None:
    older, confirmed = "20261022T093000Z-3f9c0d1e8a72", "20261123T093000Z-3f9c0d1e8a72-confirmed"
    store_report(bucket, f"{older}.ods.v1")
    store_report(bucket)
    store_report(bucket, f"confirmed/{confirmed}.csv.v1")
    store_report(bucket, "2026-11.ods.v1")
    imports = ask("GET", "/imports").body["imports"]
    assert [each["import_id"] for each in imports] == [confirmed, ID, older]
    assert ask("GET", f"/imports/{confirmed}").body["state"] == "reported"


def test_a_form_used_twice_shows_the_later_report(bucket: ImportBucket) -> None:
    store_report(bucket, f"{ID}.csv.z", {**REPORT, "outcome": "refused", "rows": []})
    store_report(bucket, f"{ID}.csv.a", REPORT)

    class LaterByDays:
        """S3 as it lists two reports of which the one with the lower key was stored later."""

        def __getattr__(self, name: str) -> Any:
            return getattr(bucket.client, name)

        def list_objects_v2(self, **request: Any) -> Any:
            page = bucket.client.list_objects_v2(**request)
            for entry in page["Contents"]:
                entry["LastModified"] = NOW + timedelta(days=".csv.a." in entry["Key"])
            return page

    later = ImportBucket(LaterByDays(), bucket.name)  # type: ignore[arg-type]  # a stand-in
    assert find_report(later, ImportId(ID), NOW) == REPORT
