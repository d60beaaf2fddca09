"""What came of a call about beds that a home listed: the bed was there, or it was gone.

Teams call for a person who waits; the council calls the listings that its audit drew.

An outcome changes no count of the home: only its own post does. It names nobody: not the person
who waits, not who called, and the team only by a digest.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from shared.domain.documents import Document, timestamp
from shared.domain.errors import ConflictError
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory

UNDO_WITHIN: Final = timedelta(minutes=10)
"""How long after a team said what came of its call it may take that back, or say another."""

COUNCIL: Final = "#council"
"""Who reports the outcome of a call of the council's audit; no team can have this name."""


class CallResult(StrEnum):
    """What came of a call."""

    PURSUING = "pursuing"
    """The bed is there, and the home will be asked to take the person."""
    GONE = "gone"
    """No bed of what was listed is there."""
    NOT_FOR_THIS_PERSON = "not_for_this_person"
    """The bed is there, but the home cannot take this person."""
    THERE = "there"
    """The bed is there: of a call of the audit, which is made for nobody."""
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"

    @property
    def reached_home(self) -> bool:
        """Tell whether the call says anything of the beds."""
        return self not in {CallResult.NO_ANSWER, CallResult.WRONG_NUMBER}


_TOOK: Final = {CallResult.PURSUING: True, CallResult.NOT_FOR_THIS_PERSON: False}
OF_REQUESTS: Final = frozenset(_TOOK)
"""What a home answers to a request for a person: it takes them, or it does not."""
OF_TEAMS: Final = frozenset(CallResult) - {CallResult.THERE}
OF_AUDITS: Final = frozenset(CallResult) - OF_REQUESTS
"""What can come of a team's call, and of a call of the audit."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a home listed in a category as someone saw it before they called."""

    location_id: str
    category: BedCategory
    said_at: datetime
    """When the home said it: a later post is another listing."""
    listed: int
    """How many beds were free."""
    chance: float
    """How likely a bed was still there when they called."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a team, or the council, was told by a home of one listing."""

    version: int
    shown: Shown
    reporter: str
    """A digest of the team, a different one for each listing; see `reporter_of`."""
    result: CallResult
    told_at: datetime
    """When they called."""
    recorded_at: datetime
    need: str | None = None
    """One of those that the search asked for, drawn before the home answered. It is no reason of
    the answer: whether the home took the person or not, the need is the same."""
    first_result: CallResult | None = None
    """What came of the first call that reached the home, if another was made after that."""
    is_withdrawn: bool = False
    audit_day: str | None = None
    """The working day of the audit whose call this was."""
    need_forgotten: bool = False
    """Whether it named a need before that it names no more."""

    @property
    def took_request(self) -> bool | None:
        """Return whether the home would take the person, as the team heard last.

        None says nothing of that: nobody answered, the bed is gone, or it was a call of the audit.
        Where a later call was corrected to one that reached nobody, the first call counts.
        """
        if self.is_withdrawn or self.audit_day:
            return None
        last = self.result if self.result.reached_home else self.first_result
        return _TOOK.get(last) if last else None

    @property
    def asked_for(self) -> tuple[str, ...]:
        """Return what its request counts for: the category, and the need that was drawn, if any."""
        return (self.shown.category, *((self.need,) if self.need else ()))

    @property
    def day(self) -> date:
        """Return of which day the call is: of the audit, for which it was drawn."""
        return date.fromisoformat(self.audit_day) if self.audit_day else uk_day(self.told_at)

    @property
    def first_contact(self) -> CallResult | None:
        """Return what came of the first call that reached the home; None if none did."""
        if self.is_withdrawn:
            return None
        first = self.first_result or self.result
        return first if first.reached_home else None

    @property
    def says_gone(self) -> bool:
        """Tell whether the home said last that the beds are gone."""
        return self.result is CallResult.GONE and not self.is_withdrawn

    @property
    def undo_until(self) -> datetime:
        """Return until when it can be taken back."""
        return self.recorded_at + UNDO_WITHIN

    def replaced_by(self, later: "Outcome") -> "Outcome":
        """Return the outcome after the same team said another; the same one if it is no other.

        Within ten minutes that corrects it. Afterwards it is of another call: what the first call
        found stays as `first_result`, and a call that reached nobody changes nothing of what an
        earlier one found. Raises ConflictError where the first call found the beds gone, and where
        it answered a call of the audit, which is asked once.
        """
        later = self._without_second_need(later)
        if not self.is_withdrawn and (self.result, self.need) == (later.result, later.need):
            return self
        later = replace(later, version=self.version + 1)
        if self.is_withdrawn or later.recorded_at <= self.undo_until:
            return replace(later, first_result=None if self.is_withdrawn else self.first_result)
        first = self.first_contact
        if first and self.audit_day:
            raise ConflictError("This call was answered more than 10 minutes ago. That stays.")
        if first and not later.result.reached_home:
            return self
        if first is CallResult.GONE:
            raise ConflictError(
                "Your team said more than 10 minutes ago that this bed has gone. If the home says"
                " that it is free, ask them to post it."
            )
        return replace(later, first_result=first)

    def _without_second_need(self, later: "Outcome") -> "Outcome":
        """Return the later outcome, without a need where this one named another.

        An outcome never names two needs, not even one after the other: both would be of the same
        person.
        """
        names_another = later.need != self.need
        if self.need_forgotten or (self.need is not None and names_another):
            return replace(later, need=None, need_forgotten=True)
        return later

    def withdrawn(self, now: datetime) -> "Outcome":
        """Return the outcome taken back. Raises ConflictError more than ten minutes later."""
        if self.is_withdrawn:
            return self
        if now > self.undo_until:
            raise ConflictError(
                "This was said more than 10 minutes ago, and can no longer be taken back."
            )
        if self.first_result:
            return replace(
                self, version=self.version + 1, result=self.first_result, first_result=None
            )
        return replace(self, version=self.version + 1, is_withdrawn=True)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document."""
        first = document.get("first_result")
        return cls(
            version=document["version"],
            shown=Shown(
                location_id=document["location_id"],
                category=BedCategory(document["category"]),
                said_at=datetime.fromisoformat(document["said_at"]),
                listed=document["listed"],
                chance=document["chance"],
            ),
            reporter=document["reporter"],
            result=CallResult(document["result"]),
            told_at=datetime.fromisoformat(document["told_at"]),
            recorded_at=datetime.fromisoformat(document["recorded_at"]),
            need=document.get("need"),
            first_result=CallResult(first) if first else None,
            is_withdrawn=document.get("withdrawn", False),
            audit_day=document.get("audit_day"),
            need_forgotten=document.get("need_forgotten", False),
        )

    def to_document(self) -> Document:
        """Write it as a document; what does not apply is left out."""
        shown = self.shown
        optional = {
            "need": self.need,
            "first_result": self.first_result,
            "withdrawn": self.is_withdrawn or None,
            "audit_day": self.audit_day,
            "need_forgotten": self.need_forgotten or None,
        }
        return {
            "version": self.version,
            "location_id": shown.location_id,
            "category": shown.category,
            "said_at": timestamp(shown.said_at),
            "listed": shown.listed,
            "chance": round(shown.chance, 3),
            "reporter": self.reporter,
            "result": self.result,
            "told_at": timestamp(self.told_at),
            "recorded_at": timestamp(self.recorded_at),
            **{name: value for name, value in optional.items() if value is not None},
        }


def reporter_of(team: str, location_id: str, category: BedCategory, said_at: datetime) -> str:
    """Return the digest by which a team is known in the outcomes of one listing.

    It tells two teams of one listing apart, and does not join their outcomes across listings. It
    has no key: who knows the teams' names can find by trial which of them it stands for.
    """
    text = f"{team}|{location_id}|{category}|{timestamp(said_at)}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
