"""Demand: how often teams search for each need in a district, counted without people.

A count is one team that searched on one day, in one outward district, for one category and one
need, however often it did. No count knows what else was asked in the same search.

What is published is one table for each period that is over. Periods do not overlap, a table is
written once and never changes, and there are no totals. Each of its figures is of one cell and at
least `LEAST_COUNTS`; cells below that are not in it. So everything that anyone can work out from
what is published depends on the published cells alone: of the others it says only that they are
below. Every view, a home's and the council's, is made from that table and from nothing else.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.availability import categories_of_use
from shared.domain.documents import Document, HomeDocument
from shared.domain.fit import Requirements
from shared.domain.needs import NEEDS, Answer
from shared.domain.terms import Funding, Terms
from shared.domain.uk_time import uk_day, uk_moment, uk_time

LEAST_COUNTS: Final = 5
LEAST_TEAMS: Final = 2
"""How many teams must have searched before a figure is published.

A council with only one team publishes that team's figures by the month.
"""

ANY_CATEGORY: Final = "any"
"""Stands for the category in the counts of a search that names none."""

SETTLED_AFTER: Final = timedelta(hours=2)
"""How long after its end a period is published; far more than clocks differ."""
LATE_AFTER: Final = timedelta(hours=1)
"""How long after the end of its period a count is still written."""

_EVENING: Final = 17
_SATURDAY: Final = 5


class Admission(StrEnum):
    """The admission that a search asks for outside office hours."""

    EVENING = "evening_admission"
    WEEKEND = "weekend_admission"


class Span(StrEnum):
    """The kind of period: whole weeks of Monday to Sunday; months where there is one team."""

    WEEK = "week"
    MONTH = "month"


class Period(NamedTuple):
    """A week or a month by UK days, both ends included."""

    span: Span
    first: date
    last: date

    @property
    def id(self) -> str:
        """`2026-W47` or `2026-11`."""
        if self.span is Span.MONTH:
            return f"{self.first:%Y-%m}"
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def end(self) -> datetime:
        """Return the moment at which it is over."""
        return uk_moment(self.last + timedelta(days=1))

    def to_document(self) -> Document:
        """Write the period as responses give it."""
        return {
            "id": self.id,
            "span": self.span,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
        }

    @property
    def least_teams(self) -> int:
        """Return how many teams must stand behind a published figure."""
        return LEAST_TEAMS if self.span is Span.WEEK else 1


class Cell(NamedTuple):
    """What is counted: a need, or funding or hours, in a category, near an outward district."""

    district: str
    category: str
    need: str


class Count(NamedTuple):
    """One team that searched for a cell on one day."""

    team: str
    day: date
    cell: Cell

    def tokens(self, period: Period) -> tuple[str, str]:
        """Return what stands for the team, and for the team on that day, in this cell alone.

        The same team has other tokens in another cell or period, so that counts of one search
        cannot be put together again by what they hold.
        """
        team = _digest(period.id, *self.cell, self.team)
        return team, _digest(team, self.day.isoformat())


class Tally(NamedTuple):
    """The counts of a cell in one period, and of how many teams they are."""

    counts: int
    teams: int


class Wanted(NamedTuple):
    """A need that teams searched for near a home, which the home has not said or says no to."""

    need: str
    at_least: int
    """At least how often: a search for two categories is counted in both."""
    said: Answer | None


def period_of(day: date, span: Span) -> Period:
    """Return the period in which a UK day lies."""
    if span is Span.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(span, first, first + timedelta(days=6))
    first = day.replace(day=1)
    return Period(span, first, _next_month(first) - timedelta(days=1))


def settled_periods(now: datetime, span: Span, number: int) -> list[Period]:
    """Return the newest periods that are over and settled, the oldest first."""
    period = period_of(uk_day(now), span)
    periods: list[Period] = []
    while len(periods) < number:
        if now >= period.end + SETTLED_AFTER:
            periods.insert(0, period)
        period = period_of(period.first - timedelta(days=1), span)
    return periods


def counts_of(
    team: str, district: str, categories: Iterable[str], asked: Requirements, now: datetime
) -> Iterator[Count]:
    """Yield the counts of one search."""
    day = uk_day(now)
    for category in tuple(categories) or (ANY_CATEGORY,):
        for need in _names(asked, now):
            yield Count(team, day, Cell(district, category, need))


def publishable(tallies: Mapping[Cell, Tally], least_teams: int) -> dict[Cell, int]:
    """Return the figures that may be published, in order; nothing else may be."""
    return {
        cell: tally.counts
        for cell, tally in sorted(tallies.items())
        if tally.counts >= LEAST_COUNTS and tally.teams >= least_teams
    }


def wanted_of(
    home: HomeDocument, published: Mapping[Cell, int], districts: Collection[str]
) -> list[Wanted]:
    """Return what was searched for in these districts that the home does not say yes or ask to.

    Only the categories of the home count, and searches that name none. What was searched for most
    comes first.
    """
    categories = {*categories_of_use(home), ANY_CATEGORY}
    by_district: dict[tuple[str, str], int] = {}
    for cell, counts in published.items():
        if cell.district in districts and cell.category in categories:
            key = (cell.need, cell.district)
            by_district[key] = max(by_district.get(key, 0), counts)
    totals: dict[str, int] = {}
    for (need, _), counts in by_district.items():
        totals[need] = totals.get(need, 0) + counts
    wanted = [Wanted(need, counts, answer_of(home, need)) for need, counts in totals.items()]
    unmet = [each for each in wanted if each.said in (None, Answer.NO) and _is_asked(each.need)]
    return sorted(unmet, key=lambda each: (-each.at_least, each.need))


def searches_by_district(published: Mapping[Cell, int]) -> dict[str, dict[str, int]]:
    """Return at least how often teams searched each district for each category.

    A search for two needs is counted in both, so the most of any need counts. A search that names
    no category is one for every category; alone it stands under `ANY_CATEGORY`.
    """
    searches: dict[str, dict[str, int]] = {}
    for cell, counts in published.items():
        of_district = searches.setdefault(cell.district, {ANY_CATEGORY: 0})
        of_district[cell.category] = max(of_district.get(cell.category, 0), counts)
    for of_district in searches.values():
        for category, counts in of_district.items():
            of_district[category] = max(counts, of_district[ANY_CATEGORY])
    return searches


def says_yes_to(home: HomeDocument) -> frozenset[str]:
    """Return every need, funding and admission that may be counted and that a home says yes to."""
    return frozenset(
        name
        for name in (*home.get("needs", {}), *Funding, *Admission)
        if answer_of(home, name) is Answer.YES
    )


def answer_of(home: HomeDocument, need: str) -> Answer | None:
    """Return what a home says of a counted need, funding or admission; None if nothing."""
    if need in NEEDS:
        said = home.get("needs", {}).get(need)
        return Answer(said) if said else None
    terms = Terms.from_document(home)
    if need in set(Funding):
        return terms.accepts(Funding(need))
    if terms.admission_hours is None:
        return None
    periods = terms.admission_hours.periods
    if need == Admission.WEEKEND:
        admits = any(periods.get(day) for day in list(periods) if day in {"saturday", "sunday"})
    else:
        admits = any(each.end > _EVENING * 60 for of_day in periods.values() for each in of_day)
    return Answer.YES if admits else Answer.NO


def _names(asked: Requirements, now: datetime) -> Iterator[str]:
    yield from asked.needs
    if asked.funding:
        yield asked.funding
    if asked.admit_by:
        asked_at, latest = uk_time(now), uk_time(asked.admit_by)
        days = (latest.date() - asked_at.date()).days
        if days == 0 and asked_at.time() >= time(_EVENING):
            yield Admission.EVENING
        # Saturday and Sunday follow each other, so both ends on one weekend leave no other day.
        if days <= 1 and min(asked_at.weekday(), latest.weekday()) >= _SATURDAY:
            yield Admission.WEEKEND


def _is_asked(need: str) -> bool:
    """Tell whether the need is still in the lists: one that is retired is not shown."""
    return need in NEEDS or need in set(Funding) or need in set(Admission)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
