"""The stack's user pool and the people in it: it keeps their addresses, and nothing else does."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.aws.settings import settings
from shared.domain.documents import Document, timestamp
from shared.domain.errors import BusyError, ConflictError, NotFoundError, Problem, RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from types_boto3_cognito_idp import CognitoIdentityProviderClient

PAGE: Final = 20
_WAITING: Final = "FORCE_CHANGE_PASSWORD"


@dataclass(frozen=True, slots=True)
class Pool:
    """The user pool of one stack."""

    client: "CognitoIdentityProviderClient"
    pool_id: str


class Person(NamedTuple):
    """Somebody who may sign in; `person_id` is the pool's own and says nothing of them."""

    person_id: str
    email: str
    is_enabled: bool
    is_waiting: bool
    """To sign in for the first time, with the password of the invitation."""
    added_at: "datetime"

    @property
    def can_act(self) -> bool:
        return self.is_enabled and not self.is_waiting

    def to_document(self) -> Document:
        active = "waiting" if self.is_waiting else "active"
        return {
            "person_id": self.person_id,
            "email": self.email,
            "state": active if self.is_enabled else "disabled",
            "added_at": timestamp(self.added_at),
        }


class Found(NamedTuple):
    """Some people, and how to ask for those after them."""

    people: list[Person]
    after: str | None


@functools.cache
def of_this_stack() -> Pool:
    """The pool this function was deployed to use."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=1, read_timeout=10
    )
    return Pool(boto3.client("cognito-idp", config=config), settings().user_pool_id)


def all_of(pool: Pool, *, email_begins: str = "", waiting: bool, after: str | None) -> Found:
    """Everybody, or whose address so begins, or who waits. Raises RefusedError, BusyError."""
    asked: dict[str, Any] = {"UserPoolId": pool.pool_id, "Limit": PAGE}
    if email_begins:
        asked["Filter"] = f'email ^= "{email_begins}"'
    elif waiting:
        asked["Filter"] = f'cognito:user_status = "{_WAITING}"'
    if after:
        asked["PaginationToken"] = after
    page = answer_of(lambda: pool.client.list_users(**asked), "after")
    people = [person_of(each) for each in page["Users"]]
    # The pool takes one filter at a time.
    return Found(
        [each for each in people if each.is_waiting or not waiting], page.get("PaginationToken")
    )


def person(pool: Pool, person_id: str) -> Person:
    """The person. Raises NotFoundError, BusyError."""
    found = answer_of(lambda: pool.client.admin_get_user(**of(pool, person_id)))
    return person_of({**found, "Attributes": found["UserAttributes"]})


def invite(pool: Pool, email: str) -> tuple[Person, bool]:
    """The person with this address, and whether they are new: then Cognito sends them an e-mail
    with a first password. Raises RefusedError, ConflictError, BusyError."""
    known = _of_address(pool, email)
    if known:
        return known, False
    try:
        created = answer_of(
            lambda: pool.client.admin_create_user(
                **of(pool, email),
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                ],
                DesiredDeliveryMediums=["EMAIL"],
            )
        )
    except ExistsError:
        known = _of_address(pool, email)
        if known is None:
            raise BusyError("this person is only just being added; please try again") from None
        return known, False
    return person_of(created["User"]), True


def invite_again(pool: Pool, waiting: Person) -> None:
    """A new first password by e-mail. Raises ConflictError, NotFoundError, BusyError."""
    # Not by id: where addresses are the names to sign in with, this takes nothing else.
    answer_of(
        lambda: pool.client.admin_create_user(
            **of(pool, waiting.email), MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"]
        )
    )


def enable(pool: Pool, person_id: str) -> None:
    """Have the person be able to sign in. Raises NotFoundError, BusyError."""
    answer_of(lambda: pool.client.admin_enable_user(**of(pool, person_id)))


def disable(pool: Pool, person_id: str) -> None:
    """Have the person not be able to sign in. Raises NotFoundError, BusyError."""
    answer_of(lambda: pool.client.admin_disable_user(**of(pool, person_id)))


class ExistsError(Exception):
    """Somebody with this address, or the group, is there already."""


def of(pool: Pool, person: str) -> Any:  # noqa: ANN401 - the client knows each of its arguments
    return {"UserPoolId": pool.pool_id, "Username": person}


def _of_address(pool: Pool, email: str) -> Person | None:
    page = answer_of(
        lambda: pool.client.list_users(
            UserPoolId=pool.pool_id, Filter=f'email = "{email}"', Limit=1
        )
    )
    return person_of(page["Users"][0]) if page["Users"] else None


def person_of(user: Any) -> Person:  # noqa: ANN401 - alike in three answers of the client's
    attributes = {each["Name"]: each.get("Value", "") for each in user["Attributes"]}
    return Person(
        user["Username"],
        attributes.get("email", ""),
        user["Enabled"],
        user["UserStatus"] == _WAITING,
        user["UserCreateDate"],
    )


A = TypeVar("A")


def answer_of(request: Callable[[], A], parameter: str = "email") -> A:
    """Cognito's answer. What it says of an error may repeat an address: that goes no further."""
    try:
        return request()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    except BotoCoreError as error:
        raise BusyError("Cognito did not answer; please send the same again") from error
    if code in _EXISTS:
        raise ExistsError
    if code in _MISSING:
        raise NotFoundError("there is no such person")
    if code == "UnsupportedUserStateException":
        raise ConflictError(
            "nobody who cannot sign in can be invited; let them sign in again first"
        )
    if code == "CodeDeliveryFailureException":
        raise ConflictError("Cognito could not send the e-mail; ask for the invitation once more")
    if code == "LimitExceededException":
        raise ConflictError("Cognito sends no more e-mails today; invite again tomorrow")
    if code in _TRANSIENT or status >= 500:
        raise BusyError("Cognito is busy; please send the same again")
    if code == "InvalidParameterException":
        raise RefusedError(Problem(parameter, "one that Cognito takes"))
    raise RuntimeError(f"Cognito refused with {code}")


_EXISTS = frozenset({"UsernameExistsException", "AliasExistsException", "GroupExistsException"})
_MISSING = frozenset({"UserNotFoundException", "ResourceNotFoundException"})
_TRANSIENT = frozenset({"TooManyRequestsException", "ThrottlingException"})
