"""Write tables in Markdown."""

from collections.abc import Sequence


def markdown_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = True
) -> str:
    """Write a Markdown table; all columns but the first are numbers, unless told otherwise."""
    ruler = ["---", *("---:" if numbers else "---" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruler, *rows))
