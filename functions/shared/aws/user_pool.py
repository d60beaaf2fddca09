"""The Cognito user pool of a stack: its people, and the groups that say what they can do.

The pool keeps email addresses, and nothing else does: errors never repeat one.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from shared.aws import clients
from shared.aws.settings import settings
from shared.domain.documents import Document, timestamp
from shared.domain.errors import BusyError, ConflictError, NotFoundError, Problem, RefusedError

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

PAGE_SIZE: Final = 20
"""People on one page of a list."""

_MOST_A_REQUEST: Final = 60
"""The most people or groups that Cognito returns for one request."""

_INVITED: Final = "FORCE_CHANGE_PASSWORD"


class PoolUser(NamedTuple):
    """A person who is in the pool."""

    person_id: str
    """The pool's own id, which says nothing about the person; the change log knows them by it."""
    email: str
    """Their email address; of a person without one, who was added by hand, the person_id."""
    is_enabled: bool
    is_invited: bool
    """Whether they have not yet signed in with the password of their invitation."""
    added_at: datetime
    has_second_step: bool | None
    """Whether they sign in with a second step; None in a list, which does not say."""

    @property
    def can_sign_in(self) -> bool:
        """Whether they have signed in before and are not disabled."""
        return self.is_enabled and not self.is_invited

    @property
    def is_waiting(self) -> bool:
        """Whether they are invited, have not signed in yet, and could."""
        return self.is_enabled and self.is_invited

    @property
    def state(self) -> str:
        """One of "active", "waiting" (for the first sign-in) and "disabled"."""
        if not self.is_enabled:
            return "disabled"
        return "waiting" if self.is_invited else "active"

    def to_document(self) -> Document:
        """Return the person as JSON has them."""
        return {
            "person_id": self.person_id,
            "email": self.email,
            "state": self.state,
            "added_at": timestamp(self.added_at),
        }


class PeoplePage(NamedTuple):
    """One page of people, and the cursor of the next page; None on the last page."""

    people: list[PoolUser]
    cursor: str | None


class ExistsError(Exception):
    """The person or the group is in the pool already."""


@dataclass(frozen=True, slots=True)
class UserPool:
    """The user pool of one stack.

    Its methods raise NotFoundError where there is no such person, BusyError where Cognito does not
    answer, and RefusedError where Cognito does not accept a value.
    """

    client: "CognitoIdentityProviderClient"
    pool_id: str

    def page(
        self, *, email_begins: str = "", invited: bool = False, cursor: str | None = None
    ) -> PeoplePage:
        """Return a page of all people, of those whose email begins so, or of those invited."""
        request: dict[str, Any] = {"UserPoolId": self.pool_id, "Limit": PAGE_SIZE}
        if email_begins:
            request["Filter"] = f'email ^= "{email_begins}"'
        elif invited:
            request["Filter"] = f'cognito:user_status = "{_INVITED}"'
        if cursor:
            request["PaginationToken"] = cursor
        page = _call(lambda: self.client.list_users(**request), "after")
        people = [_person(user) for user in page["Users"]]
        # Cognito takes one filter at a time.
        return PeoplePage(
            [person for person in people if person.is_invited or not invited],
            page.get("PaginationToken"),
        )

    def everyone(self) -> Iterator[PoolUser]:
        """Yield all people: one request for each 60."""
        request: dict[str, Any] = {"UserPoolId": self.pool_id, "Limit": _MOST_A_REQUEST}
        while True:
            page = _call(lambda: self.client.list_users(**request))
            yield from map(_person, page["Users"])
            if not page.get("PaginationToken"):
                return
            request["PaginationToken"] = page["PaginationToken"]

    def person(self, person_id: str) -> PoolUser:
        """Return the person with this id, or with this email address."""
        user = _call(lambda: self.client.admin_get_user(**self._user(person_id)))
        # Cognito leaves the list out for someone who has none.
        return _person({"UserMFASettingList": [], **user, "Attributes": user["UserAttributes"]})

    def find(self, email: str) -> PoolUser | None:
        """Return the person with this email address, as someone typed it; None if there is nobody.

        An address that was added with capitals is found as well: by hand it can be.
        """
        page = _call(
            lambda: self.client.list_users(
                UserPoolId=self.pool_id, Filter=f'email = "{email.lower()}"', Limit=1
            )
        )
        if page["Users"]:
            return _person(page["Users"][0])
        # The filter tells capitals apart, which signing in does not.
        for username in dict.fromkeys((email, email.lower())):
            with suppress(NotFoundError):
                return self.person(username)
        return None

    def add(self, email: str, *, send_invitation: bool = True) -> tuple[PoolUser, bool]:
        """Return the person with this email address, and whether they are new.

        Cognito sends a new person an invitation by email, with a first password. Raises
        ConflictError where it cannot send it.
        """
        known = self.find(email)
        if known:
            return known, False
        email = email.lower()
        silent: Any = {} if send_invitation else {"MessageAction": "SUPPRESS"}
        try:
            created = _call(
                lambda: self.client.admin_create_user(
                    **self._user(email),
                    UserAttributes=[
                        {"Name": "email", "Value": email},
                        {"Name": "email_verified", "Value": "true"},
                    ],
                    DesiredDeliveryMediums=["EMAIL"],
                    **silent,
                ),
                limit=_EMAIL_LIMIT,
            )
        except ExistsError:
            known = self.find(email)
            if known is None:
                raise BusyError(
                    "This person is being added at the moment. Send the same request again."
                ) from None
            return known, False
        return _person(created["User"]), True

    def invite_again(self, person: PoolUser) -> None:
        """Send an invited person a new first password by email. Raises ConflictError."""
        # Not by id: where people sign in with their address, Cognito takes nothing else here.
        _call(
            lambda: self.client.admin_create_user(
                **self._user(person.email),
                MessageAction="RESEND",
                DesiredDeliveryMediums=["EMAIL"],
            ),
            limit=_EMAIL_LIMIT,
        )

    def enable(self, person_id: str) -> None:
        """Let the person sign in."""
        _call(lambda: self.client.admin_enable_user(**self._user(person_id)))

    def disable(self, person_id: str) -> None:
        """Stop the person from signing in."""
        _call(lambda: self.client.admin_disable_user(**self._user(person_id)))

    def sign_out(self, person_id: str) -> None:
        """Sign the person out everywhere; tokens that they have are valid until they expire."""
        _call(lambda: self.client.admin_user_global_sign_out(**self._user(person_id)))

    def reset_second_step(self, person_id: str) -> None:
        """Let the person sign in without a second step, and sign them out everywhere.

        They can then set up another one. Nothing happens to someone who has none.
        """
        off: Any = {"Enabled": False, "PreferredMfa": False}
        _call(
            lambda: self.client.admin_set_user_mfa_preference(
                **self._user(person_id), SoftwareTokenMfaSettings=off
            )
        )
        self.sign_out(person_id)

    def delete(self, person_id: str) -> None:
        """Delete the person."""
        _call(lambda: self.client.admin_delete_user(**self._user(person_id)))

    def groups(self) -> list[str]:
        """Return the names of all groups."""
        request: dict[str, Any] = {"UserPoolId": self.pool_id, "Limit": _MOST_A_REQUEST}
        return self._group_names(lambda: self.client.list_groups(**request), request)

    def groups_by_person(self) -> dict[str, list[str]]:
        """Return the groups of every person who has one, by person_id: a request for each group."""
        groups: dict[str, list[str]] = {}
        for group in sorted(self.groups()):
            for person in self.members(group):
                groups.setdefault(person.person_id, []).append(group)
        return groups

    def groups_of(self, person_id: str) -> list[str]:
        """Return the names of the person's groups."""
        request: dict[str, Any] = {**self._user(person_id), "Limit": _MOST_A_REQUEST}
        return self._group_names(lambda: self.client.admin_list_groups_for_user(**request), request)

    def members_page(self, group: str, cursor: str | None) -> PeoplePage:
        """Return a page of a group's members; a group that does not exist has none."""
        request: dict[str, Any] = {
            "UserPoolId": self.pool_id,
            "GroupName": group,
            "Limit": PAGE_SIZE,
        }
        if cursor:
            request["NextToken"] = cursor
        try:
            page = _call(lambda: self.client.list_users_in_group(**request), "after")
        except NotFoundError:
            return PeoplePage([], None)
        return PeoplePage([_person(user) for user in page["Users"]], page.get("NextToken"))

    def members(self, group: str) -> Iterator[PoolUser]:
        """Yield all members of a group that exists: one request for each 60."""
        request: dict[str, Any] = {
            "UserPoolId": self.pool_id,
            "GroupName": group,
            "Limit": _MOST_A_REQUEST,
        }
        while True:
            page = _call(lambda: self.client.list_users_in_group(**request))
            yield from map(_person, page["Users"])
            if not page.get("NextToken"):
                return
            request["NextToken"] = page["NextToken"]

    def add_to_group(self, person_id: str, group: str) -> None:
        """Add the person to a group, which is created if it does not exist."""
        try:
            self._add_to_group(person_id, group)
        except NotFoundError:
            self.person(person_id)  # The person exists, so the group does not.
            with suppress(ExistsError):  # Someone else created it in this moment.
                _call(lambda: self.client.create_group(UserPoolId=self.pool_id, GroupName=group))
            self._add_to_group(person_id, group)

    def remove_from_group(self, person_id: str, group: str) -> None:
        """Remove the person from a group; nothing happens where they are not in it."""
        try:
            _call(
                lambda: self.client.admin_remove_user_from_group(
                    **self._user(person_id), GroupName=group
                )
            )
        except NotFoundError:
            self.person(person_id)  # The person exists, so the group does not.

    def _add_to_group(self, person_id: str, group: str) -> None:
        _call(lambda: self.client.admin_add_user_to_group(**self._user(person_id), GroupName=group))

    def _group_names(self, send: Callable[[], Any], request: dict[str, Any]) -> list[str]:
        names: list[str] = []
        while True:
            page = _call(send)
            names += (group["GroupName"] for group in page["Groups"])
            if not page.get("NextToken"):
                return names
            request["NextToken"] = page["NextToken"]

    def _user(self, username: str) -> Any:  # noqa: ANN401 - the client knows each of its arguments
        return {"UserPoolId": self.pool_id, "Username": username}


@functools.cache
def of_this_stack() -> UserPool:
    """Return the pool that this function was deployed to use."""
    return UserPool(clients.cognito(), settings().user_pool_id)


def _person(user: Any) -> PoolUser:  # noqa: ANN401 - the same in three responses of the client
    attributes = {each["Name"]: each.get("Value", "") for each in user["Attributes"]}
    return PoolUser(
        user["Username"],
        attributes.get("email") or user["Username"],
        user["Enabled"],
        user["UserStatus"] == _INVITED,
        user["UserCreateDate"],
        bool(user["UserMFASettingList"]) if "UserMFASettingList" in user else None,
    )


R = TypeVar("R")


_EMAIL_LIMIT: Final = "Cognito sends no more emails today. Send the invitation tomorrow."
_OTHER_LIMIT: Final = (
    "The user pool has reached a limit of Cognito. Ask the people who run Bedboard for your council"
    " to have AWS raise it."
)


def _call(request: Callable[[], R], parameter: str = "email", limit: str = _OTHER_LIMIT) -> R:
    """Send a request.

    `parameter` names the value that Cognito may not accept, `limit` says which limit it may reach.
    """
    return clients.call(
        "Cognito",
        request,
        lambda response: _translate(response, parameter, limit),
        is_personal=True,
    )


def _translate(response: clients.ErrorResponse, parameter: str, limit: str) -> Exception | None:
    code = clients.error_code(response)
    if code in _EXISTS:
        return ExistsError()
    if code in _MISSING:
        return NotFoundError("There is no such person.")
    if code in _CONFLICTS:
        return ConflictError(_CONFLICTS[code])
    if code == "LimitExceededException":
        return ConflictError(limit)
    if code == "InvalidParameterException":
        return RefusedError(Problem(parameter, "a value that Cognito accepts"))
    return None


_EXISTS: Final = {"UsernameExistsException", "AliasExistsException", "GroupExistsException"}
_MISSING: Final = {"UserNotFoundException", "ResourceNotFoundException"}
_CONFLICTS: Final = {
    "UnsupportedUserStateException": (
        "A person who is disabled cannot be invited. Enable them first."
    ),
    "CodeDeliveryFailureException": "Cognito could not send the email. Send the invitation again.",
}
