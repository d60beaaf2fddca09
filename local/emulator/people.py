"""Three fictional people of a local stack, with a password that is no secret."""

from dataclasses import dataclass
from typing import Final

import boto3

from local.emulator.stack import LocalStack
from local.emulator.tokens import add_person

PASSWORD: Final = "Bedboard-on-loopback-1"  # noqa: S105 - for a stack on this machine only


@dataclass(frozen=True, slots=True)
class Person:
    """A fictional person who can sign in."""

    role: str
    username: str
    groups: tuple[str, ...]
    password: str = PASSWORD
    second_step: bool = True
    """Whether an officer counts as someone who has a second step."""


def create_people(stack: LocalStack, location_id: str, team: str) -> tuple[Person, Person, Person]:
    """Create a carer of the home, a coordinator of the team and an officer of the council."""
    people = (
        Person("a carer", "carer@example.org", (f"home:{location_id}",)),
        Person("a discharge coordinator", "coordinator@example.org", (f"team:{team}",)),
        Person("a council officer", "council@example.org", ("council",)),
    )
    for each in people:
        create_person(stack, each)
    return people


def create_person(stack: LocalStack, person: Person) -> None:
    """Create the person in the stack's pool, with these groups and this password."""
    add_person(stack, person.username, person.groups, second_step=person.second_step)
    pool = boto3.client("cognito-idp", **stack.connection)
    pool.admin_set_user_password(
        UserPoolId=stack.user_pool_id,
        Username=person.username,
        Password=person.password,
        Permanent=True,
    )
