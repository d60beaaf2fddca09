"""The claims that were made about a stack, and whether each of them held."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What became of a claim."""

    HELD = "held"
    BROKEN = "broken"
    UNSEEN = "not seen"
    """It could not be looked at here, so nobody knows."""


class Claim(NamedTuple):
    """A sentence about the stack, and what was seen."""

    text: str
    outcome: Outcome
    seen: str = ""
    """What came instead of what was claimed; why nothing was seen; or a measurement."""


class BrokenClaimError(Exception):
    """A claim did not hold, and what follows depends on it; the message says what came instead."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(f"{claim.text}: {claim.seen}" if claim.seen else claim.text)


class Ledger:
    """Takes down claims in the order in which they are made."""

    def __init__(
        self,
        on_claim: Callable[[Claim], object] = lambda _: None,
        on_title: Callable[[str], object] = lambda _: None,
        *,
        stops_at_first: bool = False,
    ) -> None:
        """Report each claim and title as it comes; `stops_at_first` ends at a broken claim."""
        self._on_claim, self._on_title = on_claim, on_title
        self._stops_at_first = stops_at_first
        self.claims: list[Claim] = []

    def title(self, text: str) -> None:
        """Say what the next claims are about."""
        self._on_title(text)

    def check(self, text: str, holds: bool, seen: object = "") -> bool:
        """Take down whether a claim holds, and return it.

        Raises BrokenClaimError where it does not hold and the first such claim is the end.
        """
        claim = Claim(text, Outcome.HELD if holds else Outcome.BROKEN, str(seen))
        self._take_down(claim)
        if not holds and self._stops_at_first:
            raise BrokenClaimError(claim)
        return holds

    def require(self, text: str, holds: bool, seen: object = "") -> None:
        """Take down a claim on which the next ones depend. Raises BrokenClaimError."""
        if not self.check(text, holds, seen):
            raise BrokenClaimError(self.claims[-1])

    def unseen(self, text: str, why: str) -> None:
        """Take down a claim that nobody could look at here."""
        self._take_down(Claim(text, Outcome.UNSEEN, why))

    def _take_down(self, claim: Claim) -> None:
        self.claims.append(claim)
        self._on_claim(claim)
