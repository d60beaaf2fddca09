"""There is always somebody of the council who can let people in."""

from typing import Final

from shared.aws.user_pool import UserPool
from shared.domain.errors import ConflictError, ForbiddenError, NotFoundError
from shared.http.roles import COUNCIL

_LAST: Final = (
    "nobody of the council would be left who can sign in: give somebody else the role first, and"
    " have them sign in once"
)


def must_still_be_of_it(pool: UserPool, caller_id: str) -> None:
    """A token says what was so when it was made: somebody disabled since must not let themselves
    in again with it. Raises ForbiddenError, BusyError."""
    try:
        is_enabled = pool.person(caller_id).is_enabled
        still = is_enabled and COUNCIL in pool.groups_of(caller_id)
    except NotFoundError:
        still = False
    if not still:
        raise ForbiddenError("you are not of the council any more")


def take(pool: UserPool, person_id: str) -> None:
    """Have the person not be of the council. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_the_last(pool, person_id)
    pool.remove_from_group(person_id, COUNCIL)
    if not _anybody(pool):  # two of them took it from each other at the same moment
        pool.add_to_group(person_id, COUNCIL)
        raise ConflictError(_LAST)


def disable(pool: UserPool, person_id: str) -> None:
    """Have the person not be able to sign in. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_the_last(pool, person_id)
    pool.disable(person_id)
    if not _anybody(pool):
        pool.enable(person_id)
        raise ConflictError(_LAST)


def _refuse_the_last(pool: UserPool, person_id: str) -> None:
    able = {each.person_id for each in pool.members(COUNCIL) if each.can_sign_in}
    if able == {person_id}:
        raise ConflictError(_LAST)


def _anybody(pool: UserPool) -> bool:
    return any(each.can_sign_in for each in pool.members(COUNCIL))
