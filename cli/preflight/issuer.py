"""Checks of the council's own sign-in service: its documents, its keys, and a token that it gave.

API Gateway reads the discovery document and the keys itself, and takes RSA signatures alone; the
pages read the discovery document in the browser.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import httpx

from cli.preflight.account import Account
from cli.preflight.finding import Finding, advice, fix, ok, unseen
from infra.council.model import Council
from shared.http.roles import is_role

DISCOVERY: Final = "/.well-known/openid-configuration"

_ALGORITHMS: Final = frozenset({"RS256", "RS384", "RS512"})
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ROLES: Final = "home:1-1000587219, team:exeter-discharge or council"

Json = dict[str, Any]


def issuer(account: Account) -> Iterator[Finding]:
    """Check the discovery document, and the keys that it names."""
    council = account.council
    url = f"{council.oidc_issuer.rstrip('/')}{DISCOVERY}"
    headers = {"Origin": f"https://{council.domain}"} if council.domain else {}
    response = _get(account.http, url, headers)
    if isinstance(response, Finding):
        yield response
        return
    document = _object(response)
    if document is None:
        yield fix("issuer", f"{url} is no JSON document", "correct oidc_issuer")
        return
    yield from check_discovery(document, council)
    if headers and "access-control-allow-origin" not in response.headers:
        yield fix(
            "issuer",
            f"browsers may not read {url} from https://{council.domain}, so nobody can sign in",
            "allow that origin (CORS) for the discovery document and the token endpoint",
        )
    keys = _get(account.http, str(document.get("jwks_uri", "")), {})
    if isinstance(keys, Finding):
        yield keys
        return
    yield from check_keys(_object(keys) or {})


def _get(client: httpx.Client, url: str, headers: Mapping[str, str]) -> httpx.Response | Finding:
    """Return the response with status 200, or why there is none."""
    if not url.startswith("https://"):
        return fix("issuer", f"{url or 'jwks_uri'} is not an https:// address", "ask its owner")
    try:
        response = client.get(url, headers=headers)
    except httpx.HTTPError as error:
        return unseen(
            "issuer",
            f"{url} cannot be reached from here ({type(error).__name__})",
            "AWS reads it over the internet: open it from outside your network",
        )
    if response.status_code != httpx.codes.OK:
        return fix(
            "issuer",
            f"{url} answers with status {response.status_code}",
            "correct oidc_issuer: it must be what the tokens state as their issuer",
        )
    return response


def _object(response: httpx.Response) -> Json | None:
    try:
        document = response.json()
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def check_discovery(document: Json, council: Council) -> Iterator[Finding]:
    """Check that the document is this issuer's, and that the pages can use it."""
    stated = document.get("issuer")
    if stated == council.oidc_issuer:
        yield ok("issuer", "its discovery document names the issuer of the settings")
    else:
        yield fix(
            "issuer",
            f"its discovery document names the issuer {stated!r}, and API Gateway compares each"
            " character",
            "set oidc_issuer to exactly that",
        )
    for endpoint in ("authorization_endpoint", "token_endpoint"):
        if not str(document.get(endpoint, "")).startswith("https://"):
            yield fix("issuer", f"it has no {endpoint}", "ask its owner for the code flow")
    methods = document.get("code_challenge_methods_supported")
    if methods is None:
        yield unseen("issuer", "it does not say whether it takes PKCE (S256)", "ask its owner")
    elif "S256" not in methods:
        yield fix("issuer", "it does not take PKCE with S256", "ask its owner to switch it on")


def check_keys(document: Json) -> Iterator[Finding]:
    """Check that there is a key with which API Gateway can check a signature."""
    keys = document.get("keys")
    usable = [
        key
        for key in (keys if isinstance(keys, list) else [])
        if isinstance(key, dict)
        and key.get("kty") == "RSA"
        and key.get("use", "sig") == "sig"
        and key.get("kid")
    ]
    if usable:
        yield ok("issuer", f"it has RSA keys to sign with ({len(usable)})")
    else:
        yield fix(
            "issuer",
            "it has no RSA key with an id, and API Gateway accepts no other signatures",
            "ask its owner to sign access tokens with RS256",
        )


def check_token(token: str, council: Council, now: datetime) -> Iterator[Finding]:
    """Check what a token says, without its signature; no part of it is repeated in a finding."""
    parts = _decoded(token)
    if parts is None:
        yield fix(
            "token",
            "it is not a JWT (three parts with dots between them), so the API cannot read it",
            "ask for an access token for this API; some issuers give one only with a scope of its"
            " own (oidc_scope)",
        )
        return
    header, claims = parts
    if header.get("alg") not in _ALGORITHMS or not header.get("kid"):
        yield fix(
            "token",
            "it is not signed with RSA under a key's id",
            "ask the issuer's owner to sign access tokens with RS256",
        )
    yield from _check_addressees(claims, council)
    yield from _check_groups(claims, council)
    expires = claims.get("exp")
    if not isinstance(expires, int | float):
        yield fix("token", "it has no end (exp)", "ask the issuer's owner for one")
    elif datetime.fromtimestamp(expires, UTC) < now:
        yield advice("token", "it has expired, as an old copy may", "paste a new one to be sure")


def _check_addressees(claims: Json, council: Council) -> Iterator[Finding]:
    if claims.get("iss") != council.oidc_issuer:
        yield fix(
            "token",
            "its iss is not oidc_issuer, character by character",
            "set oidc_issuer to what the token states, or ask for a token of that version",
        )
    # API Gateway looks at client_id only where there is no aud.
    stated = claims.get("aud", claims.get("client_id"))
    audiences = stated if isinstance(stated, list) else [stated]
    if council.oidc_client_id in audiences:
        yield ok("token", f"its {'aud' if 'aud' in claims else 'client_id'} is oidc_client_id")
    else:
        yield fix(
            "token",
            "neither its aud nor (without aud) its client_id is oidc_client_id, so the API"
            " refuses it",
            "request the API's own scope (oidc_scope), or set oidc_client_id to that audience",
        )


def _check_groups(claims: Json, council: Council) -> Iterator[Finding]:
    claim = council.oidc_groups_claim
    stated = claims.get(claim)
    if stated is None:
        too_many = claim in claims.get("_claim_names", {})
        yield fix(
            "token",
            f"it has no claim {claim}"
            + (", because the person is in too many groups for a token" if too_many else ""),
            "have the issuer send only the groups of this application"
            if too_many
            else "have the issuer add it to access tokens, or correct oidc_groups_claim",
        )
        return
    groups = [str(each) for each in (stated if isinstance(stated, list) else [stated])]
    roles = [each for each in groups if is_role(each)]
    if roles:
        yield ok("token", f"its claim {claim} has {len(roles)} of Bedboard's groups")
        return
    ids = bool(groups) and all(_OBJECT_ID.fullmatch(each.lower()) for each in groups)
    yield fix(
        "token",
        f"its claim {claim} has ids instead of names"
        if ids
        else f"its claim {claim} has none of Bedboard's groups ({_ROLES})",
        "use application roles with these values, or have the issuer send names" + f" ({_ROLES})"
        if ids
        else "put the person into one of them at the issuer, and sign in again",
    )


def _decoded(token: str) -> tuple[Json, Json] | None:
    """Return the header and the claims; None where it is no JWT."""
    parts = token.strip().removeprefix("Bearer ").split(".")
    if len(parts) != 3:
        return None
    try:
        header, claims = (
            json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            for part in parts[:2]
        )
    except (binascii.Error, ValueError):
        return None
    return (header, claims) if isinstance(header, dict) and isinstance(claims, dict) else None
