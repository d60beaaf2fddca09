"""Care homes in the table: load one, revise one, read what was done to it."""

import json
from collections.abc import Callable
from itertools import islice

from shared.domain.author import Author, IdempotencyKey
from shared.domain.care_home import CareHome
from shared.domain.documents import HomeDocument, to_json
from shared.domain.errors import BusyError, NotFoundError, OutdatedError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import AnsweredError, Change, Recorded, StaleError, commit, keep_answer
from shared.store.idempotency import Saved, ensure_visible, first_answer, kept_at
from shared.store.table import Item, Table

__all__ = ["TRIES", "Saved", "history", "load", "revise"]

TRIES = 5
"""Of a change without If-Match that others keep overtaking."""


def load(table: Table, location_id: str) -> HomeDocument:
    """The home as it stands. Raises NotFoundError."""
    return _found(table.get((keys.HOMES, location_id))[0], location_id)


def revise(
    table: Table,
    location_id: str,
    decide: Callable[[CareHome], CareHome],
    *,
    action: Action,
    writer: Author,
    seen_version: int | None = None,
) -> Saved:
    """Load the home, let `decide` change it, save both it and the log entry; answer a repeat alike.

    `decide` may run again where another writer came between; one that changes nothing leaves the
    version as it is. Raises NotFoundError, OutdatedError (only with `seen_version`),
    KeyReusedError, BusyError, and what `decide` raises.
    """
    for _ in range(TRIES):
        state, answered = _read(table, location_id, writer.once)
        was = _found(state, location_id)
        if answered:
            ensure_visible(table, ChangeKind.HOME, location_id, was, writer)
            return Saved(answered, replayed=True)
        if seen_version not in (None, was["version"]):
            raise OutdatedError("somebody changed this home since you loaded it", was)
        before = CareHome.from_document(was)
        after = decide(before)
        if after == before:
            # Whoever made it so may have died before that was sure to be seen.
            ensure_visible(table, ChangeKind.HOME, location_id, was, writer)
            if writer.once:
                try:
                    keep_answer(table, writer.once, to_json(was))
                except AnsweredError:
                    continue
            return Saved(was)
        becomes = after.to_document()
        change = Change(
            ChangeKind.HOME, location_id, action, was, becomes, writer.by, writer.request_id
        )
        try:
            commit(table, [change], writer.once, to_json(becomes))
        except (StaleError, AnsweredError):
            continue
        return Saved(becomes)
    raise BusyError("others keep changing this home at this moment; please send it again")


def history(table: Table, location_id: str, *, limit: int, before: str | None) -> list[Recorded]:
    """The newest changes of a home, newest first; `before` a stamp, exclusive.

    Read from an index, so a change of the last second may be missing.
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
        Recorded(item[keys.SORT]["S"], Change.from_item(item))
        for item in islice(newest_first, limit)
    ]


def _read(
    table: Table, location_id: str, once: IdempotencyKey | None
) -> tuple[Item | None, HomeDocument | None]:
    """The home, and what this request was answered before: both as of one moment."""
    home = (keys.HOMES, location_id)
    if once is None:
        return table.get(home)[0], None
    state, kept = table.get(home, kept_at(once))
    return state, first_answer(table, kept, once)


def _found(item: Item | None, location_id: str) -> HomeDocument:
    if item is None:
        raise NotFoundError(f"there is no care home {location_id} here")
    document: HomeDocument = json.loads(item["document"]["S"])
    return document
