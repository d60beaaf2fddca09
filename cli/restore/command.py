"""`bedboard restore`: restores lost or damaged data and settings; see docs/restoring.md."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from cli import stream_mapping, table_settings
from cli.errors import EXIT_PROBLEM, CommandError, UsageError
from cli.options import Yes
from cli.output import print_line, print_message
from cli.restore import backups
from cli.restore.replay import Replay, ShowStep
from cli.target import Target, selected_stack
from shared.aws.clock import SYSTEM
from shared.domain.documents import timestamp
from shared.store.table import Table

commands = typer.Typer(
    no_args_is_help=True,
    help="Restore lost or damaged data and settings. Read docs/restoring.md first.",
)

Wait = Annotated[
    int,
    typer.Option("--wait", min=1, help="How many seconds to wait for AWS to create the table."),
]
_FOUR_HOURS = 4 * 3600


@commands.command("data")
def restore_data(
    context: typer.Context,
    to_time: Annotated[
        str,
        typer.Option(
            "--to-time",
            metavar="TIME",
            help="The moment to restore, with its time zone: 2026-11-22T09:30:00Z.",
        ),
    ],
    from_table: Annotated[
        str | None,
        typer.Option("--from-table", help="Use this copy of that moment and make no new copy."),
    ] = None,
    overwrite_newer: Annotated[
        bool,
        typer.Option(
            "--overwrite-newer", help="Overwrite what homes' staff and teams changed later, too."
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print what would be restored, and keep the copy."),
    ] = False,
    keep_copy: Annotated[
        bool, typer.Option("--keep-copy", help="Keep the copy that the command makes.")
    ] = False,
    wait_seconds: Wait = _FOUR_HOURS,
    yes: Yes = False,
) -> None:
    """Restore the content of the table to a moment of the last 35 days. It asks for confirmation.

    AWS makes a copy of the table as it was. What differs is written from there to the live table,
    as new changes, and searches see it at once. No alert is sent for beds that were free at that
    moment. What homes' staff and teams changed later stays, unless you use --overwrite-newer.
    Homes and alerts that were added later stay.

    Examples:

    - `bedboard restore data --to-time 2026-11-22T09:30:00Z --dry-run --council devon`

    - `bedboard restore data --to-time 2026-11-22T09:30:00Z --council devon`
    """
    moment = _parse_moment(to_time)
    stack = selected_stack(context)
    live = stack.table
    if not yes and not dry_run:
        typer.confirm(f"Restore {live.name} to {timestamp(moment)}?", abort=True)
    with Console(stderr=True).status("asking AWS for a copy") as status:
        copy = _copy_of_moment(stack, moment, from_table, wait_seconds, status.update)
        replay = Replay(
            live, copy, moment, SYSTEM, overwrite_newer=overwrite_newer, dry_run=dry_run
        )
        replay.run(status.update)
    _print_counts(replay)
    if dry_run:
        print_message(
            "Nothing was changed. To restore, run the same command with"
            f" --from-table {copy.name} and without --dry-run."
        )
    elif not from_table and not keep_copy:
        live.client.delete_table(TableName=copy.name)


@commands.command("settings")
def restore_settings(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print which settings are wrong.")
    ] = False,
) -> None:
    """Restore the settings of the table: stream, expiry, recovery, protection, billing and tags.

    Also the event source mapping from its stream to notify, which sends the alerts. Settings that
    are right are not touched. With --dry-run, exit status 1 if a setting is wrong.

    Example:

    - `bedboard restore settings --dry-run --council devon`
    """
    _restore_settings(selected_stack(context), dry_run=dry_run)


@commands.command("table")
def restore_table(
    context: typer.Context,
    backup: Annotated[
        str | None,
        typer.Option(
            "--backup", metavar="ARN", help="Use this backup instead of the table's newest."
        ),
    ] = None,
    wait_seconds: Wait = _FOUR_HOURS,
    yes: Yes = False,
) -> None:
    """Restore the table itself from its last backup after it was deleted. It asks for confirmation.

    The table gets its own name, so that the functions and alarms find it again, and its settings.

    Example:

    - `bedboard restore table --council devon`
    """
    stack = selected_stack(context)
    name = stack.output("TableName")
    if not yes:
        typer.confirm(f"Create {name} again from its backup?", abort=True)
    with Console(stderr=True).status("asking AWS for the table"):
        backups.start_restore_of_deleted(stack.table, backup)
        is_active = _wait_until_active(stack, name, wait_seconds)
    if not is_active:
        raise CommandError(
            f"The table {name} is not ready yet. When it is ACTIVE, run"
            " `bedboard restore settings`."
        )
    _restore_settings(stack, dry_run=False)


def _copy_of_moment(
    stack: Target, moment: datetime, name: str | None, wait_seconds: float, show: ShowStep
) -> Table:
    """Return the copy with this name, or a new one, once it is active. Raises CommandError."""
    live = stack.table
    name = name or backups.start_copy(live, moment, SYSTEM.now())
    show(f"waiting for the copy {name} (minutes; for all of England half an hour)")
    if not _wait_until_active(stack, name, wait_seconds):
        raise CommandError(
            f"The copy {name} is not ready yet, and nothing was changed. When it is"
            f" ACTIVE, run the same command with --from-table {name}."
        )
    return Table(live.client, name)


def _restore_settings(stack: Target, *, dry_run: bool) -> None:
    name, client = stack.output("TableName"), stack.table.client
    expected = table_settings.template_settings(stack)
    if dry_run:
        actual = table_settings.read_settings(client, name)
        differences = table_settings.differences(expected, actual)
    else:
        differences = table_settings.apply_settings(client, name, expected)
    restored = "" if dry_run else "; restored"
    for setting, difference in differences.items():
        print_line(f"{setting.replace('_', ' ')}: {difference}{restored}")
    stream = stream_mapping.stream_arn(stack, name)
    is_mapped = bool(stream and stream_mapping.find_mapping(stack, stream))
    if stream and not is_mapped and not dry_run:
        stream_mapping.create_mapping(stack, stream)
    if not is_mapped:
        print_line(f"event source mapping from the stream to notify: missing{restored}")
    if is_mapped and not differences:
        print_line("all settings are right")
    elif dry_run:
        raise typer.Exit(EXIT_PROBLEM)


def _print_counts(replay: Replay) -> None:
    counts = {what: count for what, count in replay.counts.items() if count}
    for what, count in counts.items():
        print_line(f"{what}: {count:,}")
    if not counts:
        print_line("nothing differs: everything is as it was then")


def _wait_until_active(stack: Target, name: str, within_seconds: float) -> bool:
    return backups.wait_until_active(
        stack.table,
        name,
        poll_seconds=0.1 if stack.is_local else 10,
        within_seconds=within_seconds,
    )


def _parse_moment(text: str) -> datetime:
    """Parse --to-time. Raises UsageError where it has no time zone or lies in the future."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(
            f"--to-time {text} is not a time with its time zone, such as 2026-11-22T09:30:00Z."
        )
    if moment > SYSTEM.now():
        raise UsageError(f"--to-time {text} is in the future.")
    return moment.astimezone(UTC)
