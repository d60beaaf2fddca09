"""The council's mark that it is not placing people at a home: "not placing here".

It is no part of the home's document: the public sees that, and its version. What the council says
of a home has a document and versions of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, Self

from shared.domain.documents import Document


class PlacingStop(NamedTuple):
    """The first day and the last, in the United Kingdom; without a last day it has no end yet."""

    since: date
    until: date | None = None

    def is_in_force(self, today: date) -> bool:
        """Tell whether the council is not placing on this day: every reader judges it anew."""
        return self.since <= today and not self.has_passed(today)

    def has_passed(self, today: date) -> bool:
        """Tell whether its last day is over; it is no mark then."""
        return self.until is not None and self.until < today

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from a document."""
        until = document.get("until")
        return cls(
            date.fromisoformat(document["since"]), date.fromisoformat(until) if until else None
        )

    def to_document(self) -> Document:
        """Write it for a document."""
        document = {"since": self.since.isoformat()}
        return {**document, "until": self.until.isoformat()} if self.until else document


@dataclass(frozen=True, slots=True)
class CouncilMark:
    """What the council last said of placing at one home; every change adds one to `version`."""

    location_id: str
    version: int = 0
    """0 where the council has never said anything."""
    stop: PlacingStop | None = None
    told_up_to: int = 0
    """The version of the home at which a mark last ended: alerts were told then of all that was
    free, and so of every opening up to that version."""

    def shown(self, today: date, *, to_council: bool) -> PlacingStop | None:
        """Return the mark, if it is to be shown on this day.

        Only the council sees one that has not begun: it may still take it back.
        """
        stop = self.stop
        if stop is None or stop.has_passed(today):
            return None
        return stop if to_council or stop.is_in_force(today) else None

    def with_stop(
        self, stop: PlacingStop | None, *, today: date, home_version: int
    ) -> "CouncilMark":
        """Return it with this mark, or without one; the same if nothing changes.

        `home_version` is the home's at the same moment.
        """
        if stop == self.stop:
            return self
        revised = replace(self, version=self.version + 1, stop=stop)
        return (
            replace(revised, told_up_to=home_version) if self.ends_with(revised, today) else revised
        )

    def carried_to(
        self, successor: "CouncilMark", *, today: date, home_version: int
    ) -> "CouncilMark":
        """Return the successor's mark with this one's days; the same where it has its own.

        A mark that has passed carries over to nothing.
        """
        stop = self.shown(today, to_council=True)
        if stop is None or successor.shown(today, to_council=True):
            return successor
        return successor.with_stop(stop, today=today, home_version=home_version)

    def ends_with(self, revised: "CouncilMark", today: date) -> bool:
        """Tell whether alerts hear of the home again, once this is replaced by the revised mark."""
        return self.fires_no_alert(today) and not revised.fires_no_alert(today)

    def fires_no_alert(self, today: date) -> bool:
        """Tell whether alerts leave the home out: from the mark's first day until it is taken back.

        One that has passed is soon taken back by `snapshot_homes`. Until then it still counts here,
        so that what opens in between is told once, with all else that is free.
        """
        return self.stop is not None and self.stop.since <= today

    def keeps_quiet(self, home_version: int, day: date) -> bool:
        """Tell whether alerts leave out what a change of the home opened on that day.

        Its version decides what was before the end of a mark: two clocks may differ.
        """
        return self.fires_no_alert(day) or home_version <= self.told_up_to

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document."""
        stop = document.get("placing_stop")
        return cls(
            document["location_id"],
            document["version"],
            PlacingStop.from_document(stop) if stop else None,
            document.get("told_up_to", 0),
        )

    def to_document(self) -> Document:
        """Write it as a document; what is not known is left out."""
        document: Document = {"location_id": self.location_id, "version": self.version}
        if self.stop:
            document["placing_stop"] = self.stop.to_document()
        if self.told_up_to:
            document["told_up_to"] = self.told_up_to
        return document

    def to_response(self) -> Document:
        """Write what the council sees of it."""
        return {
            "location_id": self.location_id,
            "version": self.version,
            "placing_stop": self.stop.to_document() if self.stop else None,
        }
