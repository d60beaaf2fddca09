"""The token's groups say who may do what, and nothing else does."""

import pytest

from shared.callers import Caller, known_location_id
from shared.errors import ForbiddenError, NotFoundError, RefusedError, SignInNeededError

UUID = "00000000-0000-4000-8000-000000000001"


def caller(groups: object, subject: str = UUID) -> Caller:
    return Caller.from_claims({"sub": subject, "iss": "issuer", "groups": groups}, "groups")


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


def test_nobody_is_told_to_sign_in_and_somebody_that_they_may_not() -> None:
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").must_staff("1-9000000001")
    with pytest.raises(ForbiddenError):
        caller("council").must_staff("1-9000000001")


def test_the_council_is_a_group_of_its_own() -> None:
    caller("[council]").must_council()
    with pytest.raises(ForbiddenError):
        caller("[team:council home:1-9000000001]").must_council()
    with pytest.raises(SignInNeededError):
        Caller.from_claims({}, "groups").must_council()


def test_a_team_is_the_only_one_or_the_one_named_and_never_another() -> None:
    assert caller("[team:east]").team(None) == "east"
    assert caller("[team:east team:west]").team("west") == "west"
    with pytest.raises(RefusedError):
        caller("[team:east team:west]").team(None)
    with pytest.raises(ForbiddenError):
        caller("[team:east]").team("west")
    with pytest.raises(ForbiddenError):
        caller("[council]").team("west")


def test_a_subject_that_may_be_an_address_is_kept_as_a_hash() -> None:
    assert caller("", UUID).caller_id == UUID
    hashed = caller("", "someone@example.org").caller_id
    assert hashed
    assert "@" not in hashed
    assert hashed == caller("", "someone@example.org").caller_id


@pytest.mark.parametrize("text", ["..", "", "1-", "1-9000000001\n", "1-９000000001", "a" * 99])
def test_what_is_no_location_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFoundError):
        known_location_id(text)


def test_cqc_and_nhs_site_ids_are_known() -> None:
    assert known_location_id("1-1000587219") == "1-1000587219"
    assert known_location_id("RH5A8") == "RH5A8"
