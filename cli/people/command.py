"""`bedboard people`: who can sign in, and the groups that say what they can do."""

from typing import Annotated

import typer

from cli.errors import CommandError, UsageError
from cli.output import plural, print_json, print_message, print_table
from cli.people.user_pool import Person, Pool, home_of_group
from cli.target import Target, selected_stack
from shared.store import homes

commands = typer.Typer(no_args_is_help=True, help="Manage who can sign in, and what they can do.")


def _in_lower_case(email: str) -> str:
    """Return the address as the pool keeps it: its search is case-sensitive."""
    return email.lower()


Email = Annotated[
    str,
    typer.Argument(metavar="EMAIL", help="The person's email address.", callback=_in_lower_case),
]
Groups = Annotated[
    list[str],
    typer.Argument(metavar="GROUP", help="One of home:<location id>, team:<slug> and council."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]

_TOKENS_EXPIRE = "Pages that they have open stop working within 30 minutes."


@commands.command("list")
def list_people(
    context: typer.Context,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Print whole email addresses.")
    ] = False,
    group: Annotated[
        str | None, typer.Option("--group", help="Only members of this group.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """List the people who can sign in, with their groups.

    Email addresses are shortened, unless you use --addresses.

    Examples:

    - `bedboard people list --council devon`

    - `bedboard people list --group team:exeter-discharge --addresses`
    """
    people = [
        person
        for person in _user_pool(selected_stack(context)).people()
        if group is None or group in person.groups
    ]
    people.sort(key=lambda person: person.address)
    if as_json:
        print_json([_to_document(person, addresses=addresses) for person in people])
        return
    rows = (
        (
            person.address if addresses else person.masked,
            _status(person),
            " ".join(person.groups),
        )
        for person in people
    )
    print_table(("person", "status", "groups"), rows)
    print_message(plural(len(people), "person", "people"))


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
    stack = selected_stack(context)
    pool = _user_pool(stack)
    _require_groups(stack, groups)
    pool.add(email, invite=invite)
    pool.grant(email, groups)
    invitation = " An invitation is on its way." if invite else ""
    print_message(f"Added to {' '.join(groups)}.{invitation}")


@commands.command("grant")
def grant_groups(context: typer.Context, email: Email, groups: Groups) -> None:
    """Add a person who can already sign in to more groups.

    Example:

    - `bedboard people grant jo@example.org home:1-1000587220 --council devon`
    """
    stack = selected_stack(context)
    pool = _user_pool(stack)
    _require_groups(stack, groups)
    pool.grant(email, groups)
    print_message(f"Added to {' '.join(groups)}. It takes effect when they next sign in.")


@commands.command("remove")
def remove_person(
    context: typer.Context,
    email: Email,
    groups: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="GROUP", help="Remove them from these groups only; without, delete them."
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Remove a person from groups. Without a group, delete them; it asks for confirmation.

    Examples:

    - `bedboard people remove jo@example.org home:1-1000587219 --council devon`

    - `bedboard people remove jo@example.org --yes`
    """
    pool = _user_pool(selected_stack(context))
    if groups:
        for group in groups:
            home_of_group(group)
        pool.take_out(email, groups)
        print_message(f"Removed from {' '.join(groups)}. {_TOKENS_EXPIRE}")
        return
    if not yes:
        typer.confirm("Delete this person from the user pool?", abort=True)
    pool.delete(email)
    print_message(f"Deleted. {_TOKENS_EXPIRE}")


@commands.command("disable")
def disable_person(context: typer.Context, email: Email, yes: Yes = False) -> None:
    """Stop a person from signing in, and keep their groups. It asks for confirmation.

    Example:

    - `bedboard people disable jo@example.org --council devon`
    """
    pool = _user_pool(selected_stack(context))
    if not yes:
        typer.confirm("Stop this person from signing in?", abort=True)
    pool.disable(email)
    print_message(f"Disabled: they cannot sign in. {_TOKENS_EXPIRE}")


@commands.command("enable")
def enable_person(context: typer.Context, email: Email) -> None:
    """Let a disabled person sign in again.

    Example:

    - `bedboard people enable jo@example.org --council devon`
    """
    _user_pool(selected_stack(context)).enable(email)
    print_message("Enabled: they can sign in again.")


def _user_pool(stack: Target) -> Pool:
    if "UserPoolId" not in stack.outputs:
        raise CommandError(
            f"{stack.stack_name} has no user pool. Manage people and their groups in the council's"
            " own sign-in service (OpenID Connect). The groups are home:<location id>,"
            " team:<slug> and council."
        )
    return Pool(stack.client("cognito-idp"), stack.outputs["UserPoolId"])


def _require_groups(stack: Target, groups: list[str]) -> None:
    """Check that the groups are Bedboard's and that their homes exist.

    Raises UsageError, NotFoundError.
    """
    if not groups:
        raise UsageError("Name a group: home:<location id>, team:<slug> or council.")
    for location_id in [home_of_group(group) for group in groups]:
        if location_id:
            homes.load(stack.table, location_id)


def _status(person: Person) -> str:
    return person.status if person.is_enabled else "DISABLED"


def _to_document(person: Person, *, addresses: bool) -> dict[str, object]:
    return {
        "person": person.address if addresses else person.masked,
        "status": _status(person),
        "groups": list(person.groups),
        **({"caller_id": person.caller_id} if addresses else {}),
    }
