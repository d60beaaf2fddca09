"""`bedboard restore`: what was lost or spoilt, back; docs/restoring.md says when to use which."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from cli.errors import PROBLEM, UsageError
from cli.output import answer, say
from cli.restore import backups, stream_mapping, table_settings
from cli.restore.replay import Restoring
from cli.target import Target, chosen
from shared.domain.documents import timestamp
from shared.store.table import Table

commands = typer.Typer(
    no_args_is_help=True, help="What was lost or spoilt, back. Read docs/restoring.md first."
)

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Within = Annotated[
    int, typer.Option("--wait", min=1, help="How many seconds to wait for AWS to make the table.")
]
_HOURS_4 = 4 * 3600


@commands.command("data")
def data(
    context: typer.Context,
    to_time: Annotated[
        str,
        typer.Option("--to-time", metavar="TIME", help="With its zone: 2026-11-22T09:30:00Z"),
    ],
    from_table: Annotated[
        str | None,
        typer.Option("--from-table", help="A copy of that moment that is there already."),
    ] = None,
    overwrite_newer: Annotated[
        bool,
        typer.Option("--overwrite-newer", help="Also what homes and teams did since then."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done; the copy is kept.")
    ] = False,
    keep_copy: Annotated[bool, typer.Option("--keep-copy", help="Do not delete the copy.")] = False,
    wait_seconds: Within = _HOURS_4,
    yes: Yes = False,
) -> None:
    """Bring the content of the table back as it was at a moment of the last 35 days (it asks).

    AWS makes a copy of the table as it was; what differs goes from there into the live table, as
    new changes, and searches see it at once. No alert fires for beds that were free back then.
    What homes' staff and teams did since then stays, unless --overwrite-newer. What came since
    then stays, too.

    Examples:

    - `bedboard restore data --to-time 2026-11-22T09:30:00Z --dry-run --council devon`

    - `bedboard restore data --to-time 2026-11-22T09:30:00Z --council devon`
    """
    moment = _moment(to_time)
    stack = chosen(context)
    live = stack.table
    if not yes and not dry_run:
        typer.confirm(f"Take {live.name} back to {timestamp(moment)}?", abort=True)
    with Console(stderr=True).status("asking for a copy") as status:
        name = from_table or backups.of_moment(live, moment)
        status.update(f"waiting for the copy {name}: minutes, for England half an hour")
        _wait(stack, name, wait_seconds)
        copy = Table(live.client, name)
        restoring = Restoring(live, copy, moment, all_of_it=overwrite_newer, dry_run=dry_run)
        restoring.run(status.update)
    done = {what: count for what, count in restoring.counts.items() if count}
    for what, count in done.items():
        answer(f"{count:7,} {what}")
    if not done:
        answer("everything is as it was then")
    if dry_run:
        say(f"nothing was changed; to do it: the same with --from-table {name}, not --dry-run")
    elif not from_table and not keep_copy:
        live.client.delete_table(TableName=name)


@commands.command("settings")
def settings(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is missing.")] = False,
) -> None:
    """Give the table back what a restored one lacks: stream, expiry, recovery, tags, protection.

    And the way from its stream to the alerts. What is right is left alone. With --dry-run, exit
    status 1 if something is missing.

    Example:

    - `bedboard restore settings --dry-run --council devon`
    """
    _put_settings_back(chosen(context), dry_run=dry_run)


@commands.command("table")
def table(
    context: typer.Context,
    backup: Annotated[
        str | None,
        typer.Option("--backup", metavar="ARN", help="This backup; else the newest of the table."),
    ] = None,
    wait_seconds: Within = _HOURS_4,
    yes: Yes = False,
) -> None:
    """Make the table anew from its last backup, when it itself was deleted (it asks).

    It gets its own name, so that everything finds it again, and its settings.

    Example:

    - `bedboard restore table --council devon`
    """
    stack = chosen(context)
    if not yes:
        typer.confirm(f"Make {stack.output('TableName')} anew from its backup?", abort=True)
    with Console(stderr=True).status("asking for the table"):
        backups.of_deleted(stack.table, backup)
        _wait(stack, stack.output("TableName"), wait_seconds)
    _put_settings_back(stack, dry_run=False)


def _put_settings_back(stack: Target, *, dry_run: bool) -> None:
    name, client = stack.output("TableName"), stack.table.client
    expected = table_settings.written(stack)
    if dry_run:
        missing = table_settings.lacking(expected, table_settings.found(client, name))
    else:
        missing = table_settings.put_back(client, name, expected)
    for setting, told in missing.items():
        answer(f"{setting}: {told}{'' if dry_run else '; put right'}")
    stream = stream_mapping.stream_of(stack, name)
    is_laid = bool(stream and stream_mapping.found(stack, stream))
    if stream and not is_laid and not dry_run:
        stream_mapping.lay(stack, stream)
    if not is_laid:
        answer(f"no mapping from its stream to notify{'' if dry_run else '; laid'}")
    if is_laid and not missing:
        answer("nothing is missing")
    elif dry_run:
        raise typer.Exit(PROBLEM)


def _wait(stack: Target, name: str, within_seconds: float) -> None:
    poll_seconds = 0.1 if stack.is_local else 10
    backups.wait_for(stack.table, name, poll_seconds=poll_seconds, within_seconds=within_seconds)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(f"--to-time {text}: expected a moment with its zone: 2026-11-22T09:30:00Z")
    if moment > datetime.now(UTC):
        raise UsageError(f"--to-time {text} has not come yet")
    return moment.astimezone(UTC)
