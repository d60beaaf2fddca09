"""A second step on a stack: who gets which role, at the sign-in page, by renewal, and the codes."""

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from infra.council.pages_config import ACCOUNT_SCOPE
from local.emulator.people import Person, create_person
from local.emulator.stack import LocalStack
from local.emulator.tokens import sign_in_as_administrator
from local.site.sign_in import sign_in_by_code
from shared.http.roles import SECOND_STEP_CLAIM, SECOND_STEP_NEEDED
from tests.support.authenticator import security_code

GROUPS = ("council", "team:second-step")


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "==="))
    return decoded


def officer(stack: LocalStack, name: str) -> Person:
    """Create an officer who has not set up a second step."""
    person = Person("an officer", f"{name}@example.org", GROUPS, second_step=False)
    create_person(stack, person)
    return person


def set_up(stack: LocalStack, access_token: str) -> str:
    """Set up an authenticator app as the pages do, and return its secret."""
    pool = boto3.client("cognito-idp", **stack.connection)
    secret = pool.associate_software_token(AccessToken=access_token)["SecretCode"]
    pool.verify_software_token(AccessToken=access_token, UserCode=security_code(secret))
    pool.set_user_mfa_preference(
        AccessToken=access_token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    return secret


def test_both_tokens_are_without_council_until_there_is_a_second_step(stack: LocalStack) -> None:
    person = officer(stack, "without")
    tokens = sign_in_as_administrator(stack, person.username, person.password)
    for each in (tokens["AccessToken"], tokens["IdToken"]):
        assert claims(each)["cognito:groups"] == ["team:second-step"]
        assert claims(each)[SECOND_STEP_CLAIM] == SECOND_STEP_NEEDED
    bearer = {"Authorization": f"Bearer {tokens['AccessToken']}"}
    response = httpx.get(f"{stack.api_url}/homes", headers=bearer, timeout=30)
    assert response.status_code == 403
    assert "second step" in response.json()["detail"]


def test_an_officer_with_a_second_step_is_an_officer(stack: LocalStack) -> None:
    person = officer(stack, "with")
    tokens = sign_in_as_administrator(stack, person.username, person.password)
    set_up(stack, tokens["AccessToken"])
    renewed = httpx.post(
        f"{stack.endpoint_url}/oauth2/token",
        data={
            "grant_type": "refresh_token",
            "client_id": stack.client_id,
            "refresh_token": tokens["RefreshToken"],
        },
        timeout=30,
    ).json()
    assert claims(renewed["access_token"])["cognito:groups"] == list(GROUPS)
    assert SECOND_STEP_CLAIM not in claims(renewed["access_token"])
    bearer = {"Authorization": f"Bearer {renewed['access_token']}"}
    assert httpx.get(f"{stack.api_url}/homes", headers=bearer, timeout=30).status_code == 200


def test_a_token_of_the_other_pages_sets_up_no_second_step(stack: LocalStack) -> None:
    person = officer(stack, "narrow")
    pool = boto3.client("cognito-idp", **stack.connection)
    narrow = sign_in_by_code(stack, person.username, person.password)
    with pytest.raises(ClientError, match="required scopes"):
        pool.associate_software_token(AccessToken=narrow)
    wide = sign_in_by_code(stack, person.username, person.password, scope=ACCOUNT_SCOPE)
    assert pool.associate_software_token(AccessToken=wide)["SecretCode"]


def test_the_sign_in_page_asks_for_the_code_of_the_app(stack: LocalStack) -> None:
    person = officer(stack, "asked")
    wide = sign_in_by_code(stack, person.username, person.password, scope=ACCOUNT_SCOPE)
    secret = set_up(stack, wide)
    pool = boto3.client("cognito-idp", **stack.connection)
    client = pool.describe_user_pool_client(
        UserPoolId=stack.user_pool_id, ClientId=stack.client_id
    )["UserPoolClient"]
    form = {
        "client_id": stack.client_id,
        "redirect_uri": client["CallbackURLs"][0],
        "response_type": "code",
        "scope": "openid",
    }
    known = {"username": person.username, "password": person.password}
    with httpx.Client(base_url=stack.endpoint_url, timeout=30) as http:
        page = http.post("/login", data={**form, **known})
        assert (page.status_code, "location" in page.headers) == (200, False)
        token = page.text.partition('name="code_token" value="')[2].partition('"')[0]
        refused = http.post("/login", data={"code_token": token, "code": "000000"})
        assert "Invalid code" in refused.text
        answer = http.post("/login", data={"code_token": token, "code": security_code(secret)})
    assert parse_qs(urlsplit(answer.headers["location"]).query)["code"]


def test_signing_out_everywhere_ends_the_sign_ins_from_before(stack: LocalStack) -> None:
    person = officer(stack, "signed-out")
    before = sign_in_as_administrator(stack, person.username, person.password)
    tokens = sign_in_as_administrator(stack, person.username, person.password)
    set_up(stack, tokens["AccessToken"])
    pool = boto3.client("cognito-idp", **stack.connection)
    pool.global_sign_out(AccessToken=tokens["AccessToken"])
    response = httpx.post(
        f"{stack.endpoint_url}/oauth2/token",
        data={
            "grant_type": "refresh_token",
            "client_id": stack.client_id,
            "refresh_token": before["RefreshToken"],
        },
        timeout=30,
    )
    assert response.json()["error"] == "invalid_grant"
