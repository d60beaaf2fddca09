"""The people of a stack's user pool: who is there, in which groups, and how that changes."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cli.errors import CommandError, UsageError
from shared.domain.contact_details import EMAIL_EXPECTED, email_address
from shared.http.callers import LOCATION_ID, TEAM, TEAM_LENGTH

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

COUNCIL_GROUP: Final = "council"


class Person(NamedTuple):
    """Somebody in the pool."""

    address: str
    status: str
    """As the pool has it: CONFIRMED, FORCE_CHANGE_PASSWORD (invited), ..."""
    is_enabled: bool
    groups: tuple[str, ...]
    caller_id: str | None
    """Who the change log says it was."""

    @property
    def masked(self) -> str:
        """`j…@example.org`: enough to recognise, not enough to write to."""
        name, _, domain = self.address.partition("@")
        return f"{name[:1]}…@{domain}"


def home_of_group(group: str) -> str | None:
    """The home whose staff the group is. Raises UsageError where there is no such group."""
    kind, _, name = group.partition(":")
    if kind == "home" and LOCATION_ID.fullmatch(name):
        return name
    is_team = kind == "team" and TEAM.fullmatch(name) and len(name) <= TEAM_LENGTH
    if group != COUNCIL_GROUP and not is_team:
        raise UsageError(
            f"{group} is not a group. Use home:1-1000587219 (a CQC location id),"
            " team:exeter-discharge (lower-case letters, digits and hyphens) or council."
        )
    return None


@dataclass(frozen=True, slots=True)
class Pool:
    """The user pool of one stack. Addresses go to it and are kept nowhere else."""

    client: "CognitoIdentityProviderClient"
    pool_id: str

    def people(self) -> Iterator[Person]:
        """Everybody, with all their groups; a request for each group and each 60 people."""
        groups: dict[str, list[str]] = {}
        for group in self.groups():
            for username in self.usernames_in(group):
                groups.setdefault(username, []).append(group)
        for page in self.client.get_paginator("list_users").paginate(UserPoolId=self.pool_id):
            for user in page["Users"]:
                attributes = {each["Name"]: each.get("Value") for each in user["Attributes"]}
                yield Person(
                    attributes.get("email") or user["Username"],
                    user["UserStatus"],
                    user["Enabled"],
                    tuple(sorted(groups.get(user["Username"], ()))),
                    attributes.get("sub"),
                )

    def groups(self) -> list[str]:
        pages = self.client.get_paginator("list_groups").paginate(UserPoolId=self.pool_id)
        return [group["GroupName"] for page in pages for group in page["Groups"]]

    def usernames_in(self, group: str) -> list[str]:
        pages = self.client.get_paginator("list_users_in_group").paginate(
            UserPoolId=self.pool_id, GroupName=group
        )
        return [user["Username"] for page in pages for user in page["Users"]]

    def add(self, address: str, *, invite: bool) -> None:
        """Let the pool know somebody, and invite them by e-mail. Raises CommandError."""
        if email_address(address) != address:
            raise UsageError(f"This is not an email address. Expected {EMAIL_EXPECTED}.")
        silent: Any = {} if invite else {"MessageAction": "SUPPRESS"}
        try:
            self.client.admin_create_user(
                UserPoolId=self.pool_id,
                Username=address,
                DesiredDeliveryMediums=["EMAIL"],
                UserAttributes=[
                    {"Name": "email", "Value": address},
                    {"Name": "email_verified", "Value": "true"},
                ],
                **silent,
            )
        except self.client.exceptions.UsernameExistsException:
            raise CommandError(
                "This person can sign in already. `bedboard people grant` adds them to groups."
            ) from None

    def grant(self, address: str, groups: Iterable[str]) -> None:
        """Put somebody into groups, which are made where there are none. Raises CommandError."""
        for group in groups:
            with contextlib.suppress(self.client.exceptions.GroupExistsException):
                self.client.create_group(UserPoolId=self.pool_id, GroupName=group)
            with self._known():
                self.client.admin_add_user_to_group(
                    UserPoolId=self.pool_id, Username=address, GroupName=group
                )

    def take_out(self, address: str, groups: Iterable[str]) -> None:
        """Take somebody out of groups. Raises CommandError."""
        for group in groups:
            with self._known():
                self.client.admin_remove_user_from_group(
                    UserPoolId=self.pool_id, Username=address, GroupName=group
                )

    def delete(self, address: str) -> None:
        """Forget somebody. Raises CommandError."""
        with self._known():
            self.client.admin_user_global_sign_out(UserPoolId=self.pool_id, Username=address)
            self.client.admin_delete_user(UserPoolId=self.pool_id, Username=address)

    def disable(self, address: str) -> None:
        """Let somebody in no more. Raises CommandError."""
        with self._known():
            self.client.admin_disable_user(UserPoolId=self.pool_id, Username=address)
            self.client.admin_user_global_sign_out(UserPoolId=self.pool_id, Username=address)

    def enable(self, address: str) -> None:
        """Let somebody in again. Raises CommandError."""
        with self._known():
            self.client.admin_enable_user(UserPoolId=self.pool_id, Username=address)

    @contextlib.contextmanager
    def _known(self) -> Iterator[None]:
        try:
            yield
        except self.client.exceptions.UserNotFoundException:
            raise CommandError(
                "Nobody has this email address here. `bedboard people list --addresses` shows who"
                " has access, `bedboard people add` adds a person."
            ) from None
        except self.client.exceptions.ResourceNotFoundException:
            raise CommandError(
                "There is no such group. `bedboard people list` shows the groups of each person."
            ) from None
