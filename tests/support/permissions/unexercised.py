"""The permissions that no test of a function's code needs, and why each of them stands."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from tests.support.permissions.policies import Permission, Policy


class Reason(NamedTuple):
    """Why a function has actions that its own code does not call."""

    functions: str
    """A function, or `*`."""
    actions: str
    """A pattern of actions."""
    why: str

    def covers(self, function: str, permission: Permission) -> bool:
        """Tell whether this is the reason for the function's permission."""
        return fnmatchcase(function, self.functions) and fnmatchcase(
            permission.action, self.actions
        )


REASONS: Final = (
    Reason("*", "logs:*", "Lambda writes the log, as the function's role"),
    Reason("notify", "dynamodb:*Stream*", "Lambda reads the stream, as the function's role"),
    Reason("notify", "dynamodb:GetRecords", "Lambda reads the stream, as the function's role"),
    Reason("notify", "dynamodb:GetShardIterator", "Lambda reads the stream, as its role"),
    Reason("deliver", "sqs:*", "Lambda receives and deletes messages, as the function's role"),
    Reason("*", "sqs:*", "Lambda sends dead letters, as the function's role; the CDK's grant"),
)


def unexercised(policies: Mapping[str, Policy], needed: AbstractSet[tuple[str, str]]) -> list[str]:
    """Return each permission that is neither needed nor explained, and each reason without use.

    `needed` names functions and permissions as text.
    """
    all_permissions = [
        (function, permission)
        for function, policy in sorted(policies.items())
        for permission in sorted(policy.permissions, key=str)
    ]
    unneeded = [
        (function, permission)
        for function, permission in all_permissions
        if (function, str(permission)) not in needed
    ]
    return [
        f"{function}: {permission}"
        for function, permission in unneeded
        if not any(reason.covers(function, permission) for reason in REASONS)
    ] + [
        f"no reason is needed any more for {reason.functions}: {reason.actions}"
        for reason in REASONS
        if not any(reason.covers(*each) for each in unneeded)
    ]
