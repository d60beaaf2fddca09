"""Only the groups in a token decide what its caller may do."""

import base64
import json

import pytest

from shared.domain.errors import ForbiddenError, NotFoundError, RefusedError, SignInNeededError
from shared.http.callers import Caller, parse_location_id

UUID = "00000000-0000-4000-8000-000000000001"


def caller(groups: object, subject: str = UUID) -> Caller:
    claims = {"sub": subject, "iss": "issuer", "cognito:groups": groups}
    return Caller.from_claims(claims, "cognito:groups")


def caller_of_issuer(verified: object, authorization: str | None) -> Caller:
    """Return the caller of a token of another issuer, with its groups as the gateway sends them."""
    return Caller.from_claims({"sub": UUID, "groups": verified}, "groups", authorization)


def token(**claims: object) -> str:
    payload = base64.urlsafe_b64encode(json.dumps({"sub": UUID, **claims}).encode()).decode()
    return f"eyJhbGciOiJSUzI1NiJ9.{payload.rstrip('=')}.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "claim",
    [
        "[home:1-9000000001 team:exeter-discharge council]",
        ["home:1-9000000001", "team:exeter-discharge", "council"],
    ],
)
def test_groups_are_read_in_every_form_a_gateway_sends(claim: object) -> None:
    known = caller(claim)
    assert known.homes == {"1-9000000001"}
    assert known.teams == {"exeter-discharge"}
    assert known.is_council


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "",
        "[]",
        7,
        {"council": True},
        [["council"]],
        "[home: team:]",
        "[Council COUNCIL]",
        "[a,council]",
        "[home:../x home:1-9 team:Exeter team:a--b team:-a]",
        "team:" + "a" * 41,
    ],
)
def test_unknown_groups_give_no_rights(claim: object) -> None:
    assert caller(claim) == Caller(UUID)


def test_a_group_of_another_issuer_may_contain_spaces() -> None:
    """Keep the groups of another issuer whole.

    API Gateway writes the list `["Devon council", "team:east"]` as `[Devon council team:east]`.
    Split at its spaces, it would give members of "Devon council" the rights of the council.
    """
    known = caller_of_issuer(
        "[Devon council team:east]", f"Bearer {token(groups=['Devon council', 'team:east'])}"
    )
    assert not known.is_council
    assert known.teams == {"east"}
    assert not caller_of_issuer("Devon council", token(groups="Devon council")).is_council
    assert caller_of_issuer("[council]", f"bearer {token(groups=['council'])}").is_council
    assert caller_of_issuer("council", token(groups="council")).is_council


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer x",
        "Bearer a.b.c",
        f"Bearer {token(groups=['Devon', 'council'])}, Bearer {token(groups=['council'])}",
        f"Bearer {token(groups=['council', 'team:east'])}",
        f"Bearer {token(groups=[['council']])}",
        f"Bearer {token(groups={'council': 1})}",
        f"Bearer {token()}",
    ],
)
def test_a_token_other_than_the_verified_one_gives_no_groups(
    authorization: str | None,
) -> None:
    assert caller_of_issuer("[council]", authorization) == Caller(UUID)


def test_the_public_must_sign_in_and_others_are_forbidden() -> None:
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").require_home_staff("1-9000000001")
    with pytest.raises(ForbiddenError):
        caller("council").require_home_staff("1-9000000001")


def test_only_the_group_council_is_the_council() -> None:
    caller("[council]").require_council()
    with pytest.raises(ForbiddenError):
        caller("[team:council home:1-9000000001]").require_council()
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").require_council()


def test_a_caller_acts_for_their_only_team_or_the_one_named() -> None:
    assert caller("[team:east]").require_team(None) == "east"
    assert caller("[team:east team:west]").require_team("west") == "west"
    with pytest.raises(RefusedError):
        caller("[team:east team:west]").require_team(None)
    with pytest.raises(ForbiddenError):
        caller("[team:east]").require_team("west")
    with pytest.raises(ForbiddenError):
        caller("[council]").require_team("west")


def test_a_subject_that_may_be_an_address_is_hashed() -> None:
    assert caller("", UUID).caller_id == UUID
    hashed = caller("", "someone@example.org").caller_id
    assert hashed
    assert "@" not in hashed
    assert hashed == caller("", "someone@example.org").caller_id


@pytest.mark.parametrize("text", ["..", "", "1-", "1-9000000001\n", "1-９000000001", "a" * 99])
def test_an_invalid_location_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFoundError):
        parse_location_id(text)


def test_cqc_and_nhs_location_ids_are_valid() -> None:
    assert parse_location_id("1-1000587219") == "1-1000587219"
    assert parse_location_id("RH5A8") == "RH5A8"


def test_a_refusal_says_that_a_role_waits_for_a_second_step() -> None:
    signed_in = {"sub": UUID, "cognito:groups": "[team:exeter-discharge]"}
    waiting = Caller.from_claims({**signed_in, "second_step": "needed"}, "cognito:groups")
    with pytest.raises(ForbiddenError, match="second step"):
        waiting.require_council()
    with pytest.raises(ForbiddenError) as refused:
        Caller.from_claims(signed_in, "cognito:groups").require_council()
    assert "second step" not in refused.value.detail
