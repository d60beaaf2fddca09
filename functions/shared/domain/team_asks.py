"""The asks of one team that wait for an answer, in all homes: six at most.

The list is written when the team asks, and by nobody else. Which of its asks still wait is known
where they are, so a team is never refused for one that has ended.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document
from shared.domain.errors import ConflictError
from shared.domain.vocabulary import BedCategory

MOST_ASKS: Final = 6
"""Queueing or asked. A bed that a home keeps for the team is no ask any more."""


class AskPlace(NamedTuple):
    """An ask, and where it stands."""

    location_id: str
    category: BedCategory
    ask_id: str


@dataclass(frozen=True, slots=True)
class TeamAsks:
    """A team's asks as it made them; some may have ended."""

    team: str
    version: int = 0
    asks: tuple[AskPlace, ...] = ()

    def with_ask(self, ask: AskPlace, waiting: Container[AskPlace]) -> "TeamAsks":
        """Return them with one more, without those that wait no longer. Raises ConflictError.

        `waiting` are those that wait. An ask never waits again once it ended, so a reading that is
        a little old may refuse a team for a moment, but never lets it have seven.
        """
        if ask in self.asks:
            return self
        still = tuple(each for each in self.asks if each in waiting)
        if len(still) >= MOST_ASKS:
            raise ConflictError(
                f"Your team waits for {MOST_ASKS} answers already. Withdraw a request that you no"
                " longer need, or wait for an answer."
            )
        return replace(self, version=self.version + 1, asks=(*still, ask))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        return cls(
            document["team"],
            document["version"],
            tuple(
                AskPlace(each["location_id"], BedCategory(each["category"]), each["ask_id"])
                for each in document["asks"]
            ),
        )

    def to_document(self) -> Document:
        """Write them as a document."""
        return {
            "team": self.team,
            "version": self.version,
            "asks": [ask._asdict() for ask in self.asks],
        }
