"""Answers are zipped for whoever can read that, and are otherwise as they were."""

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


def answer(body: str = LONG) -> dict[str, Any]:
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": body,
        "isBase64Encoded": False,
    }


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.8"])
def test_a_long_answer_is_zipped_and_says_so(accepted: str) -> None:
    sent = compress(answer(), {"accept-encoding": accepted})
    assert sent["isBase64Encoded"]
    assert sent["headers"]["Content-Encoding"] == "gzip"
    assert sent["headers"]["Vary"] == "Accept-Encoding"
    assert sent["headers"]["Content-Type"] == "application/json"
    zipped = base64.b64decode(sent["body"])
    assert gzip.decompress(zipped).decode() == LONG
    assert len(zipped) < len(LONG.encode()) / 4


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0", "identity"])
def test_nobody_gets_what_they_did_not_accept(accepted: str) -> None:
    assert compress(answer(), {"accept-encoding": accepted}) == answer()


@pytest.mark.parametrize("body", ["", "x" * MIN_BYTES])
def test_what_fits_in_a_packet_is_left_alone(body: str) -> None:
    assert compress(answer(body), {"accept-encoding": "gzip"}) == answer(body)


def test_what_is_encoded_already_is_left_alone() -> None:
    encoded = {**answer(), "isBase64Encoded": True}
    assert compress(encoded, {"accept-encoding": "gzip"}) == encoded


def test_an_answer_of_the_deployed_api_arrives_zipped_and_whole(stack: LocalStack) -> None:
    there = replace(REGISTER, latitude=58.9, longitude=-3.1)
    homes = [home(f"1-97500000{number:02d}", register=there) for number in range(5)]
    for each in homes:
        save(table_of(stack), each)
    answer = httpx.get(
        f"{stack.api_url}/vacancies",
        params={"near": f"{there.latitude},{there.longitude}"},
        headers={"Authorization": f"Bearer {token(stack, ['council'])}"},
        timeout=30,
    )
    assert answer.headers["content-encoding"] == "gzip"
    found = {each["location_id"] for each in answer.json()["results"]}
    assert {each.location_id for each in homes} <= found
