"""Results go to standard output, messages for the operator to standard error."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def print_message(text: str) -> None:
    """Print a message for the operator to standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)


def print_line(text: str) -> None:
    """Print a line of the result to standard output."""
    Console(highlight=False, soft_wrap=True).print(text, markup=False)


def print_json(document: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Print the whole result as one JSON document."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns that fit the terminal; into a pipe, tab-separated and without header.

    Cells are shortened to fit a terminal, never in a pipe.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        for row in rows:
            sys.stdout.write("\t".join(str(cell) for cell in row) + "\n")
        return
    table = Table(*header, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(_without_markup(cell) for cell in row))
    console.print(table)


def _without_markup(cell: object) -> str:
    """Escape Rich's markup: the name of a home is text."""
    return str(cell).replace("[", r"\[")


def plural(count: int, noun: str, plural_noun: str | None = None) -> str:
    """Write a count with its noun: "1 home", "3 homes"."""
    return f"{count:,} {noun if count == 1 else plural_noun or f'{noun}s'}"
