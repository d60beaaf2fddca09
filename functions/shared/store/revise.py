"""Change documents of the table: load them, decide, commit, and retry when another writer won."""

import json
from collections.abc import Callable, Sequence
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
    Unchanged,
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
    """The outcome of `revise`: the response, which is the document unless `decide` says another."""

    document: Document
    replayed: bool = False
    """The response of an earlier request with the same idempotency key."""
    changed: bool = True
    """Whether this request committed a change."""


class Decision(NamedTuple):
    """The new documents, in the order in which the present ones came, and the response.

    None where there is none and none comes to be.
    """

    documents: Sequence[Document | None]
    response: Document
    beside: Document | None = None
    """A document that was only read, which the log entries keep as it was."""


DecideTogether = Callable[[Sequence[Document | None]], Decision]
"""Return the new documents, each equal to the present one to leave that unchanged."""


class Subject(NamedTuple):
    """A document to change, and what the change does to it."""

    kind: ChangeKind
    subject_id: str
    action: Action | None
    """None of a document that is only read: what is decided rests on it, so nothing is committed
    once another writer changed it, or made it."""
    is_checked: bool = False
    """The same of a document that may change, where it is left as it is."""


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

    The document is the response: see `revise_together`.
    """

    def decide_one(current: Sequence[Document | None]) -> Decision:
        document = decide(current[0])
        return Decision([document], document)

    return revise_together(
        table, clock, [Subject(kind, subject_id, action)], decide_one, author=author
    )


def revise_together(
    table: Table,
    clock: Clock,
    subjects: Sequence[Subject],
    decide: DecideTogether,
    *,
    author: Author,
) -> Revision:
    """Load documents as of one moment, let `decide` change them, and commit all or nothing.

    With an idempotency key the response is saved in the same transaction, and a repeat of the
    request gets that response and changes nothing. `decide` may run several times. Whatever is
    returned, every reader that looks afterwards sees it. Raises KeyReusedError, BusyError, and
    what `decide` raises.
    """
    key = author.idempotency_key
    for _ in range(TRIES):
        current, saved = _load(table, clock, subjects, author)
        if saved is not None:
            _ensure_visible(table, clock, subjects, current, saved, author)
            return Revision(saved, replayed=True, changed=False)
        documents, response, beside = decide(current)
        record = IdempotencyRecord(key, to_json(response)) if key else None
        changes = [
            Change(kind, subject_id, action, before, after, author.by, author.request_id, beside)
            for (kind, subject_id, action, _), before, after in zip(
                subjects, current, documents, strict=True
            )
            if action and after is not None and after != before
        ]
        unchanged = [
            Unchanged(kind, subject_id, before["version"] if before else None)
            for (kind, subject_id, action, is_checked), before, after in zip(
                subjects, current, documents, strict=True
            )
            if not action or (is_checked and after == before)
        ]
        try:
            if not changes:
                _ensure_visible(table, clock, subjects, current, response, author)
                if record and not response.get("deleted"):  # its response is an error
                    idempotency.save(table, clock, record)
                return Revision(response, changed=False)
            commit(table, clock, changes, record, unchanged)
        except (VersionConflictError, KeyTakenError):
            continue
        return Revision(response)
    raise BusyError(
        f"Other requests keep changing this {subjects[0].kind}. Send the same request again."
    )


def _load(
    table: Table, clock: Clock, subjects: Sequence[Subject], author: Author
) -> tuple[list[Document | None], Document | None]:
    """Read the documents and the response saved for this request, all as of the same moment."""
    item_keys = [(PARTITIONS[each.kind], each.subject_id) for each in subjects]
    key = author.idempotency_key
    if key is None:
        return [_document(item) for item in table.get(*item_keys)], None
    *items, record = table.get(*item_keys, idempotency.record_key(key))
    saved = idempotency.saved_response(record, key, clock.now())
    return [_document(item) for item in items], saved


def _ensure_visible(
    table: Table,
    clock: Clock,
    subjects: Sequence[Subject],
    current: Sequence[Document | None],
    response: Document,
    author: Author,
) -> None:
    """Republish the current state of the documents that the response is about. Raises BusyError.

    The request that changed them may have failed before every reader was sure to see the change.
    """
    found = [
        (each.kind, document)
        for each, document in zip(subjects, current, strict=True)
        if each.action and document is not None
    ]
    if not found:  # a repeated creation, whose first request created it under another id
        kind = subjects[0].kind
        created = _document(table.get((PARTITIONS[kind], subject_id_of(kind, response)))[0])
        found = [(kind, created)] if created is not None else []
    for kind, document in found:
        subject_id = subject_id_of(kind, document)
        change = Change(
            kind, subject_id, Action.UPDATED, None, document, author.by, author.request_id
        )
        republish(table, clock, change)


def _document(item: Item | None) -> Document | None:
    return json.loads(item[keys.DOCUMENT]["S"]) if item else None
