"""The days of the change log, each as what it adds up to; one that is over is read only once."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from council_overview.day_totals import summed
from shared.domain.documents import Document, to_json
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import Change
from shared.store.table import Table

FARTHEST_BACK: Final = timedelta(days=366)

SURELY_OVER: Final = timedelta(hours=1)
"""After its end; far more than any writer's clock or transaction lags behind."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def asked(text: str, now: datetime) -> date:
    """The UTC day of a path, from a year back to today. Raises RefusedError."""
    today = now.astimezone(UTC).date()
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not today - FARTHEST_BACK <= day <= today:
        raise RefusedError(Problem("day", f"a UTC day from {today - FARTHEST_BACK} to {today}"))
    return day


class Days:
    """Sums of days, as the JSON to answer."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._kept: dict[date, str] = {}

    def sum_of(self, day: date, now: datetime) -> str:
        """A request for each MB of the day's log, none for a day that is kept. Raises BusyError."""
        if day in self._kept:
            return self._kept[day]
        told = to_json({"day": day.isoformat(), **summed(self._changes(day))})
        if now > datetime.combine(day, time(), UTC) + timedelta(days=1) + SURELY_OVER:
            self._kept[day] = told
        return told

    def _changes(self, day: date) -> Iterator[tuple[Document | None, Document]]:
        """Each change once: an entry that shows another again may not even know what it was."""
        entries = self._table.query(
            "#pk = :day",
            {":day": keys.change_day(datetime.combine(day, time(), UTC)), ":kind": ChangeKind.HOME},
            FilterExpression="#kind = :kind AND attribute_not_exists(#republished)",
            ExpressionAttributeNames={
                "#pk": keys.PARTITION,
                "#kind": keys.KIND,
                "#republished": "republished",
            },
        )
        for entry in entries:
            change = Change.from_item(entry)
            yield change.previous, change.document
