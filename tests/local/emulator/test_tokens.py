"""A token has its groups, and the API accepts the tokens of its own pool only."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from local.emulator.process import STATE
from local.emulator.stack import LocalStack
from local.emulator.tokens import token, user_of

HOME = "1-9000000001"


def decoded(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed_anew(bearer: str, key: rsa.RSAPrivateKey, **claims: object) -> str:
    """Return the token with other claims, signed with a key that may not be the pool's."""
    header, body, _ = bearer.split(".")
    body = encoded(json.dumps({**decoded(body), **claims}).encode())
    signature = key.sign(f"{header}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{header}.{body}.{encoded(signature)}"


def pools_own_key(stack: LocalStack) -> rsa.RSAPrivateKey:
    """Read the key with which the emulator signs access tokens."""
    pem = Path(stack.folder, STATE, "cognito-pool-keys", f"{stack.user_pool_id}-access.pem")
    key = serialization.load_pem_private_key(pem.read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def get_home(stack: LocalStack, bearer: str | None) -> httpx.Response:
    """Request a home that does not exist, with this token."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return httpx.get(f"{stack.api_url}/homes/{HOME}", headers=headers, timeout=30)


@pytest.fixture(scope="session")
def bearer(stack: LocalStack) -> str:
    """Return a valid token."""
    return token(stack, ["council"])


def test_a_token_has_exactly_the_requested_groups(stack: LocalStack) -> None:
    groups = [f"home:{HOME}", "team:exeter-discharge"]
    claims = decoded(token(stack, groups).split(".")[1])
    assert sorted(claims["cognito:groups"]) == groups
    assert claims["client_id"] == stack.client_id
    assert claims["token_use"] == "access"


def test_the_same_groups_are_the_same_person(stack: LocalStack) -> None:
    first, second = (
        decoded(token(stack, groups).split(".")[1])["sub"]
        for groups in (["council", "team:a"], ["team:a", "council"])
    )
    assert first == second


def test_a_person_may_be_in_no_group(stack: LocalStack) -> None:
    assert not decoded(token(stack, []).split(".")[1]).get("cognito:groups")


def test_people_have_fictional_addresses_of_their_own() -> None:
    many = [f"home:1-{n:010}" for n in range(20)]
    assert user_of([f"home:{HOME}"]) == "home.1-9000000001@example.org"
    assert user_of(many) != user_of(many[1:])
    assert len(user_of(many).partition("@")[0]) <= 64


def test_a_valid_token_is_accepted(stack: LocalStack, bearer: str) -> None:
    assert get_home(stack, bearer).status_code == 404


def test_a_request_without_a_token_is_refused(stack: LocalStack) -> None:
    assert get_home(stack, None).status_code == 401


def test_a_malformed_token_is_refused(stack: LocalStack) -> None:
    assert get_home(stack, "a.b.c").status_code == 401


def test_a_token_with_added_groups_is_refused(stack: LocalStack, bearer: str) -> None:
    header, body, signature = bearer.split(".")
    more = {**decoded(body), "cognito:groups": ["council", f"home:{HOME}"]}
    forged = f"{header}.{encoded(json.dumps(more).encode())}.{signature}"
    assert get_home(stack, forged).status_code == 401


def test_a_token_with_another_signature_is_refused(stack: LocalStack, bearer: str) -> None:
    theirs = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert get_home(stack, signed_anew(bearer, theirs)).status_code == 401


def test_an_expired_token_is_refused(stack: LocalStack, bearer: str) -> None:
    key, now = pools_own_key(stack), int(time.time())
    assert get_home(stack, signed_anew(bearer, key, exp=now + 60)).status_code == 404
    assert get_home(stack, signed_anew(bearer, key, exp=now - 1)).status_code == 401


def test_a_token_of_another_client_or_pool_is_refused(stack: LocalStack, bearer: str) -> None:
    key = pools_own_key(stack)
    issuer = decoded(bearer.split(".")[1])["iss"]
    assert get_home(stack, signed_anew(bearer, key, client_id="another")).status_code == 401
    assert get_home(stack, signed_anew(bearer, key, iss=f"{issuer}x")).status_code == 401
