"""The change log: its entries, and how an entry is committed with the state that it describes.

Why every search that starts after an acknowledgement sees the change: an entry is stamped just
before its transaction. If the transaction takes longer than SETTLE, the entry is published again,
with a fresh stamp, before the writer acknowledges the change. So an acknowledged entry became
visible at most SETTLE after its stamp. A reader reads everything again that is stamped within
OVERLAP before its last look. OVERLAP is SETTLE plus the most that two clocks may differ, so the
reader misses no entry; it applies entries by version, so reading one twice is harmless.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from shared.aws.clock import Clock
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.conditions import still_at
from shared.store.idempotency import IdempotencyRecord, KeyTakenError
from shared.store.table import ConditionFailedError, Item, Table, key_of

SETTLE: Final = timedelta(seconds=2)
CLOCK_SKEW: Final = timedelta(seconds=8)
"""Far more than Lambda's clocks differ; a longer overlap costs only what was changed in it."""
OVERLAP: Final = SETTLE + CLOCK_SKEW

REPUBLISH_TRIES: Final = 5

DELETED_RETENTION: Final = timedelta(days=7)
"""How long a deleted document stays in the table; no reader lives nearly as long."""

NEEDS_RETENTION: Final = timedelta(days=7)
"""How long the log keeps what an alert asks for a person: one with needs, or with a funding. And
what came of a call, which may name a need, with the record in which it counts; and what an ask is
for."""

OUTCOMES_KEPT: Final = timedelta(days=400)
"""How long the outcome of a call is kept: published rates look back a year."""

DISPUTES_KEPT: Final = timedelta(days=100)
"""How long what teams were told against a listing is kept after the last of them was told so. A
home that said nothing for so long is judged by its silence."""

TEAM_ASKS_KEPT: Final = timedelta(days=7)
"""How long it is kept which asks a team made after the last of them; none waits nearly as long."""

REQUESTS_KEPT: Final = timedelta(days=400)
"""How long a record of requests is kept after the last of them: longer than it is shown."""

BEAT_RETENTION: Final = timedelta(days=1)

PARTITIONS: Final = {
    ChangeKind.HOME: keys.HOMES,
    ChangeKind.ALERT: keys.ALERTS,
    ChangeKind.OUTCOME: keys.OUTCOMES,
    ChangeKind.DISPUTE: keys.DISPUTES,
    ChangeKind.REQUEST_RECORD: keys.REQUEST_RECORDS,
    ChangeKind.WRONG_POSTS: keys.WRONG_POSTS,
    ChangeKind.PLACING_STOP: keys.PLACING_STOPS,
    ChangeKind.HOLD: keys.HOLDS,
    ChangeKind.ASKED_FOR: keys.ASKED_FOR,
    ChangeKind.TEAM_ASKS: keys.TEAM_ASKS,
}
"""The partition that holds the documents of each kind."""


@dataclass(frozen=True, slots=True)
class Change:
    """One accepted write of a document."""

    kind: ChangeKind
    subject_id: str
    action: Action
    previous: Document | None
    document: Document
    by: str
    """The author, as `Author.by` says."""
    request_id: str
    beside: Document | None = None
    """Another document, unchanged, as it was at the commit: the home of a mark that ended."""

    @property
    def version(self) -> int:
        version: int = self.document["version"]
        return version

    @property
    def change_id(self) -> str:
        """Return the id of the change, such as `1-1000587219#7`; no other change has it."""
        change_id = f"{self.subject_id}#{self.version}"
        return f"placing#{change_id}" if self.kind is ChangeKind.PLACING_STOP else change_id

    @property
    def replaced_values(self) -> Document | None:
        """Return the previous values of the members that changed; None for a new document.

        Laid over the document they give the previous document; a member that was absent is None.
        """
        if self.previous is None:
            return None
        return {
            name: self.previous.get(name)
            for name in {**self.previous, **self.document}
            if self.previous.get(name) != self.document.get(name)
        }

    def to_item(
        self, stamp: datetime, *, republished: bool = False, retention: timedelta | None = None
    ) -> dict[str, Any]:
        """Return the log entry; it expires after `retention`, or never where that is None.

        One that may name what a person needs, of an outcome, of a record of requests, of what an
        ask is for, or of an alert for a person, expires after a week in any case.
        """
        if self.kind in _SOON_FORGOTTEN or asks_for_a_person(self.kind, self.document):
            retention = min(retention or NEEDS_RETENTION, NEEDS_RETENTION)
        item: dict[str, Any] = {
            keys.PARTITION: {"S": keys.change_day(stamp)},
            keys.SORT: {"S": keys.change(stamp, self.kind, self.subject_id, self.version)},
            keys.KIND: {"S": self.kind},
            keys.SUBJECT_ID: {"S": self.subject_id},
            keys.VERSION: {"N": str(self.version)},
            keys.ACTION: {"S": self.action},
            keys.DOCUMENT: {"S": to_json(self.document)},
            keys.BY: {"S": self.by},
            keys.REQUEST_ID: {"S": self.request_id},
        }
        replaced = self.replaced_values
        if replaced is not None:
            item[keys.PREVIOUS] = {"S": to_json(replaced)}
        if self.beside is not None:
            item[keys.BESIDE] = {"S": to_json(self.beside)}
        if retention:
            item[keys.EXPIRES] = {"N": str(int((stamp + retention).timestamp()))}
        if republished:
            item[keys.REPUBLISHED] = {"BOOL": True}
        elif self.kind is ChangeKind.HOME:
            item[keys.OF_HOME] = {"S": self.subject_id}
        elif self.kind is ChangeKind.PLACING_STOP:
            item[keys.OF_HOME] = {"S": keys.placing_stops_of(self.subject_id)}
        return item

    @classmethod
    def from_item(cls, item: Item) -> "Change":
        """Return the change that a log entry describes."""
        document: Document = json.loads(item[keys.DOCUMENT]["S"])
        previous: Document | None = None
        if keys.PREVIOUS in item:
            restored = {**document, **json.loads(item[keys.PREVIOUS]["S"])}
            previous = {name: value for name, value in restored.items() if value is not None}
        return cls(
            kind=ChangeKind(item[keys.KIND]["S"]),
            subject_id=item[keys.SUBJECT_ID]["S"],
            action=Action(item[keys.ACTION]["S"]),
            previous=previous,
            document=document,
            by=item[keys.BY]["S"],
            request_id=item[keys.REQUEST_ID]["S"],
            beside=json.loads(item[keys.BESIDE]["S"]) if keys.BESIDE in item else None,
        )


class LogEntry(NamedTuple):
    """A change as the log holds it; `sort_key` begins with its stamp."""

    sort_key: str
    change: Change

    @property
    def stamp(self) -> str:
        """Return when the change was committed, such as `2026-11-22T09:30:00.000123Z`."""
        return self.sort_key.split("#", 1)[0]


class Unchanged(NamedTuple):
    """A document that a change rests on and does not change, at the version that was loaded."""

    kind: ChangeKind
    subject_id: str
    version: int | None
    """None: there was none."""


class VersionConflictError(Exception):
    """Another writer changed documents after they were loaded: of the changes at `positions`.

    Positions after the changes are of documents that had to stay unchanged.
    """

    def __init__(self, positions: frozenset[int]) -> None:
        super().__init__(f"version conflict at positions {sorted(positions)}")
        self.positions = positions


def commit(
    table: Table,
    clock: Clock,
    changes: Sequence[Change],
    record: IdempotencyRecord | None = None,
    unchanged: Sequence[Unchanged] = (),
) -> None:
    """Write every change with its log entry and the idempotency record, all or nothing.

    Nothing is written either where another writer changed a document that was to be `unchanged`.
    Every reader that looks after this returns sees the changes. At most 49 changes. Raises
    VersionConflictError, KeyTakenError, or BusyError where it is unknown whether the changes were
    committed: sending the same request again is safe.
    """
    started, stamp = clock.steady(), clock.now()
    writes = [_document_write(change, stamp) for change in changes]
    writes += [
        {"Item": change.to_item(stamp, retention=table.change_retention)} for change in changes
    ]
    if record:
        writes.append(record.to_write(stamp))
    try:
        table.transact(writes, [_check(each) for each in unchanged])
    except ConditionFailedError as refused:
        checks = len(writes)  # the positions of the checks follow those of the writes
        conflicts = frozenset(
            each for each in refused.positions if each < len(changes) or each >= checks
        )
        if conflicts:
            raise VersionConflictError(conflicts) from refused
        raise KeyTakenError from refused
    if clock.steady() - started > SETTLE.total_seconds():
        for change in changes:
            republish(table, clock, change)


def republish(table: Table, clock: Clock, change: Change) -> None:
    """Append the change to the log again, for readers who may have missed it. Raises BusyError."""
    for _ in range(REPUBLISH_TRIES):
        started = clock.steady()
        table.put(change.to_item(clock.now(), republished=True, retention=table.change_retention))
        if clock.steady() - started <= SETTLE.total_seconds():
            return
    raise BusyError("The database is slow. Send the same request again.")


def append_beat(table: Table, clock: Clock) -> None:
    """Append a heartbeat, which takes the way of every change and is none. Raises BusyError.

    Where none arrives at notify, no change does: the stream is not read.
    """
    stamp = clock.now()
    table.put(
        {
            keys.PARTITION: {"S": keys.change_day(stamp)},
            keys.SORT: {"S": keys.beat(stamp)},
            keys.KIND: {"S": keys.BEAT},
            keys.EXPIRES: {"N": str(int((stamp + BEAT_RETENTION).timestamp()))},
        }
    )


def asks_for_a_person(kind: ChangeKind, document: Document) -> bool:
    """Tell whether a document is an alert with needs or a funding: such an alert is of a person."""
    return kind is ChangeKind.ALERT and bool(document.get("needs") or document.get("funding"))


def subject_id_of(kind: ChangeKind, document: Document) -> str:
    """Return the id by which the log and the table know a document."""
    if kind is ChangeKind.ALERT:
        return keys.alert(document["team"], document["alert_id"])
    if kind is ChangeKind.WRONG_POSTS:
        return keys.NO_SORT
    if kind is ChangeKind.TEAM_ASKS:
        return str(document["team"])
    if kind is ChangeKind.ASKED_FOR:
        return str(document["ask_id"])
    location_id: str = document["location_id"]
    if kind is ChangeKind.HOLD:
        return keys.hold(location_id, document["category"])
    if kind is ChangeKind.OUTCOME:
        said_at, category, reporter = (document[n] for n in ("said_at", "category", "reporter"))
        return keys.outcome(said_at, location_id, category, reporter)
    if kind is ChangeKind.REQUEST_RECORD:
        return keys.request_record(location_id, document["asked"])
    return location_id


_RETENTION: Final = {
    ChangeKind.DISPUTE: DISPUTES_KEPT,
    ChangeKind.REQUEST_RECORD: REQUESTS_KEPT,
    ChangeKind.TEAM_ASKS: TEAM_ASKS_KEPT,
}

_SOON_FORGOTTEN: Final = {
    ChangeKind.OUTCOME,
    ChangeKind.REQUEST_RECORD,
    ChangeKind.ASKED_FOR,
    ChangeKind.TEAM_ASKS,
}
"""Of these the log keeps no entry longer than `NEEDS_RETENTION`."""


def expiry_of(kind: ChangeKind, document: Document, now: datetime) -> datetime | None:
    """Return when the table may forget a document that is written now; None: never."""
    if document.get("deleted"):
        # A reader that starts now loads it, and must see that it is deleted.
        return now + DELETED_RETENTION
    if kind is ChangeKind.OUTCOME:
        return datetime.fromisoformat(document["recorded_at"]) + OUTCOMES_KEPT
    if retention := _RETENTION.get(kind):
        return now + retention
    # An alert for one person; asks, and what they are for.
    until = document.get("renewable_until") or document.get("expires_at")
    return datetime.fromisoformat(until) if until else None


def _document_write(change: Change, now: datetime) -> dict[str, Any]:
    """Return the write that puts the document, if it still has the version that was loaded."""
    item: dict[str, Any] = {
        keys.PARTITION: {"S": PARTITIONS[change.kind]},
        keys.SORT: {"S": change.subject_id},
        keys.VERSION: {"N": str(change.version)},
        keys.DOCUMENT: {"S": to_json(change.document)},
    }
    if expires_at := expiry_of(change.kind, change.document, now):
        item[keys.EXPIRES] = {"N": str(int(expires_at.timestamp()))}
    return {
        "Item": item,
        **still_at(None if change.previous is None else change.previous["version"]),
    }


def _check(unchanged: Unchanged) -> dict[str, Any]:
    """Return the check that the document still has the version that was loaded, or is not there."""
    key = PARTITIONS[unchanged.kind], unchanged.subject_id
    return {"Key": key_of(*key), **still_at(unchanged.version)}
