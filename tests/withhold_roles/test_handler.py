"""Nobody signs in to a role that needs a second step without one, and nobody else waits for it."""

import json
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shared.http.callers import Caller
from shared.http.roles import SECOND_STEP_CLAIM, SECOND_STEP_NEEDED
from tests.support.second_step import set_up_second_step
from withhold_roles import second_step
from withhold_roles.handler import build, handler

PERSON = "86d0f0c4-9b51-4e22-8f5c-3a2c60f3d4b1"
OFFICER = ("council", "team:exeter-discharge")


def event(*groups: str, pool_id: str = "eu-west-2_Example", person: str = PERSON) -> dict[str, Any]:
    """Return the event of a sign-in, as the Amazon Cognito Developer Guide has it (version 2)."""
    return {
        "version": "2",
        "triggerSource": "TokenGeneration_HostedAuth",
        "region": "eu-west-2",
        "userPoolId": pool_id,
        "userName": person,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1example"},
        "request": {
            "userAttributes": {"sub": person, "email": "officer@example.org"},
            "groupConfiguration": {
                "groupsToOverride": list(groups),
                "iamRolesToOverride": [],
                "preferredRole": None,
            },
            "scopes": ["openid"],
        },
        "response": {"claimsAndScopeOverrideDetails": None},
    }


def details(answer: dict[str, Any]) -> dict[str, Any]:
    """Return what the answer has Cognito write into the tokens."""
    overridden: dict[str, Any] = answer["response"]["claimsAndScopeOverrideDetails"]
    return overridden


def groups_after(answer: dict[str, Any]) -> list[str]:
    groups: list[str] = details(answer)["groupOverrideDetails"]["groupsToOverride"]
    return groups


def claims_after(answer: dict[str, Any]) -> list[dict[str, str]]:
    """Return the claims that are added to the ID token and to the access token."""
    return [
        details(answer)[token]["claimsToAddOrOverride"]
        for token in ("idTokenGeneration", "accessTokenGeneration")
    ]


@pytest.fixture(autouse=True)
def _required_for_council(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_STEP_FOR", "council")


def with_second_step(*people: str) -> Any:
    """Return the function, in a pool in which these people have a second step."""
    return build(
        required_for=second_step.required_here, has_second_step=lambda _, person: person in people
    )


def test_an_officer_without_a_second_step_gets_every_role_but_council() -> None:
    answer = with_second_step()(event(*OFFICER), None)
    assert groups_after(answer) == ["team:exeter-discharge"]
    assert claims_after(answer) == 2 * [{SECOND_STEP_CLAIM: SECOND_STEP_NEEDED}]


def test_an_officer_with_a_second_step_gets_every_role() -> None:
    answer = with_second_step(PERSON)(event(*OFFICER), None)
    assert groups_after(answer) == list(OFFICER)
    assert claims_after(answer) == [{}, {}]


def test_the_api_reads_the_claim_and_gives_an_officer_no_rights() -> None:
    answer = with_second_step()(event(*OFFICER), None)
    claims = {"sub": PERSON, "cognito:groups": f"[{' '.join(groups_after(answer))}]"}
    caller = Caller.from_claims({**claims, **claims_after(answer)[1]}, "cognito:groups")
    assert (caller.is_council, caller.teams) == (False, frozenset({"exeter-discharge"}))


@pytest.mark.parametrize("groups", [(), ("home:1-1000587219",), ("team:a", "councillors")])
def test_other_people_keep_their_roles_and_nobody_asks_the_pool(groups: tuple[str, ...]) -> None:
    def fail(*_: str) -> bool:
        raise AssertionError("the pool was asked")

    function = build(required_for=second_step.required_here, has_second_step=fail)
    answer = function(event(*groups), None)
    assert groups_after(answer) == list(groups)
    assert claims_after(answer) == [{}, {}]


def test_a_council_can_require_a_second_step_of_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_STEP_FOR", "everyone")
    answer = with_second_step()(event("home:1-1000587219", "team:exeter-discharge"), None)
    assert groups_after(answer) == []
    assert claims_after(answer) == 2 * [{SECOND_STEP_CLAIM: SECOND_STEP_NEEDED}]
    answer = with_second_step(PERSON)(event("home:1-1000587219"), None)
    assert groups_after(answer) == ["home:1-1000587219"]


def test_someone_without_any_group_signs_in() -> None:
    without = event()
    del without["request"]["groupConfiguration"]
    assert groups_after(with_second_step()(without, None)) == []


def test_the_rest_of_the_event_is_answered_as_it_came() -> None:
    sent = event(*OFFICER)
    answer = with_second_step(PERSON)(sent, None)
    assert {**answer, "response": None} == {**sent, "response": None}
    overridden = details(answer)["groupOverrideDetails"]
    assert (overridden["iamRolesToOverride"], overridden["preferredRole"]) == ([], None)
    json.dumps(answer)


class TestInTheUserPool:
    """The function that is deployed, asking a user pool."""

    @pytest.fixture
    def pool(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        with mock_aws():
            client = boto3.client("cognito-idp")
            pool_id = client.create_user_pool(PoolName="people", MfaConfiguration="OPTIONAL")
            monkeypatch.setattr(second_step, "_client", lambda: client)
            yield client, pool_id["UserPool"]["Id"]

    def sign_in(self, pool: Any, *, with_second_step: bool) -> dict[str, Any]:
        client, pool_id = pool
        client.admin_create_user(UserPoolId=pool_id, Username=PERSON)
        if with_second_step:
            set_up_second_step(client, pool_id, PERSON)
        return handler(event(*OFFICER, pool_id=pool_id), None)

    def test_a_person_with_a_second_step_gets_the_role(self, pool: Any) -> None:
        assert groups_after(self.sign_in(pool, with_second_step=True)) == list(OFFICER)

    def test_a_person_without_one_does_not(self, pool: Any) -> None:
        assert groups_after(self.sign_in(pool, with_second_step=False)) == ["team:exeter-discharge"]

    def test_where_the_pool_does_not_answer_only_council_is_withheld(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Unavailable:
            def admin_get_user(self, **_: str) -> dict[str, Any]:
                raise TimeoutError

        monkeypatch.setattr(second_step, "_client", Unavailable)
        answer = handler(event(*OFFICER), None)
        assert groups_after(answer) == ["team:exeter-discharge"]
        assert "second step unknown" in caplog.text
        assert "officer@example.org" not in caplog.text
