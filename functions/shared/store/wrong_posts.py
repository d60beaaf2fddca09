"""How many posts are wrong from the outset, as the council's calls tell: one item of the stack.

It is a document with a log kind of its own, so whoever follows the log weighs by it at once.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, ChangeKind
from shared.domain.wrong_posts import WrongPosts
from shared.store import keys
from shared.store.log_follower import InMemoryIndex
from shared.store.readable import readable
from shared.store.revise import Revision, revise
from shared.store.table import Item, Table

READ_AGAIN_AFTER: Final = timedelta(minutes=10)
"""How long a function that does not follow the log goes by what it read: calls change it once a
day at most."""


def load(table: Table, report_unreadable: Callable[[str], None] | None = None) -> WrongPosts:
    """Return what was learned; before the first call what is usual. Raises BusyError.

    Where that cannot be read it raises, unless there is a `report_unreadable`: that is called
    within an `except` block, with the name of the item's partition, and what is usual is returned.
    """
    items = [item for item in table.get((keys.WRONG_POSTS, keys.NO_SORT)) if item]
    learned = (
        readable(items, _learned, lambda _: keys.WRONG_POSTS, report_unreadable)
        if report_unreadable
        else map(_learned, items)
    )
    return next(learned, WrongPosts())


def save(table: Table, clock: Clock, learned: WrongPosts, author: Author) -> Revision:
    """Save what was learned, in place of what was known; the same again changes nothing.

    What was known may be unreadable. Raises BusyError.
    """

    def decide(current: Document | None) -> Document:
        version = current["version"] if current else 0
        if current == {"version": version, **learned.to_document()}:
            return current
        return {"version": version + 1, **learned.to_document()}

    return revise(
        table,
        clock,
        ChangeKind.WRONG_POSTS,
        keys.NO_SORT,
        decide,
        action=Action.UPDATED,
        author=author,
    )


class FollowedWrongPosts:
    """What was learned, as an index that a follower of the log keeps up to date."""

    def __init__(self, on_change: Callable[[float], None] = lambda _: None) -> None:
        """Begin with what is usual; `on_change` gets the share whenever it is another."""
        self._on_change = on_change
        self.share = WrongPosts().share

    def beside(self, kind: ChangeKind, index: InMemoryIndex) -> dict[ChangeKind, InMemoryIndex]:
        """Return both as a follower takes them, and this first: so it weighs what is loaded."""
        return {ChangeKind.WRONG_POSTS: self, kind: index}

    def clear(self) -> None:
        """Go back to what is usual."""
        self._take(WrongPosts())

    def put(self, document: Document, _: str = "") -> None:
        """Go by this from now on."""
        self._take(WrongPosts.from_document(document))

    def remove(self, _: str) -> None:
        """Go back to what is usual: what was learned cannot be read."""
        self._take(WrongPosts())

    def _take(self, learned: WrongPosts) -> None:
        if learned.share != self.share:
            self.share = learned.share
            self._on_change(learned.share)


class RecentWrongPosts:
    """What was learned, for a function that does not follow the log: read once in ten minutes."""

    def __init__(
        self, table: Table, clock: Clock, report_unreadable: Callable[[str], None]
    ) -> None:
        """Read nothing yet; for `report_unreadable` see `load`."""
        self._table, self._clock = table, clock
        self._report_unreadable = report_unreadable
        self._read_at: datetime | None = None
        self._share = 0.0

    def share(self) -> float:
        """Return the share of posts that list one bed more than there is. Raises BusyError."""
        now = self._clock.now()
        if self._read_at is None or not timedelta(0) <= now - self._read_at < READ_AGAIN_AFTER:
            learned = load(self._table, self._report_unreadable)
            self._share, self._read_at = learned.share, now
        return self._share


def _learned(item: Item) -> WrongPosts:
    return WrongPosts.from_document(json.loads(item[keys.DOCUMENT]["S"]))
