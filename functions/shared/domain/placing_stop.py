"""The council's mark that it is not placing people at a home: "not placing here"."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, Self

from shared.domain.documents import Document, HomeDocument


class PlacingStop(NamedTuple):
    """From which day, and until the end of which day, in the United Kingdom; None: open."""

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
        """Read it from a home's document."""
        until = document.get("until")
        return cls(
            date.fromisoformat(document["since"]), date.fromisoformat(until) if until else None
        )

    def to_document(self) -> Document:
        """Write it for a home's document."""
        document = {"since": self.since.isoformat()}
        return {**document, "until": self.until.isoformat()} if self.until else document


def placing_stop_of(home: HomeDocument) -> PlacingStop | None:
    """Return the mark that the home's document holds, whether it is in force or not."""
    stop = home.get("placing_stop")
    return PlacingStop.from_document(stop) if stop else None


def fires_no_alert(home: HomeDocument, today: date) -> bool:
    """Tell whether alerts leave the home out: from the first day of a mark until it is taken back.

    One that has passed is soon taken back by `snapshot_homes`. Until then it still counts here, so
    that what opens in between is told once, with all else that is free.
    """
    stop = placing_stop_of(home)
    return stop is not None and stop.since <= today
