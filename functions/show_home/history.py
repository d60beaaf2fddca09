"""The history of a home, a page at a time, newest first."""

import re
from typing import Any, Final, NamedTuple

from shared.domain.errors import MalformedError
from shared.domain.public_home import public_home
from shared.http.query_params import QueryParams
from shared.store.change_log import LogEntry

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100

PARAMETERS: Final = frozenset({"limit", "cursor"})

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class HistoryPage(NamedTuple):
    """How many changes to show, and the stamp that they are older than."""

    limit: int
    before: str | None


def read_page(params: QueryParams) -> HistoryPage:
    """Read the page that is asked for. Raises RefusedError, MalformedError."""
    limit = params.integer("limit", DEFAULT_LIMIT, MAX_LIMIT)
    cursor = params.text("cursor")
    params.check()
    if cursor is not None and not _STAMP.fullmatch(cursor):
        raise MalformedError("cursor: send the next_cursor of an earlier response")
    return HistoryPage(limit, cursor)


def history_response(entries: list[LogEntry], limit: int, *, with_author: bool) -> dict[str, Any]:
    """Return the page as it is sent: each change with the values it replaced and the new ones."""
    return {
        "changes": [_change(each, with_author=with_author) for each in entries],
        "next_cursor": next_cursor(entries, limit),
    }


def next_cursor(entries: list[LogEntry], limit: int) -> str | None:
    """Return the cursor of the page that follows; None after the last one."""
    return entries[-1].stamp if len(entries) == limit else None


def _change(entry: LogEntry, *, with_author: bool) -> dict[str, Any]:
    change = entry.change
    replaced, document = change.replaced_values, change.document
    response = {
        "changed_at": entry.stamp,
        "action": change.action,
        "version": change.version,
        "was": replaced and public_home(replaced),
        "is": public_home(
            document if replaced is None else {name: document.get(name) for name in replaced}
        ),
    }
    if with_author:
        response["by"] = change.by
    return response
