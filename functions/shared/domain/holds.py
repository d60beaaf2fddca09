"""Who asks for the free beds of one category of one home: a bed is asked for by one team at a time.

The rules: at most as many asks wait for an answer as there are free beds, the others queue. An ask
ends at its time, which every reader judges. Its bed is asked for anew only `GRANTED_AFTER` later,
and by the first in the queue. What the home posts always wins. No team and no clock changes a
count: only the home's own yes does, and its own posts.

Every transition gets the situation in which it is made, first ends what is over in it, and returns
the holds at the next version, or the same ones where nothing changes. So two writers who read the
same version cannot both be granted a bed: the one who commits second reads again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, Self

from shared.domain.ask import LONGEST_HOLD, QUEUED_FOR, Ask, AskState, DeclineReason
from shared.domain.ask_list import AskList
from shared.domain.documents import Document
from shared.domain.errors import ConflictError, Problem, RefusedError
from shared.domain.offer import Offer, Situation
from shared.domain.vocabulary import BedCategory


@dataclass(frozen=True, slots=True)
class Holds:
    """The asks for one category of one home, at one version."""

    location_id: str
    category: BedCategory
    version: int = 0
    asks: AskList = field(default_factory=AskList)

    # What a team does

    def ask(self, ask_id: str, team: str, at: Situation) -> "Holds":
        """Return them with a team's ask for one bed: it holds a bed, or has a place in the queue.

        An ask that is there already stays as it is. Raises ConflictError where there is no bed, or
        no place.
        """
        if any(ask.ask_id == ask_id for ask in self.asks):
            return self
        if not at.offer.takes_asks:
            raise ConflictError(
                "This home takes no requests for beds here at the moment. Call the home."
            )
        asks = self.asks.settled(at)
        free = asks.free(at.offer)
        if not free:
            raise ConflictError(
                "No bed of this kind is free any more. Set an alert to hear of the next."
            )
        if len(asks.asked) < free:
            ask = Ask(ask_id, team, at.now, AskState.ASKED, at.now, at.hours.deadline(at.now))
        else:
            asks.require_place(team)
            ask = Ask(ask_id, team, at.now, AskState.QUEUED, at.now, at.now + QUEUED_FOR)
        return self._next(asks.plus(ask))

    def give_back(self, ask_id: str, at: Situation) -> "Holds":
        """Return them after a team no longer wants the bed: withdrawn, or released if kept.

        An ask that has ended stays as it is. A released bed stays reserved until the home posts.
        """
        asks = self.asks.settled(at)
        ask = asks.find(ask_id)
        if not ask.state.is_open:
            return self._next(asks)
        is_kept = ask.state is AskState.ACCEPTED
        state = AskState.RELEASED if is_kept else AskState.WITHDRAWN
        return self._next(asks.with_moved(ask.moved(state, at.now)).settled(at))

    # What the home does

    def accept(self, ask_id: str, until: datetime, at: Situation) -> "Answered":
        """Return them after the home said yes: it keeps a bed `until` then.

        In the same transaction the home's own post moves one bed from accepting to reserved; see
        `reserved_beds`. A second yes moves none. Raises ConflictError, RefusedError.
        """
        asks = self.asks.settled(at)
        ask = asks.find(ask_id)
        if ask.state is AskState.ACCEPTED:
            return Answered(self._next(asks), moves_bed=False)
        ask.require_answerable(at.now)
        if not at.now < until <= at.now + LONGEST_HOLD:
            raise RefusedError(Problem("until", "a time within the next 72 hours"))
        after = at._replace(offer=at.offer.with_bed_reserved())
        accepted = ask.moved(AskState.ACCEPTED, at.now, until)
        return Answered(self._next(asks.with_moved(accepted).settled(after)), moves_bed=True)

    def decline(self, ask_id: str, reason: DeclineReason, at: Situation) -> "Holds":
        """Return them after the home said no. The next in the queue asks from now on.

        A second no for the same reason changes nothing. Raises ConflictError.
        """
        asks = self.asks.settled(at)
        ask = asks.find(ask_id)
        if ask.state is AskState.DECLINED and ask.reason is reason:
            return self._next(asks)
        ask.require_answerable(at.now)
        declined = replace(ask.moved(AskState.DECLINED, at.now), reason=reason)
        asks = asks.with_moved(declined)
        if reason is DeclineReason.GONE:
            asks = asks.with_bed_gone(at.offer)
        return self._next(asks.settled(at))

    def place(self, ask_id: str, at: Situation) -> "Answered":
        """Return them after the person moved in, also if the agreed time was just over.

        In the same transaction the home's own post moves one bed from reserved to occupied. A
        second time moves none. Raises ConflictError.
        """
        asks = self.asks.settled(at)
        ask = asks.find(ask_id)
        if ask.state is AskState.PLACED:
            return Answered(self._next(asks), moves_bed=False)
        if ask.state not in {AskState.ACCEPTED, AskState.ENDED}:
            raise ConflictError("The home does not keep a bed for this request.")
        if len(asks.accepted) + (ask.state is AskState.ENDED) > at.offer.reserved:
            raise ConflictError(
                "Your beds as you posted them have no reserved bed for this request. Post your beds"
                " as they are now."
            )
        after = at._replace(offer=at.offer.with_bed_occupied())
        placed = ask.moved(AskState.PLACED, at.now)
        return Answered(self._next(asks.with_moved(placed).settled(after)), moves_bed=True)

    def post(self, before: Offer, at: Situation) -> "Holds":
        """Return them after the home posted: `before` is what it offered until then.

        What it posts wins. The newest asks end that have no free bed any more. Where it keeps fewer
        beds than it said yes to, and as many more are occupied, the people of the oldest ones moved
        in; the newest of the others lost their bed.
        """
        return self._next(self.asks.settled(at, at.offer.occupied - before.occupied))

    # What time does

    def settle(self, at: Situation) -> "Holds":
        """Return them with what is over written down, and the next in the queue asking."""
        return self._next(self.asks.settled(at))

    def _next(self, asks: AskList) -> "Holds":
        """Return them with these asks at the next version, or themselves where nothing changed."""
        if asks == self.asks:
            return self
        return replace(self, version=self.version + 1, asks=asks)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read them from their document."""
        return cls(
            document["location_id"],
            BedCategory(document["category"]),
            document["version"],
            AskList.from_document(document),
        )

    def to_document(self) -> Document:
        """Write them as a document."""
        return {
            "location_id": self.location_id,
            "category": self.category,
            "version": self.version,
            **self.asks.to_document(),
        }


class Answered(NamedTuple):
    """The holds after an answer of the home, and whether one bed of its counts moves with it."""

    holds: Holds
    moves_bed: bool


class AskNews(NamedTuple):
    """An ask that came, or moved, by a change; `before` is None of one that came."""

    before: AskState | None
    ask: Ask


def news(before: Holds | None, after: Holds) -> list[AskNews]:
    """Return what a change did to asks: whoever is to hear of it hears it from here."""
    states = {ask.ask_id: ask.state for ask in before.asks} if before else {}
    return [
        AskNews(states.get(ask.ask_id), ask)
        for ask in after.asks
        if states.get(ask.ask_id) is not ask.state
    ]
