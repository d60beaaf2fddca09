"""The terms on which a home admits people: who may pay, how it assesses, and at which hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from shared.domain.admission_hours import AdmissionHours
from shared.domain.errors import Problem
from shared.domain.needs import Answer

MAX_TOP_UP: Final = 2_000
"""Pounds a week."""

MAX_ASSESSMENT_HOURS: Final = 14 * 24
MAX_NIGHTS: Final = 90


class Funding(StrEnum):
    """Who pays, or how: what a home accepts."""

    COUNCIL_RATE = "council_rate"
    TOP_UP = "top_up"
    CHC = "chc"
    FNC = "fnc"
    D2A_BLOCK = "d2a_block"
    SELF_FUNDED = "self_funded"
    RESPITE = "respite"
    DEFERRED_PAYMENT = "deferred_payment"


FUNDING_LABELS: Final[Mapping[Funding, str]] = MappingProxyType(
    {
        Funding.COUNCIL_RATE: "The council's rate",
        Funding.TOP_UP: "The council's rate with a top-up",
        Funding.CHC: "NHS continuing healthcare",
        Funding.FNC: "NHS-funded nursing care",
        Funding.D2A_BLOCK: "Discharge to assess, block booked",
        Funding.SELF_FUNDED: "People who pay for themselves",
        Funding.RESPITE: "Respite stays",
        Funding.DEFERRED_PAYMENT: "Deferred payment",
    }
)


class Assessment(StrEnum):
    """How a home assesses someone before it admits them."""

    TELEPHONE = "telephone"
    VIDEO = "video"
    VISIT = "visit"
    TRUSTED_ASSESSOR = "trusted_assessor"


ASSESSMENT_LABELS: Final[Mapping[Assessment, str]] = MappingProxyType(
    {
        Assessment.TELEPHONE: "By telephone",
        Assessment.VIDEO: "By video call",
        Assessment.VISIT: "By a visit",
        Assessment.TRUSTED_ASSESSOR: "By a trusted assessor",
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a home says of its terms; what it has not said is None."""

    funding: tuple[Funding, ...] | None = None
    """Everything that it accepts: what is not named, it does not accept."""
    top_up_from: int | None = None
    """Pounds a week."""
    respite_nights: int | None = None
    """The fewest nights of a respite stay."""
    assesses_by: tuple[Assessment, ...] | None = None
    assesses_within_hours: int | None = None
    admission_hours: AdmissionHours | None = None

    def accepts(self, funding: Funding) -> Answer | None:
        """Return whether the home accepts it; None if it has not said.

        A home that takes the council's rate asks for no top-up, so it suits who could pay one.
        """
        if self.funding is None:
            return None
        is_accepted = funding in self.funding or (
            funding is Funding.TOP_UP and Funding.COUNCIL_RATE in self.funding
        )
        return Answer.YES if is_accepted else Answer.NO

    def admits_by(self, latest: datetime, now: datetime) -> Answer | None:
        """Return whether someone who is asked for now can be in by `latest`; None if not said.

        A home that takes longer to assess than there is time has to be asked.
        """
        if self.admission_hours is None:
            return None
        if not self.admission_hours.admits_by(latest, now):
            return Answer.NO
        hours = self.assesses_within_hours or 0
        return Answer.ASK if now + timedelta(hours=hours) > latest else Answer.YES

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the terms."""
        funding = self.funding or ()
        if self.top_up_from is not None and Funding.TOP_UP not in funding:
            yield Problem("top_up_from", "no amount unless funding has top_up")
        if self.respite_nights is not None and Funding.RESPITE not in funding:
            yield Problem("respite_nights", "no nights unless funding has respite")
        if self.admission_hours:
            yield from self.admission_hours.problems("admission_hours")

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the terms from a home's document."""
        funding, by = document.get("funding"), document.get("assesses_by")
        hours = document.get("admission_hours")
        return cls(
            None if funding is None else tuple(map(Funding, funding)),
            document.get("top_up_from"),
            document.get("respite_nights"),
            None if by is None else tuple(map(Assessment, by)),
            document.get("assesses_within_hours"),
            None if hours is None else AdmissionHours.from_document(hours),
        )

    def to_document(self) -> dict[str, Any]:
        """Write the terms as members of a home's document; what was not said is left out."""
        document = {
            "funding": None if self.funding is None else list(self.funding),
            "top_up_from": self.top_up_from,
            "respite_nights": self.respite_nights,
            "assesses_by": None if self.assesses_by is None else list(self.assesses_by),
            "assesses_within_hours": self.assesses_within_hours,
            "admission_hours": self.admission_hours and self.admission_hours.to_document(),
        }
        return {name: value for name, value in document.items() if value is not None}
