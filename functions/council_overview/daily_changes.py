"""The change log day by day, as totals. A day that is over is read only once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from council_overview.day_totals import day_totals
from shared.aws.clock import Clock, Reading
from shared.domain.documents import HomeDocument, to_json
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import MAX_DAYS, ChangeKind
from shared.http.query_params import read_day
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, Change
from shared.store.table import Table

COMPLETE_AFTER: Final = timedelta(hours=1)
"""After the end of a day: far longer than any writer's clock or transaction lags behind."""


def parse_day(text: str, now: datetime) -> date:
    """Return the UTC day that a path names, from a year ago to today. Raises RefusedError."""
    today = now.astimezone(UTC).date()
    oldest = today - timedelta(days=MAX_DAYS)
    day = read_day(text, oldest, today)
    if day is None:
        raise RefusedError(Problem("day", f"a UTC day from {oldest} to {today}"))
    return day


class _Complete(NamedTuple):
    """The totals of a day that was over, and when they were read."""

    totals: str
    read_at: Reading


class DailyChanges:
    """The totals of each day, as JSON."""

    def __init__(self, table: Table, clock: Clock) -> None:
        """Start without any day in memory."""
        self._table, self._clock = table, clock
        self._complete: dict[date, _Complete] = {}

    def totals_json(self, day: date) -> str:
        """Return the totals of a day. Raises BusyError.

        Sends a request for each megabyte of the day's log, or none if the day is in memory.
        """
        moment = self._clock.read()
        before = self._complete.get(day)
        # Where the clock was ahead then, the day may not have been over.
        if before and not before.read_at.was_ahead(moment, tolerance=CLOCK_SKEW):
            return before.totals
        totals = to_json({"day": day.isoformat(), **day_totals(self._changes(day))})
        if moment.now > datetime.combine(day, time(), UTC) + timedelta(days=1) + COMPLETE_AFTER:
            self._complete[day] = _Complete(totals, moment)
        else:
            self._complete.pop(day, None)
        return totals

    def _changes(self, day: date) -> Iterator[tuple[HomeDocument | None, HomeDocument]]:
        """Return each change once, leaving out entries that repeat one to make it visible."""
        entries = self._table.query(
            "#pk = :day",
            {":day": keys.change_day(datetime.combine(day, time(), UTC)), ":kind": ChangeKind.HOME},
            FilterExpression="#kind = :kind AND attribute_not_exists(#republished)",
            ExpressionAttributeNames={
                "#pk": keys.PARTITION,
                "#kind": keys.KIND,
                "#republished": keys.REPUBLISHED,
            },
        )
        for entry in entries:
            change = Change.from_item(entry)
            yield change.previous, change.document
