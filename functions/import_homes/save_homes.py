"""Writes the homes of an import in batches, each onto its newest state."""

from collections.abc import Sequence
from typing import Final

from import_homes.plan import Writing
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes
from shared.store.change_log import Change, StaleError, commit
from shared.store.table import Table

BATCH: Final = 40
BUSY_TRIES: Final = 6
"""Of a batch, pausing 1 s at first and twice as long each time: a table that is new or was idle
takes about a minute to follow a load of thousands of homes."""


def save(table: Table, writings: Sequence[Writing], request_id: str) -> None:
    """Write them all; what others did to a home meanwhile stays. Raises BusyError.

    Broken off, it leaves whole homes: the same import again does the rest.
    """
    writer = Author("import", request_id)
    for start in range(0, len(writings), BATCH):
        _save_batch(table, writings[start : start + BATCH], writer)


def _save_batch(table: Table, batch: Sequence[Writing], writer: Author) -> None:
    waiting, busy = batch, 0
    while waiting:
        try:
            commit(table, [_change(each, each.previous, each.document, writer) for each in waiting])
        except StaleError as stale:
            for position in sorted(stale.positions):
                _save_onto_newest(table, waiting[position], writer)
            waiting = [each for at, each in enumerate(waiting) if at not in stale.positions]
        except BusyError:
            busy += 1
            if busy == BUSY_TRIES:
                raise
            table.clock.pause(2 ** (busy - 1))
        else:
            return


def _save_onto_newest(table: Table, writing: Writing, writer: Author) -> None:
    def decide(home: CareHome) -> CareHome:
        return home if home.register == writing.register else home.with_register(writing.register)

    homes.revise(table, writing.location_id, decide, action=Action.IMPORTED, writer=writer)


def _change(writing: Writing, was: Document | None, becomes: Document, writer: Author) -> Change:
    return Change(
        ChangeKind.HOME,
        writing.location_id,
        Action.IMPORTED,
        was,
        becomes,
        writer.by,
        writer.request_id,
    )
