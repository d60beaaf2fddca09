"""Learn from calls how many listings are wrong from the outset: the `wrong` of `chance_left`.

Only a call about a single bed, less than a day after the home listed it, tells: of two beds one is
there even where one was listed too many, and later most beds that are gone were there at first. The
calls must not be chosen by what they find, so they are the audit's, and answers to questions;
reports of teams are not among them.

The share has a beta distribution: at first as if 25 such calls had been made, of which 8 % found no
bed (docs/decisions/0019), then with the calls that were made. Every chance that anyone sees follows
from it, so `disclosure` says when it may change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from shared.domain.chance import USUALLY_WRONG, FillRecord, chance_left
from shared.domain.demand import Period
from shared.domain.disclosure import Answer, first_day, may_be_told
from shared.domain.documents import Document
from shared.domain.interval import CONFIDENCE, Interval, beta_quantile
from shared.domain.outcome import CallResult, Outcome

USUAL_CALLS: Final = 25.0
"""What the usual share weighs, in calls. Alone it says that 2 to 18 % of listings are wrong."""

YOUNG: Final = timedelta(days=1)

_DIGITS: Final = 4
_DIGITS_OF_SHARE: Final = 2

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
    last: date | None = None
    """The last day of the month up to which calls were learned from; None before the first."""

    @property
    def share(self) -> float:
        """Return the share of listings that list one bed more than there is: `wrong`, in 0.01."""
        return round(self.exact_share, _DIGITS_OF_SHARE)

    @property
    def exact_share(self) -> float:
        """Return the share that the calls tell, 0 to 1."""
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
        """Read it from its document. Raises where that holds anything but numbers and a day."""
        last = document["last"]
        return cls(
            calls=int(document["calls"]),
            gone=int(document["gone"]),
            filled=float(document["filled"]),
            weight=float(document["weight"]),
            last=date.fromisoformat(last) if last else None,
        )

    def to_document(self) -> Document:
        """Write it as a document."""
        last = self.last.isoformat() if self.last else None
        return {**asdict(self.rounded()), "last": last}

    def after(self, outcome: Outcome) -> "WrongPosts":
        """Return it with one call more; the same if that call does not tell."""
        if not tells_of_posts(outcome):
            return self
        days = (outcome.told_at - outcome.shown.said_at) / timedelta(days=1)
        if_right, if_wrong = (chance_left(1, days, _NOTHING_SEEN, wrong) for wrong in (0, 1))
        return replace(
            self,
            calls=self.calls + 1,
            gone=self.gone + (outcome.first_contact is CallResult.GONE),
            filled=self.filled + 1 - if_right,
            weight=self.weight + if_right - if_wrong,
        )


def tells_of_posts(outcome: Outcome) -> bool:
    """Tell whether a call says if a post was wrong: of one bed, listed less than a day before."""
    age = outcome.told_at - outcome.shown.said_at
    return outcome.first_contact is not None and outcome.shown.listed == 1 and age < YOUNG


def wrong_posts(outcomes: Iterable[Outcome]) -> WrongPosts:
    """Return what these calls tell, which were not chosen by what they found."""
    learned = WrongPosts()
    for outcome in outcomes:
        learned = learned.after(outcome)
    return learned


def next_wrong_posts(previous: WrongPosts, month: Period, calls: Iterable[Outcome]) -> WrongPosts:
    """Return what chances go by once a month is settled: as before, if too little is new.

    `calls` are the audit's; those of the year that ends with the month count. What was learned a
    year ago is forgotten.
    """
    first, last = first_day(month).isoformat(), month.last.isoformat()
    if previous.last is None or previous.last.isoformat() < first:
        previous = WrongPosts()
    of_year = [each for each in calls if first <= (each.audit_day or "") <= last]
    known_until = previous.last.isoformat() if previous.last else ""
    new = (
        Answer(each.shown.location_id, each.first_contact is CallResult.GONE)
        for each in of_year
        if tells_of_posts(each) and (each.audit_day or "") > known_until
    )
    return replace(wrong_posts(of_year), last=month.last) if may_be_told(new) else previous
