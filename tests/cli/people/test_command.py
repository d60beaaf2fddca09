"""Who may sign in is kept in the pool alone; groups are those of homes and teams that there are."""

from dataclasses import replace

import boto3
import pytest

from cli.target import Target
from tests.cli.conftest import Bedboard
from tests.support.builders import save, unposted

JO = "jo.bloggs@example.org"


def test_somebody_joins_gets_more_to_do_is_locked_out_and_leaves(
    target: Target, bedboard: Bedboard
) -> None:
    save(target.table, unposted("1-9700000101"))
    added = bedboard("people", "add", JO, "home:1-9700000101", "--no-invitation")
    assert (added.status, added.out) == (0, "")
    assert bedboard("people", "grant", JO, "team:north", "council").status == 0

    def groups() -> list[list[str]]:
        found = bedboard("people", "list", "--group", "team:north", "--json").json
        return [each["groups"] for each in found]

    assert groups() == [["council", "home:1-9700000101", "team:north"]]
    assert bedboard("people", "remove", JO, "council").status == 0
    assert groups() == [["home:1-9700000101", "team:north"]]
    assert bedboard("people", "disable", JO, says="n\n").status == 1
    assert "DISABLED" not in bedboard("people", "list").out
    assert bedboard("people", "disable", JO, "--yes").status == 0
    assert "DISABLED" in bedboard("people", "list").out
    assert bedboard("people", "enable", JO).status == 0
    assert "DISABLED" not in bedboard("people", "list").out
    assert bedboard("people", "remove", JO, says="n\n").status == 1
    assert bedboard("people", "remove", JO, "--yes").status == 0
    assert groups() == []


def test_an_address_is_kept_as_the_pages_look_for_it(target: Target, bedboard: Bedboard) -> None:
    assert bedboard("people", "add", "Sam@Example.org", "team:sam", "--no-invitation").status == 0
    found = boto3.client("cognito-idp", **target.connection).list_users(
        UserPoolId=target.output("UserPoolId"), Filter='email = "sam@example.org"'
    )["Users"]
    assert len(found) == 1
    assert bedboard("people", "remove", "sam@example.org", "--yes").status == 0


def test_addresses_are_shown_only_where_they_are_asked_for(bedboard: Bedboard) -> None:
    address = "masked.person@example.org"
    bedboard("people", "add", address, "team:masked", "--no-invitation")
    shown = bedboard("people", "list", "--group", "team:masked")
    assert address not in shown.out + shown.err
    assert "m…@example.org" in shown.out
    assert address in bedboard("people", "list", "--group", "team:masked", "--addresses").out
    again = bedboard("people", "add", address, "team:masked")
    assert (again.status, address in again.err) == (1, False)
    assert "known already" in again.err


@pytest.mark.parametrize(
    ("group", "status", "said"),
    [
        ("home:1-9999999999", 1, "there is no care home 1-9999999999 here"),
        ("home:", 2, "expected home:1-1000587219"),
        ("team:North", 2, "lower-case"),
        ("admin", 2, "or council"),
    ],
)
def test_a_group_that_means_nothing_is_refused_and_nobody_is_added(
    bedboard: Bedboard, group: str, status: int, said: str
) -> None:
    ran = bedboard("people", "add", "nobody@example.org", "council", group)
    assert ran.status == status
    assert said in ran.err
    assert "nobody here" in bedboard("people", "enable", "nobody@example.org").err


def test_what_is_no_address_is_refused(bedboard: Bedboard) -> None:
    assert bedboard("people", "add", "jo", "council").status == 2


def test_with_an_issuer_of_ones_own_people_are_managed_there(
    target: Target, bedboard: Bedboard
) -> None:
    outputs = {name: value for name, value in target.outputs.items() if name != "UserPoolId"}
    ran = bedboard("people", "list", on=replace(target, outputs=outputs))
    assert ran.status == 1
    assert "managed at the council's own OpenID Connect issuer" in ran.err
