"""What is said to people goes to standard error, what was asked for to standard output."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def say(text: str) -> None:
    """A line for whoever watches."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)


def answer(text: str) -> None:
    """A line of what was asked for."""
    Console(highlight=False, soft_wrap=True).print(text, markup=False)


def as_json(document: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """One document, for machines."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def in_columns(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table, as wide as the terminal; into a pipe it is tab-separated and not cut."""
    console = Console(highlight=False)
    if not console.is_terminal:
        for row in rows:
            sys.stdout.write("\t".join(str(cell) for cell in row) + "\n")
        return
    table = Table(*header, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console.print(table)


def _plain(cell: object) -> str:
    """Names are text: nothing in them is markup."""
    return str(cell).replace("[", r"\[")
