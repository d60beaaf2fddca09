"""The council's marks "not placing here" in the table: load one or all, change one, its history.

Only functions that never answer the public with them may read this partition: see infra/grants.py.
"""

import json
from collections.abc import Callable, Sequence

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.errors import OutdatedError
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes, keys
from shared.store.change_log import LogEntry
from shared.store.readable import readable
from shared.store.revise import Decision, Revision, Subject, revise_together
from shared.store.scan import all_documents
from shared.store.table import Table


def load(table: Table, location_id: str) -> CouncilMark:
    """Return what the council says of a home, at version 0 where it never said anything.

    Raises BusyError.
    """
    (item,) = table.get((keys.PLACING_STOPS, location_id))
    if item is None:
        return CouncilMark(location_id)
    return CouncilMark.from_document(json.loads(item[keys.DOCUMENT]["S"]))


def load_all(table: Table, report_unreadable: Callable[[str], None]) -> list[CouncilMark]:
    """Return what the council says of every home that it ever marked. Raises BusyError.

    One that cannot be read is left out; `report_unreadable` is called within an `except` block,
    with the home's id.
    """
    documents = all_documents(table, ChangeKind.PLACING_STOP, report_unreadable)
    return list(
        readable(
            documents,
            CouncilMark.from_document,
            lambda document: str(document.get("location_id")),
            report_unreadable,
        )
    )


def revise(
    table: Table,
    clock: Clock,
    location_id: str,
    decide: Callable[[PlacingStop | None], PlacingStop | None],
    *,
    author: Author,
    seen_version: int | None = None,
) -> Revision:
    """Let `decide` set, change or take back a home's mark, and commit it.

    The home is not changed, and it is the same before and after the commit: where a mark ends, the
    log entry holds what is free then, and each opening is either before that or after it. Raises
    NotFoundError, OutdatedError (only with `seen_version`), KeyReusedError, BusyError.
    """

    def decide_mark(current: Sequence[Document | None]) -> Decision:
        document, home = current
        if home is None:
            raise homes.not_found(location_id)
        mark = _as_seen(document, location_id, seen_version)
        today = uk_day(clock.now())
        revised = mark.with_stop(decide(mark.stop), today=today, home_version=home["version"])
        after = document if revised == mark else revised.to_document()
        beside = home if mark.ends_with(revised, today) else None
        return Decision([after, home], revised.to_response(), beside)

    subjects = [
        Subject(ChangeKind.PLACING_STOP, location_id, Action.PLACING),
        Subject(ChangeKind.HOME, location_id, None),
    ]
    return revise_together(table, clock, subjects, decide_mark, author=author)


def history(table: Table, location_id: str, *, limit: int, before: str | None) -> list[LogEntry]:
    """Return the newest changes of a home's mark, newest first; see `homes.history`."""
    return homes.entries(table, keys.placing_stops_of(location_id), limit=limit, before=before)


def _as_seen(document: Document | None, location_id: str, seen_version: int | None) -> CouncilMark:
    """Return the mark, if it has the version that the caller saw. Raises OutdatedError."""
    mark = CouncilMark.from_document(document) if document else CouncilMark(location_id)
    if seen_version not in (None, mark.version):
        raise OutdatedError(
            "Someone in the council changed this mark after you loaded it. Look at it as it is"
            " now, then send your change again.",
            mark.to_response(),
        )
    return mark
