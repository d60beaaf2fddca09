"""The report on an import as the API shows it: its totals, and its rows page by page."""

from dataclasses import dataclass
from typing import Any, Final

from shared.domain.documents import Document
from shared.http.query_params import QueryParams

DEFAULT_ROWS: Final = 50
MOST_ROWS: Final = 5_000
"""On one page: 5,000 rows take less than 1 MB."""

UNREADABLE: Final = "unreadable"
"""The result of a row with a problem."""

PARAMETERS: Final = frozenset({"only", "offset", "limit"})

_SUMMARY: Final = ("outcome", "why", "started", "finished", "counts", "closed")
_CLOSURES: Final = ("would_close", "would_be_dormant")
"""Only in the report on a directory that was refused because it would close too many homes."""


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Which rows of a report to show."""

    only_problems: bool = False
    offset: int = 0
    limit: int = DEFAULT_ROWS

    @classmethod
    def from_query(cls, params: QueryParams) -> "RowsPage":
        """Read the page from a query string. Raises RefusedError."""
        page = cls(
            "only" in params
            and params.required("only", {"problems": True}.get, "'problems'") is True,
            params.integer("offset", 0, 10_000_000, minimum=0),
            params.integer("limit", DEFAULT_ROWS, MOST_ROWS),
        )
        params.check()
        return page


def report_response(report: Document | None, page: RowsPage) -> Document:
    """Return what a response says of a report; None is one that has yet to come."""
    if report is None:
        return {"state": "waiting"}
    rows: list[dict[str, Any]] = report["rows"]
    if page.only_problems:
        rows = [row for row in rows if row["result"] == UNREADABLE]
    return {
        "state": "reported",
        **{name: report[name] for name in (*_SUMMARY, *_CLOSURES) if name in report},
        "needs_confirmation": any(name in report for name in _CLOSURES),
        "total_rows": len(rows),
        "offset": page.offset,
        "rows": rows[page.offset : page.offset + page.limit],
    }
