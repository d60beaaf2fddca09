"""Tables of how often the list was right: in truth, as audits find it, and as teams report it."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import Final

from shared.domain.truth import Rate
from simulation.markdown import markdown_table
from simulation.measures import Figures
from simulation.parameters import Plan
from simulation.rates import Rates, RatesOfAge
from simulation.results import Results, Row, row_of
from simulation.targets import DECLARED
from simulation.teams import CallOutcome


def together(rows: Iterable[Row]) -> Rates:
    """Return the rates of all rows of a world together."""
    return reduce(add, (row.figures.rates for row in rows), Rates())


def truth_table(results: Results) -> str:
    """Return for each world and share of needs declared what is true, found and reported."""
    head = [
        "world",
        "needs declared",
        "truly free",
        "all audits",
        "audits that hold the truth",
        "first calls met",
        "reported",
        "off by",
    ]
    cells = []
    for world, rows in results.worlds.items():
        for row in rows:
            rates = row.figures.rates
            every = rates.all_ages
            cells.append(
                [
                    world,
                    f"{row.needs_declared:.0%}",
                    *map(_percent, (every.listed, every.audited)),
                    f"{rates.audits_holding} of {rates.audits}",
                    *map(_percent, (every.called, every.reported)),
                    f"{100 * (_share(every.reported) - _share(every.listed)):+.1f} points",
                ]
            )
    return markdown_table(head, cells)


def single_years_table(results: Results, plan: Plan) -> str:
    """Return for single years what one audit finds and what teams report, with the intervals."""
    head = ["world", "seed", "truly free", "one audit", "calls", "reported", "reports"]
    cells = []
    for world, rows in results.worlds.items():
        for seed in plan.parameters.run.seeds:
            rates = row_of(rows, DECLARED).by_seed[seed].rates
            every = rates.all_ages
            cells.append(
                [
                    world,
                    str(seed),
                    _percent(every.listed),
                    *_with_interval(rates.one_audit),
                    *_with_interval(every.reported),
                ]
            )
    return markdown_table(head, cells)


def age_table(results: Results) -> str:
    """Return for each band of age what is true, found, called and reported."""
    head = [
        "world",
        "days since said",
        "of all listings",
        "truly free",
        "all audits",
        "of all first calls",
        "reported",
    ]
    cells = []
    for world, rows in results.worlds.items():
        rates = together(rows)
        cells += [[world, *_age_row(band, of, rates)] for band, of in rates.by_age.items()]
    return markdown_table(head, cells)


def levers_table(results: Results, plan: Plan) -> str:
    """Return how many listings are wrong under each lever, all with the first seed."""
    seed = plan.parameters.run.seeds[0]
    first, *_ = plan.worlds
    rows = results.worlds[first.name]
    levers = {f"needs declared for {row.needs_declared:.0%}": row for row in rows}
    for variation in plan.sensitivity:
        if all(name.partition(".")[0] in _OF_POSTS for name in variation.changes):
            levers[variation.name] = row_of(results.sensitivity[variation.name], DECLARED)
    return markdown_table(
        [
            "lever",
            "wrong listings",
            "of those called very likely",
            "one audit says",
            "single beds wrong at once",
            "as audits learn it",
        ],
        [[name, *_wrong(row.by_seed[seed])] for name, row in levers.items()],
    )


def reminders_table(results: Results, plan: Plan) -> str:
    """Return what each rule of reminding costs and brings, with the first seed."""
    head = [
        "reminded",
        "reminders a home and year",
        "wrong listings",
        "of those called very likely",
        "free, but not listed",
        "“it has gone”, a placement",
    ]
    cells = []
    for variation in plan.reminders:
        figures = row_of(results.reminders[variation.name], DECLARED).figures
        cells.append(
            [
                variation.name,
                f"{figures.reminders_a_home_year:.0f}",
                f"{1 - figures.truth:.1%}",
                f"{1 - figures.likely_truth:.1%}",
                f"{figures.free_unlisted:.1%}",
                f"{figures.wasted[CallOutcome.GONE]:.2f}",
            ]
        )
    return markdown_table(head, cells)


_OF_POSTS: Final = {"posting"}
"""The sections of parameters that decide how often homes post, and how right."""


def _wrong(figures: Figures) -> Sequence[str]:
    rates = figures.rates
    found = rates.one_audit
    low, high = found.interval
    return [
        f"{1 - figures.truth:.1%}",
        f"{1 - figures.likely_truth:.1%}",
        f"{1 - _share(found):.1%} ({1 - high:.1%} to {1 - low:.1%})",
        _percent(rates.wrong_at_once),
        f"{rates.learned_wrong / rates.audits:.1%}",
    ]


def _age_row(band: str, of: RatesOfAge, rates: Rates) -> list[str]:
    every = rates.all_ages
    return [
        band,
        f"{of.listed.n / every.listed.n:.0%}",
        *map(_percent, (of.listed, of.audited)),
        f"{of.called.n / every.called.n:.0%}",
        _percent(of.reported),
    ]


def _with_interval(rate: Rate) -> list[str]:
    low, high = rate.interval
    return [f"{_share(rate):.1%} ({low:.1%} to {high:.1%})", str(rate.n)]


def _percent(rate: Rate) -> str:
    return f"{_share(rate):.1%}" if rate.n else ""


def _share(rate: Rate) -> float:
    return rate.count / rate.n
