"""What a home declares: whom it takes, on which terms, and what else its beds may serve as."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from shared.domain.errors import Problem
from shared.domain.needs import NEEDS, Answer, NeedGroup
from shared.domain.terms import Terms
from shared.domain.vocabulary import BedCategory


@dataclass(frozen=True, slots=True)
class Declaration:
    """Whom a home says that it takes, and on which terms."""

    needs: Mapping[str, Answer] = field(default_factory=dict)
    """The home's answers by need; what it has not answered is not there."""
    said_on: Mapping[NeedGroup, date] = field(default_factory=dict)
    """The day in the United Kingdom on which the home last went through a group of needs."""
    terms: Terms = field(default_factory=Terms)
    also_as: Mapping[BedCategory, tuple[BedCategory, ...]] = field(default_factory=dict)
    """For each category, the others that its beds may serve as; a bed counts under its own."""

    def answer(self, needs: Mapping[str, Answer | None], today: date) -> "Declaration":
        """Return the declaration with these answers; None takes an answer back.

        A group is gone through where each of its needs is answered in this, or for the first time.
        """
        merged = {**self.needs, **needs}
        said_on = dict(self.said_on)
        for group in {NEEDS[need].group for need in needs}:
            of_group = {need for need in NEEDS if NEEDS[need].group is group}
            answered = {need for need in of_group if merged.get(need)}
            if answered <= needs.keys() or group not in said_on:
                said_on[group] = today
        return self._with_answers(merged, said_on)

    def with_facts(self, facts: "Declaration") -> "Declaration":
        """Return the declaration with answers that were given earlier, on the days of `facts`.

        A group keeps the earliest day on which any of its answers was given.
        """
        said_on = {**facts.said_on, **self.said_on}
        for group in facts.said_on.keys() & self.said_on.keys():
            said_on[group] = min(facts.said_on[group], self.said_on[group])
        return self._with_answers({**self.needs, **facts.needs}, said_on)

    def only_answers(self, needs: Collection[str]) -> "Declaration":
        """Return the answers to these needs, with the days of their groups, and nothing else."""
        others = [need for need in self.needs if need not in needs]
        return Declaration(self.needs, self.said_on).without_answers(others)

    def without_answers(self, needs: Collection[str]) -> "Declaration":
        """Return the declaration without the answers to these needs."""
        kept = {need: answer for need, answer in self.needs.items() if need not in needs}
        return self._with_answers(kept, self.said_on)

    def _with_answers(
        self, needs: Mapping[str, Answer | None], said_on: Mapping[NeedGroup, date]
    ) -> "Declaration":
        """Return the declaration with these answers in order; a group without any has no day."""
        answers = {need: answer for need in NEEDS if (answer := needs.get(need))}
        answered = {NEEDS[need].group for need in answers}
        return replace(
            self,
            needs=answers,
            said_on={
                group: said_on[group]
                for group in NeedGroup
                if group in said_on and group in answered
            },
        )

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the declaration."""
        yield from self.terms.problems()
        for category, others in self.also_as.items():
            if category in others:
                yield Problem(f"also_as.{category}", "other categories than its own")

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read a declaration from a home's document. Needs that are no longer listed are left out.

        So a home whose document an earlier release wrote can still be read.
        """
        return cls(
            {
                need: Answer(answer)
                for need, answer in document.get("needs", {}).items()
                if need in NEEDS
            },
            {
                NeedGroup(group): date.fromisoformat(day)
                for group, day in document.get("needs_said_on", {}).items()
            },
            Terms.from_document(document),
            {
                BedCategory(category): tuple(map(BedCategory, others))
                for category, others in document.get("also_as", {}).items()
            },
        )

    def to_document(self) -> dict[str, Any]:
        """Write the declaration as members of a home's document; what was not said is left out."""
        document: dict[str, Any] = self.terms.to_document()
        if self.needs:
            document["needs"] = {need: self.needs[need] for need in NEEDS if need in self.needs}
        if self.said_on:
            document["needs_said_on"] = {
                group: day.isoformat() for group, day in self.said_on.items()
            }
        if self.also_as:
            document["also_as"] = {
                category: list(others) for category, others in self.also_as.items()
            }
        return document
