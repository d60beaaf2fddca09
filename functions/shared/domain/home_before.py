"""The location id that a home had before, and what came from there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from shared.domain.documents import Document, timestamp
from shared.domain.promises import Promises


class CarriedPart(StrEnum):
    """A part of what an old location id said, which its successor can take over."""

    VACANCIES = "vacancies"
    BUILDING = "building"
    VACANCIES_PHONE = "vacancies_phone"
    WEBSITE = "website"
    QUESTIONS = "questions"


class LastInSearch(NamedTuple):
    """What searches showed of the old id when it left the register, and until when."""

    until: datetime
    free: Mapping[str, int]
    """Vacancies by bed category."""


@dataclass(frozen=True, slots=True)
class HomeBefore:
    """The old id of a home that has a new one, and what was carried over from it."""

    location_id: str
    carried: tuple[CarriedPart, ...]
    building: tuple[str, ...] = ()
    """The needs whose answers were carried over, and which the home has not answered itself."""
    said: Promises = field(default_factory=Promises)
    """What the old owner promised, and the home has not said itself: each is a question."""
    vacancies_at: datetime | None = None
    """When the old id said the vacancies that were carried over."""
    last_in_search: LastInSearch | None = None

    def without(self, names: Iterable[str]) -> "HomeBefore":
        """Return it without what the home says itself now: needs, and members of its document."""
        named = set(names)
        return replace(
            self,
            building=tuple(need for need in self.building if need not in named),
            said=self.said.without(named),
        )

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from a home's document."""
        at, last = document.get("vacancies_at"), document.get("last_in_search")
        return cls(
            document["location_id"],
            tuple(CarriedPart(each) for each in document["carried"]),
            tuple(document.get("building", ())),
            Promises.from_document(document.get("said", {})),
            datetime.fromisoformat(at) if at else None,
            LastInSearch(datetime.fromisoformat(last["until"]), last["free"]) if last else None,
        )

    def to_document(self) -> Document:
        """Write it for a home's document."""
        document: Document = {"location_id": self.location_id, "carried": list(self.carried)}
        if self.building:
            document["building"] = list(self.building)
        if self.said.questions:
            # The public may know that there are questions, and not what they are.
            document["has_questions"] = True
            document["said"] = self.said.to_document()
        if self.vacancies_at:
            document["vacancies_at"] = timestamp(self.vacancies_at)
        if self.last_in_search:
            until, free = self.last_in_search
            document["last_in_search"] = {"until": timestamp(until), "free": dict(free)}
        return document
