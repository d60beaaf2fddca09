"""Write the homes of an import in batches, each onto the newest state of its home."""

from collections.abc import Sequence
from typing import Final

from import_homes.plan import HomeWrite
from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import homes
from shared.store.change_log import Change, VersionConflictError, commit
from shared.store.table import Table

BATCH: Final = 40
"""Homes in one transaction."""

BUSY_TRIES: Final = 6
"""Tries of one batch, with a pause of 1 s after the first and twice as long after each other one.
A table that is new or was idle takes about a minute to scale to a load of thousands of homes."""


def save_homes(
    table: Table,
    clock: Clock,
    writes: Sequence[HomeWrite],
    request_id: str,
    *,
    batch_size: int = BATCH,
) -> None:
    """Write the homes, keeping what others changed in them meanwhile. Raises BusyError.

    An interrupted run leaves every home whole: the same import again writes the rest.
    """
    author = Author("import", request_id)
    for start in range(0, len(writes), batch_size):
        _save_batch(table, clock, writes[start : start + batch_size], author)


def _save_batch(table: Table, clock: Clock, batch: Sequence[HomeWrite], author: Author) -> None:
    remaining, busy_tries = batch, 0
    while remaining:
        try:
            commit(table, clock, [_change(write, author) for write in remaining])
        except VersionConflictError as conflict:
            for position in sorted(conflict.positions):
                _save_onto_newest(table, clock, remaining[position], author)
            remaining = [
                write for at, write in enumerate(remaining) if at not in conflict.positions
            ]
        except BusyError:
            busy_tries += 1
            if busy_tries == BUSY_TRIES:
                raise
            clock.pause(2 ** (busy_tries - 1))
        else:
            return


def _save_onto_newest(table: Table, clock: Clock, write: HomeWrite, author: Author) -> None:
    def decide(home: CareHome) -> CareHome:
        return home if home.register == write.register else home.with_register(write.register)

    homes.revise(table, clock, write.location_id, decide, action=Action.IMPORTED, author=author)


def _change(write: HomeWrite, author: Author) -> Change:
    return Change(
        ChangeKind.HOME,
        write.location_id,
        Action.IMPORTED,
        write.previous,
        write.document,
        author.by,
        author.request_id,
    )
