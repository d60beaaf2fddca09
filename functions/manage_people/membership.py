"""The roles of people: each is a group of the pool, made when it is first needed."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from manage_people.role import is_role
from shared.aws.user_pool import (
    PAGE,
    ExistsError,
    Found,
    Person,
    Pool,
    answer_of,
    of,
    person,
    person_of,
)
from shared.domain.errors import NotFoundError

_MOST_OF_A_GROUP: Final = 60


def with_role(pool: Pool, role: str, after: str | None) -> Found:
    """Who has the role. Raises RefusedError, BusyError."""
    asked: dict[str, Any] = {"UserPoolId": pool.pool_id, "GroupName": role, "Limit": PAGE}
    if after:
        asked["NextToken"] = after
    try:
        page = answer_of(lambda: pool.client.list_users_in_group(**asked), "after")
    except NotFoundError:
        return Found([], None)  # nobody ever had it
    return Found([person_of(each) for each in page["Users"]], page.get("NextToken"))


def everybody_with(pool: Pool, role: str) -> Iterator[Person]:
    """All who have the role. Raises BusyError."""
    asked: dict[str, Any] = {"UserPoolId": pool.pool_id, "GroupName": role}
    asked["Limit"] = _MOST_OF_A_GROUP
    while True:
        page = answer_of(lambda: pool.client.list_users_in_group(**asked))
        yield from map(person_of, page["Users"])
        if not page.get("NextToken"):
            return
        asked["NextToken"] = page["NextToken"]


def roles_of(pool: Pool, person_id: str) -> list[str]:
    """In their order; groups that are none of Bedboard's are passed over.

    Raises NotFoundError, BusyError.
    """
    asked: dict[str, Any] = {**of(pool, person_id), "Limit": _MOST_OF_A_GROUP}
    found: list[str] = []
    while True:
        page = answer_of(lambda: pool.client.admin_list_groups_for_user(**asked))
        found += (each["GroupName"] for each in page["Groups"])
        if not page.get("NextToken"):
            return sorted(each for each in found if is_role(each))
        asked["NextToken"] = page["NextToken"]


def give(pool: Pool, person_id: str, role: str) -> None:
    """Have the person have the role, which is made when it is first needed.

    Raises NotFoundError, BusyError.
    """
    try:
        _give(pool, person_id, role)
    except NotFoundError:
        person(pool, person_id)  # the person is there, so the role is not
        with suppress(ExistsError):  # somebody else was as quick
            answer_of(lambda: pool.client.create_group(UserPoolId=pool.pool_id, GroupName=role))
        _give(pool, person_id, role)


def take(pool: Pool, person_id: str, role: str) -> None:
    """Have the person not have the role. Raises NotFoundError, BusyError."""
    try:
        answer_of(
            lambda: pool.client.admin_remove_user_from_group(**of(pool, person_id), GroupName=role)
        )
    except NotFoundError:
        person(pool, person_id)  # the person is there, so nobody ever had the role


def _give(pool: Pool, person_id: str, role: str) -> None:
    answer_of(lambda: pool.client.admin_add_user_to_group(**of(pool, person_id), GroupName=role))
