"""How often the list was right, as calls found it, and which of its figures may be shown to whom.

The truth rate is the share of first contacts about a listing that found a bed; the fit rate is the
share of these in which the home will be asked to take the person. Teams report bad news more than
good, and call the likeliest first, so what is said of the whole list comes from the audit.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.documents import Document
from shared.domain.interval import Interval, jeffreys_interval
from shared.domain.outcome import CallResult, Outcome
from shared.domain.uk_time import uk_day

LOOKS_BACK: Final = timedelta(days=365)
"""The calls of earlier days count no more."""

LEAST_OF_ONE_HOME: Final = 10
"""From so many contacts on a home's own rate is shown, to itself and to the council alone."""

LEAST_IN_PUBLIC: Final = 30
"""From so many contacts on a rate is shown to anyone else."""

LEAST_HOMES_IN_PUBLIC: Final = 3
"""Of so many homes must be what is shown to others, and all that they could work out from it."""

_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of some contacts; it is never shown without how many these were."""

    count: int
    n: int

    @property
    def share(self) -> float | None:
        """Return the share; None where there was no contact."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        """Return where the true share lies, 9 times in 10."""
        return jeffreys_interval(self.count, self.n)

    def shown_from(self, least: int) -> Document:
        """Return `n`, and from so many contacts on the rate with its interval, too."""
        shown: Document = {"n": self.n}
        if self.n and self.n >= least:
            low, high = self.interval
            shown["rate"] = round(self.count / self.n, _DIGITS)
            shown["low"], shown["high"] = round(low, _DIGITS), round(high, _DIGITS)
        return shown


@dataclass(frozen=True, slots=True)
class Tally:
    """What some first contacts found."""

    there: int = 0
    """A bed, whether for this person or not."""
    gone: int = 0
    pursued: int = 0
    """Of those that found a bed: the home will be asked to take the person."""
    homes: frozenset[str] = frozenset()
    """Whose listings they were about."""
    for_nobody: int = 0
    """Of those that found a bed: the call was one of the audit, which are for no person."""

    @property
    def truth(self) -> Rate:
        """Return how often the listing was right."""
        return Rate(self.there, self.there + self.gone)

    @property
    def fit(self) -> Rate:
        """Return how often a bed was one for this person, of the calls that were for a person."""
        return Rate(self.pursued, self.there - self.for_nobody)

    def shown_to_home(self) -> Document:
        """Return a home's own rates, as it may see them."""
        return self._shown_from(LEAST_OF_ONE_HOME)

    def shown_to_council(self) -> Document:
        """Return the rates as the council may see them; those of one home from 10 contacts on."""
        return self._shown_from(LEAST_OF_ONE_HOME if len(self.homes) <= 1 else 1)

    def _shown_from(self, least: int) -> Document:
        return {"truth": self.truth.shown_from(least), "fit": self.fit.shown_from(least)}


def rate_in_public(rate: Rate, homes: Collection[str]) -> Document:
    """Return a rate as anyone may see it: from 30 contacts on, about at least three homes."""
    is_shown = len(homes) >= LEAST_HOMES_IN_PUBLIC
    return rate.shown_from(LEAST_IN_PUBLIC) if is_shown else {"n": rate.n}


class Grouping(StrEnum):
    """By what the rates are grouped."""

    MONTH = "month"
    """The month of the call, by UK days."""
    CATEGORY = "category"
    AGE = "age"
    """How long before the call the home had said what was listed."""


class AgeBand(NamedTuple):
    """Listings so many days old, the upper end left out."""

    from_days: int
    below_days: int | None

    @property
    def id(self) -> str:
        """`3-7`, or `30-` for the oldest."""
        return f"{self.from_days}-{'' if self.below_days is None else self.below_days}"


_EDGES: Final = (0, 1, 3, 7, 14, 30)

AGE_BANDS: Final = tuple(
    AgeBand(first, below) for first, below in zip(_EDGES, (*_EDGES[1:], None), strict=True)
)
"""Under a day, under 3 days, a week, a fortnight, 30 days, and older."""


def age_band(said_at: datetime, called_at: datetime) -> AgeBand:
    """Return the band of a listing's age at a call; one said after the call counts as new."""
    days = max(0.0, (called_at - said_at) / timedelta(days=1))
    return AGE_BANDS[bisect_right(_EDGES, days) - 1]


def reports(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Keep what teams reported."""
    return [each for each in outcomes if each.audit_day is None]


def audits(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Keep of each call that was drawn for the council what came of it first.

    A home may post between two tries: then they are about two listings, and still one call. What
    was taken back is left out.
    """
    of_calls: dict[tuple[str, str, str], Outcome] = {}
    for each in outcomes:
        if each.audit_day is not None and not each.is_withdrawn:
            call = (each.audit_day, each.shown.location_id, each.shown.category)
            if call not in of_calls or not of_calls[call].first_contact:
                of_calls[call] = each
    return list(of_calls.values())


def tally_of(outcomes: Iterable[Outcome]) -> Tally:
    """Count first contacts: one for each team and listing, and one for each call of the audit.

    A call that reached nobody, or that was taken back, says nothing of the beds.
    """
    there, gone, pursued, for_nobody, homes = 0, 0, 0, 0, set()
    for outcome in outcomes:
        result = outcome.first_contact
        if result is None:
            continue
        homes.add(outcome.shown.location_id)
        gone += result is CallResult.GONE
        there += result is not CallResult.GONE
        for_nobody += result is not CallResult.GONE and outcome.audit_day is not None
        pursued += result is CallResult.PURSUING
    return Tally(there, gone, pursued, frozenset(homes), for_nobody)


def tallies_by(grouping: Grouping, outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    """Count first contacts by group, in order; a group without a contact is left out."""
    groups: dict[str, list[Outcome]] = {}
    group_of = _GROUPS[grouping]
    for outcome in outcomes:
        if outcome.first_contact:
            groups.setdefault(group_of(outcome), []).append(outcome)
    order = _AGE_ORDER if grouping is Grouping.AGE else None
    ids = sorted(groups, key=order.index if order else None)
    return {group: tally_of(groups[group]) for group in ids}


def _month(outcome: Outcome) -> str:
    return f"{uk_day(outcome.told_at):%Y-%m}"


def _category(outcome: Outcome) -> str:
    return outcome.shown.category


def _age(outcome: Outcome) -> str:
    return age_band(outcome.shown.said_at, outcome.told_at).id


_GROUPS: Final[Mapping[Grouping, Callable[[Outcome], str]]] = {
    Grouping.MONTH: _month,
    Grouping.CATEGORY: _category,
    Grouping.AGE: _age,
}
_AGE_ORDER: Final = [band.id for band in AGE_BANDS]
