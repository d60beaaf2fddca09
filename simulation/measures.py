"""What is counted in a simulated year, and the figures that follow."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from shared.domain.chance import LEAST_CHANCE, Likelihood, chance_left
from simulation.calibration import BinFigures, Calibration
from simulation.council import Council
from simulation.homes import BedGroup
from simulation.rates import Rates
from simulation.teams import CAUSES, Call, CallOutcome, has_place

_VERY_LIKELY: Final = LEAST_CHANCE[Likelihood.VERY_LIKELY]


@dataclass(slots=True)
class Measures:
    """Counts of one year, or of several added up."""

    calls: Counter[CallOutcome] = field(default_factory=Counter)
    placed: int = 0
    not_placed: int = 0
    """People for whom the team gave up."""
    waited_days: int = 0
    """From the first search to the placement, over all placed: 0 is the same day."""
    miles: float = 0.0
    """From where they live to their home, over all placed."""
    listed: int = 0
    """Categories of homes listed with a free bed, over all days."""
    listed_wrongly: int = 0
    """Of these, those without one."""
    bed_days: int = 0
    occupied_days: int = 0
    not_admittable_days: int = 0
    admissions: int = 0
    likely: int = 0
    """Of those listed, over all days: those that search calls very likely to be there."""
    likely_wrongly: int = 0
    """Of these, those without a bed."""
    reminders: int = 0
    home_days: int = 0
    free: int = 0
    """Categories of homes with a bed on offer, over all days."""
    free_unlisted: int = 0
    """Of these, those that list none."""
    single_posts: int = 0
    """Posts of a category that list a single bed."""
    single_posts_wrong: int = 0
    """Of these, those without a bed even at the post."""
    calibration: Calibration = field(default_factory=Calibration)
    rates: Rates = field(default_factory=Rates)

    def note_calls(self, calls: Sequence[Call], waited_days: int) -> None:
        """Count the calls of a day for one person."""
        self.calls.update(call.outcome for call in calls)
        if has_place(calls):
            self.placed += 1
            self.waited_days += waited_days
            self.miles += calls[-1].miles

    def note_post(self, groups: Iterable[BedGroup]) -> None:
        """Count what a home has posted just now."""
        for group in groups:
            if group.listed == 1:
                self.single_posts += 1
                self.single_posts_wrong += not group.admittable

    def note_beds(self, council: Council, now: datetime) -> None:
        """Count the beds of the council, and what is listed of them, at the end of a day."""
        self.bed_days += council.capacity
        self.home_days += len(council.homes)
        for group in council.groups:
            admittable = group.admittable
            self.occupied_days += group.occupied
            self.not_admittable_days += group.vacant - admittable
            if admittable:
                self.free += 1
                self.free_unlisted += not group.listed
            if group.listed:
                self.listed += 1
                self.listed_wrongly += not admittable
                record = group.home.said.posts.record(group.category)
                chance = chance_left(
                    group.listed, (now - group.said_at) / timedelta(days=1), record
                )
                self.calibration.note(chance, is_there=admittable > 0)
                if chance >= _VERY_LIKELY:
                    self.likely += 1
                    self.likely_wrongly += not admittable

    def figures(self) -> "Figures":
        """Return what the counts say. Raises ZeroDivisionError where nobody was placed."""
        calls = self.calls.total()
        there = calls - self.calls[CallOutcome.GONE] - self.calls[CallOutcome.NOT_LISTED]
        return Figures(
            truth=1 - self.listed_wrongly / self.listed,
            likely_truth=1 - self.likely_wrongly / self.likely if self.likely else 0.0,
            fit=self.placed / there,
            calls=calls / self.placed,
            wasted={cause: self.calls[cause] / self.placed for cause in CAUSES},
            days_to_placement=self.waited_days / self.placed,
            miles=self.miles / self.placed,
            not_placed=self.not_placed / (self.placed + self.not_placed),
            occupied=self.occupied_days / self.bed_days,
            not_admittable=self.not_admittable_days / self.bed_days,
            free_unlisted=self.free_unlisted / self.free if self.free else 0.0,
            reminders_a_home_year=365 * self.reminders / self.home_days if self.home_days else 0.0,
            admissions_a_bed_year=365 * self.admissions / self.bed_days,
            placed=self.placed,
            calibration=self.calibration.figures(),
            rates=self.rates,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """What a year, or several, came to."""

    truth: float
    """Of the categories of homes listed with a free bed, the share that has one."""
    likely_truth: float
    """The same of those that search calls very likely to be there."""
    fit: float
    """Of the calls that met a bed, the share that ended with a placement."""
    calls: float
    """For each placement."""
    wasted: dict[CallOutcome, float]
    """Calls for each placement, by what they met."""
    days_to_placement: float
    miles: float
    not_placed: float
    """The share of people for whom the team gave up."""
    occupied: float
    not_admittable: float
    free_unlisted: float
    """The share of categories of homes with a bed on offer that list none."""
    reminders_a_home_year: float
    admissions_a_bed_year: float
    placed: int
    calibration: dict[str, BinFigures]
    """What was said of the chance that a bed is still there, and what was true, by bins of it."""
    rates: Rates
    """What is true of listings, what audits find, and what teams report."""

    @property
    def wasted_calls(self) -> float:
        """Return the wasted calls for each placement."""
        return sum(self.wasted.values())

    @property
    def admittable(self) -> float:
        """Return the share of beds that are vacant and on offer."""
        return 1 - self.occupied - self.not_admittable


def total(years: Iterable[Measures]) -> Measures:
    """Add up the counts of several years."""
    added = Measures()
    for year in years:
        added.calls.update(year.calls)
        added.calibration.add(year.calibration)
        added.rates += year.rates
        for name in _COUNTS:
            setattr(added, name, getattr(added, name) + getattr(year, name))
    return added


_COUNTS: Final = tuple(
    name for name in Measures.__dataclass_fields__ if name not in {"calls", "calibration", "rates"}
)
