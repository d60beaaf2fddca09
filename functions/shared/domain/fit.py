"""Whether a home takes a person: what a search asks of it, and what it has said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.domain.documents import Document, HomeDocument
from shared.domain.needs import Answer
from shared.domain.terms import Funding, Terms

ADMIT_BY: Final = "admit_by"
"""Names the day and hour in lists of answers, beside the ids of needs and funding."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the person must have: every need, the funding, and admission by a day and hour."""

    needs: tuple[str, ...] = ()
    funding: Funding | None = None
    admit_by: datetime | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is asked."""
        return bool(self.needs or self.funding or self.admit_by)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all that is asked."""
        named = (*self.needs, self.funding) if self.funding else self.needs
        return (*named, ADMIT_BY) if self.admit_by else named


class Admissions:
    """Whether homes admit someone by a moment: decided once for each set of terms.

    Homes that say the same share one set, and a search may look at thousands of homes.
    """

    def __init__(self, admit_by: datetime | None, now: datetime) -> None:
        """Ask for an admission by this moment, if there is one; there is time from now on."""
        self._admit_by, self._now = admit_by, now
        self._answers: dict[int, Answer | None] = {}

    def answer(self, terms: Terms | None) -> Answer | None:
        """Return what a home with these terms says; None if it has not said, or nothing is asked.

        The terms must live as long as this does.
        """
        if terms is None or self._admit_by is None:
            return None
        if id(terms) not in self._answers:
            self._answers[id(terms)] = terms.admits_by(self._admit_by, self._now)
        return self._answers[id(terms)]


Answers = Mapping[str, Answer | None]
"""A home's answers to everything asked, by name; None where it has not said."""


def answers_of(home: HomeDocument, requirements: Requirements, now: datetime) -> Answers:
    """Return what the home says of each requirement, in their order."""
    said, terms = home.get("needs", {}), Terms.from_document(home)
    answers: dict[str, Answer | None] = {
        need: Answer(said[need]) if need in said else None for need in requirements.needs
    }
    if requirements.funding:
        answers[requirements.funding] = terms.accepts(requirements.funding)
    if requirements.admit_by:
        answers[ADMIT_BY] = terms.admits_by(requirements.admit_by, now)
    return answers


def fit_document(answers: Answers) -> Document:
    """Write the answers, each name under what the home says of it, and the fit that they make."""

    def named(wanted: Answer | None) -> list[str]:
        return [name for name, answer in answers.items() if answer is wanted]

    return {
        "fit": fit_of(answers.values()),
        **{each.value: named(each) for each in Answer},
        "not_said": named(None),
    }


def refused_by(home: HomeDocument) -> frozenset[str]:
    """Return the needs and the funding to which the home says no."""
    terms = Terms.from_document(home)
    needs = {need for need, answer in home.get("needs", {}).items() if answer == Answer.NO}
    return frozenset(needs | {each for each in Funding if terms.accepts(each) is Answer.NO})


def fit_of(answers: Iterable[Answer | None]) -> Answer:
    """Return yes if all are yes, no if any is no, and otherwise ask."""
    given = frozenset(answers)
    if Answer.NO in given:
        return Answer.NO
    return Answer.YES if given <= {Answer.YES} else Answer.ASK
