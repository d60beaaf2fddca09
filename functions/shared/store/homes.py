"""Care homes in the table: load one, revise one, read its history."""

import json
from collections.abc import Callable
from itertools import islice

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import HomeDocument
from shared.domain.errors import NotFoundError, OutdatedError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import Change, LogEntry
from shared.store.revise import Revision
from shared.store.revise import revise as revise_document
from shared.store.table import Table


def load(table: Table, location_id: str) -> HomeDocument:
    """Return the home as it is now. Raises NotFoundError, BusyError."""
    (item,) = table.get((keys.HOMES, location_id))
    if item is None:
        raise _not_found(location_id)
    document: HomeDocument = json.loads(item[keys.DOCUMENT]["S"])
    return document


def revise(
    table: Table,
    clock: Clock,
    location_id: str,
    decide: Callable[[CareHome], CareHome],
    *,
    action: Action,
    author: Author,
    seen_version: int | None = None,
) -> Revision:
    """Let `decide` change the home, and commit it: see `shared.store.revise`.

    A `decide` that changes nothing leaves the version as it is. Raises NotFoundError, OutdatedError
    (only with `seen_version`), KeyReusedError, BusyError, and what `decide` raises.
    """

    def decide_document(current: HomeDocument | None) -> HomeDocument:
        if current is None:
            raise _not_found(location_id)
        if seen_version not in (None, current["version"]):
            raise OutdatedError(
                "This home was changed after you loaded it. Look at its current state, then send"
                " your change again.",
                current,
            )
        home = CareHome.from_document(current)
        revised = decide(home)
        return current if revised == home else revised.to_document()

    return revise_document(
        table, clock, ChangeKind.HOME, location_id, decide_document, action=action, author=author
    )


def history(table: Table, location_id: str, *, limit: int, before: str | None) -> list[LogEntry]:
    """Return the newest log entries of a home, newest first; `before` is a stamp, exclusive.

    Read from an index, so that a change of the last second may be missing. Raises BusyError.
    """
    newest_first = table.query(
        "#home = :home AND #sk < :before" if before else "#home = :home",
        {":home": location_id, **({":before": before} if before else {})},
        IndexName=keys.CHANGES_OF_HOME_INDEX,
        ExpressionAttributeNames={
            "#home": keys.OF_HOME,
            **({"#sk": keys.SORT} if before else {}),
        },
        ScanIndexForward=False,
        Limit=limit,
    )
    return [
        LogEntry(item[keys.SORT]["S"], Change.from_item(item))
        for item in islice(newest_first, limit)
    ]


def _not_found(location_id: str) -> NotFoundError:
    return NotFoundError(
        f"There is no care home with the location id {location_id} in this council's directory."
    )
