"""The brake on alerts: a home that opens and closes again and again tells a team once in a while.

One category of one home tells a team at most once in `QUIET`, unless more beds are free than it was
last told of. What is held back is told when that time is over, if a bed is still free: it is never
dropped. A bed that comes back because an ask for it ended is told at once.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, timestamp
from shared.domain.vocabulary import BedCategory

QUIET: Final = timedelta(minutes=30)

FreeBeds = Mapping[BedCategory, int]
"""The free beds of a home that fit a team's alerts; a category without one may be left out."""


class Told(NamedTuple):
    """What a team was last told of one category of a home."""

    beds: int
    at: datetime
    holds_back: bool = False
    """Something opened since, which waits until the quiet time is over."""

    @property
    def quiet_until(self) -> datetime:
        """Return until when the team is not told of as many beds again."""
        return self.at + QUIET

    def keeps_quiet(self, beds: int, now: datetime) -> bool:
        """Tell whether the team is not to be told now that so many beds are free."""
        return beds <= self.beds and now < self.quiet_until


@dataclass(frozen=True, slots=True)
class AlertBrake:
    """What one team was told of one home."""

    told: Mapping[BedCategory, Told] = field(default_factory=dict)

    @property
    def due_at(self) -> datetime | None:
        """Return when to look again at what is held back; None where nothing is."""
        return min((t.quiet_until for t in self.told.values() if t.holds_back), default=None)

    def opened(
        self, free: FreeBeds, now: datetime, *, came_back: Container[BedCategory] = ()
    ) -> "Braked":
        """Return what to tell the team of categories in which something opened to it.

        `free` are the beds that are free in them now. What is not told is held back. In the
        categories that `came_back` an ask ended, and what was told before counts for nothing.
        """
        quiet = {
            category
            for category, beds in free.items()
            if category not in came_back
            and (told := self.told.get(category))
            and told.keeps_quiet(beds, now)
        }
        tell = {each: beds for each, beds in free.items() if beds and each not in quiet}
        held = {each: self.told[each]._replace(holds_back=True) for each in quiet if free[each]}
        return self._after(tell, held, now)

    def due(self, free: FreeBeds, now: datetime) -> "Braked":
        """Return what to tell the team of what was held back, once its quiet time is over.

        What is free no more is not told. `free` are all beds that fit the team's alerts now.
        """
        over = [
            category
            for category, told in self.told.items()
            if told.holds_back and now >= told.quiet_until
        ]
        tell = {category: free[category] for category in over if free.get(category)}
        gone = {each: self.told[each]._replace(holds_back=False) for each in over}
        return self._after(tell, gone, now)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it decides nothing any more, so that nothing need be kept of it."""
        return all(not t.holds_back and now >= t.quiet_until for t in self.told.values())

    def _after(self, tell: FreeBeds, others: Mapping[BedCategory, Told], now: datetime) -> "Braked":
        told = {each: Told(beds, now) for each, beds in tell.items()}
        return Braked(tell, replace(self, told={**self.told, **others, **told}))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        return cls(
            {
                BedCategory(category): Told(
                    told["beds"], datetime.fromisoformat(told["at"]), told["holds_back"]
                )
                for category, told in document.items()
            }
        )

    def to_document(self) -> Document:
        """Write it as a document."""
        return {
            category: {"beds": told.beds, "at": timestamp(told.at), "holds_back": told.holds_back}
            for category, told in self.told.items()
        }


class Braked(NamedTuple):
    """What to tell a team now, and the brake once it was told."""

    tell: FreeBeds
    brake: AlertBrake
