"""The draws of the council's audit in the table: one for each working day, and never a second."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from shared.domain.audit_draw import AuditDraw
from shared.domain.documents import to_json
from shared.store import keys
from shared.store.change_log import OUTCOMES_KEPT
from shared.store.readable import readable, sort_key
from shared.store.table import Item, Table

KEPT: Final = OUTCOMES_KEPT
"""As long as what came of the calls: how many were not made is published beside it."""


def is_drawn(table: Table, day: date) -> bool:
    """Tell whether there is a draw for a day, readable or not. Raises BusyError."""
    (item,) = table.get((keys.AUDIT_DRAWS, keys.audit_draw(day)))
    return item is not None


def load(table: Table, day: date) -> AuditDraw | None:
    """Return what was drawn for a day; None if that is nothing yet. Raises BusyError."""
    (item,) = table.get((keys.AUDIT_DRAWS, keys.audit_draw(day)))
    return _draw(item) if item else None


def save(table: Table, draw: AuditDraw) -> bool:
    """Save the draw of its day; return False if there is one already, which stays.

    Raises BusyError.
    """
    return table.put_new(
        {
            keys.PARTITION: {"S": keys.AUDIT_DRAWS},
            keys.SORT: {"S": keys.audit_draw(draw.day)},
            keys.DOCUMENT: {"S": to_json(draw.to_document())},
            keys.EXPIRES: {"N": str(int((draw.drawn_at + KEPT).timestamp()))},
        }
    )


def since(
    table: Table, first: date, report_unreadable: Callable[[str], None]
) -> Iterator[AuditDraw]:
    """Yield the draws from this day on, the oldest first. Raises BusyError.

    One that cannot be read is left out: its sort key is given to `report_unreadable`, within an
    `except` block.
    """
    items = table.query(
        "#pk = :pk AND #sk >= :first",
        {":pk": keys.AUDIT_DRAWS, ":first": keys.audit_draw(first)},
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
    )
    return readable(items, _draw, sort_key, report_unreadable)


def _draw(item: Item) -> AuditDraw:
    return AuditDraw.from_document(json.loads(item[keys.DOCUMENT]["S"]))
