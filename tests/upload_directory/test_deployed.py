"""Through the deployed stack: a file that is sent by the API's form is imported and reported."""

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
    """One of these tests' own: an import closes the homes that it does not find."""
    with running(tmp_path_factory.mktemp("taking")) as stack:
        yield stack


@pytest.fixture(scope="module")
def council(stack: LocalStack) -> Iterator[httpx.Client]:
    """An officer of the council."""
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=30) as client:
        yield client


def begun(council: httpx.Client, content: bytes, **more: Any) -> dict[str, Any]:
    body = {"format": "csv", "size": len(content), **more}
    answer = council.post("/imports", json=body)
    assert answer.status_code == 201
    found: dict[str, Any] = answer.json()
    return found


def sent(form: dict[str, Any], content: bytes) -> int:
    """What S3 answers a browser that sends this with the form."""
    answer = httpx.post(
        form["url"], data=form["fields"], files={"file": content}, headers={"Origin": PAGES}
    )
    if answer.is_success:
        assert answer.headers["access-control-allow-origin"] in (PAGES, "*")
    return answer.status_code


def report_on(council: httpx.Client, import_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + REPORTED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        told: dict[str, Any] = council.get(f"/imports/{import_id}").raise_for_status().json()
        if told["state"] == "reported":
            return told
        time.sleep(0.05)
    pytest.fail(f"no report within {REPORTED_WITHIN_SECONDS} s")


def test_a_directory_is_sent_imported_and_reported_row_by_row(council: httpx.Client) -> None:
    content = csv_file([*locations(9), location(10, CARE_HOME="perhaps")])
    first = begun(council, content)
    assert council.get(f"/imports/{first['import_id']}").json()["state"] == "waiting"
    assert sent(first["form"], content) == 201
    told = report_on(council, first["import_id"])
    assert told["outcome"] == "imported"
    assert told["counts"]["new"] == 9
    problems = council.get(f"/imports/{first['import_id']}?only=problems").json()
    assert [each["row"] for each in problems["rows"]] == [11]
    listed = council.get("/imports").json()["imports"]
    assert first["import_id"] in [each["import_id"] for each in listed]

    fewer = csv_file(locations(2))
    second = begun(council, fewer)
    assert sent(second["form"], fewer) == 201
    refused = report_on(council, second["import_id"])
    assert (refused["outcome"], refused["needs_confirmation"]) == ("refused", True)
    third = begun(council, fewer, closures_confirmed=True)
    assert sent(third["form"], fewer) == 201
    assert report_on(council, third["import_id"])["counts"]["closed"] == 7


def test_a_form_takes_nothing_else_than_was_said(council: httpx.Client) -> None:
    form = begun(council, b"x" * 100)["form"]
    assert sent(form, b"x" * 101) == 400
    elsewhere = {**form, "fields": {**form["fields"], "key": "reports/mine.json"}}
    assert sent(elsewhere, b"x" * 100) == 403


def test_a_browser_may_ask_from_the_pages_and_from_nowhere_else(council: httpx.Client) -> None:
    url = begun(council, b"x")["form"]["url"]

    def asked(origin: str) -> int:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return httpx.options(url, headers=headers).status_code

    assert asked(PAGES) == 200
    assert asked("https://elsewhere.example.org") == 403


def test_a_carer_is_refused(stack: LocalStack) -> None:
    headers = {"Authorization": f"Bearer {token(stack, ['home:1-9000000001'])}"}
    body = {"format": "csv", "size": 1}
    answer = httpx.post(f"{stack.api_url}/imports", headers=headers, json=body, timeout=30)
    assert answer.status_code == 403
