"""Count in memory what teams search for, and write it in the background, once a minute at most.

A search waits for no write, and none fails it. What could not be written is written with the next;
Lambda may end an instance before that, and then the counts since its last write are lost.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date, timedelta
from threading import Lock, Thread
from typing import Final

from search.query_string import SearchRequest
from shared.aws.clock import Clock
from shared.aws.telemetry import logger
from shared.domain.demand import LATE_AFTER, Count, Span, counts_of, period_of
from shared.places.districts import district_of
from shared.places.postcodes import Postcodes
from shared.store import demand
from shared.store.table import Table

WRITE_EVERY: Final = timedelta(minutes=1)

MOST_WAITING: Final = 1_000
"""Counts in memory; what exceeds them is not counted. A usual search has about three."""

Run = Callable[[Callable[[], None]], None]


def in_background(work: Callable[[], None]) -> None:
    """Start the work, which Lambda may freeze between two requests and end at any time."""
    with suppress(RuntimeError):  # no room for a thread: the next time will do
        Thread(target=work, daemon=True).start()


class DemandCounter:
    """The counts of one instance of the function that are not yet written."""

    def __init__(self, table: Table, clock: Clock, span: Span, run: Run = in_background) -> None:
        """Start without counts; `run` is given each writing."""
        self._table, self._clock, self._span, self._run = table, clock, span, run
        self._waiting: dict[Count, None] = {}
        self._written: set[Count] = set()
        self._day = date.min
        self._last_write = clock.now() - WRITE_EVERY
        self._writing = Lock()

    def add(self, teams: Collection[str], search: SearchRequest, postcodes: Postcodes) -> None:
        """Count a search for a person, once for the first of the caller's teams; start a writing.

        A caller without a team is not counted, nor a search that says that it is not for a person.
        """
        query = search.query
        if search.is_for_a_person and teams and query.requirements:
            district = district_of(search.place, postcodes)
            if district:
                asked, now = query.requirements, query.as_of
                self._note(counts_of(min(teams), district, query.categories, asked, now))
        self.write_if_due()

    def _note(self, counts: Iterable[Count]) -> None:
        for count in counts:
            if count.day != self._day:
                self._day = count.day
                self._written.clear()
            if count not in self._written and len(self._waiting) < MOST_WAITING:
                self._waiting[count] = None

    def write_if_due(self) -> None:
        """Start to write what waits, unless that was done within the last minute."""
        now = self._clock.now()
        if self._waiting and abs(now - self._last_write) >= WRITE_EVERY:
            self._last_write = now
            self._run(self._write)

    def _write(self) -> None:
        """Write what waits; stop at the first that fails, which waits for the next time."""
        if not self._writing.acquire(blocking=False):
            return
        try:
            for count in list(self._waiting):
                end = period_of(count.day, self._span).end
                if self._clock.now() < end + LATE_AFTER:
                    demand.write(self._table, count, self._span)
                self._written.add(count)
                del self._waiting[count]
        except Exception as error:  # whatever it is, searches go on
            # Its class alone: the message may repeat a need.
            logger.warning("demand not written", error=type(error).__name__)
        finally:
            self._writing.release()
