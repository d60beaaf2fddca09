"""In the deployed stack, a file uploaded with the API's form is imported and reported."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from local.emulator.stack import LocalStack, running
from local.emulator.tokens import token
from tests.import_homes.directories import csv_file, location, locations

REPORTED_WITHIN_SECONDS = 60
PAGES = "http://localhost:8123"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Start a stack for these tests alone: an import closes the homes that it does not find."""
    with running(tmp_path_factory.mktemp("taking")) as stack:
        yield stack


@pytest.fixture(scope="module")
def council(stack: LocalStack) -> Iterator[httpx.Client]:
    """Sign in as an officer of the council."""
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=30) as client:
        yield client


def begin_import(council: httpx.Client, content: bytes, **more: Any) -> dict[str, Any]:
    body = {"format": "csv", "size": len(content), **more}
    response = council.post("/imports", json=body)
    assert response.status_code == 201
    new_import: dict[str, Any] = response.json()
    return new_import


def upload(form: dict[str, Any], content: bytes) -> int:
    """Upload a file with the form as a browser does, and return the status of S3's response."""
    response = httpx.post(
        form["url"], data=form["fields"], files={"file": content}, headers={"Origin": PAGES}
    )
    if response.is_success:
        assert response.headers["access-control-allow-origin"] in (PAGES, "*")
    return response.status_code


def report_on(council: httpx.Client, import_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + REPORTED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        status: dict[str, Any] = council.get(f"/imports/{import_id}").raise_for_status().json()
        if status["state"] == "reported":
            return status
        time.sleep(0.05)
    pytest.fail(f"no report within {REPORTED_WITHIN_SECONDS} s")


def test_an_uploaded_directory_is_imported_and_reported_row_by_row(council: httpx.Client) -> None:
    content = csv_file([*locations(9), location(10, CARE_HOME="perhaps")])
    first = begin_import(council, content)
    assert council.get(f"/imports/{first['import_id']}").json()["state"] == "waiting"
    assert upload(first["form"], content) == 201
    report = report_on(council, first["import_id"])
    assert report["outcome"] == "imported"
    assert report["counts"]["new"] == 9
    problems = council.get(f"/imports/{first['import_id']}?only=problems").json()
    assert [each["row"] for each in problems["rows"]] == [11]
    listed = council.get("/imports").json()["imports"]
    assert first["import_id"] in [each["import_id"] for each in listed]

    fewer = csv_file(locations(2))
    second = begin_import(council, fewer)
    assert upload(second["form"], fewer) == 201
    refused = report_on(council, second["import_id"])
    assert (refused["outcome"], refused["needs_confirmation"]) == ("refused", True)
    third = begin_import(council, fewer, closures_confirmed=True)
    assert upload(third["form"], fewer) == 201
    assert report_on(council, third["import_id"])["counts"]["closed"] == 7


def test_a_form_accepts_only_the_announced_size_and_key(council: httpx.Client) -> None:
    form = begin_import(council, b"x" * 100)["form"]
    assert upload(form, b"x" * 101) == 400
    elsewhere = {**form, "fields": {**form["fields"], "key": "reports/mine.json"}}
    assert upload(elsewhere, b"x" * 100) == 403


def test_only_the_councils_pages_may_upload_from_a_browser(council: httpx.Client) -> None:
    url = begin_import(council, b"x")["form"]["url"]

    def preflight(origin: str) -> int:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return httpx.options(url, headers=headers).status_code

    assert preflight(PAGES) == 200
    assert preflight("https://elsewhere.example.org") == 403


def test_a_carer_is_refused(stack: LocalStack) -> None:
    headers = {"Authorization": f"Bearer {token(stack, ['home:1-9000000001'])}"}
    body = {"format": "csv", "size": 1}
    response = httpx.post(f"{stack.api_url}/imports", headers=headers, json=body, timeout=30)
    assert response.status_code == 403
