"""`bedboard people`: who can sign in, and the groups that say what they can do."""

from typing import Annotated

import typer

from cli.errors import CommandError, UsageError
from cli.options import AsJson, Yes
from cli.output import plural, print_json, print_message, print_table
from cli.target import Target, selected_stack
from shared.aws.user_pool import PoolUser, UserPool
from shared.domain.contact_details import EMAIL_EXPECTED, email_address, masked_email
from shared.domain.documents import Document
from shared.http.roles import home_of_role, is_role
from shared.store import homes

commands = typer.Typer(no_args_is_help=True, help="Manage who can sign in, and what they can do.")


def _parse_email(text: str) -> str:
    """Return the address as typed: the pool may have it with capitals. Raises UsageError."""
    email = email_address(text)
    if email is None:
        raise UsageError(f"This is not an email address. Expected {EMAIL_EXPECTED}.")
    typed = text.strip()
    return typed if typed.lower() == email else email


Email = Annotated[
    str,
    typer.Argument(metavar="EMAIL", help="The person's email address.", callback=_parse_email),
]
Groups = Annotated[
    list[str],
    typer.Argument(metavar="GROUP", help="One of home:<location id>, team:<slug> and council."),
]

_IS_THERE = {
    "active": "This person can sign in already.",
    "waiting": "This person was invited already, and has not signed in yet: no email was sent.",
    "disabled": "This person is disabled. `bedboard people enable` lets them sign in again.",
}

_TOKENS_EXPIRE = "It takes full effect within 30 minutes, when their token expires."


@commands.command("list")
def list_people(
    context: typer.Context,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Print whole email addresses, and ids.")
    ] = False,
    group: Annotated[
        str | None, typer.Option("--group", help="Only members of this group.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the people who can sign in, with their groups.

    Email addresses are shortened, unless you use --addresses, which also prints each person's id:
    the change log and `bedboard doctor` know people by it.

    Examples:

    - `bedboard people list --council devon`

    - `bedboard people list --group team:exeter-discharge --addresses`
    """
    pool = _user_pool(selected_stack(context))
    groups = pool.groups_by_person()
    people = [
        person
        for person in pool.everyone()
        if group is None or group in groups.get(person.person_id, ())
    ]
    lines = [
        {
            "person": person.email if addresses else masked_email(person.email),
            "state": person.state,
            "groups": groups.get(person.person_id, []),
            **({"person_id": person.person_id} if addresses else {}),
        }
        for person in sorted(people, key=lambda person: person.email)
    ]
    if as_json:
        print_json(lines)
        return
    header = ("person", "state", "groups", *(("id",) if addresses else ()))
    print_table(header, (_cells(line) for line in lines))
    print_message(plural(len(lines), "person", "people"))


@commands.command("add")
def add_person(
    context: typer.Context,
    email: Email,
    groups: Groups,
    invite: Annotated[
        bool,
        typer.Option("--invite/--no-invitation", help="Send them an invitation by email."),
    ] = True,
) -> None:
    """Add a new person to groups and invite them by email to sign in.

    Examples:

    - `bedboard people add jo@example.org home:1-1000587219 --council devon`

    - `bedboard people add sam@example.org team:exeter-discharge council`
    """
    _require_groups(groups)
    stack = selected_stack(context)
    pool = _user_pool(stack)
    _require_homes(stack, groups)
    person, is_new = pool.add(email, send_invitation=invite)
    if not is_new:
        raise CommandError(
            f"{_IS_THERE[person.state]} `bedboard people grant` adds them to groups."
        )
    for group in groups:
        pool.add_to_group(person.person_id, group)
    invitation = " An invitation is on its way." if invite else ""
    print_message(f"Added to {' '.join(groups)}.{invitation}")


@commands.command("grant")
def grant_groups(context: typer.Context, email: Email, groups: Groups) -> None:
    """Add a person who can already sign in to more groups.

    Example:

    - `bedboard people grant jo@example.org home:1-1000587220 --council devon`
    """
    _require_groups(groups)
    stack = selected_stack(context)
    pool = _user_pool(stack)
    _require_homes(stack, groups)
    person = _find(pool, email)
    for group in groups:
        pool.add_to_group(person.person_id, group)
    print_message(f"Added to {' '.join(groups)}. It takes effect when they next sign in.")


@commands.command("remove")
def remove_person(
    context: typer.Context,
    email: Email,
    groups: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GROUP",
            help="Remove them from these groups only. Without a group, delete them.",
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Remove a person from groups. Without a group, delete them; it asks for confirmation.

    Examples:

    - `bedboard people remove jo@example.org home:1-1000587219 --council devon`

    - `bedboard people remove jo@example.org --yes`
    """
    if groups:
        _require_groups(groups)
    pool = _user_pool(selected_stack(context))
    person = _find(pool, email)
    if groups:
        for group in groups:
            pool.remove_from_group(person.person_id, group)
        print_message(f"Removed from {' '.join(groups)}. {_TOKENS_EXPIRE}")
        return
    if not yes:
        typer.confirm("Delete this person from the user pool?", abort=True)
    pool.sign_out(person.person_id)
    pool.delete(person.person_id)
    print_message(f"Deleted. {_TOKENS_EXPIRE}")


@commands.command("disable")
def disable_person(context: typer.Context, email: Email, yes: Yes = False) -> None:
    """Stop a person from signing in, and keep their groups. It asks for confirmation.

    Example:

    - `bedboard people disable jo@example.org --council devon`
    """
    pool = _user_pool(selected_stack(context))
    person = _find(pool, email)
    if not yes:
        typer.confirm("Stop this person from signing in?", abort=True)
    pool.disable(person.person_id)
    pool.sign_out(person.person_id)
    print_message(f"Disabled: they cannot sign in. {_TOKENS_EXPIRE}")


@commands.command("enable")
def enable_person(context: typer.Context, email: Email) -> None:
    """Let a disabled person sign in again.

    Example:

    - `bedboard people enable jo@example.org --council devon`
    """
    pool = _user_pool(selected_stack(context))
    pool.enable(_find(pool, email).person_id)
    print_message("Enabled: they can sign in again.")


@commands.command("reset-second-step")
def reset_second_step(context: typer.Context, email: Email, yes: Yes = False) -> None:
    """Let a person whose phone is lost sign in without a second step. It asks for confirmation.

    They are signed out everywhere, and can set up another one. Council officers do this on the
    People page; it is also for the case that no officer can sign in.

    Example:

    - `bedboard people reset-second-step jo@example.org --council devon`
    """
    pool = _user_pool(selected_stack(context))
    person = _find(pool, email)
    if not yes:
        typer.confirm(
            "Are you sure that this person asks for it? Their password alone will then let someone"
            " in.",
            abort=True,
        )
    pool.reset_second_step(person.person_id)
    print_message(
        f"Reset: they sign in with their password, and can set up another one. {_TOKENS_EXPIRE}"
    )


def _cells(line: Document) -> list[str]:
    """Return what the table shows of a person; their id only beside the whole address."""
    known = [line["person_id"]] if "person_id" in line else []
    return [line["person"], line["state"], " ".join(line["groups"]), *known]


def _user_pool(stack: Target) -> UserPool:
    pool = stack.user_pool
    if pool is None:
        raise CommandError(
            f"{stack.stack_name} has no user pool. Manage people and their groups in the council's"
            " own sign-in service (OpenID Connect). The groups are home:<location id>,"
            " team:<slug> and council."
        )
    return pool


def _find(pool: UserPool, email: str) -> PoolUser:
    """Return the person with this address. Raises CommandError where there is nobody."""
    person = pool.find(email)
    if person is None:
        raise CommandError(
            "Nobody has this email address here. `bedboard people list --addresses` shows who"
            " can sign in, `bedboard people add` adds a person."
        )
    return person


def _require_groups(groups: list[str]) -> None:
    """Check that the groups have the form of Bedboard's. Raises UsageError."""
    if not groups:
        raise UsageError("Name a group: home:<location id>, team:<slug> or council.")
    for group in groups:
        if not is_role(group):
            raise UsageError(
                f"{group} is not a group. Use home:1-1000587219 (a CQC location id),"
                " team:exeter-discharge (lower-case letters, digits and hyphens) or council."
            )


def _require_homes(stack: Target, groups: list[str]) -> None:
    """Check that the homes of the groups were imported. Raises NotFoundError."""
    for group in groups:
        if location_id := home_of_role(group):
            homes.load(stack.table, location_id)
