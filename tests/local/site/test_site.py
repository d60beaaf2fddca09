"""The local server responds as CloudFront does: pages, headers, the API on the same origin."""

import re
import socket
from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest

from infra.site.headers import page_headers
from local.emulator.people import create_people
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from local.site.serve import serving


@pytest.fixture(scope="module")
def site(stack: LocalStack) -> Iterator[str]:
    with serving(stack, port=0) as url:
        yield url


@pytest.mark.parametrize("path", ["/", "/update.html", "/sw.js", "/config.json", "/nowhere"])
def test_every_response_has_the_headers_of_the_site(
    path: str, site: str, stack: LocalStack
) -> None:
    sent = httpx.get(f"{site}{path}").headers
    for name, value in page_headers(sign_in_urls=[stack.endpoint_url]).items():
        assert sent[name] == value


def test_text_is_compressed(site: str) -> None:
    style = re.findall(r'"(/assets/[^"]*frontend\.css)"', httpx.get(f"{site}/").text)[0]
    answer = httpx.get(f"{site}{style}")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 40_000 < len(answer.content)


def test_the_councils_settings_reach_the_pages(stack: LocalStack, open_council: str) -> None:
    with serving(stack, open_council, port=0) as url:
        answer = httpx.get(f"{url}/config.json")
    document = answer.json()
    assert document["council"] == {
        "name": "Open",
        "contact": "Whoever is in",
        "colour": "#00504b",
        "privacy_url": "https://www.example.org/privacy",
        "accessibility_url": "",
    }
    assert document["map"] == {
        "tiles_url": "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        "attribution": "Nobody's map",
    }
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://*.tiles.example.org;" in policy


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/%2e%2e/pyproject.toml", "/assets"])
def test_nothing_outside_the_built_folder_is_served(path: str, site: str) -> None:
    port = int(site.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as line:  # httpx would tidy the path
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        assert line.recv(100).startswith(b"HTTP/1.1 404 ")


def test_the_api_is_on_the_same_origin(site: str, stack: LocalStack) -> None:
    assert httpx.get(f"{site}/api/alerts").status_code == httpx.codes.UNAUTHORIZED
    headers = {"Authorization": f"Bearer {token(stack, ['home:1-9000000001'])}"}
    answer = httpx.get(f"{site}/api/homes/1-9000000001", headers=headers, timeout=30)
    assert answer.status_code == httpx.codes.NOT_FOUND
    assert answer.json()["type"] == "urn:bedboard:problem:not-found"


def test_another_port_is_used_and_people_can_sign_in_where_a_port_is_taken(
    site: str, stack: LocalStack
) -> None:
    pool = boto3.client("cognito-idp", **stack.connection)

    def client() -> dict[str, Any]:
        response = pool.describe_user_pool_client(
            UserPoolId=stack.user_pool_id, ClientId=stack.client_id
        )
        return dict(response["UserPoolClient"])

    before = client()
    taken = int(site.rsplit(":", 1)[1])
    with serving(stack, port=taken) as other:
        assert other != site
        assert httpx.get(f"{other}/").status_code == httpx.codes.OK
        after = client()
    assert f"{other}/" in after["CallbackURLs"]
    for each in ("CallbackURLs", "LogoutURLs", "LastModifiedDate"):
        before.pop(each)
        after.pop(each)
    assert after == before


def test_created_people_are_in_their_groups(stack: LocalStack) -> None:
    people = create_people(stack, "1-9000000001", "exeter-discharge")
    pool = boto3.client("cognito-idp", **stack.connection)
    for person in people:
        found = pool.admin_list_groups_for_user(
            UserPoolId=stack.user_pool_id, Username=person.username
        )
        assert [each["GroupName"] for each in found["Groups"]] == list(person.groups)
