"""Preflight reads the council's own issuer as API Gateway and the pages will, and a token of it."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from cli.preflight.account import Account
from cli.preflight.finding import Finding, Level
from cli.preflight.issuer import check_token, issuer
from infra.council.model import Council

Build = Callable[..., Account]
ISSUER = "https://login.example.org/tenant/v2.0"
SETTINGS = {
    "oidc_issuer": ISSUER,
    "oidc_client_id": "bedboard",
    "oidc_groups_claim": "roles",
    "domain": "beds.example.gov.uk",
    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/0a1b",
}
COUNCIL = Council.model_validate({"slug": "devon", "name": "Devon", **SETTINGS})
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
    "code_challenge_methods_supported": ["plain", "S256"],
}
RSA = {"kty": "RSA", "use": "sig", "kid": "1", "n": "x", "e": "AQAB"}


def look(
    account: Build,
    document: Any,
    keys: Any,
    *,
    cors: bool = True,
    status: int = 200,
) -> list[Finding]:
    """Look at an issuer that serves these documents."""

    def answer(request: httpx.Request) -> httpx.Response:
        body = keys if request.url.path.endswith("/keys") else document
        headers = {"Access-Control-Allow-Origin": "*"} if cors else {}
        if isinstance(body, Exception):
            raise body
        return httpx.Response(status, json=body, headers=headers)

    target: Any = account(SETTINGS)
    target.http = httpx.Client(transport=httpx.MockTransport(answer))
    return list(issuer(target))


def problems(findings: list[Finding]) -> str:
    return "\n".join(each.state for each in findings if each.level is not Level.OK)


def test_a_good_issuer_is_ok(account: Build) -> None:
    found = look(account, DOCUMENT, {"keys": [RSA]})
    assert {each.level for each in found} == {Level.OK}


@pytest.mark.parametrize(
    ("document", "keys", "words"),
    [
        ({**DOCUMENT, "issuer": f"{ISSUER}/"}, {"keys": [RSA]}, "compares each character"),
        ({**DOCUMENT, "token_endpoint": ""}, {"keys": [RSA]}, "no token_endpoint"),
        (
            {**DOCUMENT, "code_challenge_methods_supported": ["plain"]},
            {"keys": [RSA]},
            "does not take PKCE",
        ),
        ({**DOCUMENT, "jwks_uri": "http://x.example.org/keys"}, {"keys": [RSA]}, "not an https://"),
        (DOCUMENT, {"keys": [{**RSA, "kty": "EC"}]}, "no RSA key"),
        (DOCUMENT, {"keys": "none"}, "no RSA key"),
        (DOCUMENT, ["none"], "no RSA key"),
        (["no", "object"], {"keys": [RSA]}, "is no JSON document"),
        (httpx.ConnectError("no route"), {}, "cannot be reached from here (ConnectError)"),
    ],
)
def test_what_the_api_or_the_pages_cannot_use_is_named(
    account: Build, document: Any, keys: Any, words: str
) -> None:
    assert words in problems(look(account, document, keys))


def test_browsers_must_be_allowed_to_read_the_discovery_document(account: Build) -> None:
    assert "browsers may not read" in problems(look(account, DOCUMENT, {"keys": [RSA]}, cors=False))


def test_a_status_other_than_200_is_named(account: Build) -> None:
    assert "answers with status 302" in problems(look(account, {}, {}, status=302))


def token(header: dict[str, Any] | None = None, **claims: Any) -> str:
    """Return a token with these claims, a good one's otherwise; None leaves a claim out."""
    complete = {
        "iss": ISSUER,
        "aud": "bedboard",
        "roles": ["team:exeter-discharge"],
        "exp": NOW.timestamp() + 600,
        **claims,
    }
    parts = [
        {"alg": "RS256", "kid": "1", **(header or {})},
        {name: value for name, value in complete.items() if value is not None},
    ]
    encoded = [
        base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts
    ]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


def test_a_good_token_is_ok() -> None:
    found = list(check_token(f"Bearer {token()}\n", COUNCIL, NOW))
    assert {each.level for each in found} == {Level.OK}


ID = "4f9c0d1e-8a72-4b6e-9c1d-0123456789ab"


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("an-opaque-token", "it is not a JWT"),
        ("a.b.c", "it is not a JWT"),
        (token({"alg": "HS256"}), "not signed with RSA"),
        (token(iss="https://sts.example.org/tenant/"), "its iss is not oidc_issuer"),
        (token(aud="00000003-0000-0000-c000-000000000000"), "neither its aud nor"),
        (token(aud=None, client_id="another"), "neither its aud nor"),
        (token(aud="another", client_id="bedboard"), "neither its aud nor"),
        (token(roles=None), "it has no claim roles"),
        (token(roles=None, _claim_names={"roles": "src1"}), "too many groups for a token"),
        (token(roles=[ID]), "ids instead of names"),
        (token(roles=["Everyone"]), "has none of Bedboard's groups"),
        (token(exp=NOW.timestamp() - 1), "it has expired"),
    ],
)
def test_what_a_token_lacks_is_named(pasted: str, words: str) -> None:
    assert words in problems(list(check_token(pasted, COUNCIL, NOW)))


def test_a_token_without_aud_may_name_the_client() -> None:
    found = list(check_token(token(aud=None, client_id="bedboard"), COUNCIL, NOW))
    assert {each.level for each in found} == {Level.OK}


def test_no_finding_repeats_what_the_token_says() -> None:
    secret = "not-to-be-repeated"
    pasted = token({"kid": secret}, iss=secret, aud=secret, roles=[secret], sub=secret)
    found = repr(list(check_token(pasted, COUNCIL, NOW)))
    assert secret not in found
    assert pasted.split(".")[1] not in found
