"""`bedboard alerts dead-letters`: what was given up on, done again or dropped."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.dead_letters import redrive
from cli.dead_letters.dead_letter_queue import Queue, named
from cli.dead_letters.message import Letter
from cli.errors import PROBLEM, CommandError
from cli.output import answer, as_json, in_columns, say
from cli.target import chosen
from shared.domain.documents import timestamp

alerts = typer.Typer(no_args_is_help=True, help="Alerts that could not be sent.")
commands = typer.Typer(
    no_args_is_help=True,
    help="What was given up on: changes that no team was told of, directories not taken in.",
)
alerts.add_typer(commands, name="dead-letters")

_SHORT = 8

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="As the list has them.")]
All = Annotated[bool, typer.Option("--all", help="All that are there now.")]


@commands.command("list")
def list_letters(
    context: typer.Context,
    as_json_: Annotated[bool, typer.Option("--json", help="As JSON, for a program.")] = False,
) -> None:
    """What was given up on, when and why. Nothing is taken out.

    Examples:

    - `bedboard alerts dead-letters list --council devon`
    """
    with Queue(chosen(context)).held() as held:
        letters = [each.letter for each in held]
    if as_json_:
        as_json([_document(each) for each in letters])
        return
    rows = (
        (each.letter_id[:_SHORT], _when(each), each.function, each.what, each.why)
        for each in letters
    )
    in_columns(("id", "when", "function", "what", "why"), rows)
    say(f"{len(letters)} dead letters")


@commands.command("send")
def send(context: typer.Context, ids: Ids = None, everything: All = False) -> None:
    """Do it again, and take out of the queue what succeeds.

    Sending twice does not alert twice: whoever was told of a change is not told again. Exit
    status 1 if something failed again; that stays in the queue.

    Examples:

    - `bedboard alerts dead-letters send 3f9c0d1e --council devon`

    - `bedboard alerts dead-letters send --all`
    """
    stack = chosen(context)
    queue = Queue(stack)
    failed = False
    with queue.held() as held:
        for each in named(held, ids or [], everything=everything):
            short = each.letter.letter_id[:_SHORT]
            try:
                done = redrive.send(stack, each.letter, datetime.now(UTC))
            except CommandError as error:
                say(f"{short}: {error}")
                failed = True
            else:
                queue.drop(each)
                answer(f"{short}: {done}")
    if failed:
        raise typer.Exit(PROBLEM)


@commands.command("drop")
def drop(
    context: typer.Context,
    ids: Ids = None,
    everything: All = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take it out of the queue for good, undone (it asks).

    Example:

    - `bedboard alerts dead-letters drop 3f9c0d1e --council devon`
    """
    queue = Queue(chosen(context))
    with queue.held() as held:
        wanted = named(held, ids or [], everything=everything)
        for each in wanted:
            say(f"{each.letter.letter_id[:_SHORT]}  {_when(each.letter)}  {each.letter.what}")
        if wanted and not yes:
            typer.confirm(f"Drop {len(wanted)} for good?", abort=True)
        for each in wanted:
            queue.drop(each)
    answer(f"{len(wanted)} dropped")


def _when(letter: Letter) -> str:
    return timestamp(letter.when) if letter.when else "?"


def _document(letter: Letter) -> dict[str, object]:
    return {
        "id": letter.letter_id,
        "when": _when(letter),
        "function": letter.function,
        "what": letter.what,
        "why": letter.why,
        "can_be_sent": bool(letter.function and (letter.event is not None or letter.records)),
    }
