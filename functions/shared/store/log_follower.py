"""Follow the change log: load everything once, then read only what was changed since.

Why this misses nothing that was acknowledged is told in changes.py.
"""

import gc
import json
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, Protocol

from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, snapshot
from shared.store.change_log import CLOCK_SKEW, OVERLAP
from shared.store.scan import pages
from shared.store.table import Table

FOLLOWED_AT_MOST: Final = timedelta(hours=1)
"""After a longer sleep, loading everything anew costs no more than reading what was missed."""

_log = logging.getLogger(__name__)


class InMemoryIndex(Protocol):
    """What a follower keeps in step: the board of homes, the book of alerts."""

    def clear(self) -> None: ...

    def put(self, document: Document, text: str, /) -> None:
        """`text` is the document as JSON."""


class LogFollower:
    """Keeps a memory in step with the table: loads it once, then reads only the log."""

    def __init__(self, table: Table, kind: ChangeKind, memory: InMemoryIndex) -> None:
        self._table, self._kind, self._memory = table, kind, memory
        self._looked: datetime | None = None
        self._versions: dict[str, int] = {}

    def catch_up(self) -> None:
        """Bring the memory to at least the moment of the call; one request when warm.

        Raises BusyError, and then starts where the last whole look ended.
        """
        now = self._table.clock.now()
        since = self._looked
        if since is None or now - since > FOLLOWED_AT_MOST:
            self._looked = None
            with _no_collecting():
                since = self._load(now)
        if since is not None:
            self._read_since(min(since, now) - OVERLAP, now)
        self._looked = now

    def _load(self, now: datetime) -> datetime | None:
        """Everything: as it stands, or as a snapshot has it that looked at the moment returned."""
        self._memory.clear()
        self._versions.clear()
        for number, page in enumerate(pages(self._table, self._kind), start=1):
            for item in page.items:
                self._take_in_newer(item["document"]["S"])
            if page.more and number == snapshot.WITHOUT and self._kind is ChangeKind.HOME:
                kept = snapshot.newest(self._table, self._kind, now - FOLLOWED_AT_MOST)
                if kept and self._take_in_all(kept):
                    return kept.looked
        return None

    def _take_in_all(self, kept: snapshot.Snapshot) -> bool:
        """Whether it could be read to its end; what could be is taken in anyhow."""
        try:
            for text in kept.texts():
                self._take_in_newer(text)
        except zlib.error:
            _log.exception("cannot read the snapshot of %s", kept.looked.isoformat())
            return False
        return True

    def _take_in_newer(self, text: str) -> None:
        document = json.loads(text)
        subject_id, version = _subject_id(self._kind, document), document["version"]
        if version > self._versions.get(subject_id, 0):
            self._take_in(subject_id, version, document, text)

    def _read_since(self, start: datetime, now: datetime) -> None:
        for day in keys.change_days(start, now + CLOCK_SKEW):
            entries = self._table.query(
                "#pk = :day AND #sk >= :start",
                {":day": day, ":start": keys.stamp(start), ":kind": self._kind},
                FilterExpression="#kind = :kind",
                ProjectionExpression="#sk, #document",
                ExpressionAttributeNames={
                    "#pk": keys.PARTITION,
                    "#sk": keys.SORT,
                    "#kind": keys.KIND,
                    "#document": "document",
                },
            )
            for entry in entries:
                subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
                if version > self._versions.get(subject_id, 0):
                    text = entry["document"]["S"]
                    self._take_in(subject_id, version, json.loads(text), text)

    def _take_in(self, subject_id: str, version: int, document: Document, text: str) -> None:
        """Put it into memory; one that this code cannot read must not hide all the others."""
        try:
            self._memory.put(document, text)
        except (KeyError, ValueError):
            _log.exception("cannot read %s, version %d", subject_id, version)
        self._versions[subject_id] = version


@contextmanager
def _no_collecting() -> Iterator[None]:
    """What is loaded stays: to go through it again and again while it grows doubles the time."""
    gc.disable()
    try:
        yield
        gc.freeze()  # nor is it looked at again while the function is warm
    finally:
        gc.enable()


def _subject_id(kind: ChangeKind, document: Document) -> str:
    if kind is ChangeKind.HOME:
        location_id: str = document["location_id"]
        return location_id
    return keys.alert(document["team"], document["alert_id"])
