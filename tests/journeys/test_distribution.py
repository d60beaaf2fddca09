"""Through the template's distribution: pages, headers, and every part of a request to the API.

CloudFront itself is not here. The emulator serves the distribution that was synthesised, with its
behaviours, policies and functions, but it caches nothing and speaks plain HTTP.
"""

import gzip
import json
from collections.abc import Iterator

import boto3
import httpx
import pytest

from infra.site.headers import cache_control, page_headers
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.aws.address_key import AddressKey
from shared.domain.documents import Document
from shared.http.request import DISTRIBUTION_PROOF, VIEWER
from shared.store import stack_secret
from shared.store.code_tries import MOST_OF_ADDRESS
from tests.support.builders import counts, home, save
from tests.support.deployed import configuration
from web.build import page_specs

HOME = "1-7200000001"
MANY = [f"1-72000001{number:02}" for number in range(20)]
BEDS = counts(accepting=2)
POST = {
    "beds": {
        "general_nursing": {
            "maximum_capacity": BEDS.maximum_capacity,
            "occupied": BEDS.occupied,
            "reserved": BEDS.reserved,
            "accepting": BEDS.accepting,
            "not_available": BEDS.not_available,
        }
    }
}
CLOUDFRONT_REFUSES = 403


@pytest.fixture(scope="module")
def site(councils: dict[str, LocalStack]) -> Iterator[httpx.Client]:
    """Return a client that asks the distribution of `example`, signed in to nothing."""
    stack = councils["example"]
    with httpx.Client(
        base_url=stack.endpoint_url,
        headers={"Host": stack.site_host, "Accept-Encoding": "identity"},
        timeout=30,
    ) as client:
        yield client


@pytest.fixture(scope="module")
def bearer(councils: dict[str, LocalStack]) -> dict[str, str]:
    """Save homes, and return the header of someone who may see and change them."""
    stack = councils["example"]
    save(table_of(stack), *(home(each) for each in (HOME, *MANY)))
    everything = token(stack, [f"home:{HOME}", "team:journey-distribution", "council"])
    return {"Authorization": f"Bearer {everything}"}


def version_of(site: httpx.Client, bearer: dict[str, str]) -> str:
    return site.get(f"/api/homes/{HOME}", headers=bearer).headers["etag"]


@pytest.mark.parametrize("page", ["/", *(f"/{name}" for name in sorted(page_specs()))])
def test_every_page_has_the_security_headers(
    councils: dict[str, LocalStack], site: httpx.Client, page: str
) -> None:
    response = site.get(page)
    missing = page == "/not-found.html"
    assert response.status_code == (404 if missing else 200)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == cache_control("/index.html")
    check_security_headers(councils["example"], response)


def check_security_headers(stack: LocalStack, response: httpx.Response) -> None:
    expected = page_headers(
        sign_in_urls=[
            f"https://bedboard-example-000000000000.auth.{stack.region}.amazoncognito.com",
            f"https://cognito-idp.{stack.region}.amazonaws.com",
        ],
        upload_url=f"https://{stack.import_bucket}.s3.{stack.region}.amazonaws.com",
    )
    assert {name: response.headers[name] for name in expected} == expected


def test_assets_are_kept_for_long(site: httpx.Client) -> None:
    page = site.get("/").text
    (script,) = {each for each in page.split('"') if each.endswith("/pages/start/page.js")}
    response = site.get(f"/{script.removeprefix('/')}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == cache_control(script)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/nowhere.html", "/search.html/", "/api", "/apis/homes", "/search"]
)
def test_an_unknown_page_is_the_not_found_page(
    councils: dict[str, LocalStack], site: httpx.Client, path: str
) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert response.text == site.get("/not-found.html").text
    assert "Page not found" in response.text
    check_security_headers(councils["example"], response)


@pytest.mark.parametrize("path", ["/api/nowhere", "/api/", "/api/api/homes"])
def test_an_unknown_path_of_the_api_is_a_problem(
    councils: dict[str, LocalStack], site: httpx.Client, bearer: dict[str, str], path: str
) -> None:
    for headers in {}, bearer:
        response = site.get(path, headers=headers)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        check_security_headers(councils["example"], response)


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("HEAD", 404),
        ("DELETE", 404),
        # The distribution passes on seven methods; TRACE is none of them.
        ("TRACE", CLOUDFRONT_REFUSES),
        # What the emulator answers by itself: on AWS it goes the way of HEAD and DELETE.
        ("OPTIONS", 403),
    ],
)
def test_a_method_without_a_route_is_no_server_error(
    site: httpx.Client, method: str, status: int
) -> None:
    assert site.request(method, "/api/vacancies").status_code == status


def test_a_page_answers_head_without_a_body_and_no_other_method(site: httpx.Client) -> None:
    response = site.head("/search.html")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0
    assert response.content == b""
    for method in "POST", "PUT", "DELETE":
        assert site.request(method, "/search.html").status_code == CLOUDFRONT_REFUSES


def test_plain_http_is_led_to_https_for_pages_and_refused_by_the_api(
    councils: dict[str, LocalStack], site: httpx.Client, bearer: dict[str, str]
) -> None:
    plain = {"X-Forwarded-Proto": "http"}
    response = site.get("/search.html?near=EX2", headers=plain)
    assert response.status_code == 301
    host = councils["example"].site_host
    assert response.headers["location"] == f"https://{host}/search.html?near=EX2"
    response = site.get("/api/homes", headers={**plain, **bearer})
    assert response.status_code == CLOUDFRONT_REFUSES


def test_the_api_gets_the_token(site: httpx.Client, bearer: dict[str, str]) -> None:
    for path in f"/api/homes/{HOME}", f"/api//homes/{HOME}":
        response = site.get(path)
        assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})
    assert site.get(f"/api/homes/{HOME}", headers=bearer).json()["location_id"] == HOME


def test_an_update_names_the_version_that_it_changes(
    site: httpx.Client, bearer: dict[str, str]
) -> None:
    path, seen = f"/api/homes/{HOME}/vacancies", version_of(site, bearer)
    headers = {**bearer, "If-Match": seen, "Idempotency-Key": "distribution-1"}
    saved = site.put(path, json=POST, headers=headers)
    assert saved.status_code == 200
    assert saved.headers["etag"] == version_of(site, bearer) != seen
    again = site.put(path, json=POST, headers=headers)
    assert (again.status_code, again.headers["idempotency-replayed"]) == (200, "true")
    late = site.put(path, json=POST, headers={**headers, "Idempotency-Key": "distribution-2"})
    assert late.status_code == 412
    assert late.headers["etag"] == saved.headers["etag"]


def test_a_version_that_the_client_has_is_not_sent_again(
    site: httpx.Client, bearer: dict[str, str]
) -> None:
    seen = version_of(site, bearer)
    response = site.get(f"/api/homes/{HOME}", headers={**bearer, "If-None-Match": seen})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == seen


@pytest.mark.parametrize("place", ["EX2+5DW", "EX2%205DW", "ex25dw", "50.7167%2C-3.5062"])
def test_a_search_finds_the_same_however_its_query_is_written(
    site: httpx.Client, bearer: dict[str, str], place: str
) -> None:
    query = f"near={place}&radius_miles=5&need=en_suite&need=oxygen&fit=yes"
    assert results(site, bearer, query) == []
    query = f"near={place}&radius_miles=5&limit=100"
    assert {*MANY, HOME} <= {each["location_id"] for each in results(site, bearer, query)}


def results(site: httpx.Client, bearer: dict[str, str], query: str) -> list[Document]:
    response = site.get(f"/api/vacancies?{query}", headers=bearer)
    assert response.status_code == 200, response.text
    found: list[Document] = response.json()["results"]
    return found


def test_a_long_response_is_compressed_for_who_accepts_it(
    site: httpx.Client, bearer: dict[str, str]
) -> None:
    path = "/api/vacancies?near=EX2+5DW&radius_miles=5&limit=100"
    plain = site.get(path, headers=bearer)
    assert "content-encoding" not in plain.headers
    with site.stream("GET", path, headers={**bearer, "Accept-Encoding": "gzip"}) as response:
        sent = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) == len(sent) < len(plain.content) / 3
    names = [each["location_id"] for each in json.loads(gzip.decompress(sent))["results"]]
    assert sorted(names) == sorted(each["location_id"] for each in plain.json()["results"])


def test_nothing_of_the_api_may_be_stored(site: httpx.Client, bearer: dict[str, str]) -> None:
    for path in f"/api/homes/{HOME}", "/api/vacancies?near=EX2", "/api/vacancies", "/api/nowhere":
        assert site.get(path, headers=bearer).headers["cache-control"] == "no-store"


def test_each_council_has_a_distribution_of_its_own(councils: dict[str, LocalStack]) -> None:
    for stack in councils.values():
        response = httpx.get(
            f"{stack.endpoint_url}/config.json", headers={"Host": stack.site_host}, timeout=30
        )
        assert response.json()["sign_in"]["client_id"] == stack.client_id


def test_nobody_gets_more_tries_of_codes_by_claiming_to_be_someone_else(
    councils: dict[str, LocalStack], site: httpx.Client
) -> None:
    """Through the distribution and past it: the emulator has one address for both."""
    stack = councils["example"]
    # Codes are weighed once the stack has its secret.
    key_id = configuration(stack, "post_by_link")["Environment"]["Variables"]["ADDRESS_KEY"]
    key = AddressKey(boto3.client("kms", **stack.connection), key_id)
    stack_secret.drawn(table_of(stack), key)
    wrong = {"code": "00000-00000"}
    for tried in range(2 * MOST_OF_ADDRESS):  # twice as many where a new hour begins on the way
        claimed = f"192.0.2.{tried}"
        headers = {VIEWER: claimed, "X-Forwarded-For": claimed, DISTRIBUTION_PROOF: "guessed"}
        if tried % 2:
            response = site.post("/api/links/look", json=wrong, headers=headers)
        else:
            response = httpx.post(
                f"{stack.api_url}/links/look", json=wrong, headers=headers, timeout=30
            )
        if response.status_code == 409:
            break
        assert response.status_code == 404, response.text
    assert response.status_code == 409
