"""What an old owner promised: each promise is a question to the home that follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Self

from shared.domain.declaration import Declaration
from shared.domain.documents import Document
from shared.domain.needs import NEEDS
from shared.domain.shop_window import ShopWindow
from shared.domain.terms import Terms

TOPICS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "funding": ("funding", "top_up_from", "respite_nights"),
        "assessment": ("assesses_by", "assesses_within_hours"),
        "admission_hours": ("admission_hours",),
        "also_as": ("also_as",),
        "weekly_fees": ("weekly_fee_from", "weekly_fee_to"),
        "description": ("description",),
    }
)
"""The questions beside those about needs, each with the members of a home's document in it."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What can be asked of a home: its answers to needs, its terms, its fees, its description."""

    window: ShopWindow = field(default_factory=ShopWindow)
    declaration: Declaration = field(default_factory=Declaration)

    @classmethod
    def of(cls, window: ShopWindow, declaration: Declaration) -> Self:
        """Return what a home says of itself, without what is no promise: how to reach it."""
        return cls(
            replace(
                window,
                vacancies_phone=None,
                website=None,
                description=window.description or None,
            ),
            declaration,
        )

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the names of the questions: needs, and topics."""
        document = self.to_document()
        topics = (
            topic
            for topic, members in TOPICS.items()
            if any(member in document for member in members)
        )
        return (*self.declaration.needs, *topics)

    def without(self, names: Iterable[str]) -> "Promises":
        """Return the promises without these needs and topics; a member names its topic too."""
        named, document = set(names), self.to_document()
        closed = {
            member
            for topic, members in TOPICS.items()
            if not named.isdisjoint({topic, *members})
            for member in members
        }
        kept = {name: value for name, value in document.items() if name not in closed}
        promises = Promises.from_document(kept)
        return replace(promises, declaration=promises.declaration.without_answers(named))

    def keep(
        self, names: Iterable[str], window: ShopWindow, declaration: Declaration, today: date
    ) -> tuple[ShopWindow, Declaration]:
        """Return what a home says of itself with these promises, which it says itself today."""
        kept = self.without({*self.questions}.difference(names))
        said = kept.declaration
        answered = declaration.answer(said.needs, today)
        return replace(window, **_known(kept.window)), replace(
            answered,
            terms=replace(answered.terms, **_known(said.terms)),
            also_as={**answered.also_as, **said.also_as},
        )

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the promises from members of a home's document."""
        return cls(ShopWindow.from_document(document), Declaration.from_document(document))

    def to_document(self) -> Document:
        """Write the promises as members of a home's document."""
        return {**self.window.to_document(), **self.declaration.to_document()}


MOST_QUESTIONS: Final = len(NEEDS) + len(TOPICS)


def _known(said: ShopWindow | Terms) -> dict[str, Any]:
    values = {each.name: getattr(said, each.name) for each in fields(said)}
    return {name: value for name, value in values.items() if value is not None}
