"""What a team asks for with an ask: the day, the funding and the needs of one person.

It stands apart from the ask, because it goes seven days after the ask ends, and nobody follows it:
what is shown in searches and kept in the log holds no needs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from shared.domain.ask import ENDED_KEPT, LONGEST_HOLD, QUEUED_FOR
from shared.domain.documents import Document, timestamp
from shared.domain.errors import Problem
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import LONGEST_WAIT

FARTHEST_DAY: Final = timedelta(days=28)
"""A home cannot say today whether it takes someone who comes later."""

LONGEST_LIFE: Final = QUEUED_FOR + LONGEST_WAIT + LONGEST_HOLD
"""How long an ask is open at most."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What one ask is for; the home and the team that asks see it, and nobody else."""

    ask_id: str
    location_id: str
    category: BedCategory
    team: str
    asked_at: datetime
    day: date
    """On which the person is to come."""
    funding: Funding | None = None
    needs: tuple[str, ...] = ()
    refused_need: str | None = None
    """The need that the home cannot meet, if it said no for that."""
    ended_at: datetime | None = None
    version: int = 1

    @property
    def expires_at(self) -> datetime:
        """Return from when on nobody may see it, also if its end was never written down."""
        return (self.ended_at or self.asked_at + LONGEST_LIFE) + ENDED_KEPT

    def is_over(self, now: datetime) -> bool:
        """Tell whether nobody may see it any more: DynamoDB may take days to delete it."""
        return self.expires_at <= now

    def ended(self, at: datetime, refused_need: str | None = None) -> "AskedFor":
        """Return it after its ask ended; one that had ended keeps its end."""
        if self.ended_at:
            return self
        return replace(self, version=self.version + 1, ended_at=at, refused_need=refused_need)

    def problems(self, today: date) -> Iterator[Problem]:
        """Yield what is wrong with it."""
        if not today <= self.day <= today + FARTHEST_DAY:
            yield Problem("day", f"a day from today to {FARTHEST_DAY.days} days ahead")

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        funding, ended_at = document.get("funding"), document.get("ended_at")
        return cls(
            ask_id=document["ask_id"],
            location_id=document["location_id"],
            category=BedCategory(document["category"]),
            team=document["team"],
            asked_at=datetime.fromisoformat(document["asked_at"]),
            day=date.fromisoformat(document["day"]),
            funding=Funding(funding) if funding else None,
            needs=tuple(document["needs"]),
            refused_need=document.get("refused_need"),
            ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
            version=document["version"],
        )

    def to_document(self) -> Document:
        """Write it as a document; what is not said is left out."""
        optional = {
            "funding": self.funding,
            "refused_need": self.refused_need,
            "ended_at": timestamp(self.ended_at) if self.ended_at else None,
        }
        return {
            "ask_id": self.ask_id,
            "version": self.version,
            "location_id": self.location_id,
            "category": self.category,
            "team": self.team,
            "asked_at": timestamp(self.asked_at),
            "day": self.day.isoformat(),
            "needs": list(self.needs),
            "expires_at": timestamp(self.expires_at),
            **{name: value for name, value in optional.items() if value is not None},
        }
