"""Through the deployed stack: bad input gets a problem response, never a server error."""

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
    """Sign in someone with every role, so that no request fails for lack of permission."""
    save(table_of(stack), home(HOME))
    everything = token(stack, [f"home:{HOME}", "team:journey-bad-input", "council"])
    with httpx.Client(
        base_url=stack.api_url, timeout=30, headers={"Authorization": f"Bearer {everything}"}
    ) as client:
        yield client


def check_problem(response: httpx.Response, status: int, field: str | None = None) -> None:
    """Check that the response is a problem of this status that names the field."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert "Traceback" not in response.text
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
        ("near=EX2&feature=pets", "feature"),
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
def test_an_invalid_search_names_the_field(client: httpx.Client, query: str, field: str) -> None:
    check_problem(client.get(f"/vacancies?{query}"), 422, field)


@pytest.mark.parametrize(
    "cursor", ["", "x", "!!!!", "bnVsbA", "W10", "WzEsMiwzLDRd", "A" * 1900, "e30="]
)
def test_an_invalid_cursor_is_refused(client: httpx.Client, cursor: str) -> None:
    check_problem(client.get("/vacancies", params={"near": "EX2", "cursor": cursor}), 400)


def test_a_cursor_of_another_search_is_refused(client: httpx.Client, stack: LocalStack) -> None:
    save(table_of(stack), home("1-9700000002"), home("1-9700000003"))
    first = client.get("/vacancies", params={"near": "EX2 5DW", "limit": 1}).json()
    cursor = first["next_cursor"]
    check_problem(client.get("/vacancies", params={"near": "EX4 3QJ", "cursor": cursor}), 400)


def test_a_long_query_string_is_refused(client: httpx.Client) -> None:
    check_problem(client.get("/vacancies?near=" + "x" * 4000), 413)


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
def test_an_invalid_body_is_refused_and_nothing_is_saved(
    client: httpx.Client, body: bytes, status: int
) -> None:
    before = client.get(f"/homes/{HOME}").json()
    check_problem(client.put(f"/homes/{HOME}/vacancies", content=body), status)
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
def test_malicious_paths_find_nothing(client: httpx.Client, stack: LocalStack, path: str) -> None:
    # Not through httpx, which would clean the path.
    address = urlsplit(stack.api_url)
    assert address.hostname
    connection = http.client.HTTPConnection(address.hostname, address.port or 80, timeout=30)
    connection.putrequest("GET", address.path + path)
    connection.putheader("Authorization", client.headers["Authorization"])
    connection.endheaders()
    response = connection.getresponse()
    text = response.read()
    connection.close()
    assert response.status in {400, 404}, (response.status, text)
    assert response.headers["content-type"] == "application/problem+json"


def test_an_unknown_method_is_refused(client: httpx.Client) -> None:
    check_problem(client.put("/vacancies", json={}), 404)
    check_problem(client.delete(f"/homes/{HOME}"), 404)


def _altered(bearer: str, **claims: object) -> str:
    """Return the token with other claims and its old signature."""
    header, payload, signature = bearer.split(".")
    held = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    text = base64.urlsafe_b64encode(json.dumps({**held, **claims}).encode()).decode().rstrip("=")
    return f"{header}.{text}.{signature}"


def test_only_an_unaltered_token_of_this_stack_is_accepted(stack: LocalStack) -> None:
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
        response = httpx.get(f"{stack.api_url}/vacancies?near=EX2", headers=headers, timeout=30)
        assert response.status_code in {401, 403}, (name, response.text)
    response = httpx.get(
        f"{stack.api_url}/vacancies?near=EX2",
        headers={"Authorization": f"Bearer {good}"},
        timeout=30,
    )
    assert response.status_code == 200, response.text
