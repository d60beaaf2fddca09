"""The asks for one category of one home, and what time and the home's posts make of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from shared.domain.ask import ENDED_KEPT, Ask, AskState
from shared.domain.documents import Document, timestamp
from shared.domain.errors import ConflictError, NotFoundError
from shared.domain.offer import Offer, Situation

LONGEST_QUEUE: Final = 3

GRANTED_AFTER: Final = timedelta(seconds=8)
"""How long after the time of an unanswered ask is over its bed is asked for anew: no shorter than
two clocks may differ, `CLOCK_SKEW` of the change log."""


class SaidGone(NamedTuple):
    """How many beds the home said are gone in its answers, of those posted at `said_at`."""

    said_at: datetime | None
    beds: int


@dataclass(frozen=True, slots=True)
class AskList:
    """The open asks, and those that ended in the last days, in the order in which they came."""

    items: tuple[Ask, ...] = ()
    said_gone: SaidGone | None = None

    def __iter__(self) -> Iterator[Ask]:
        return iter(self.items)

    @property
    def asked(self) -> tuple[Ask, ...]:
        """Return the asks that hold a free bed, the first first."""
        return self._in(AskState.ASKED)

    @property
    def queued(self) -> tuple[Ask, ...]:
        """Return the queue."""
        return self._in(AskState.QUEUED)

    @property
    def accepted(self) -> tuple[Ask, ...]:
        """Return the asks for which the home keeps a reserved bed."""
        return self._in(AskState.ACCEPTED)

    @property
    def due_at(self) -> datetime | None:
        """Return when an end is to be written down if nothing comes before; None: none is open."""
        return min((_written_at(ask) for ask in self if ask.state.is_open), default=None)

    @property
    def expires_at(self) -> datetime | None:
        """Return when all of it may be forgotten; None while an ask is open, or where none is."""
        if self.due_at:
            return None
        return max((ask.state_at + ENDED_KEPT for ask in self), default=None)

    def find(self, ask_id: str) -> Ask:
        """Return the ask with this id. Raises NotFoundError."""
        for ask in self:
            if ask.ask_id == ask_id:
                return ask
        raise NotFoundError("This request for a bed is not there, or ended more than a week ago.")

    def place_of(self, ask_id: str) -> int | None:
        """Return the place of an ask in the queue, from 1 on; None if it does not queue."""
        places = {ask.ask_id: place for place, ask in enumerate(self.queued, start=1)}
        return places.get(ask_id)

    def free(self, offer: Offer) -> int:
        """Count the beds that teams may ask for, without those that the home said are gone."""
        return max(offer.accepting - self._gone(offer), 0) if offer.takes_asks else 0

    def asked_until(self, offer: Offer, now: datetime) -> datetime | None:
        """Return until when every free bed is asked for; None where one is not, or none is free.

        It may be free then: what is shown of an ask is that, and never a promise.
        """
        ends = sorted(ask.ends_at for ask in self.asked if ask.is_open_at(now))
        free = self.free(offer)
        return ends[0] if ends and len(ends) >= free > 0 else None

    def require_place(self, team: str) -> None:
        """Do nothing if there is a place in the queue for a team. Raises ConflictError."""
        if any(ask.team == team for ask in self.queued):
            raise ConflictError("Your team already waits in the queue for this bed.")
        if len(self.queued) >= LONGEST_QUEUE:
            raise ConflictError(
                f"{LONGEST_QUEUE} teams already wait for this bed after the one that asked first."
                " Ask another home, or set an alert."
            )

    def plus(self, ask: Ask) -> "AskList":
        """Return the list with one more."""
        return replace(self, items=(*self.items, ask))

    def with_moved(self, *asks: Ask) -> "AskList":
        """Return the list with these asks in place of those with their ids."""
        if not asks:
            return self
        moved = {ask.ask_id: ask for ask in asks}
        return replace(self, items=tuple([moved.get(ask.ask_id, ask) for ask in self]))

    def with_bed_gone(self, offer: Offer) -> "AskList":
        """Return the list after the home said that one of the beds it posted is gone."""
        return replace(self, said_gone=SaidGone(offer.said_at, self._gone(offer) + 1))

    def settled(self, at: Situation, moved_in: int = 0) -> "AskList":
        """Return the list as it is in a situation: what is over ended, the next ones asking.

        `moved_in` is how many more beds are occupied by the home's post of this moment.
        """
        now, offer = at.now, at.offer
        kept = (ask for ask in self if ask.state.is_open or now < ask.state_at + ENDED_KEPT)
        asks = replace(self, items=tuple(_judged(ask, now) for ask in kept))
        if not offer.takes_asks:
            asks = asks.with_moved(*_to(AskState.STOPPED, (*asks.asked, *asks.queued), now))
        short = len(asks.accepted) - offer.reserved
        placed = max(min(short, moved_in), 0)
        asks = asks.with_moved(*_to(AskState.PLACED, asks.accepted[:placed], now))
        lost = asks.accepted[offer.reserved :]
        asks = asks.with_moved(*_to(AskState.TAKEN_BACK, lost, now))
        free = asks.free(offer)
        asks = asks.with_moved(*_to(AskState.BED_GONE, asks.asked[free:], now))
        if turns := asks.queued[: free - len(asks.asked)]:
            asks = asks.with_moved(*_to(AskState.ASKED, turns, now, at.hours.deadline(now)))
        if not asks.asked:  # there is nothing left to wait for
            asks = asks.with_moved(*_to(AskState.BED_GONE, asks.queued, now))
        return asks

    def _gone(self, offer: Offer) -> int:
        gone = self.said_gone
        return gone.beds if gone and gone.said_at == offer.said_at else 0

    def _in(self, state: AskState) -> tuple[Ask, ...]:
        return tuple([ask for ask in self.items if ask.state is state])

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the list from the document of its home and category."""
        gone = document.get("said_gone")
        said_at = gone and gone.get("said_at")
        return cls(
            tuple(Ask.from_document(ask) for ask in document["asks"]),
            SaidGone(said_at and datetime.fromisoformat(said_at), gone["beds"]) if gone else None,
        )

    def to_document(self) -> Document:
        """Write the list as members of that document."""
        document: Document = {"asks": [ask.to_document() for ask in self]}
        if self.expires_at:
            document["expires_at"] = timestamp(self.expires_at)
        if gone := self.said_gone:
            said_at = {"said_at": timestamp(gone.said_at)} if gone.said_at else {}
            document["said_gone"] = {**said_at, "beds": gone.beds}
        return document


def _to(
    state: AskState, asks: Iterable[Ask], now: datetime, ends_at: datetime | None = None
) -> Iterator[Ask]:
    return (ask.moved(state, now, ends_at) for ask in asks)


def _judged(ask: Ask, now: datetime) -> Ask:
    """Return the ask in the state that the time has brought it to."""
    if not ask.state.is_open or now < _written_at(ask):
        return ask
    return ask.over(AskState.ENDED if ask.state is AskState.ACCEPTED else AskState.LAPSED)


def _written_at(ask: Ask) -> datetime:
    """Return when an open ask is to be written as over."""
    return ask.ends_at + GRANTED_AFTER if ask.state is AskState.ASKED else ask.ends_at
