"""The draw of a working day as it is kept: what is to be called, and what was listed then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from shared.domain.audit import DrawnCall, ListedBeds, draw_calls, listings_shown
from shared.domain.availability import free_beds
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.vocabulary import BedCategory

CALLED_WITHIN: Final = timedelta(days=4)
"""How long after its day a drawn call may still be made: a Friday's until Tuesday, past a bank
holiday. Then it stays as it is, and that is published."""

RECORDED_WITHIN: Final = CALLED_WITHIN + timedelta(days=7)
"""How long after its day what came of a call may still be recorded: a call may have been a week
before (`Observed-Ago`)."""


class ShownBeds(NamedTuple):
    """The free beds of one category as a home lists them."""

    listed: int
    said_at: datetime

    def to_document(self) -> Document:
        """Write them as a document."""
        return {"listed": self.listed, "said_at": timestamp(self.said_at)}

    @classmethod
    def of_home(cls, home: HomeDocument, category: BedCategory) -> Self | None:
        """Return what a home lists as free of a category; None if that is nothing."""
        listed, said_at = free_beds(home).get(category), home.get("said_at", {}).get(category)
        if not listed or said_at is None:
            return None
        return cls(listed, datetime.fromisoformat(said_at))


def beds_shown(home: HomeDocument) -> dict[ListedBeds, ShownBeds]:
    """Return what a home lists as free, by category."""
    return {
        listing: beds
        for listing in listings_shown([home])
        if (beds := ShownBeds.of_home(home, listing.category))
    }


@dataclass(frozen=True, slots=True)
class AuditDraw:
    """The calls that were drawn for a day, each with what was listed then, in their order."""

    day: date
    drawn_at: datetime
    calls: Mapping[DrawnCall, ShownBeds]

    @classmethod
    def of(
        cls, council: str, now: datetime, day: date, shown: Mapping[ListedBeds, ShownBeds]
    ) -> Self:
        """Draw from all that is listed now."""
        return cls(
            day, now, {call: shown[call.listing] for call in draw_calls(council, day, shown)}
        )

    def call_of(self, location_id: str, category: BedCategory) -> DrawnCall | None:
        """Return the call about this listing, if it was drawn."""
        call = DrawnCall(self.day, ListedBeds(location_id, category))
        return call if call in self.calls else None

    @property
    def call_until(self) -> date:
        """Return the last day on which the calls may be made."""
        return self.day + CALLED_WITHIN

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document."""
        day = date.fromisoformat(document["day"])
        return cls(
            day,
            datetime.fromisoformat(document["drawn_at"]),
            {
                DrawnCall(
                    day, ListedBeds(each["location_id"], BedCategory(each["category"]))
                ): ShownBeds(each["listed"], datetime.fromisoformat(each["said_at"]))
                for each in document["calls"]
            },
        )

    def to_document(self) -> Document:
        """Write it as a document."""
        calls = [
            {
                "location_id": call.listing.location_id,
                "category": call.listing.category,
                **shown.to_document(),
            }
            for call, shown in self.calls.items()
        ]
        return {"day": self.day.isoformat(), "drawn_at": timestamp(self.drawn_at), "calls": calls}
