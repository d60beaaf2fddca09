"""Follow the change log: load everything once, then read only what was changed since.

Why this misses nothing that was acknowledged is told in changes.py.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Protocol

from shared import keys
from shared.changes import CLOCK_SKEW, OVERLAP, PARTITIONS
from shared.model import Document
from shared.table import Table
from shared.vocabulary import ChangeKind

FOLLOWED_AT_MOST: Final = timedelta(hours=1)
"""After a longer sleep, loading everything anew costs no more than reading what was missed."""

_log = logging.getLogger(__name__)


def everything(table: Table, kind: ChangeKind) -> Iterator[Document]:
    """Every thing of this kind as it stands."""
    pages = table.query(
        "#pk = :pk",
        {":pk": PARTITIONS[kind]},
        ProjectionExpression="#is",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#is": "is"},
    )
    for item in pages:
        yield json.loads(item["is"]["S"])


class Memory(Protocol):
    """What a follower keeps in step: the board of homes, the book of alerts."""

    def clear(self) -> None: ...

    def put(self, document: Document) -> None: ...


class Follower:
    """Keeps a memory in step with the table: loads it once, then reads only the log."""

    def __init__(self, table: Table, kind: ChangeKind, memory: Memory) -> None:
        self._table, self._kind, self._memory = table, kind, memory
        self._looked: datetime | None = None
        self._versions: dict[str, int] = {}

    def catch_up(self) -> None:
        """Bring the memory to at least the moment of the call; one request when warm.

        Raises BusyError, and then starts where the last whole look ended.
        """
        now = self._table.clock.now()
        if self._looked is None or now - self._looked > FOLLOWED_AT_MOST:
            self._looked = None
            self._load()
        else:
            self._read_since(min(self._looked, now) - OVERLAP, now)
        self._looked = now

    def _load(self) -> None:
        self._memory.clear()
        self._versions.clear()
        for document in everything(self._table, self._kind):
            self._take_in(_subject_id(self._kind, document), document["version"], document)

    def _read_since(self, start: datetime, now: datetime) -> None:
        for day in keys.change_days(start, now + CLOCK_SKEW):
            entries = self._table.query(
                "#pk = :day AND #sk >= :start",
                {":day": day, ":start": keys.stamp(start), ":kind": self._kind},
                FilterExpression="#kind = :kind",
                ProjectionExpression="#sk, #is",
                ExpressionAttributeNames={
                    "#pk": keys.PARTITION,
                    "#sk": keys.SORT,
                    "#kind": keys.KIND,
                    "#is": "is",
                },
            )
            for entry in entries:
                subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
                if version > self._versions.get(subject_id, 0):
                    self._take_in(subject_id, version, json.loads(entry["is"]["S"]))

    def _take_in(self, subject_id: str, version: int, document: Document) -> None:
        """Put it into memory; one that this code cannot read must not hide all the others."""
        try:
            self._memory.put(document)
        except (KeyError, ValueError):
            _log.exception("cannot read %s, version %d", subject_id, version)
        self._versions[subject_id] = version


def _subject_id(kind: ChangeKind, document: Document) -> str:
    if kind is ChangeKind.HOME:
        location_id: str = document["location_id"]
        return location_id
    return keys.alert(document["team"], document["alert_id"])
