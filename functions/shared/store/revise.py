"""Change one document of the table: load it, decide, commit, and retry when another writer won."""

import json
from collections.abc import Callable
from typing import Final, NamedTuple

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import idempotency, keys
from shared.store.change_log import (
    PARTITIONS,
    Change,
    VersionConflictError,
    commit,
    republish,
    subject_id_of,
)
from shared.store.idempotency import IdempotencyRecord, KeyTakenError
from shared.store.table import Item, Table

TRIES: Final = 5
"""How often a change is decided again because another writer committed first."""

Decide = Callable[[Document | None], Document]
"""Return the new document, or an equal one to leave it unchanged; None means there is none yet."""


class Revision(NamedTuple):
    """The outcome of `revise`: the document to respond with."""

    document: Document
    replayed: bool = False
    """The response of an earlier request with the same idempotency key."""
    changed: bool = True
    """Whether this request committed a change."""


def revise(
    table: Table,
    clock: Clock,
    kind: ChangeKind,
    subject_id: str,
    decide: Decide,
    *,
    action: Action,
    author: Author,
) -> Revision:
    """Load a document, let `decide` change it, and commit it with its log entry.

    With an idempotency key the response is saved in the same transaction, and a repeat of the
    request gets that response and changes nothing. `decide` may run several times. Whatever is
    returned, every reader that looks afterwards sees it. Raises KeyReusedError, BusyError, and
    what `decide` raises.
    """
    key = author.idempotency_key
    for _ in range(TRIES):
        current, response = _load(table, clock, kind, subject_id, author)
        if response is not None:
            _ensure_visible(table, clock, kind, response, current, author)
            return Revision(response, replayed=True, changed=False)
        document = decide(current)
        record = IdempotencyRecord(key, to_json(document)) if key else None
        try:
            if document == current:
                _ensure_visible(table, clock, kind, document, current, author)
                if record and not document.get("deleted"):  # its response is an error
                    idempotency.save(table, clock, record)
                return Revision(document, changed=False)
            change = Change(
                kind, subject_id, action, current, document, author.by, author.request_id
            )
            commit(table, clock, [change], record)
        except (VersionConflictError, KeyTakenError):
            continue
        return Revision(document)
    raise BusyError(f"Other requests keep changing this {kind}. Send the same request again.")


def _load(
    table: Table, clock: Clock, kind: ChangeKind, subject_id: str, author: Author
) -> tuple[Document | None, Document | None]:
    """Read the document and the response saved for this request, both as of the same moment."""
    subject, key = (PARTITIONS[kind], subject_id), author.idempotency_key
    if key is None:
        return _document(table.get(subject)[0]), None
    item, record = table.get(subject, idempotency.record_key(key))
    return _document(item), idempotency.saved_response(record, key, clock.now())


def _ensure_visible(
    table: Table,
    clock: Clock,
    kind: ChangeKind,
    response: Document,
    current: Document | None,
    author: Author,
) -> None:
    """Republish the current state of the document that the response is about. Raises BusyError.

    The request that changed it may have failed before every reader was sure to see the change.
    """
    subject_id = subject_id_of(kind, response)
    if current is None:  # a repeated creation, whose first request created it under another id
        current = _document(table.get((PARTITIONS[kind], subject_id))[0])
    if current is not None:
        change = Change(
            kind, subject_id, Action.UPDATED, None, current, author.by, author.request_id
        )
        republish(table, clock, change)


def _document(item: Item | None) -> Document | None:
    return json.loads(item[keys.DOCUMENT]["S"]) if item else None
