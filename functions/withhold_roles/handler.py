"""Answer Cognito before each token: which groups it carries, and whether some are withheld.

Cognito calls this at every sign-in and renewal, and refuses the sign-in where it gets no answer.
It waits five seconds, so what this imports and asks for is as little as possible.
"""

from collections.abc import Callable, Collection
from typing import Any

from withhold_roles import second_step
from withhold_roles.token_event import groups_in, response_with

Handler = Callable[[dict[str, Any], object], dict[str, Any]]


def build(
    *, required_for: Callable[[str], bool], has_second_step: Callable[[str, str], bool]
) -> Handler:
    """Return the function.

    `required_for` tells whether a group needs a second step; `has_second_step` whether a person of
    a pool has one, and False where that cannot be found out.
    """

    def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
        groups = groups_in(event)
        # Nobody else waits for the answer of the user pool, or goes without a role for want of it.
        withheld: Collection[str] = [group for group in groups if required_for(group)]
        if withheld and has_second_step(event["userPoolId"], event["userName"]):
            withheld = ()
        kept = [group for group in groups if group not in withheld]
        return {**event, "response": response_with(event, kept, is_withheld=bool(withheld))}

    return handle


handler = build(required_for=second_step.required_here, has_second_step=second_step.has_second_step)
