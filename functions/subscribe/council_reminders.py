"""Remind homes because someone of the council asks, and say what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.telemetry import logger, report_unreadable
from shared.domain.availability import is_registered
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.errors import NotFoundError
from shared.domain.member import MemberState, Owner
from shared.domain.reminder_event import reminder_event
from shared.domain.reminder_value import is_quiet
from shared.domain.uk_time import uk_day
from shared.store import homes, members, reminded
from shared.store.reminded import Reminder
from shared.store.table import Table

MOST_HOMES: Final = 50
"""In one request, which reads each home and its people."""


class Outcome(StrEnum):
    """What became of one home."""

    REMINDED = "reminded"
    REMINDED_TODAY = "reminded_today"
    POSTED_LATELY = "posted_lately"
    NOBODY = "nobody"
    """Nobody has agreed to get this home's reminders."""
    NOT_IN_SEARCH = "not_in_search"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CouncilReminders:
    """The reminders of one stack's homes."""

    table: Table
    queue: DeliveryQueue

    def remind(self, location_ids: Sequence[str], officer: str, now: datetime) -> list[Document]:
        """Remind each home that may be reminded now; repeating it reminds nobody twice.

        Returns the outcome for each. Raises BusyError; the same request then completes it.
        """
        day = uk_day(now)
        already = reminded.of_day(self.table, day)
        loaded = {each: self._load(each) for each in location_ids}
        outcomes = {each: self._outcome(each, home, already, now) for each, home in loaded.items()}
        due = [home for each, home in loaded.items() if home and outcomes[each] is Outcome.REMINDED]
        self.queue.send(reminder_event(home, now) for home in due)
        for home in due:
            reminded.record(self.table, day, Reminder(home["location_id"], now, officer))
        if due:
            ids = [home["location_id"] for home in due]
            logger.info("homes reminded", caller=officer, homes=ids)
        return [
            _document(each, outcome, already.get(each), now) for each, outcome in outcomes.items()
        ]

    def _load(self, location_id: str) -> HomeDocument | None:
        try:
            return homes.load(self.table, location_id)
        except NotFoundError:
            return None

    def _outcome(
        self,
        location_id: str,
        home: HomeDocument | None,
        already: dict[str, Reminder],
        now: datetime,
    ) -> Outcome:
        if home is None:
            return Outcome.UNKNOWN
        if not is_registered(home):
            return Outcome.NOT_IN_SEARCH
        if location_id in already:
            return Outcome.REMINDED_TODAY
        if is_quiet(home, now):
            return Outcome.POSTED_LATELY
        return Outcome.REMINDED if self._has_people(location_id, now) else Outcome.NOBODY

    def _has_people(self, location_id: str, now: datetime) -> bool:
        owner = Owner.home(location_id)
        people = members.list_of_owner(self.table, owner, now, report_unreadable)
        return any(each.state is MemberState.CONFIRMED for each in people)


def _document(
    location_id: str, outcome: Outcome, before: Reminder | None, now: datetime
) -> Document:
    document: Document = {"location_id": location_id, "outcome": outcome}
    if outcome is Outcome.REMINDED:
        document["reminded_at"] = timestamp(now)
    elif before:
        document["reminded_at"] = timestamp(before.at)
    return document
