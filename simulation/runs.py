"""Run every council year of the plan, on all processors."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from simulation.council_year import CouncilYear
from simulation.measures import Figures, Measures, total
from simulation.parameters import Parameters, Plan, Variation, changed
from simulation.reminding import Rule
from simulation.results import Results, Row
from simulation.targets import DECLARED

SENSITIVITY_LEVERS: Final = (0.0, DECLARED)
"""The shares of needs declared that the sensitivity table compares."""

_NOTHING_SAID: Final = {"declaring.right": 1.0, "declaring.ask": 0.0}
"""Where no need is declared, it does not matter how right homes are about them."""


class PlannedYear(NamedTuple):
    """One council year."""

    variation: str
    needs_declared: float
    seed: int
    parameters: Parameters

    @property
    def key(self) -> "_Key":
        """Return what tells it from the others."""
        return self.variation, self.needs_declared, self.seed

    def is_like(self, other: "PlannedYear") -> bool:
        """Tell whether both are the same but for the name of the variation."""
        return self[1:] == other[1:]

    def measure(self) -> Measures:
        """Simulate it."""
        return CouncilYear(self.parameters, self.seed, self.needs_declared).simulate()


_Key: TypeAlias = tuple[str, float, int]

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many years are done, and how many there are."""


def run_plan(plan: Plan, progress: Progress) -> Results:
    """Run the plan: the worlds with all seeds, the sensitivity table with the first."""
    seeds = plan.parameters.run.seeds
    worlds = list(_years(plan, plan.worlds, plan.needs_declared, seeds))
    sensitivity = list(_years(plan, plan.sensitivity, SENSITIVITY_LEVERS, seeds[:1]))
    reminders = list(_years(plan, plan.reminders, [DECLARED], seeds[:1]))
    measured = _measure([*worlds, *sensitivity, *reminders], progress)
    return Results(*(_rows(years, measured) for years in (worlds, sensitivity, reminders)))


def _years(
    plan: Plan, variations: Sequence[Variation], levers: Sequence[float], seeds: Sequence[int]
) -> Iterator[PlannedYear]:
    for variation in variations:
        parameters = changed(plan.parameters, variation.changes)
        for needs_declared in levers:
            of_lever = parameters if needs_declared else changed(parameters, _NOTHING_SAID)
            for seed in seeds:
                yield PlannedYear(variation.name, needs_declared, seed, of_lever)


def _measure(years: Sequence[PlannedYear], progress: Progress) -> dict[_Key, Measures]:
    """Simulate the years, and of several that are alike only one."""
    chosen: list[PlannedYear] = []
    for year in years:
        if not any(map(year.is_like, chosen)):
            chosen.append(year)
    measured: dict[_Key, Measures] = {}
    progress(0, len(chosen))
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        # The longest first: otherwise one processor may wait for the last.
        chosen.sort(key=_posts, reverse=True)
        futures = {processes.submit(year.measure): year for year in chosen}
        for done, future in enumerate(as_completed(futures), 1):
            for year in filter(futures[future].is_like, years):
                measured[year.key] = future.result()
            progress(done, len(chosen))
    return measured


def _posts(year: PlannedYear) -> float:
    """Return how many posts of a home a year has, more or less: these take most of the time."""
    posting = year.parameters.posting
    by_habit = posting.monthly * 12 + posting.weekly * 52 + posting.daily * 365
    return by_habit + 100 * (year.parameters.reminding.rule != Rule.NOBODY)


def without_bins(figures: Figures) -> Figures:
    """Return the figures of a single year as they are stored.

    Chances and ages are judged over all years of a world.
    """
    return replace(figures, calibration={}, rates=replace(figures.rates, by_age={}))


def _rows(planned: Sequence[PlannedYear], measured: dict[_Key, Measures]) -> dict[str, list[Row]]:
    """Gather the seeds of each lever in a row."""
    years: defaultdict[tuple[str, float], dict[int, Measures]] = defaultdict(dict)
    for year in planned:
        years[year.variation, year.needs_declared][year.seed] = measured[year.key]
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for (variation, needs_declared), by_seed in years.items():
        each = {seed: without_bins(one.figures()) for seed, one in by_seed.items()}
        figures = total(by_seed.values()).figures() if len(by_seed) > 1 else each[min(each)]
        rows[variation].append(Row(needs_declared, figures, each))
    return dict(rows)
