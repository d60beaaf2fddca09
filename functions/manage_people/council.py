"""There is always somebody of the council who can let people in."""

from typing import Final

from manage_people import membership
from manage_people.role import COUNCIL
from shared.aws import user_pool
from shared.aws.user_pool import Pool
from shared.domain.errors import ConflictError, ForbiddenError, NotFoundError

_LAST: Final = (
    "nobody of the council would be left who can sign in: give somebody else the role first, and"
    " have them sign in once"
)


def must_still_be_of_it(people: Pool, caller_id: str) -> None:
    """A token says what was so when it was made: somebody disabled since must not let themselves
    in again with it. Raises ForbiddenError, BusyError."""
    try:
        is_enabled = user_pool.person(people, caller_id).is_enabled
        still = is_enabled and COUNCIL in membership.roles_of(people, caller_id)
    except NotFoundError:
        still = False
    if not still:
        raise ForbiddenError("you are not of the council any more")


def take(people: Pool, person_id: str) -> None:
    """Have the person not be of the council. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_the_last(people, person_id)
    membership.take(people, person_id, COUNCIL)
    if not _anybody(people):  # two of them took it from each other at the same moment
        membership.give(people, person_id, COUNCIL)
        raise ConflictError(_LAST)


def disable(people: Pool, person_id: str) -> None:
    """Have the person not be able to sign in. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_the_last(people, person_id)
    user_pool.disable(people, person_id)
    if not _anybody(people):
        user_pool.enable(people, person_id)
        raise ConflictError(_LAST)


def _refuse_the_last(people: Pool, person_id: str) -> None:
    able = {each.person_id for each in membership.everybody_with(people, COUNCIL) if each.can_act}
    if able == {person_id}:
        raise ConflictError(_LAST)


def _anybody(people: Pool) -> bool:
    return any(each.can_act for each in membership.everybody_with(people, COUNCIL))
