"""Through the deployed stack: whatever is sent, the answer is a refusal and never a fault."""

import base64
import http.client
import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from tests.support.builders import home, save

HOME = "1-9700000001"


@pytest.fixture(scope="module")
def client(stack: LocalStack) -> Iterator[httpx.Client]:
    """Somebody who may do everything, so that nothing is refused for who they are."""
    save(table_of(stack), home(HOME))
    everything = token(stack, [f"home:{HOME}", "team:journey-bad-input", "council"])
    with httpx.Client(
        base_url=stack.api_url, timeout=30, headers={"Authorization": f"Bearer {everything}"}
    ) as client:
        yield client


def refused(answer: httpx.Response, status: int, field: str | None = None) -> None:
    """The answer is a problem of this status that names the field."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert "Traceback" not in answer.text
    if field:
        assert field in {error["field"] for error in problem["errors"]}, problem


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "near"),
        ("near=", "near"),
        ("near=ZZ99+9ZZ", "near"),
        ("near=nowhere", "near"),
        ("near=EX2+5DW&near=EX1", "near"),
        ("near=48.85,2.35", "near"),
        ("near=nan,nan", "near"),
        ("near=inf,-inf", "near"),
        ("near=1e309,0", "near"),
        ("near=%00", "near"),
        ("near=%FF%FE", "near"),
        ("near=" + "x" * 500, "near"),
        ("near=EX2&radius_miles=0", "radius_miles"),
        ("near=EX2&radius_miles=5000", "radius_miles"),
        ("near=EX2&radius_miles=-1", "radius_miles"),
        ("near=EX2&radius_miles=nan", "radius_miles"),
        ("near=EX2&radius_miles=1e2", "radius_miles"),
        ("near=EX2&category=penthouse", "category"),
        ("near=EX2&category=", "category"),
        ("near=EX2&beds=0", "beds"),
        ("near=EX2&beds=1.5", "beds"),
        ("near=EX2&service_user_band=Wizards", "service_user_band"),
        ("near=EX2&min_rating=Splendid", "min_rating"),
        ("near=EX2&feature=helipad", "feature"),
        ("near=EX2&max_age_hours=-1", "max_age_hours"),
        ("near=EX2&available_by=yesterday", "available_by"),
        ("near=EX2&available_by=2020-01-01", "available_by"),
        ("near=EX2&available_by=2026-02-30", "available_by"),
        ("near=EX2&include_full=maybe", "include_full"),
        ("near=EX2&sort=price", "sort"),
        ("near=EX2&limit=0", "limit"),
        ("near=EX2&limit=101", "limit"),
        ("near=EX2&limit=%D9%A3", "limit"),
        ("near=EX2&colour=red", "colour"),
    ],
)
def test_a_search_that_cannot_be_names_its_field(
    client: httpx.Client, query: str, field: str
) -> None:
    refused(client.get(f"/vacancies?{query}"), 422, field)


@pytest.mark.parametrize(
    "cursor", ["", "x", "!!!!", "bnVsbA", "W10", "WzEsMiwzLDRd", "A" * 1900, "e30="]
)
def test_a_cursor_of_nobodys_making_is_refused(client: httpx.Client, cursor: str) -> None:
    refused(client.get("/vacancies", params={"near": "EX2", "cursor": cursor}), 400)


def test_a_cursor_of_another_search_is_refused(client: httpx.Client, stack: LocalStack) -> None:
    save(table_of(stack), home("1-9700000002"), home("1-9700000003"))
    first = client.get("/vacancies", params={"near": "EX2 5DW", "limit": 1}).json()
    cursor = first["next_cursor"]
    refused(client.get("/vacancies", params={"near": "EX4 3QJ", "cursor": cursor}), 400)


def test_a_query_too_long_is_refused(client: httpx.Client) -> None:
    refused(client.get("/vacancies?near=" + "x" * 4000), 413)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 400),
        (b"\xff\xfe", 400),
        (b'"text"', 422),
        (b"null", 422),
        (b"[" * 30_000, 400),
        (b" " * 200_000, 413),
        (b'{"beds": {"general_nursing": {"accepting": 1e400}}}', 422),
        (b'{"beds": {"general_nursing": {"accepting": "1"}}}', 422),
        (b'{"admission_status": {"status": "closed", "reason": "bored"}}', 422),
    ],
)
def test_a_body_that_cannot_be_is_refused_and_nothing_written(
    client: httpx.Client, body: bytes, status: int
) -> None:
    before = client.get(f"/homes/{HOME}").json()
    refused(client.put(f"/homes/{HOME}/vacancies", content=body), status)
    assert client.get(f"/homes/{HOME}").json() == before


@pytest.mark.parametrize(
    "path",
    [
        "/homes/..",
        "/homes/%2e%2e/vacancies",
        "/homes/1-9700000001%2Fvacancies",
        "/homes/%00",
        "/homes/1-9700000001;x",
        "/homes/'%20OR%201=1",
        "/homes/%F0%9F%8F%A0",
        "/homes/" + "1" * 2000,
        "/alerts/..%2F..%2Fetc",
        "/nothing",
        "/",
    ],
)
def test_tricks_with_paths_find_nothing(client: httpx.Client, stack: LocalStack, path: str) -> None:
    # Below httpx, which would tidy the path up.
    address = urlsplit(stack.api_url)
    assert address.hostname
    connection = http.client.HTTPConnection(address.hostname, address.port or 80, timeout=30)
    connection.putrequest("GET", address.path + path)
    connection.putheader("Authorization", client.headers["Authorization"])
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status in {400, 404}, (answer.status, text)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_there_is_refused(client: httpx.Client) -> None:
    refused(client.put("/vacancies", json={}), 404)
    refused(client.delete(f"/homes/{HOME}"), 404)


def _altered(bearer: str, **claims: object) -> str:
    """The token with other claims and its old signature."""
    header, payload, signature = bearer.split(".")
    held = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    text = base64.urlsafe_b64encode(json.dumps({**held, **claims}).encode()).decode().rstrip("=")
    return f"{header}.{text}.{signature}"


def test_only_a_token_of_this_stack_as_it_was_issued_opens_anything(stack: LocalStack) -> None:
    good = token(stack, ["council"])
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    bad = {
        "none": None,
        "not a token": "Bearer nonsense",
        "another scheme": "Basic Y291bmNpbDpjb3VuY2ls",
        "a longer life": f"Bearer {_altered(good, exp=int(time.time()) + 10**6)}",
        "more groups": f"Bearer {_altered(good, **{'cognito:groups': ['team:exeter']})}",
        "expired": f"Bearer {_altered(good, exp=1)}",
        "no signature": f"Bearer {unsigned}.{good.split('.')[1]}.",
    }
    for name, sent in bad.items():
        headers = {"Authorization": sent} if sent else {}
        answer = httpx.get(f"{stack.api_url}/vacancies?near=EX2", headers=headers, timeout=30)
        assert answer.status_code in {401, 403}, (name, answer.text)
    answer = httpx.get(
        f"{stack.api_url}/vacancies?near=EX2",
        headers={"Authorization": f"Bearer {good}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
