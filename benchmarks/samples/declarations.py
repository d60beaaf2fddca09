"""What sample homes declare: answers to needs, the funding they accept, their admission hours.

The shares are the demo's. Of the answers that each home could give, a part is not given.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from local.demo.declared_shares import (
    ASSESSES_WITHIN_HOURS,
    FUNDING,
    HOURS,
    LANGUAGES,
    OPENNESS,
    SHARES,
)
from shared.domain.documents import Document
from shared.domain.needs import NEEDS as VOCABULARY
from shared.domain.needs import Answer, NeedGroup
from shared.domain.terms import Funding

DECLARED: Final = 0.6
"""The share of homes that go through a group of needs, or say something of a part of the terms."""

NEEDS: Final = list(VOCABULARY)
ANSWERS: Final = list(Answer)
"""The answers, which the columns hold as numbers from 1 on; 0 is what a home has not said."""
UNSAID, YES, ASK, NO = range(len(ANSWERS) + 1)

_SPOKEN: Final = {f"language_{code}": share for code, share in LANGUAGES.items()}

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Declarations:
    """The columns of what homes declare, a row for each home."""

    answers: Codes
    """A column for each need, in the order of the vocabulary."""
    funding: npt.NDArray[np.int64]
    """The funding that the home accepts, as bits; -1 where it has not said."""
    hours: Codes
    """The number of the pattern of admission hours; -1 where the home has not said."""
    assesses_within: Codes
    """The number of the hours within which it assesses; -1 where the home has not said."""

    def yes_bits(self, needs: int) -> npt.NDArray[np.int64]:
        """Return to which of the first so many needs each home says yes, as bits."""
        said_yes = (self.answers[:, :needs] == YES).astype(np.int64)
        bits: npt.NDArray[np.int64] = (said_yes << np.arange(needs)).sum(axis=1)
        return bits

    def document(self, at: int) -> Document:
        """Return what the home in this row declares, as members of its document."""
        members: Document = {}
        answers = self.answers[at].tolist()
        needs = {
            need: ANSWERS[code - 1].value for need, code in zip(NEEDS, answers, strict=True) if code
        }
        if self.funding[at] >= 0:
            accepted = int(self.funding[at])
            members["funding"] = [
                each.value for number, each in enumerate(Funding) if accepted >> number & 1
            ]
        if self.assesses_within[at] >= 0:
            members["assesses_within_hours"] = ASSESSES_WITHIN_HOURS[self.assesses_within[at]]
        if self.hours[at] >= 0:
            members["admission_hours"] = HOURS[self.hours[at]]
        if needs:
            members["needs"] = needs
            groups = {VOCABULARY[need].group for need in needs}
            members["needs_said_on"] = {
                group.value: "2025-12-01" for group in NeedGroup if group in groups
            }
        return members


def said_yes(home: Document) -> list[str]:
    """Return the needs to which a home's document says yes."""
    return [need for need, answer in home.get("needs", {}).items() if answer == Answer.YES]


def sample_declarations(count: int, seed: int) -> Declarations:
    """Return what so many homes declare."""
    dice = np.random.default_rng([seed, count, 4])
    openness = dice.normal(0, OPENNESS, count)
    goes_through = {group: dice.random(count) < DECLARED for group in NeedGroup}
    answers = np.zeros((count, len(NEEDS)), dtype=np.int8)
    for column, need in enumerate(NEEDS):
        yes, ask = _shares(need)
        drawn = dice.random(count) - openness * (yes > 0)
        code = np.select([drawn < yes, drawn < yes + ask], [YES, ASK], NO)
        if VOCABULARY[need].group is NeedGroup.LANGUAGE:  # yes, or nothing said
            code = np.where(code == YES, YES, UNSAID)
        answers[:, column] = code * goes_through[VOCABULARY[need].group]
    funding = np.zeros(count, dtype=np.int64)
    for number, each in enumerate(Funding):
        funding |= (dice.random(count) < FUNDING[each]).astype(np.int64) << number
    return Declarations(
        answers=answers,
        funding=np.where(dice.random(count) < DECLARED, funding, -1),
        hours=_numbers(dice, count, len(HOURS)),
        assesses_within=_numbers(dice, count, len(ASSESSES_WITHIN_HOURS)),
    )


def _shares(need: str) -> tuple[float, float]:
    """Return which shares of the homes that answer say yes, and ask."""
    if need in SHARES:
        return SHARES[need]
    return _SPOKEN.get(need, 0.0), 0.0


def _numbers(dice: np.random.Generator, count: int, kinds: int) -> Codes:
    """Return a number below `kinds` for each home that says something, and -1 for the others."""
    numbers = np.where(dice.random(count) < DECLARED, dice.integers(kinds, size=count), -1)
    return numbers.astype(np.int8)
