"""`bedboard homes`: import CQC's directory, and list the homes that an operator should phone."""

import csv
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.errors import EXIT_PROBLEM, CommandError
from cli.homes.directory_import import import_bucket, require_directory
from cli.homes.listing import COLUMNS, HomeFilter, ListedHome, list_homes
from cli.options import AsJson
from cli.output import plural, print_json, print_line, print_message, print_table
from cli.target import Target, selected_stack
from shared.aws.import_keys import directory_key
from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import wrong_posts
from shared.store.scan import all_documents

commands = typer.Typer(
    no_args_is_help=True, help="Import care homes; list those that have not confirmed."
)

_ROWS_PRINTED = 20
_HOME_COUNTS = {
    "closed": "missing from the file or deregistered in it, so closed",
    "written": "saved",
}
"""The counts of a report that count homes; the others count the file's rows."""


@commands.command("import")
def import_directory(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CQC's care directory: .csv, .ods or .xlsx.")],
    closures_are_right: Annotated[
        bool,
        typer.Option(
            "--closures-are-right",
            help="Confirm that the homes missing from the file have really closed.",
        ),
    ] = False,
    wait_seconds: Annotated[
        int, typer.Option("--wait", min=1, help="How many seconds to wait for the report.")
    ] = 960,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole report as JSON.")
    ] = False,
) -> None:
    """Import the care homes of a CQC directory, and report what happened to its rows.

    Importing the same file again changes nothing. What homes have posted stays. Exit status 1 if
    the file was refused or a row could not be read.

    Examples:

    - `bedboard homes import "2026-11 care directory.ods" --council devon`

    - `bedboard homes import directory.csv --json > report.json`
    """
    require_directory(file)
    stack = selected_stack(context)
    bucket = import_bucket(stack)
    key = directory_key(file.name, closures_confirmed=closures_are_right)
    report_key = bucket.put_directory(key, file.read_bytes())
    report = wait_for_report(stack, lambda: bucket.report(report_key), wait_seconds)
    if report is None:
        raise CommandError(
            f"There is no report after {wait_seconds} s. It will be {report_key} in the bucket"
            f" {bucket.name}. If it does not appear, the import failed:"
            " run `bedboard dead-letters list`."
        )
    if as_json:
        print_json(report)
    else:
        print_report(report)
    if report["outcome"] != "imported" or report["counts"]["unreadable"]:
        raise typer.Exit(EXIT_PROBLEM)


def wait_for_report(
    stack: Target, read: Callable[[], Document | None], wait_seconds: float
) -> Document | None:
    """Read until there is a report; None where there is none within the time."""
    started = time.monotonic()
    with Console(stderr=True).status("uploaded; waiting for the report") as status:
        while (waited := time.monotonic() - started) < wait_seconds:
            if report := read():
                return report
            status.update(f"uploaded; waiting for the report ({waited:.0f} s)")
            time.sleep(0.1 if stack.is_local else 1)
    return None


def print_report(report: Document) -> None:
    """Print how many rows had which result, and the first rows that could not be read."""
    for note in report.get("notes", []):
        print_message(note)
    for missing in report.get("missing_authorities", []):
        nearest = " or ".join(f"'{each}'" for each in missing["nearest"]) or "nothing like it"
        print_message(
            f"There is no care home of '{missing['local_authority']}' in the file. "
            f"It has {nearest}: local_authorities must be spelt as in the file."
        )
    if report["outcome"] != "imported":
        print_message(f"The file was refused and nothing was changed: {report['why']}")
        if "would_close" in report:
            print_message(
                "If these homes have really closed, run the same command with --closures-are-right."
            )
        return
    for result, count in report["counts"].items():
        if result in _HOME_COUNTS and count:
            print_line(f"{_HOME_COUNTS[result]}: {plural(count, 'home')}")
        elif count:
            print_line(f"{result}: {plural(count, 'row')}")
    remarks = [(row, row.get("why") or row.get("note")) for row in report["rows"]]
    told = [(row, remark) for row, remark in remarks if remark]
    told.sort(key=lambda each: "why" not in each[0])
    for row, remark in told[:_ROWS_PRINTED]:
        print_message(f"row {row['row']} ({row.get('location_id', 'no id')}): {remark}")
    if len(told) > _ROWS_PRINTED:
        print_message(f"{len(told) - _ROWS_PRINTED} more rows: --json prints them all.")


@commands.command("list")
def list_stack_homes(
    context: typer.Context,
    not_heard_from: Annotated[
        int | None,
        typer.Option(
            "--not-heard-from",
            metavar="DAYS",
            min=1,
            help="Only homes that confirmed nothing for so many days, or never.",
        ),
    ] = None,
    unsure: Annotated[
        bool, typer.Option("--unsure", help="Only homes that list a bed which may have gone.")
    ] = False,
    closed: Annotated[
        bool, typer.Option("--closed", help="Only homes that are closed to admissions.")
    ] = False,
    deregistered: Annotated[
        bool, typer.Option("--deregistered", help="Only homes that left CQC's register.")
    ] = False,
    authority: Annotated[
        list[str] | None,
        typer.Option(
            "--authority", help="Only homes of this local authority. Repeat it for several."
        ),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the registered care homes, the longest unconfirmed first.

    Homes that left CQC's register are listed with --deregistered only.

    Examples:

    - `bedboard homes list --not-heard-from 31 --council devon`

    - `bedboard homes list --unsure`

    - `bedboard homes list --authority Torbay --csv > torbay.csv`
    """
    stack = selected_stack(context)
    home_filter = HomeFilter(
        not_heard_from_days=not_heard_from,
        unsure=unsure,
        closed=closed,
        deregistered=deregistered,
        authorities=tuple(authority or ()),
    )
    documents = all_documents(stack.table, ChangeKind.HOME)
    wrong = wrong_posts.load(stack.table).share
    homes = list_homes(documents, home_filter, datetime.now(UTC), wrong)
    if as_json:
        print_json([home._asdict() for home in homes])
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows(home.safe_cells() for home in homes)
    else:
        _print_homes(homes)


def _print_homes(homes: list[ListedHome]) -> None:
    header = ("location id", "name", "authority", "confirmed", "vacancies", "chance", "phone")
    rows = (
        (
            home.location_id,
            home.name,
            home.local_authority,
            home.age,
            home.vacancies,
            home.likelihood.replace("_", " "),
            home.phone or "",
        )
        for home in homes
    )
    print_table(header, rows)
    print_message(plural(len(homes), "home"))
