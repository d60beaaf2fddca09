"""Keep the council able to manage people: one of its members can always sign in.

Cognito changes one person at a time and offers no condition, so each change is checked once it is
made, and undone where it should not have been. Where two members shut each other out at the same
moment, at least one of them reads what the other did. What remains: where the function ends, or
Cognito stops to answer, between the change and its undoing, the change stays; and Cognito does not
promise that a list shows a change at once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from shared.aws.user_pool import UserPool
from shared.domain.errors import ConflictError, ForbiddenError, NotFoundError
from shared.http.request import Request
from shared.http.roles import COUNCIL

_NOT_A_MEMBER: Final = "You are not of the council any more. Ask someone at the council."
_LAST_MEMBER: Final = (
    "This is the last person of the council who can sign in. First give someone else the role"
    " 'council', and have them sign in once."
)


def require_council_member(request: Request, pool: UserPool) -> str:
    """Return the caller's id, if they are of the council now and people are managed here.

    A token shows what was true when it was issued. Someone who was disabled or lost the role since
    must not use it to give themselves access again. Raises SignInNeededError, ForbiddenError,
    ConflictError, MalformedError, BusyError.
    """
    caller = request.caller()
    caller.require_council()
    if not pool.pool_id:
        raise ConflictError(
            "People are not managed here, but at the council's own issuer, where they sign in."
        )
    caller_id = caller.caller_id or ""
    if not _is_member(pool, caller_id):
        raise ForbiddenError(_NOT_A_MEMBER)
    request.refuse_idempotency_key()
    return caller_id


def remove_from_council(pool: UserPool, person_id: str, *, caller_id: str) -> None:
    """Take the role `council` from a person.

    Raises ConflictError, ForbiddenError, NotFoundError, BusyError.
    """
    if COUNCIL not in pool.groups_of(person_id):
        return  # undoing it would give them the role
    _refuse_last_member(pool, person_id)
    pool.remove_from_group(person_id, COUNCIL)
    with _undone_by(lambda: pool.add_to_group(person_id, COUNCIL)):
        _check_afterwards(pool, person_id, caller_id)


def disable(pool: UserPool, person_id: str, *, caller_id: str) -> None:
    """Stop a person from signing in.

    Raises ConflictError, ForbiddenError, NotFoundError, BusyError.
    """
    if not pool.person(person_id).is_enabled:
        return
    _refuse_last_member(pool, person_id)
    pool.disable(person_id)
    with _undone_by(lambda: pool.enable(person_id)):
        _check_afterwards(pool, person_id, caller_id)


@contextmanager
def _undone_by(undo: Callable[[], None]) -> Iterator[None]:
    """Undo a change where the check of it fails, or gets no answer."""
    try:
        yield
    except Exception:
        undo()
        raise


def _check_afterwards(pool: UserPool, person_id: str, caller_id: str) -> None:
    """Raise if the change left nobody, or if someone has shut out the caller meanwhile."""
    if not _someone_can_sign_in(pool):
        raise ConflictError(_LAST_MEMBER)
    if person_id != caller_id and not _is_member(pool, caller_id):
        raise ForbiddenError(_NOT_A_MEMBER)


def _is_member(pool: UserPool, person_id: str) -> bool:
    try:
        return pool.person(person_id).is_enabled and COUNCIL in pool.groups_of(person_id)
    except NotFoundError:
        return False


def _refuse_last_member(pool: UserPool, person_id: str) -> None:
    able = {each.person_id for each in pool.members(COUNCIL) if each.can_sign_in}
    if able == {person_id}:
        raise ConflictError(_LAST_MEMBER)


def _someone_can_sign_in(pool: UserPool) -> bool:
    return any(each.can_sign_in for each in pool.members(COUNCIL))
