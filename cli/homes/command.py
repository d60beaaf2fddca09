"""`bedboard homes`: bring them in from CQC's directory, and see who keeps theirs fresh."""

import csv
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.errors import PROBLEM, CommandError, UsageError
from cli.homes.directory_import import Report, put, report_on, why_it_cannot_be
from cli.homes.listing import COLUMNS, Listed, Wanted, listed
from cli.output import answer, as_json, in_columns, say
from cli.target import Target, chosen
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents

commands = typer.Typer(
    no_args_is_help=True, help="Bring care homes in; see who keeps theirs fresh."
)

_ROWS_SHOWN = 20


@commands.command("import")
def bring_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CQC's care directory: .csv, .ods or .xlsx")],
    closures_are_right: Annotated[
        bool,
        typer.Option(
            "--closures-are-right",
            help="The homes that are missing from the file really have closed.",
        ),
    ] = False,
    wait_seconds: Annotated[
        int, typer.Option("--wait", min=1, help="How many seconds to wait for the report.")
    ] = 960,
    as_json_: Annotated[bool, typer.Option("--json", help="The whole report as JSON.")] = False,
) -> None:
    """Bring the homes of a CQC directory in, and say what became of each row.

    The same file again changes nothing. What homes have posted stays. Exit status 1 if the file
    was refused or a row could not be read.

    Examples:

    - `bedboard homes import "2026-11 care directory.ods" --council devon`

    - `bedboard homes import directory.csv --json > report.json`
    """
    if problem := why_it_cannot_be(file):
        raise UsageError(problem)
    stack = chosen(context)
    upload = put(stack, file, confirmed=closures_are_right)
    report = _awaited(stack, upload, wait_seconds)
    if as_json_:
        as_json(report)
    else:
        _tell(report)
    if report["outcome"] != "imported" or report["counts"]["unreadable"]:
        raise typer.Exit(PROBLEM)


def _awaited(stack: Target, report_key: str, wait_seconds: int) -> Report:
    began = time.monotonic()
    console = Console(stderr=True)
    with console.status("uploaded; waiting for the report") as status:
        while time.monotonic() - began < wait_seconds:
            report = report_on(stack, report_key)
            if report:
                return report
            status.update(f"uploaded; waiting for the report ({time.monotonic() - began:.0f} s)")
            time.sleep(0.1 if stack.is_local else 1)
    raise CommandError(
        f"no report after {wait_seconds} s; it will be {report_key} in the bucket"
        f" {stack.output('ImportBucket')}. If it does not come: bedboard alerts dead-letters list"
    )


def _tell(report: Report) -> None:
    if report["outcome"] != "imported":
        say(f"refused, nothing was changed: {report['why']}")
        if "would_close" in report:
            say("If they really have closed: the same command with --closures-are-right")
        return
    for result, count in report["counts"].items():
        if count:
            answer(f"{count:6,} {result}")
    unreadable = [row for row in report["rows"] if row["result"] == "unreadable"]
    for row in unreadable[:_ROWS_SHOWN]:
        say(f"row {row['row']} ({row.get('location_id', 'no id')}): {row['why']}")
    if len(unreadable) > _ROWS_SHOWN:
        say(f"and {len(unreadable) - _ROWS_SHOWN} rows more: --json has them all")


@commands.command("list")
def list_homes(
    context: typer.Context,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those not confirmed for a week, or never.")
    ] = False,
    closed: Annotated[
        bool, typer.Option("--closed", help="Only those that say they admit nobody.")
    ] = False,
    left: Annotated[
        bool, typer.Option("--left", help="Only those that left CQC's register.")
    ] = False,
    authority: Annotated[
        list[str] | None,
        typer.Option("--authority", help="Only those of this local authority; may be repeated."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, for a spreadsheet.")] = False,
    as_json_: Annotated[bool, typer.Option("--json", help="As JSON, for a program.")] = False,
) -> None:
    """Every care home of the register, longest without a word first.

    Homes that left the register are shown with --left only.

    Examples:

    - `bedboard homes list --stale --council devon`

    - `bedboard homes list --authority Torbay --csv > torbay.csv`
    """
    stack = chosen(context)
    wanted = Wanted(stale=stale, closed=closed, left=left, authorities=tuple(authority or ()))
    found = listed(all_documents(stack.table, ChangeKind.HOME), wanted, datetime.now(UTC))
    if as_json_:
        as_json([each._asdict() for each in found])
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(each.safe_cells() for each in found)
    else:
        _in_columns(found)


def _in_columns(found: list[Listed]) -> None:
    header = ("location id", "name", "authority", "numbers", "free beds", "phone")
    in_columns(header, ((*each[:4], each.free, each.phone or "") for each in found))
    say(f"{len(found)} homes")
