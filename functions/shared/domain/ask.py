"""An ask: a discharge team's timed question to a home whether it takes someone into a free bed.

It names nobody and asks for nothing by itself: what the person needs stands apart from it, in
`asked_for`, because that goes soon and this is followed in the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Self

from shared.domain.documents import Document, timestamp
from shared.domain.errors import ConflictError
from shared.domain.uk_time import uk_time

QUEUED_FOR: Final = timedelta(hours=24)
"""How long an ask keeps its place in a queue: a day later, the person is placed or worse."""

LONGEST_HOLD: Final = timedelta(hours=72)
"""How long a home may keep a bed for a team that it said yes to."""

ENDED_KEPT: Final = timedelta(days=7)
"""How long the team and the home see what became of an ask."""


class AskState(StrEnum):
    """Where an ask stands. Only the first three are open; no ended one comes back."""

    QUEUED = "queued"
    """Another team asked first. It holds no bed."""
    ASKED = "asked"
    """One free bed is asked for, until the home answers or the time is over."""
    ACCEPTED = "accepted"
    """The home said yes, and keeps a reserved bed until an agreed time."""

    DECLINED = "declined"
    """The home said no."""
    LAPSED = "lapsed"
    """Its time was over before the home answered, or before its turn came."""
    WITHDRAWN = "withdrawn"
    """The team no longer asks; the home had not said yes."""
    BED_GONE = "bed_gone"
    """The home posted fewer free beds than were asked for, or gave the last to another team."""
    STOPPED = "stopped"
    """The home closed, left the register, takes no asks, or the council is not placing there."""
    PLACED = "placed"
    """The person has moved in."""
    RELEASED = "released"
    """The team no longer wants the bed that the home kept."""
    ENDED = "ended"
    """The agreed time is over, and nobody said that the person moved in."""
    TAKEN_BACK = "taken_back"
    """The home posted that it no longer keeps the bed."""

    @property
    def is_open(self) -> bool:
        """Tell whether anything is still to come of it."""
        return self in _OPEN


class DeclineReason(StrEnum):
    """Why a home says no."""

    CANNOT_MEET = "cannot_meet"
    """It cannot meet a need, which it names."""
    STAFFING = "staffing"
    ROOM = "room"
    MIX = "mix"
    """Of the people who live there."""
    FUNDING = "funding"
    GONE = "gone"
    """The bed is not there. Until the home posts again, it counts as one less."""
    INFECTION = "infection"
    NO_ASSESSOR = "no_assessor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ask:
    """One team's ask, among those of one category of one home."""

    ask_id: str
    team: str
    asked_at: datetime
    state: AskState
    state_at: datetime
    """Since when it stands there: while it is asked, when its time to be answered began."""
    ends_at: datetime
    """When its place in the queue, its time to be answered or its bed ends, if nothing comes
    before. Whoever reads it judges that; afterwards somebody writes it down."""
    reason: DeclineReason | None = None

    def is_open_at(self, now: datetime) -> bool:
        """Tell whether it is open, and its time is not over."""
        return self.state.is_open and now < self.ends_at

    def moved(self, state: AskState, at: datetime, ends_at: datetime | None = None) -> "Ask":
        """Return it in another state; the clocks of two writers may differ, so never back."""
        return replace(
            self, state=state, state_at=max(at, self.state_at), ends_at=ends_at or self.ends_at
        )

    def over(self, state: AskState) -> "Ask":
        """Return it in the state of an ask whose time is over, from the end of that time on."""
        return self.moved(state, self.ends_at)

    def require_answerable(self, now: datetime) -> "Ask":
        """Return it if the home can still answer it. Raises ConflictError."""
        if self.state is not AskState.ASKED:
            raise ConflictError(_NOT_ANSWERABLE[self.state])
        if now >= self.ends_at:
            end = uk_time(self.ends_at)
            raise ConflictError(
                f"The time to answer was over at {end:%H:%M} on {end.day} {end:%B}. If the bed is"
                " free, call the team."
            )
        return self

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        reason = document.get("reason")
        return cls(
            document["ask_id"],
            document["team"],
            datetime.fromisoformat(document["asked_at"]),
            AskState(document["state"]),
            datetime.fromisoformat(document["state_at"]),
            datetime.fromisoformat(document["ends_at"]),
            DeclineReason(reason) if reason else None,
        )

    def to_document(self) -> Document:
        """Write it for the document of its home and category."""
        document: Document = {
            "ask_id": self.ask_id,
            "team": self.team,
            "asked_at": timestamp(self.asked_at),
            "state": self.state,
            "state_at": timestamp(self.state_at),
            "ends_at": timestamp(self.ends_at),
        }
        return {**document, "reason": self.reason} if self.reason else document


_OPEN: Final = frozenset({AskState.QUEUED, AskState.ASKED, AskState.ACCEPTED})

_NOT_ANSWERABLE: Final[Mapping[AskState, str]] = MappingProxyType(
    {
        AskState.QUEUED: "Another team asked for this bed first. Answer that team.",
        AskState.ACCEPTED: "You said yes already. To give the bed to someone else, post your beds.",
        AskState.DECLINED: "You said no already. If you can take the person now, call the team.",
        AskState.LAPSED: "The time to answer is over. If the bed is free, call the team.",
        AskState.WITHDRAWN: "The team no longer asks for this bed.",
        AskState.BED_GONE: "You posted that this bed has gone. If it is free, call the team.",
        AskState.STOPPED: "This home takes no requests at the moment, so the team was told no.",
        AskState.PLACED: "The person has moved in already.",
        AskState.RELEASED: "The team no longer wants this bed.",
        AskState.ENDED: "The agreed time is over. If you still keep the bed, call the team.",
        AskState.TAKEN_BACK: "You posted that this bed is no longer kept. Call the team.",
    }
)
