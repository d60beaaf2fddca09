"""The token's groups say who may do what, and nothing else does."""

import base64
import json

import pytest

from shared.domain.errors import ForbiddenError, NotFoundError, RefusedError, SignInNeededError
from shared.http.callers import Caller, parse_location_id

UUID = "00000000-0000-4000-8000-000000000001"


def caller(groups: object, subject: str = UUID) -> Caller:
    claims = {"sub": subject, "iss": "issuer", "cognito:groups": groups}
    return Caller.from_claims(claims, "cognito:groups")


def of_issuer(verified: object, authorization: str | None) -> Caller:
    """With an issuer of the council's own, whose groups the gateway handed on so."""
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
def test_groups_that_are_none_of_ours_give_nothing(claim: object) -> None:
    assert caller(claim) == Caller(UUID)


def test_a_group_of_another_issuer_may_hold_spaces_and_is_one_group() -> None:
    """API Gateway writes the list `["Devon council", "team:east"]` as `[Devon council team:east]`:
    split there, everybody in "Devon council" would be the council."""
    known = of_issuer(
        "[Devon council team:east]", f"Bearer {token(groups=['Devon council', 'team:east'])}"
    )
    assert not known.is_council
    assert known.teams == {"east"}
    assert not of_issuer("Devon council", token(groups="Devon council")).is_council
    assert of_issuer("[council]", f"bearer {token(groups=['council'])}").is_council
    assert of_issuer("council", token(groups="council")).is_council


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
def test_a_token_that_is_not_the_one_that_was_verified_gives_no_group(
    authorization: str | None,
) -> None:
    assert of_issuer("[council]", authorization) == Caller(UUID)


def test_nobody_is_told_to_sign_in_and_somebody_that_they_may_not() -> None:
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").require_home_staff("1-9000000001")
    with pytest.raises(ForbiddenError):
        caller("council").require_home_staff("1-9000000001")


def test_the_council_is_a_group_of_its_own() -> None:
    caller("[council]").require_council()
    with pytest.raises(ForbiddenError):
        caller("[team:council home:1-9000000001]").require_council()
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").require_council()


def test_a_team_is_the_only_one_or_the_one_named_and_never_another() -> None:
    assert caller("[team:east]").require_team(None) == "east"
    assert caller("[team:east team:west]").require_team("west") == "west"
    with pytest.raises(RefusedError):
        caller("[team:east team:west]").require_team(None)
    with pytest.raises(ForbiddenError):
        caller("[team:east]").require_team("west")
    with pytest.raises(ForbiddenError):
        caller("[council]").require_team("west")


def test_a_subject_that_may_be_an_address_is_kept_as_a_hash() -> None:
    assert caller("", UUID).caller_id == UUID
    hashed = caller("", "someone@example.org").caller_id
    assert hashed
    assert "@" not in hashed
    assert hashed == caller("", "someone@example.org").caller_id


@pytest.mark.parametrize("text", ["..", "", "1-", "1-9000000001\n", "1-９000000001", "a" * 99])
def test_what_is_no_location_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFoundError):
        parse_location_id(text)


def test_cqc_and_nhs_site_ids_are_known() -> None:
    assert parse_location_id("1-1000587219") == "1-1000587219"
    assert parse_location_id("RH5A8") == "RH5A8"
