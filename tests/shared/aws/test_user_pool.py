"""The user pool's people and groups are read whole, and no error repeats an email address."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from shared.aws.user_pool import UserPool
from shared.domain.errors import ConflictError, NotFoundError


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[UserPool]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    with mock_aws():
        client = boto3.client("cognito-idp", region_name="eu-west-2")
        created = client.create_user_pool(PoolName="people", UsernameAttributes=["email"])
        yield UserPool(client, created["UserPool"]["Id"])


def add(pool: UserPool, email: str) -> str:
    """Add a person without an invitation; return their id."""
    person, _ = pool.add(email, send_invitation=False)
    return person.person_id


def test_all_people_are_read_page_by_page(pool: UserPool) -> None:
    ids = {add(pool, f"person.{number}@example.org") for number in range(65)}
    assert {person.person_id for person in pool.everyone()} == ids


def test_a_person_is_added_once(pool: UserPool) -> None:
    person, is_new = pool.add("jo@example.org", send_invitation=False)
    assert is_new
    assert person.state == "waiting"
    assert pool.add("jo@example.org", send_invitation=False) == (person, False)
    assert pool.find("jo@example.org") == person
    assert pool.find("sam@example.org") is None


def test_a_person_who_was_added_by_hand_is_found_in_spite_of_capitals(pool: UserPool) -> None:
    # Cognito would find them in lower case too; moto tells capitals apart.
    typed = "Jo.Bloggs@Example.org"
    user = pool.client.admin_create_user(
        UserPoolId=pool.pool_id,
        Username=typed,
        UserAttributes=[{"Name": "email", "Value": typed}],
        MessageAction="SUPPRESS",
    )["User"]
    person = pool.find(typed)
    assert person is not None
    assert (person.person_id, person.email) == (user.get("Username"), typed)
    assert pool.add(typed, send_invitation=False) == (person, False)


def test_a_person_without_an_email_address_is_known_by_their_id(pool: UserPool) -> None:
    by_name = UserPool(
        pool.client, pool.client.create_user_pool(PoolName="by name")["UserPool"].get("Id", "")
    )
    pool.client.admin_create_user(
        UserPoolId=by_name.pool_id, Username="jo", MessageAction="SUPPRESS"
    )
    (person,) = by_name.everyone()
    assert person.email == person.person_id


class Limited:
    """A client that reached a limit in one of its operations."""

    def __init__(self, client: Any, operation: str) -> None:
        self._client, self._operation = client, operation

    def __getattr__(self, name: str) -> Any:
        if name == self._operation:
            return Refusing("LimitExceededException").refuse
        return getattr(self._client, name)


def test_a_limit_is_named_by_what_it_limits(pool: UserPool) -> None:
    jo = add(pool, "jo@example.org")
    emails: Any = Limited(pool.client, "admin_create_user")
    with pytest.raises(ConflictError, match="no more emails today"):
        replace(pool, client=emails).add("sam@example.org")
    groups: Any = Limited(pool.client, "create_group")
    with pytest.raises(ConflictError, match="have AWS raise it"):
        replace(pool, client=groups).add_to_group(jo, "council")


def test_groups_are_created_when_they_are_first_needed(pool: UserPool) -> None:
    jo, sam = add(pool, "jo@example.org"), add(pool, "sam@example.org")
    assert pool.groups() == []
    pool.add_to_group(jo, "team:north")
    pool.add_to_group(jo, "council")
    pool.add_to_group(sam, "council")
    assert sorted(pool.groups()) == ["council", "team:north"]
    assert pool.groups_by_person() == {jo: ["council", "team:north"], sam: ["council"]}
    assert {person.person_id for person in pool.members("council")} == {jo, sam}
    pool.remove_from_group(jo, "council")
    pool.remove_from_group(jo, "home:1-1000587219")
    assert pool.groups_of(jo) == ["team:north"]


def test_a_disabled_person_cannot_sign_in_until_enabled(pool: UserPool) -> None:
    jo = add(pool, "jo@example.org")
    pool.disable(jo)
    pool.sign_out(jo)
    assert pool.person(jo).state == "disabled"
    pool.enable(jo)
    assert pool.person(jo).state == "waiting"


def test_a_deleted_person_is_gone(pool: UserPool) -> None:
    jo = add(pool, "jo@example.org")
    pool.delete(jo)
    assert list(pool.everyone()) == []
    with pytest.raises(NotFoundError):
        pool.person(jo)


class Refusing:
    """A client whose every list of users is refused with an email address in the message."""

    def __init__(self, code: str) -> None:
        self._code = code

    def refuse(self, **_: object) -> None:
        error: Any = {
            "Error": {"Code": self._code, "Message": "no: jo@example.org"},
            "ResponseMetadata": {"HTTPStatusCode": 400},
        }
        raise ClientError(error, "ListUsers")

    list_users = refuse


def test_an_unexpected_error_keeps_its_code_and_hides_its_message() -> None:
    client: Any = Refusing("AccessDeniedException")
    with pytest.raises(ClientError) as raised:
        UserPool(client, "pool").find("jo@example.org")
    assert raised.value.response["Error"]["Code"] == "AccessDeniedException"
    assert raised.value.operation_name == "ListUsers"
    assert "jo@" not in str(raised.value)
    assert raised.value.__suppress_context__
