"""People are added to groups of homes and teams that exist, disabled and deleted."""

from dataclasses import replace
from typing import Any

import boto3
import pytest

from cli.target import Target
from tests.cli.conftest import Bedboard
from tests.support.builders import save, unposted

JO = "jo.bloggs@example.org"


def test_a_person_is_added_granted_a_group_disabled_and_deleted(
    target: Target, bedboard: Bedboard
) -> None:
    save(target.table, unposted("1-9700000101"))
    added = bedboard("people", "add", JO, "home:1-9700000101", "--no-invitation")
    assert (added.status, added.out) == (0, "")
    assert bedboard("people", "grant", JO, "team:north", "council").status == 0

    def groups() -> list[list[str]]:
        people = bedboard("people", "list", "--group", "team:north", "--json").json
        return [person["groups"] for person in people]

    assert groups() == [["council", "home:1-9700000101", "team:north"]]
    assert bedboard("people", "remove", JO, "council").status == 0
    assert groups() == [["home:1-9700000101", "team:north"]]
    assert bedboard("people", "disable", JO, typed="n\n").status == 1
    assert "disabled" not in bedboard("people", "list").out
    assert bedboard("people", "disable", JO, "--yes").status == 0
    assert "disabled" in bedboard("people", "list").out
    assert bedboard("people", "enable", JO).status == 0
    assert "disabled" not in bedboard("people", "list").out
    assert bedboard("people", "remove", JO, typed="n\n").status == 1
    assert bedboard("people", "remove", JO, "--yes").status == 0
    assert groups() == []


def test_an_address_is_kept_in_lower_case(target: Target, bedboard: Bedboard) -> None:
    assert bedboard("people", "add", "Sam@Example.org", "team:sam", "--no-invitation").status == 0
    users = boto3.client("cognito-idp", **target.connection).list_users(
        UserPoolId=target.output("UserPoolId"), Filter='email = "sam@example.org"'
    )["Users"]
    assert len(users) == 1
    assert bedboard("people", "remove", "sam@example.org", "--yes").status == 0


def test_addresses_are_printed_whole_only_on_request(bedboard: Bedboard) -> None:
    address = "masked.person@example.org"
    bedboard("people", "add", address, "team:masked", "--no-invitation")
    listed = bedboard("people", "list", "--group", "team:masked")
    assert address not in listed.out + listed.err
    assert "m***@example.org" in listed.out
    assert listed.err == "1 person\n"
    assert address in bedboard("people", "list", "--group", "team:masked", "--addresses").out


def test_a_second_step_is_reset_for_someone_who_lost_their_phone(
    target: Target, bedboard: Bedboard
) -> None:
    address = "lost.phone@example.org"
    bedboard("people", "add", address, "council", "--no-invitation")
    client = boto3.client("cognito-idp", **target.connection)
    of_person: Any = {"UserPoolId": target.output("UserPoolId"), "Username": address}
    client.admin_set_user_mfa_preference(
        **of_person, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    assert bedboard("people", "reset-second-step", address, typed="n\n").status == 1
    assert client.admin_get_user(**of_person)["UserMFASettingList"]
    reset = bedboard("people", "reset-second-step", address, "--yes")
    assert reset.status == 0
    assert address not in reset.err
    assert not client.admin_get_user(**of_person)["UserMFASettingList"]
    assert bedboard("people", "remove", address, "--yes").status == 0


def test_a_person_who_exists_is_not_added_twice(bedboard: Bedboard) -> None:
    address = "twice@example.org"
    bedboard("people", "add", address, "team:masked", "--no-invitation")
    again = bedboard("people", "add", address, "team:masked")
    assert again.status == 1
    assert address not in again.err
    assert "bedboard people grant" in again.err


@pytest.mark.parametrize(
    ("group", "status", "message"),
    [
        ("home:1-9999999999", 1, "no care home with the location id 1-9999999999"),
        ("home:", 2, "home:1-1000587219"),
        ("team:North", 2, "lower-case"),
        ("admin", 2, "or council"),
    ],
)
def test_a_wrong_group_is_refused_and_no_person_is_added(
    bedboard: Bedboard, group: str, status: int, message: str
) -> None:
    refused = bedboard("people", "add", "nobody@example.org", "council", group)
    assert refused.status == status
    assert message in refused.err
    unknown = bedboard("people", "enable", "nobody@example.org")
    assert unknown.status == 1
    assert "Nobody has this email address" in unknown.err


def test_a_wrong_address_is_refused(bedboard: Bedboard) -> None:
    assert bedboard("people", "add", "jo", "council").status == 2


def test_a_stack_without_a_user_pool_says_where_people_are_managed(
    target: Target, bedboard: Bedboard
) -> None:
    outputs = {name: value for name, value in target.outputs.items() if name != "UserPoolId"}
    refused = bedboard("people", "list", on=replace(target, outputs=outputs))
    assert refused.status == 1
    assert "council's own sign-in service" in refused.err
