"""The location id that a home had before, and what came from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, timestamp
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import Feature


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


FEES: Final = ("weekly_fee_from", "weekly_fee_to")
WEEKLY_FEES: Final = "weekly_fees"
DESCRIPTION: Final = "description"


@dataclass(frozen=True, slots=True)
class HomeBefore:
    """The old id of a home that has a new one, and what was carried over from it."""

    location_id: str
    carried: tuple[CarriedPart, ...]
    said: ShopWindow = field(default_factory=ShopWindow)
    """What the old owner promised, and the home has not said itself: each is a question."""
    vacancies_at: datetime | None = None
    """When the old id said the vacancies that were carried over."""
    last_in_search: LastInSearch | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the names of the open questions: features, `weekly_fees` and `description`."""
        said = self.said
        fees = (WEEKLY_FEES,) if said.weekly_fee_from or said.weekly_fee_to else ()
        return (*said.features, *fees, *((DESCRIPTION,) if said.description else ()))

    def without_questions(self, *names: str) -> "HomeBefore":
        """Return it without these questions; `features` and each of the fees name theirs too."""
        said = self.said
        if "features" in names:
            said = replace(said, features=())
        said = replace(said, features=tuple(each for each in said.features if each not in names))
        if not {WEEKLY_FEES, *FEES}.isdisjoint(names):
            said = replace(said, weekly_fee_from=None, weekly_fee_to=None)
        if DESCRIPTION in names:
            said = replace(said, description=None)
        return replace(self, said=said)

    def answered(self, window: ShopWindow, answers: Mapping[str, bool]) -> ShopWindow:
        """Return the shop window with the earlier answers that are still right.

        Every name is one of `questions`.
        """
        right = {name for name, is_right in answers.items() if is_right}
        kept = {*window.features, *(each for each in self.said.features if each in right)}
        window = replace(window, features=tuple(each for each in Feature if each in kept))
        if WEEKLY_FEES in right:
            fees = {name: getattr(self.said, name) for name in FEES}
            window = replace(window, **fees)
        if DESCRIPTION in right:
            window = replace(window, description=self.said.description)
        return window

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from a home's document."""
        at, last = document.get("vacancies_at"), document.get("last_in_search")
        return cls(
            document["location_id"],
            tuple(CarriedPart(each) for each in document["carried"]),
            ShopWindow.from_document(document.get("said", {})),
            datetime.fromisoformat(at) if at else None,
            LastInSearch(datetime.fromisoformat(last["until"]), last["free"]) if last else None,
        )

    def to_document(self) -> Document:
        """Write it for a home's document."""
        document: Document = {"location_id": self.location_id, "carried": list(self.carried)}
        if self.questions:
            document["said"] = self.said.to_document()
        if self.vacancies_at:
            document["vacancies_at"] = timestamp(self.vacancies_at)
        if self.last_in_search:
            until, free = self.last_in_search
            document["last_in_search"] = {"until": timestamp(until), "free": dict(free)}
        return document
