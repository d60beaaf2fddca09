"""The report on an import as the API shows it: its totals, and its rows page by page."""

from typing import Any, Final, NamedTuple

from shared.domain.documents import Document, timestamp
from shared.http.query_params import QueryParams
from upload_directory.undo import undo_until

DEFAULT_LIMIT: Final = 50
MAX_LIMIT: Final = 5_000
"""Rows on one page: 5,000 take less than 1 MB."""
MAX_OFFSET: Final = 10_000_000

PARAMETERS: Final = frozenset({"only", "offset", "limit"})

_SUMMARY: Final = (
    "outcome",
    "why",
    "started",
    "finished",
    "counts",
    "closed",
    "notes",
    "rows_noted",
    "kept",
    "missing_authorities",
    "active_before",
    "homes",
    "successors",
    "twins",
)
_CLOSURES: Final = ("would_close", "would_be_dormant")
"""Only in the report on a directory that was refused because it would close too many homes."""


class RowsPage(NamedTuple):
    """Which rows of a report to show."""

    only_problems: bool
    offset: int
    limit: int


def read_page(params: QueryParams) -> RowsPage:
    """Read the page that is asked for. Raises RefusedError."""
    only_problems = "only" in params and params.required(
        "only", {"problems": True}.get, "'problems'"
    )
    offset = params.integer("offset", 0, MAX_OFFSET, minimum=0)
    limit = params.integer("limit", DEFAULT_LIMIT, MAX_LIMIT)
    params.check()
    return RowsPage(only_problems is True, offset, limit)


def report_response(report: Document | None, page: RowsPage) -> Document:
    """Return what a response says of a report; None is one that has yet to come."""
    if report is None:
        return {"state": "waiting"}
    rows: list[dict[str, Any]] = report["rows"]
    if page.only_problems:
        rows = [row for row in rows if "why" in row or "note" in row]
    return {
        "state": "reported",
        **{name: report[name] for name in (*_SUMMARY, *_CLOSURES) if name in report},
        **({"undo_until": timestamp(until)} if (until := undo_until(report)) else {}),
        "needs_confirmation": any(name in report for name in _CLOSURES),
        "total_rows": len(rows),
        "offset": page.offset,
        "rows": rows[page.offset : page.offset + page.limit],
    }
