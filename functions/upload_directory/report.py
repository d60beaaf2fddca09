"""The report of an import as it is answered: what it came to, then its rows page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.domain.documents import Document
from shared.domain.errors import Problem, RefusedError

USUAL_ROWS: Final = 50
MOST_ROWS: Final = 5_000
"""Of one page: 5,000 make less than 1 MB."""

PROBLEM: Final = "unreadable"
"""The result of a row that was refused."""

PARAMETERS: Final = frozenset({"only", "offset", "limit"})

_HEAD: Final = ("outcome", "why", "started", "finished", "counts", "closed")
_GOING: Final = ("would_close", "would_be_dormant")
"""Only in the report on a file that was refused because so many homes would go."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a report's rows."""

    only_problems: bool = False
    offset: int = 0
    limit: int = USUAL_ROWS

    @classmethod
    def asked(cls, query: Mapping[str, Sequence[str]]) -> "Wanted":
        """As the query has it. Raises RefusedError."""
        only = query.get("only", ["every"])
        if only not in (["every"], ["problems"]):
            raise RefusedError(Problem("only", "'problems', or left out"))
        return cls(
            only == ["problems"],
            _number(query, "offset", 0, 0, 10_000_000),
            _number(query, "limit", USUAL_ROWS, 1, MOST_ROWS),
        )


def rendered(report: Document, wanted: Wanted) -> Document:
    """What is answered of a report."""
    rows: list[dict[str, Any]] = report["rows"]
    if wanted.only_problems:
        rows = [each for each in rows if each["result"] == PROBLEM]
    return {
        **{name: report[name] for name in (*_HEAD, *_GOING) if name in report},
        "needs_confirmation": _GOING[0] in report,
        "total_rows": len(rows),
        "offset": wanted.offset,
        "rows": rows[wanted.offset : wanted.offset + wanted.limit],
    }


def _number(
    query: Mapping[str, Sequence[str]], name: str, usual: int, least: int, most: int
) -> int:
    sent = query.get(name)
    if sent is None:
        return usual
    text = sent[0] if len(sent) == 1 else ""
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise RefusedError(Problem(name, f"a whole number from {least} to {most}"))
    return int(text)
