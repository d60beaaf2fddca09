"""What was done to a home, a page at a time, newest first."""

import re
from typing import Any, NamedTuple

from shared.domain.errors import MalformedError, Problem, RefusedError
from shared.store.change_log import LogEntry

USUAL_LIMIT = 20
MOST = 100

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Page(NamedTuple):
    limit: int
    before: str | None


def page_asked(query: dict[str, list[str]]) -> Page:
    """Raises RefusedError, MalformedError."""
    limit = query.get("limit", [str(USUAL_LIMIT)])[-1]
    if not re.fullmatch("[0-9]{1,3}", limit, re.ASCII) or not 1 <= int(limit) <= MOST:
        raise RefusedError(Problem("limit", f"a whole number from 1 to {MOST}"))
    cursor = query.get("cursor", [None])[-1]
    if cursor is not None and not _STAMP.fullmatch(cursor):
        raise MalformedError("cursor: the next_cursor of an earlier answer is expected")
    return Page(int(limit), cursor)


def rendered(recorded: list[LogEntry], limit: int, *, with_writer: bool) -> dict[str, Any]:
    """The page as it is sent: of each change only what it changed, before and after."""
    return {
        "changes": [_told(each, with_writer=with_writer) for each in recorded],
        "next_cursor": recorded[-1].stamp if len(recorded) == limit else None,
    }


def _told(recorded: LogEntry, *, with_writer: bool) -> dict[str, Any]:
    change = recorded.change
    was = change.replaced_values
    told = {
        "changed_at": recorded.stamp,
        "action": change.action,
        "version": change.version,
        "was": was,
        "is": change.document if was is None else {name: change.document.get(name) for name in was},
    }
    if with_writer:
        told["by"] = change.by
    return told
