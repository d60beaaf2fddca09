"""Follow the change log: load everything once, then read only what changed since.

Why a reader misses no acknowledged change is explained in change_log.py.
"""

import gc
import json
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, Protocol

from shared.aws.clock import Clock
from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, snapshot
from shared.store.change_log import CLOCK_SKEW, OVERLAP, subject_id_of
from shared.store.scan import pages
from shared.store.table import Table

MAX_CATCH_UP: Final = timedelta(hours=1)
"""After a longer pause, loading everything costs no more than reading all that changed."""

_log = logging.getLogger(__name__)


class InMemoryIndex(Protocol):
    """An index in memory that a follower keeps up to date."""

    def clear(self) -> None:
        """Remove every document."""

    def put(self, document: Document, text: str, /) -> None:
        """Add the document, or replace its earlier version; `text` is the document as JSON."""


class LogFollower:
    """Keeps an index in memory up to date: loads it once, then reads only the log."""

    def __init__(self, table: Table, clock: Clock, kind: ChangeKind, index: InMemoryIndex) -> None:
        self._table, self._clock, self._kind, self._index = table, clock, kind, index
        self._last_look: datetime | None = None
        self._versions: dict[str, int] = {}

    def catch_up(self) -> None:
        """Bring the index to the moment of this call or later; one request when warm.

        Raises BusyError; the next call then starts where the last complete one ended.
        """
        now = self._clock.now()
        since = self._last_look
        if since is None or now - since > MAX_CATCH_UP:
            self._last_look = None
            with _without_garbage_collection():
                since = self._load(now)
        if since is not None:
            self._read_since(min(since, now) - OVERLAP, now)
        self._last_look = now

    def _load(self, now: datetime) -> datetime | None:
        """Load everything; return the moment of the snapshot if it came from one."""
        self._index.clear()
        self._versions.clear()
        for number, page in enumerate(pages(self._table, self._kind), start=1):
            for item in page.items:
                self._apply_if_newer(item[keys.DOCUMENT]["S"])
            if (
                page.more
                and number == snapshot.PAGES_WITHOUT_SNAPSHOT
                and self._kind is ChangeKind.HOME
            ):
                newest = snapshot.newest(self._table, self._kind, now - MAX_CATCH_UP)
                if newest and self._apply_snapshot(newest):
                    return newest.read_at
        return None

    def _apply_snapshot(self, newest: snapshot.Snapshot) -> bool:
        """Apply the snapshot as far as it can be read; return whether all of it could."""
        try:
            for text in newest.texts():
                self._apply_if_newer(text)
        except zlib.error:
            _log.exception("cannot read the snapshot of %s", newest.read_at.isoformat())
            return False
        return True

    def _apply_if_newer(self, text: str) -> None:
        document = json.loads(text)
        subject_id, version = subject_id_of(self._kind, document), document["version"]
        if version > self._versions.get(subject_id, 0):
            self._apply(subject_id, version, document, text)

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
                    "#document": keys.DOCUMENT,
                },
            )
            for entry in entries:
                subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
                if version > self._versions.get(subject_id, 0):
                    text = entry[keys.DOCUMENT]["S"]
                    self._apply(subject_id, version, json.loads(text), text)

    def _apply(self, subject_id: str, version: int, document: Document, text: str) -> None:
        """Put a document into the index; one that this code cannot read must not hide the rest."""
        try:
            self._index.put(document, text)
        except (KeyError, ValueError):
            _log.exception("cannot read %s, version %d", subject_id, version)
        self._versions[subject_id] = version


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector, which doubles the time of loading, and exempt what was loaded.

    It goes through everything again and again while memory grows, and everything loaded stays.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
