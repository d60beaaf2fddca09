"""`bedboard export`: everything, in open formats, whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import boto3
import typer
from rich.console import Console

from cli.errors import UsageError
from cli.export.table_dump import manifest, write_table
from cli.output import answer, as_json
from cli.people.teams import teams
from cli.people.user_pool import Pool
from cli.target import Target, chosen
from shared.domain.documents import timestamp


def export(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
    with_people: Annotated[
        bool,
        typer.Option(
            "--with-people",
            help="Also who may sign in and the teams' addresses: personal data. Keep it as such.",
        ),
    ] = False,
    as_json_: Annotated[bool, typer.Option("--json", help="Print the manifest.")] = False,
) -> None:
    """Write everything that the stack holds into a folder, in open formats.

    Homes (JSON Lines and CSV), every change by day, alerts, teams with their numbers of members,
    and a manifest with counts and SHA-256 sums. The folder appears when it is whole. What others
    change meanwhile may or may not be in it.

    Examples:

    - `bedboard export backup-2026-11 --council devon`

    - `(cd backup-2026-11 && jq -r '.files|to_entries[]|.value.sha256+"  "+.key' manifest.json |
      sha256sum -c)`
    """
    if directory.exists():
        raise UsageError(f"{directory} is there already: name a folder that is not")
    if not directory.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {directory.absolute().parent} to put it in")
    stack = chosen(context)
    unfinished = directory.with_name(f"{directory.name}.{os.getpid()}.unfinished")
    unfinished.mkdir(mode=0o700)
    try:
        written = _written(stack, unfinished, with_people=with_people)
        unfinished.rename(directory)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    if as_json_:
        as_json(written)
        return
    for name, file in written["files"].items():
        answer(f"{file['records']:8,}  {name}")
    answer(f"{directory}: {len(written['files'])} files and their manifest")


def _written(stack: Target, folder: Path, *, with_people: bool) -> dict[str, Any]:
    began = datetime.now(UTC)
    with Console(stderr=True).status("reading the table") as status:
        counts = write_table(
            stack.table, folder, lambda read: status.update(f"reading the table: {read:,} items")
        )
    counts["teams.jsonl"] = _lines(folder / "teams.jsonl", teams(stack, with_people=with_people))
    if with_people and "UserPoolId" in stack.outputs:
        pool = Pool(boto3.client("cognito-idp", **stack.connection), stack.output("UserPoolId"))
        people = (each._asdict() for each in pool.people())
        counts["people.jsonl"] = _lines(folder / "people.jsonl", people)
    about = {
        "stack": stack.stack_name,
        "table": stack.output("TableName"),
        "started": timestamp(began),
        "finished": timestamp(datetime.now(UTC)),
        "with_people": with_people,
    }
    return manifest(folder, counts, about)


def _lines(file: Path, documents: Iterable[dict[str, Any]]) -> int:
    """Write a document a line; how many."""
    written = 0
    with file.open("w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
            written += 1
    return written
