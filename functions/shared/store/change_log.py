"""The change log: what an entry is, and how it is written with the state it tells of.

Why whoever looks after an acknowledgement sees the change: an entry is stamped just before its
transaction. If the transaction took longer than SETTLE the entry is appended again, with a fresh
stamp, before anybody is told that it is saved. So an acknowledged entry was visible at most SETTLE
after its stamp. A reader reads again everything stamped within OVERLAP before its last look, which
is SETTLE and the most that two clocks may differ; versions make reading an entry twice harmless.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from shared.domain.author import IdempotencyKey
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.table import ConditionFailedError, Item, Table

SETTLE: Final = timedelta(seconds=2)
CLOCK_SKEW: Final = timedelta(seconds=8)
"""Far more than Lambda's clocks differ; a longer overlap costs only what was changed in it."""
OVERLAP: Final = SETTLE + CLOCK_SKEW

APPENDED_AGAIN_AT_MOST: Final = 5

KEPT_ANSWERS: Final = timedelta(days=7)
"""How long a phone that was out of reach may come back with the same idempotency key."""

KEPT_DELETED: Final = timedelta(days=7)
"""How long a deleted thing is kept; no reader lives nearly as long."""


@dataclass(frozen=True, slots=True)
class Change:
    """One accepted write: what it was, what it is, who did it, in answer to which request."""

    kind: ChangeKind
    subject_id: str
    action: Action
    previous: Document | None
    document: Document
    by: str
    """The caller's opaque id, or the file of an import."""
    request_id: str

    @property
    def version(self) -> int:
        version: int = self.document["version"]
        return version

    @property
    def change_id(self) -> str:
        return f"{self.subject_id}#{self.version}"

    @property
    def undone(self) -> Document | None:
        """What to lay over the document to have it as it was; a member that was not is None."""
        if self.previous is None:
            return None
        return {
            name: self.previous.get(name)
            for name in {**self.previous, **self.document}
            if self.previous.get(name) != self.document.get(name)
        }

    def to_item(
        self, stamped: datetime, *, again: bool = False, kept: timedelta | None = None
    ) -> dict[str, Any]:
        """The log entry; it goes by itself once it was `kept` so long, if that is not for ever."""
        item: dict[str, Any] = {
            keys.PARTITION: {"S": keys.change_day(stamped)},
            keys.SORT: {"S": keys.change(stamped, self.kind, self.subject_id, self.version)},
            keys.KIND: {"S": self.kind},
            "id": {"S": self.subject_id},
            "version": {"N": str(self.version)},
            "action": {"S": self.action},
            "document": {"S": to_json(self.document)},
            "by": {"S": self.by},
            "request_id": {"S": self.request_id},
        }
        undone = self.undone
        if undone is not None:
            item["previous"] = {"S": to_json(undone)}
        if kept:
            item[keys.EXPIRES] = {"N": str(int((stamped + kept).timestamp()))}
        if again:
            item["republished"] = {"BOOL": True}
        elif self.kind is ChangeKind.HOME:
            item[keys.OF_HOME] = {"S": self.subject_id}
        return item

    @classmethod
    def from_item(cls, item: Item) -> "Change":
        becomes: Document = json.loads(item["document"]["S"])
        undone = json.loads(item["previous"]["S"]) if "previous" in item else None
        return cls(
            kind=ChangeKind(item[keys.KIND]["S"]),
            subject_id=item["id"]["S"],
            action=Action(item["action"]["S"]),
            previous=None
            if undone is None
            else {k: v for k, v in {**becomes, **undone}.items() if v is not None},
            document=becomes,
            by=item["by"]["S"],
            request_id=item["request_id"]["S"],
        )


class Recorded(NamedTuple):
    """A change as the log has it; `sort_key` begins with its stamp."""

    sort_key: str
    change: Change

    @property
    def stamp(self) -> str:
        return self.sort_key.split("#", 1)[0]


class StaleError(Exception):
    """Something was changed by somebody else after it was read: the changes at `positions`."""

    def __init__(self, positions: frozenset[int]) -> None:
        super().__init__(f"outdated: {sorted(positions)}")
        self.positions = positions


class AnsweredError(Exception):
    """The idempotency key was taken while this request was on its way."""


def commit(
    table: Table, changes: Sequence[Change], once: IdempotencyKey | None = None, answer: str = ""
) -> None:
    """Write every change with its log entry and the answer to replay, all or nothing.

    On return whoever looks sees it. At most 49 changes. Raises StaleError, AnsweredError, or
    BusyError where it is not known whether it happened: the same request again is safe.
    """
    started, stamped = table.clock.steady(), table.clock.now()
    writes = [_state_write(change, stamped) for change in changes]
    writes += [{"Item": change.to_item(stamped, kept=table.changes_kept)} for change in changes]
    if once:
        writes.append(_answer_write(once, answer, stamped))
    try:
        table.transact(writes)
    except ConditionFailedError as refused:
        outdated = frozenset(each for each in refused.failed if each < len(changes))
        if outdated:
            raise StaleError(outdated) from refused
        raise AnsweredError from refused
    if table.clock.steady() - started > SETTLE.total_seconds():
        for change in changes:
            republish(table, change)


def keep_answer(table: Table, once: IdempotencyKey, answer: str) -> None:
    """Keep the answer to a request that changed nothing. Raises AnsweredError, BusyError."""
    try:
        table.transact([_answer_write(once, answer, table.clock.now())])
    except ConditionFailedError as taken:
        raise AnsweredError from taken


def republish(table: Table, change: Change) -> None:
    """Put a change before the eyes of readers who may have looked past it. Raises BusyError."""
    for _ in range(APPENDED_AGAIN_AT_MOST):
        started = table.clock.steady()
        table.put(change.to_item(table.clock.now(), again=True, kept=table.changes_kept))
        if table.clock.steady() - started <= SETTLE.total_seconds():
            return
    raise BusyError("the store is slow; please send the same again")


def _state_write(change: Change, now: datetime) -> dict[str, Any]:
    """Put what the thing becomes, if it still is what it was."""
    item: dict[str, Any] = {
        keys.PARTITION: {"S": PARTITIONS[change.kind]},
        keys.SORT: {"S": change.subject_id},
        "version": {"N": str(change.version)},
        "document": {"S": to_json(change.document)},
    }
    if change.document.get("deleted"):
        # It stays only for as long as a reader could still have to see it go.
        item[keys.EXPIRES] = {"N": str(int((now + KEPT_DELETED).timestamp()))}
    if change.previous is None:
        return {
            "Item": item,
            "ConditionExpression": "attribute_not_exists(#pk)",
            "ExpressionAttributeNames": {"#pk": keys.PARTITION},
        }
    return {
        "Item": item,
        "ConditionExpression": "#version = :was",
        "ExpressionAttributeNames": {"#version": "version"},
        "ExpressionAttributeValues": {":was": {"N": str(change.previous["version"])}},
    }


def _answer_write(once: IdempotencyKey, answer: str, now: datetime) -> dict[str, Any]:
    """Keep the answer, unless the key is taken; an expired one may linger for days."""
    return {
        "Item": {
            keys.PARTITION: {"S": keys.once(once.caller_id, once.key)},
            keys.SORT: {"S": keys.NO_SORT},
            "fingerprint": {"S": once.fingerprint},
            "answer": {"S": answer},
            keys.EXPIRES: {"N": str(int((now + KEPT_ANSWERS).timestamp()))},
        },
        "ConditionExpression": "attribute_not_exists(#pk) OR #expires <= :now",
        "ExpressionAttributeNames": {"#pk": keys.PARTITION, "#expires": keys.EXPIRES},
        "ExpressionAttributeValues": {":now": {"N": str(int(now.timestamp()))}},
    }


PARTITIONS = {ChangeKind.HOME: keys.HOMES, ChangeKind.ALERT: keys.ALERTS}
