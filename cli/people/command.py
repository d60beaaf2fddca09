"""`bedboard people`: who may sign in, and as what."""

from typing import Annotated, Any

import boto3
import typer

from cli.errors import CommandError, UsageError
from cli.output import as_json, in_columns, say
from cli.people.user_pool import Pool, home_of_group
from cli.target import Target, chosen
from shared.store import homes

commands = typer.Typer(no_args_is_help=True, help="Who may sign in, and as what.")


def _as_the_pages_write_it(address: str) -> str:
    """A search of the pool by address goes by its letters as they were written."""
    return address.lower()


Address = Annotated[
    str,
    typer.Argument(
        metavar="EMAIL", help="The person's e-mail address.", callback=_as_the_pages_write_it
    ),
]
Groups = Annotated[
    list[str],
    typer.Argument(metavar="GROUP", help="home:<location id>, team:<slug> or council"),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

_UNTIL_TOKENS_END = "Pages that are open now end within 30 minutes."


@commands.command("list")
def list_people(
    context: typer.Context,
    addresses: Annotated[
        bool, typer.Option("--addresses", help="Show whole e-mail addresses.")
    ] = False,
    group: Annotated[str | None, typer.Option("--group", help="Only who is in it.")] = None,
    as_json_: Annotated[bool, typer.Option("--json", help="As JSON, for a program.")] = False,
) -> None:
    """Everybody who may sign in, with their groups.

    Addresses are shortened unless they are asked for.

    Examples:

    - `bedboard people list --council devon`

    - `bedboard people list --group team:exeter-discharge --addresses`
    """
    found = [
        each for each in _pool(chosen(context)).people() if group is None or group in each.groups
    ]
    lines: list[dict[str, Any]] = [
        {
            "person": each.address if addresses else each.masked,
            "status": each.status if each.is_enabled else "DISABLED",
            "groups": list(each.groups),
            **({"caller_id": each.caller_id} if addresses else {}),
        }
        for each in sorted(found, key=lambda each: each.address)
    ]
    if as_json_:
        as_json(lines)
        return
    rows = ((line["person"], line["status"], " ".join(line["groups"])) for line in lines)
    in_columns(("person", "status", "groups"), rows)
    say(f"{len(lines)} people")


@commands.command("add")
def add(
    context: typer.Context,
    address: Address,
    groups: Groups,
    invite: Annotated[
        bool, typer.Option("--invite/--no-invitation", help="Have the pool e-mail them.")
    ] = True,
) -> None:
    """Let somebody new sign in, as what the groups say; the pool invites them by e-mail.

    Examples:

    - `bedboard people add jo@example.org home:1-1000587219 --council devon`

    - `bedboard people add sam@example.org team:exeter-discharge council`
    """
    stack = chosen(context)
    pool = _pool(stack)
    _must_be(stack, groups)
    pool.add(address, invite=invite)
    pool.grant(address, groups)
    say(f"added, in {' '.join(groups)}" + ("; an invitation is on its way" if invite else ""))


@commands.command("grant")
def grant(context: typer.Context, address: Address, groups: Groups) -> None:
    """Put somebody who is known into more groups.

    Example:

    - `bedboard people grant jo@example.org home:1-1000587220 --council devon`
    """
    stack = chosen(context)
    pool = _pool(stack)
    _must_be(stack, groups)
    pool.grant(address, groups)
    say(f"now also in {' '.join(groups)}; it takes effect when they next sign in")


@commands.command("remove")
def remove(
    context: typer.Context,
    address: Address,
    groups: Annotated[
        list[str] | None,
        typer.Argument(metavar="GROUP", help="These groups only; without: altogether."),
    ] = None,
    yes: Yes = False,
) -> None:
    """Take somebody out of groups; without a group, delete them altogether (it asks).

    Examples:

    - `bedboard people remove jo@example.org home:1-1000587219 --council devon`

    - `bedboard people remove jo@example.org --yes`
    """
    pool = _pool(chosen(context))
    if groups:
        for group in groups:
            home_of_group(group)
        pool.take_out(address, groups)
        say(f"no longer in {' '.join(groups)}. {_UNTIL_TOKENS_END}")
        return
    if not yes:
        typer.confirm("Delete this person from the pool?", abort=True)
    pool.delete(address)
    say(f"deleted. {_UNTIL_TOKENS_END}")


@commands.command("disable")
def disable(context: typer.Context, address: Address, yes: Yes = False) -> None:
    """Let somebody in no more, but remember them and their groups (it asks).

    Example:

    - `bedboard people disable jo@example.org --council devon`
    """
    pool = _pool(chosen(context))
    if not yes:
        typer.confirm("Lock this person out?", abort=True)
    pool.disable(address)
    say(f"locked out. {_UNTIL_TOKENS_END}")


@commands.command("enable")
def enable(context: typer.Context, address: Address) -> None:
    """Let somebody in again who was disabled.

    Example:

    - `bedboard people enable jo@example.org --council devon`
    """
    _pool(chosen(context)).enable(address)
    say("let in again")


def _pool(stack: Target) -> Pool:
    if "UserPoolId" not in stack.outputs:
        raise CommandError(
            f"{stack.stack_name} has no user pool: its people and their groups are managed at the"
            " council's own OpenID Connect issuer, whose groups are home:<location id>,"
            " team:<slug> and council"
        )
    client = boto3.client("cognito-idp", **stack.connection)
    return Pool(client, stack.outputs["UserPoolId"])


def _must_be(stack: Target, groups: list[str]) -> None:
    """Refuse groups that are none of Bedboard's, and homes that are not here."""
    if not groups:
        raise UsageError("name a group: home:<location id>, team:<slug> or council")
    for home in [home_of_group(group) for group in groups]:
        if home:
            homes.load(stack.table, home)
