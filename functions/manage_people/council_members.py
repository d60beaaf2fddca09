"""Keep the council able to manage people: one of its members can always sign in."""

from typing import Final

from shared.aws.user_pool import UserPool
from shared.domain.errors import ConflictError, ForbiddenError, NotFoundError
from shared.http.request import Request
from shared.http.roles import COUNCIL

_LAST_MEMBER: Final = (
    "This is the last person of the council who can sign in. First give someone else the role"
    " 'council', and have them sign in once."
)


def require_council_member(request: Request, pool: UserPool) -> str:
    """Return the caller's id, if they are of the council now and people are managed here.

    A token shows what was true when it was issued. Someone who was disabled or lost the role since
    must not use it to give themselves access again. Raises SignInNeededError, ForbiddenError,
    ConflictError, BusyError.
    """
    caller = request.caller()
    caller.require_council()
    if not pool.pool_id:
        raise ConflictError(
            "People are not managed here, but at the council's own issuer, where they sign in."
        )
    caller_id = caller.caller_id or ""
    try:
        is_enabled = pool.person(caller_id).is_enabled
        is_member = is_enabled and COUNCIL in pool.groups_of(caller_id)
    except NotFoundError:
        is_member = False
    if not is_member:
        raise ForbiddenError("You are not of the council any more. Ask someone at the council.")
    return caller_id


def remove_from_council(pool: UserPool, person_id: str) -> None:
    """Take the role `council` from a person. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_last_member(pool, person_id)
    pool.remove_from_group(person_id, COUNCIL)
    if not _someone_can_sign_in(pool):  # two people removed each other at the same moment
        pool.add_to_group(person_id, COUNCIL)
        raise ConflictError(_LAST_MEMBER)


def disable(pool: UserPool, person_id: str) -> None:
    """Stop a person from signing in. Raises ConflictError, NotFoundError, BusyError."""
    _refuse_last_member(pool, person_id)
    pool.disable(person_id)
    if not _someone_can_sign_in(pool):  # two people disabled each other at the same moment
        pool.enable(person_id)
        raise ConflictError(_LAST_MEMBER)


def _refuse_last_member(pool: UserPool, person_id: str) -> None:
    able = {each.person_id for each in pool.members(COUNCIL) if each.can_sign_in}
    if able == {person_id}:
        raise ConflictError(_LAST_MEMBER)


def _someone_can_sign_in(pool: UserPool) -> bool:
    return any(each.can_sign_in for each in pool.members(COUNCIL))
