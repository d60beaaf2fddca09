"""Three ready-made people of a local stack, with passwords that everybody may know."""

from dataclasses import dataclass
from typing import Final

import boto3

from local.emulator.stack import LocalStack
from local.emulator.tokens import add_user

PASSWORD: Final = "Bedboard-on-loopback-1"  # noqa: S105 - for a stack on one's own machine only


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody fictional who can sign in."""

    role: str
    username: str
    groups: tuple[str, ...]
    password: str = PASSWORD


def ready_made(stack: LocalStack, location_id: str, team: str) -> tuple[Person, Person, Person]:
    """A carer of that home, a discharge coordinator of that team, and an officer of the council."""
    people = (
        Person("a carer", "carer@example.org", (f"home:{location_id}",)),
        Person("a discharge coordinator", "coordinator@example.org", (f"team:{team}",)),
        Person("a council officer", "council@example.org", ("council",)),
    )
    for each in people:
        make(stack, each)
    return people


def make(stack: LocalStack, person: Person) -> None:
    """Have the stack's pool know this person, in these groups, with this password."""
    pool = boto3.client("cognito-idp", **stack.connection)
    add_user(pool, stack.user_pool_id, person.username, person.groups)
    pool.admin_set_user_password(
        UserPoolId=stack.user_pool_id,
        Username=person.username,
        Password=person.password,
        Permanent=True,
    )
