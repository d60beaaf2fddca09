"""Sign a person in as the pages do: the pool's sign-in page, a code, and a token for the code."""

import base64
import hashlib
import secrets
from urllib.parse import parse_qs, urlsplit

import boto3
import httpx

from local.emulator.stack import LocalStack


def sign_in_by_code(
    stack: LocalStack, username: str, password: str, *, scope: str = "openid"
) -> str:
    """Return an access token with these scopes, by authorization code with PKCE.

    Raises RuntimeError where the sign-in page refuses the person.
    """
    pool = boto3.client("cognito-idp", **stack.connection)
    client = pool.describe_user_pool_client(
        UserPoolId=stack.user_pool_id, ClientId=stack.client_id
    )["UserPoolClient"]
    verifier = secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    parameters = {"client_id": stack.client_id, "redirect_uri": client["CallbackURLs"][0]}
    with httpx.Client(base_url=stack.endpoint_url, timeout=30) as http:
        redirect = http.post(
            "/login",
            data={
                **parameters,
                "scope": scope,
                "response_type": "code",
                "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
                "code_challenge_method": "S256",
                "username": username,
                "password": password,
            },
        )
        code = parse_qs(urlsplit(redirect.headers.get("location", "")).query).get("code")
        if not code:
            raise RuntimeError(f"{username} could not sign in: {redirect.status_code}")
        response = http.post(
            "/oauth2/token",
            data={
                **parameters,
                "grant_type": "authorization_code",
                "code": code[0],
                "code_verifier": verifier,
            },
        )
        response.raise_for_status()
    token: str = response.json()["access_token"]
    return token
