"""What a home offers teams that ask for a bed of one category, and the moment that judges it."""

from datetime import date, datetime
from typing import Final, NamedTuple, Self

from shared.domain.availability import is_closed, is_registered
from shared.domain.documents import HomeDocument
from shared.domain.placing_stop import PlacingStop
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import WorkingHours

HOLDS_OFF: Final = "off"


class Offer(NamedTuple):
    """The beds of one category as the home posted them, and whether teams may ask for them."""

    accepting: int
    reserved: int = 0
    occupied: int = 0
    said_at: datetime | None = None
    """When the home said these counts; its answers to asks do not change that."""
    takes_asks: bool = True
    """The home is open, on the register and takes asks, and the council is placing there."""

    @classmethod
    def of_home(
        cls, home: HomeDocument, category: BedCategory, today: date, stop: PlacingStop | None
    ) -> Self:
        """Read it from a home's document; `stop` is the council's mark on the home.

        A category that the home does not have offers nothing. A home that has not said that it
        takes no asks, by the member `holds`, takes them.
        """
        beds, said_at = home["beds"].get(category, {}), home.get("said_at", {}).get(category)
        return cls(
            beds.get("accepting", 0),
            beds.get("reserved", 0),
            beds.get("occupied", 0),
            datetime.fromisoformat(said_at) if said_at else None,
            home.get("holds") != HOLDS_OFF
            and is_registered(home)
            and not is_closed(home)
            and not (stop and stop.is_in_force(today)),
        )

    def with_bed_reserved(self) -> "Offer":
        """Return the offer after the home said yes to one team."""
        return self._replace(accepting=self.accepting - 1, reserved=self.reserved + 1)

    def with_bed_occupied(self) -> "Offer":
        """Return the offer after someone moved into a reserved bed."""
        return self._replace(reserved=self.reserved - 1, occupied=self.occupied + 1)


class Situation(NamedTuple):
    """What a transition of the asks is judged by."""

    now: datetime
    offer: Offer
    hours: WorkingHours
    """The council's."""
