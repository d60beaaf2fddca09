"""A record names no account, no person, no token and no address, wherever they stand."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.prove.redaction import ACCOUNT, REDACTED, Redactor

SECRETS = (
    "210987654321",
    "jo.o'hara+beds@example.gov.uk",
    "+44 7700 900123",
    "07700 900123",
    "07700900123",
    "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "Bearer abc.def",
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "5e0b1c2d-3f4a-4b5c-8d9e-0f1a2b3c4d5e",
    "eu-west-2_aBcDeFgH1",
    "d111111abcdef8.cloudfront.net",
    "a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com",
    "bedboard-devon-1.auth.eu-west-2.amazoncognito.com",
    "198.51.100.23",
    "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    "2001:db8:85a3::370:7348",
    "a-table-of-this-council",
)
KNOWN = {"a-table-of-this-council": "<TableName>"}
PLAIN = (
    "2026-11-27T06:25:36.713809Z#home#TESTPROOF1#3",
    "60.80000,-8.60000",
    "CHANGE#2026-11-27",
    "arn:aws:sns:eu-west-2:123456789012:bedboard-devon_team_x",
    "held",
    "1795760736.0",
    "413 The body is longer than 32768 bytes.",
    "python3.14, boto3 1.43.106",
    "AWS::Lambda::Function at 06:25:36",
)

redactor = Redactor(KNOWN)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_stays_in_any_surrounding(secret: str) -> None:
    for text in (secret, f"x {secret} y", f"({secret})", f'"{secret}",', f"at:{secret}\nthen"):
        assert secret not in redactor.text(text)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert redactor.text(text) == text


@pytest.mark.parametrize("secret", SECRETS)
def test_redacting_twice_changes_nothing(secret: str) -> None:
    once = redactor.text(secret)
    assert redactor.text(once) == once


def nested(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text("abc", max_size=5) | st.sampled_from(SECRETS), inner, max_size=3
            )
        ),
        max_leaves=8,
    )


@given(nested(st.sampled_from(SECRETS) | st.builds("arn:{}:x".format, st.sampled_from(SECRETS))))
def test_no_secret_stays_in_any_structure(value: Any) -> None:
    written = json.dumps(redactor.json(value), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in written] == []


def test_an_account_as_a_number_is_redacted_and_other_numbers_are_not() -> None:
    value = {"account": 210987654321, "count": 7, "at": 1795760736.25, "ok": True, "none": None}
    assert redactor.json(value) == {**value, "account": ACCOUNT}


@pytest.mark.parametrize(
    "name", ["Authorization", "password", "SecretCode", "x-forwarded-for", "SigningCertURL"]
)
def test_what_has_the_name_of_a_secret_is_taken_out_whole(name: str) -> None:
    assert redactor.json({name: "hunter2"}) == {name: REDACTED}


def test_an_event_keeps_its_shape() -> None:
    event: dict[str, Any] = {
        "version": "2.0",
        "rawPath": "/homes/1-1000587219",
        "headers": {"authorization": "Bearer x", "if-match": '"7"'},
        "requestContext": {
            "accountId": "210987654321",
            "authorizer": {"jwt": {"claims": {"cognito:groups": "[council]"}, "scopes": None}},
            "http": {"sourceIp": "198.51.100.23"},
        },
    }
    redacted = redactor.json(event)
    assert redacted["requestContext"]["accountId"] == ACCOUNT
    assert redacted["requestContext"]["authorizer"] == event["requestContext"]["authorizer"]
    assert redacted["headers"] == {"authorization": REDACTED, "if-match": '"7"'}
    assert redacted["rawPath"] == event["rawPath"]
    assert re.fullmatch(r"\d{12}", ACCOUNT)
