"""Learn from calls how many listings are wrong from the outset: the `wrong` of `chance_left`.

Only a call about a single bed, less than a day after the home listed it, tells: of two beds one is
there even where one was listed too many, and later most beds that are gone were there at first. The
calls must not be chosen by what they find, so they are the audit's, and answers to questions;
reports of teams are not among them.

The share has a beta distribution: at first as if 25 such calls had been made, of which 8 % found no
bed (docs/decisions/0019), then with each call that was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any, Final, Self

from shared.domain.chance import USUALLY_WRONG, FillRecord, chance_left
from shared.domain.documents import Document
from shared.domain.interval import CONFIDENCE, Interval, beta_quantile
from shared.domain.outcome import CallResult, Outcome

USUAL_CALLS: Final = 25.0
"""What the usual share weighs, in calls. Alone it says that 2 to 18 % of listings are wrong."""

YOUNG: Final = timedelta(days=1)

_DIGITS: Final = 4

_NOTHING_SEEN: Final = FillRecord()


@dataclass(frozen=True, slots=True)
class WrongPosts:
    """What calls about single beds found that were listed less than a day before."""

    calls: int = 0
    gone: int = 0
    filled: float = 0.0
    """How many of the beds were expected to fill between the post and the call."""
    weight: float = 0.0
    """How much the calls tell: a little less than one each, as beds also fill and open."""

    @property
    def share(self) -> float:
        """Return the share of listings that list one bed more than there is: `wrong`, 0 to 1."""
        gone, there = self._weights()
        return gone / (gone + there)

    @property
    def interval(self) -> Interval:
        """Return where the share lies, 9 times in 10."""
        gone, there = self._weights()
        tail = (1 - CONFIDENCE) / 2
        return Interval(beta_quantile(tail, gone, there), beta_quantile(1 - tail, gone, there))

    def _weights(self) -> tuple[float, float]:
        """Return the two parameters of the beta distribution.

        Beds that filled since were not wrong from the outset.
        """
        wrong = max(0.0, self.gone - self.filled)
        right = max(0.0, self.weight - wrong)
        return USUALLY_WRONG * USUAL_CALLS + wrong, (1 - USUALLY_WRONG) * USUAL_CALLS + right

    def rounded(self) -> "WrongPosts":
        """Return it as its document has it."""
        return replace(self, filled=round(self.filled, _DIGITS), weight=round(self.weight, _DIGITS))

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read it from its document. Raises where that holds anything but numbers."""
        return cls(
            calls=int(document["calls"]),
            gone=int(document["gone"]),
            filled=float(document["filled"]),
            weight=float(document["weight"]),
        )

    def to_document(self) -> Document:
        """Write it as a document."""
        return asdict(self.rounded())

    def after(self, outcome: Outcome) -> "WrongPosts":
        """Return it with one call more; the same if that call does not tell."""
        result, shown = outcome.first_contact, outcome.shown
        age = outcome.told_at - shown.said_at
        if result is None or shown.listed != 1 or age >= YOUNG:
            return self
        days = age / timedelta(days=1)
        if_right, if_wrong = (chance_left(1, days, _NOTHING_SEEN, wrong) for wrong in (0, 1))
        return WrongPosts(
            calls=self.calls + 1,
            gone=self.gone + (result is CallResult.GONE),
            filled=self.filled + 1 - if_right,
            weight=self.weight + if_right - if_wrong,
        )


def wrong_posts(outcomes: Iterable[Outcome]) -> WrongPosts:
    """Return what these calls tell, which were not chosen by what they found."""
    learned = WrongPosts()
    for outcome in outcomes:
        learned = learned.after(outcome)
    return learned
