"""`bedboard dead-letters`: events that a function did not handle in spite of all retries."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.dead_letters.dead_letter_queue import DeadLetterQueue, select
from cli.dead_letters.message import DeadLetter
from cli.dead_letters.redrive import redrive
from cli.errors import EXIT_PROBLEM, CommandError
from cli.options import AsJson, Yes
from cli.output import plural, print_json, print_line, print_message, print_table
from cli.target import selected_stack
from shared.domain.documents import timestamp

commands = typer.Typer(
    no_args_is_help=True,
    help="List, redrive or delete what failed: messages to people, alerts, imports, reminders.",
)

Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID", help="The id from the list, or the beginning of it."),
]
All = Annotated[bool, typer.Option("--all", help="Select every dead letter in the queue.")]


@commands.command("list")
def list_dead_letters(
    context: typer.Context,
    as_json: AsJson = False,
) -> None:
    """List the dead letters: what failed, when and why. The queue is not changed.

    Examples:

    - `bedboard dead-letters list --council devon`
    """
    with DeadLetterQueue.of_stack(selected_stack(context)).received() as received:
        letters = [each.letter for each in received]
    if as_json:
        print_json([_to_document(letter) for letter in letters])
        return
    rows = (
        (
            letter.short_id,
            _failure_time(letter),
            letter.function,
            letter.summary,
            letter.reason,
        )
        for letter in letters
    )
    print_table(("id", "failed at", "function", "summary", "reason"), rows)
    print_message(plural(len(letters), "dead letter"))


@commands.command("redrive")
def redrive_dead_letters(context: typer.Context, ids: Ids = None, everything: All = False) -> None:
    """Run the failed events again, and delete from the queue those that succeed.

    Messages to people go back to their own queue. Nobody is told twice of the same change. Exit
    status 1 if an event fails again; it stays in the queue.

    Examples:

    - `bedboard dead-letters redrive 3f9c0d1e --council devon`

    - `bedboard dead-letters redrive --all`
    """
    stack = selected_stack(context)
    queue = DeadLetterQueue.of_stack(stack)
    has_failed = False
    with queue.received() as received:
        for each in select(received, ids or [], everything=everything):
            try:
                outcome = redrive(stack, each.letter, datetime.now(UTC))
            except CommandError as error:
                print_message(f"{each.letter.short_id}: {error}")
                has_failed = True
            else:
                queue.delete(each)
                print_line(f"{each.letter.short_id}: {outcome}")
    if has_failed:
        raise typer.Exit(EXIT_PROBLEM)


@commands.command("delete")
def delete_dead_letters(
    context: typer.Context,
    ids: Ids = None,
    everything: All = False,
    yes: Yes = False,
) -> None:
    """Delete dead letters for good, without running their events. It asks for confirmation.

    Example:

    - `bedboard dead-letters delete 3f9c0d1e --council devon`
    """
    queue = DeadLetterQueue.of_stack(selected_stack(context))
    with queue.received() as received:
        selected = select(received, ids or [], everything=everything)
        for each in selected:
            letter = each.letter
            print_message(f"{letter.short_id}  {_failure_time(letter)}  {letter.summary}")
        if selected and not yes:
            typer.confirm(f"Delete {plural(len(selected), 'dead letter')} for good?", abort=True)
        for each in selected:
            queue.delete(each)
    print_line(f"{plural(len(selected), 'dead letter')} deleted")


def _failure_time(letter: DeadLetter) -> str:
    return timestamp(letter.failed_at) if letter.failed_at else "unknown"


def _to_document(letter: DeadLetter) -> dict[str, object]:
    return {
        "id": letter.message_id,
        "failed_at": _failure_time(letter),
        "function": letter.function,
        "summary": letter.summary,
        "reason": letter.reason,
        "can_redrive": letter.can_redrive,
    }
