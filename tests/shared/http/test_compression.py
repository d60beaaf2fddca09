"""Responses are compressed for clients that accept gzip, and unchanged for others."""

import base64
import gzip
from dataclasses import replace
from typing import Any

import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.http.compression import MIN_BYTES, compress
from tests.support.builders import REGISTER, home, save

LONG = '{"name":"Larkrise House — Côté"}' * 100


def response(body: str = LONG) -> dict[str, Any]:
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": body,
        "isBase64Encoded": False,
    }


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.8"])
def test_a_long_response_is_compressed(accepted: str) -> None:
    compressed = compress(response(), {"accept-encoding": accepted})
    assert compressed["isBase64Encoded"]
    assert compressed["headers"]["Content-Encoding"] == "gzip"
    assert compressed["headers"]["Vary"] == "Accept-Encoding"
    assert compressed["headers"]["Content-Type"] == "application/json"
    content = base64.b64decode(compressed["body"])
    assert gzip.decompress(content).decode() == LONG
    assert len(content) < len(LONG.encode()) / 4


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0", "identity"])
def test_a_client_without_gzip_gets_an_uncompressed_response(accepted: str) -> None:
    assert compress(response(), {"accept-encoding": accepted}) == response()


@pytest.mark.parametrize("body", ["", "x" * MIN_BYTES])
def test_a_body_that_fits_in_a_packet_is_not_compressed(body: str) -> None:
    assert compress(response(body), {"accept-encoding": "gzip"}) == response(body)


def test_an_encoded_body_is_not_compressed() -> None:
    encoded = {**response(), "isBase64Encoded": True}
    assert compress(encoded, {"accept-encoding": "gzip"}) == encoded


def test_the_deployed_api_compresses_responses(stack: LocalStack) -> None:
    there = replace(REGISTER, latitude=58.9, longitude=-3.1)
    homes = [home(f"1-97500000{number:02d}", register=there) for number in range(5)]
    for each in homes:
        save(table_of(stack), each)
    reply = httpx.get(
        f"{stack.api_url}/vacancies",
        params={"near": f"{there.latitude},{there.longitude}"},
        headers={"Authorization": f"Bearer {token(stack, ['council'])}"},
        timeout=30,
    )
    assert reply.headers["content-encoding"] == "gzip"
    ids = {each["location_id"] for each in reply.json()["results"]}
    assert {each.location_id for each in homes} <= ids
