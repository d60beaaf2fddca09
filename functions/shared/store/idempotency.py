"""What a request was answered, kept so that a repeat is answered alike and changes nothing."""

import json
from dataclasses import dataclass

from shared.domain.author import Author, IdempotencyKey
from shared.domain.documents import Document
from shared.domain.errors import KeyReusedError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import Change, republish
from shared.store.table import Item, Table


@dataclass(frozen=True, slots=True)
class Saved:
    """What a change was answered, now or, if replayed, the first time."""

    document: Document
    replayed: bool = False


def kept_at(once: IdempotencyKey) -> tuple[str, str]:
    """Partition and sort key of the answer to a request."""
    return keys.once(once.caller_id, once.key), keys.NO_SORT


def first_answer(table: Table, kept: Item | None, once: IdempotencyKey) -> Document | None:
    """What the request was answered when it came first: None if it did not come, or so long ago
    that the answer has expired and merely lingers. Raises KeyReusedError."""
    if kept is None or int(kept[keys.EXPIRES]["N"]) <= table.clock.now().timestamp():
        return None
    if kept["fingerprint"]["S"] != once.fingerprint:
        raise KeyReusedError("this Idempotency-Key was used for another request; use a new one")
    document: Document = json.loads(kept["answer"]["S"])
    return document


def ensure_visible(
    table: Table, kind: ChangeKind, subject_id: str, current: Document, writer: Author
) -> None:
    """Have every reader see how the thing stands, before a repeat is answered: whoever changed it
    may have died before it was sure to be seen. Raises BusyError."""
    republish(
        table,
        Change(kind, subject_id, Action.UPDATED, None, current, writer.by, writer.request_id),
    )
