"""`bedboard export`: write everything that a stack holds to a folder of files in open formats."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from cli.errors import UsageError
from cli.export.members import read_people, read_teams
from cli.export.table_dump import ShowCount, write_manifest, write_table
from cli.output import print_json, print_line
from cli.target import Target, selected_stack
from shared.domain.documents import timestamp


def export(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(help="The folder to create. It must not exist.")],
    with_people: Annotated[
        bool,
        typer.Option(
            "--with-people",
            help="Include the people who can sign in: personal data.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the manifest as JSON for a program.")
    ] = False,
) -> None:
    """Export everything that the stack holds to a folder, in open formats.

    Homes (JSON Lines and CSV), every change by day, alerts, teams with their numbers of systems,
    and a manifest with record counts and SHA-256 sums. The folder appears only when it is
    complete. A change that is made during the export may be missing from it. The addresses of
    people who get alerts or reminders are in no export.

    Examples:

    - `bedboard export backup-2026-11 --council devon`

    - `(cd backup-2026-11 && jq -r '.files|to_entries[]|.value.sha256+"  "+.key' manifest.json |
      sha256sum -c)`
    """
    if directory.exists():
        raise UsageError(f"{directory} exists already. Name a folder that does not exist.")
    if not directory.absolute().parent.is_dir():
        raise UsageError(f"There is no folder {directory.absolute().parent}. Create it first.")
    stack = selected_stack(context)
    with Console(stderr=True).status("reading the table") as status, complete(directory) as folder:
        manifest = write_export(
            stack,
            folder,
            with_people=with_people,
            progress=lambda count: status.update(f"reading the table: {count:,} items"),
        )
    if as_json:
        print_json(manifest)
        return
    for name, file in manifest["files"].items():
        print_line(f"{file['records']:8,}  {name}")
    print_line(f"{directory}: {len(manifest['files'])} files and a manifest")


@contextmanager
def complete(directory: Path) -> Iterator[Path]:
    """Give a folder to write to, which becomes `directory` at the end, or is deleted on error."""
    unfinished = directory.with_name(f"{directory.name}.{os.getpid()}.unfinished")
    unfinished.mkdir(mode=0o700)
    try:
        yield unfinished
        unfinished.rename(directory)
    except BaseException:
        shutil.rmtree(unfinished)
        raise


def write_export(
    stack: Target, folder: Path, *, with_people: bool, progress: ShowCount
) -> dict[str, Any]:
    """Write every file of the export and its manifest; return the manifest."""
    started = datetime.now(UTC)
    counts = write_table(stack.table, folder, started, progress)
    teams = read_teams(stack)
    counts["teams.jsonl"] = _write_lines(folder / "teams.jsonl", teams)
    if with_people and (pool := stack.user_pool):
        counts["people.jsonl"] = _write_lines(folder / "people.jsonl", read_people(pool))
    about = {
        "stack": stack.stack_name,
        "table": stack.output("TableName"),
        "started": timestamp(started),
        "finished": timestamp(datetime.now(UTC)),
        "with_people": with_people,
    }
    return write_manifest(folder, counts, about)


def _write_lines(file: Path, documents: Iterable[dict[str, Any]]) -> int:
    """Write one JSON document a line; return how many."""
    count = 0
    with file.open("w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
            count += 1
    return count
