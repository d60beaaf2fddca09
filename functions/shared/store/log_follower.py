"""Follow the change log: load everything once, then read only what changed since.

Why a reader misses no acknowledged change is explained in change_log.py.
"""

import gc
import json
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final, Protocol

from shared.aws.clock import Clock, Reading
from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, snapshot
from shared.store.change_log import CLOCK_SKEW, OVERLAP, subject_id_of
from shared.store.scan import pages
from shared.store.table import Item, Table

MAX_CATCH_UP: Final = timedelta(hours=1)
"""After a longer pause, loading everything costs no more than reading all that changed."""

_log = logging.getLogger(__name__)

_UNKNOWN: Final = "in a snapshot"
"""The id of a document in a snapshot, which names it only inside."""


class InMemoryIndex(Protocol):
    """An index in memory that a follower keeps up to date."""

    def clear(self) -> None:
        """Remove every document."""

    def put(self, document: Document, text: str, /) -> None:
        """Add the document, or replace its earlier version; `text` is the document as JSON.

        May raise anything if the document cannot be read; `remove` follows then.
        """

    def remove(self, subject_id: str, /) -> None:
        """Remove the document with this id, if it is there, or what is left of it."""


def _log_unreadable(item_id: str) -> None:
    _log.exception("cannot read %s", item_id)


class LogFollower:
    """Keeps indexes in memory up to date: loads them once, then reads only the log."""

    def __init__(
        self,
        table: Table,
        clock: Clock,
        indexes: Mapping[ChangeKind, InMemoryIndex],
        report_unreadable: Callable[[str], None] = _log_unreadable,
    ) -> None:
        """Begin without documents: there is an index for each kind that is followed.

        `report_unreadable` is called within an `except` block, with the id of a document that
        cannot be read. It is hidden until it changes, and every other one is used.
        """
        self._table, self._clock, self._indexes = table, clock, indexes
        self._last_look: Reading | None = None
        self._report_unreadable = report_unreadable
        self._versions: dict[ChangeKind, dict[str, int]] = {}

    def catch_up(self) -> None:
        """Bring the indexes to the moment of this call or later; one request when warm.

        Raises BusyError; the next call then starts where the last complete one ended.
        """
        look, before = self._clock.read(), self._last_look
        now = look.now
        # What was written between the true time of a look that was ahead and its stamp would never
        # be read.
        if (
            before is None
            or now - before.now > MAX_CATCH_UP
            or before.was_ahead(look, tolerance=CLOCK_SKEW)
        ):
            self._last_look = None
            with _without_garbage_collection():
                since = self._load(now)
        else:
            since = before.now
        if since is not None:
            self._read_since(min(since, now) - OVERLAP, now)
        self._last_look = look

    def _load(self, now: datetime) -> datetime | None:
        """Load everything; return the moment of the snapshot of homes if they came from one."""
        read_at = None
        for kind, index in self._indexes.items():
            index.clear()
            self._versions[kind] = {}
            for number, page in enumerate(pages(self._table, kind), start=1):
                for item in page.items:
                    self._load_item(kind, item)
                if (
                    page.more
                    and number == snapshot.PAGES_WITHOUT_SNAPSHOT
                    and kind is ChangeKind.HOME
                ):
                    newest = snapshot.newest(
                        self._table, kind, now - MAX_CATCH_UP, now + CLOCK_SKEW
                    )
                    if newest and self._apply_snapshot(kind, newest):
                        read_at = newest.read_at
                        break
        return read_at

    def _apply_snapshot(self, kind: ChangeKind, newest: snapshot.Snapshot) -> bool:
        """Apply the snapshot as far as it can be read; return whether all of it could."""
        try:
            for text in newest.texts():
                self._load_document(kind, text, _UNKNOWN)
        except zlib.error:
            _log.exception("cannot read the snapshot of %s", newest.read_at.isoformat())
            return False
        return True

    def _load_item(self, kind: ChangeKind, item: Item) -> None:
        try:
            text = item[keys.DOCUMENT]["S"]
        except KeyError:
            self._report_unreadable(item[keys.SORT]["S"])
            return
        self._load_document(kind, text, item[keys.SORT]["S"])

    def _load_document(self, kind: ChangeKind, text: str, item_id: str) -> None:
        """Apply a document, unless a newer version of it is known."""
        try:
            document = json.loads(text)
            subject_id, version = subject_id_of(kind, document), int(document["version"])
            is_newer = version > self._versions[kind].get(subject_id, 0)
        except Exception:  # it may be anything, and must not hide the rest
            self._report_unreadable(item_id)
            return
        if is_newer:
            self._apply(kind, subject_id, version, text, document)

    def _read_since(self, start: datetime, now: datetime) -> None:
        kinds = {f":kind{number}": kind for number, kind in enumerate(self._indexes)}
        for day in keys.change_days(start, now + CLOCK_SKEW):
            entries = self._table.query(
                "#pk = :day AND #sk >= :start",
                {":day": day, ":start": keys.stamp(start), **kinds},
                FilterExpression=f"#kind IN ({', '.join(kinds)})",
                ProjectionExpression="#sk, #document",
                ExpressionAttributeNames={
                    "#pk": keys.PARTITION,
                    "#sk": keys.SORT,
                    "#kind": keys.KIND,
                    "#document": keys.DOCUMENT,
                },
            )
            for entry in entries:
                try:
                    name, subject_id, version = keys.subject_of_change(entry[keys.SORT]["S"])
                    kind, text = ChangeKind(name), entry[keys.DOCUMENT]["S"]
                except (KeyError, ValueError):
                    self._report_unreadable(entry[keys.SORT]["S"])
                    continue
                if version > self._versions[kind].get(subject_id, 0):
                    self._apply(kind, subject_id, version, text)

    def _apply(
        self,
        kind: ChangeKind,
        subject_id: str,
        version: int,
        text: str,
        document: Document | None = None,
    ) -> None:
        """Put a document into its index, or hide it, and nothing else, if it cannot be read.

        Its earlier version goes too: that is no longer so.
        """
        index = self._indexes[kind]
        try:
            index.put(document or json.loads(text), text)
        except Exception:  # it may be anything
            self._report_unreadable(subject_id)
            index.remove(subject_id)
        self._versions[kind][subject_id] = version


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
