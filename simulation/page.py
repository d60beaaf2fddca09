"""Write docs/simulation.md and the README's one figure from the results."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation import truth_tables
from simulation.calibration import BinFigures
from simulation.markdown import markdown_table
from simulation.parameters import Plan
from simulation.results import Results, Row, row_of
from simulation.targets import (
    DECLARED,
    HALF,
    Target,
    calibration_of,
    extra_miles,
    targets,
    wasted_ratio,
)
from simulation.teams import CAUSES

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "simulation.md"
README: Final = ROOT / "README.md"
_TEMPLATE: Final = "simulation.md.jinja"
_FIGURE: Final = re.compile(r"(?<=<!-- simulation -->\n).*?(?=\n<!-- /simulation -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Report:
    """The results in words and tables."""

    results: Results
    plan: Plan

    @property
    def targets(self) -> list[Target]:
        """Return what the results are held to."""
        return targets(self.results, self.plan)

    @property
    def placements(self) -> str:
        """Return how many placements a row of the first world is about, to a hundred."""
        first, *_ = self.results.worlds.values()
        return f"{round(first[0].figures.placed, -2):,}"

    def page(self) -> str:
        """Return the page as Markdown."""
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - Markdown of our own figures
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        return environment.get_template(_TEMPLATE).render(
            report=self,
            plan=self.plan,
            parameters=self.plan.parameters,
            targets=self.targets_table(),
            worlds=[(each, self.world_table(each.name)) for each in self.plan.worlds],
            calibration=self.calibration_table(),
            truth=truth_tables.truth_table(self.results),
            single_years=truth_tables.single_years_table(self.results, self.plan),
            ages=truth_tables.age_table(self.results),
            levers=truth_tables.levers_table(self.results, self.plan),
            reminders=truth_tables.reminders_table(self.results, self.plan),
            seeds=self.seeds_table(),
            sensitivity=self.sensitivity_table(),
        )

    def world_table(self, world: str) -> str:
        """Return the figures of a world: a row for each share of needs declared."""
        rows = self.results.worlds[world]
        head = [
            "needs declared",
            "listings truly free",
            "fit rate",
            "calls a placement",
            "wasted",
            *CAUSES.values(),
            "days to placement",
            "extra miles",
        ]
        return markdown_table(head, [_world_row(row, rows) for row in rows])

    def seeds_table(self) -> str:
        """Return the gate's two figures for each seed, in each world."""
        head = ["world", "seed", "wasted, 0%", f"wasted, {DECLARED:.0%}", "left", "extra miles"]
        cells = []
        for world, rows in self.results.worlds.items():
            for seed in self.plan.parameters.run.seeds:
                one = [Row(row.needs_declared, row.by_seed[seed], {}) for row in rows]
                cells.append([world, str(seed), *_comparison(one)])
        return markdown_table(head, cells)

    def calibration_table(self) -> str:
        """Return what was said of chances and what was true, in each world."""
        worlds = [calibration_of(rows) for rows in self.results.worlds.values()]
        head = ["chance from"]
        for world in self.results.worlds:
            head += [f"listings, {world}", "said", "true"]
        edges = sorted({edge for bins in worlds for edge in bins})
        return markdown_table(
            head,
            [[edge, *(cell for bins in worlds for cell in _bin(bins.get(edge)))] for edge in edges],
        )

    def sensitivity_table(self) -> str:
        """Return what one other assumption changes, all with the first seed."""
        seed = self.plan.parameters.run.seeds[0]
        first, *_ = self.plan.worlds
        usual = [
            Row(row.needs_declared, row.by_seed[seed], {})
            for row in self.results.worlds[first.name]
        ]
        head = [
            "assumption",
            "wasted, 0%",
            f"wasted, {DECLARED:.0%}",
            "left",
            "extra miles",
            "wrong listings",
        ]
        rows = {first.name: usual, **self.results.sensitivity}
        return markdown_table(
            head,
            [
                [name, *_comparison(each), f"{1 - row_of(each, DECLARED).figures.truth:.1%}"]
                for name, each in rows.items()
            ],
        )

    @property
    def not_halved(self) -> int:
        """Count the rows of the sensitivity table in which more than half of the calls is left."""
        return sum(
            wasted_ratio(rows, DECLARED) > HALF for rows in self.results.sensitivity.values()
        )

    def targets_table(self) -> str:
        """Return what was wanted and what was found."""
        head = ["world", "wanted", "found", ""]
        return markdown_table(head, list(_target_rows(self.targets)), numbers=False)

    def figure(self) -> str:
        """Return the README's one figure, as a sentence."""
        first, *_ = self.plan.worlds
        rows = self.results.worlds[first.name]
        none, declared = row_of(rows, 0.0).figures, row_of(rows, DECLARED).figures
        return (
            f"**Simulation, not experience:** where homes say whom they take for {DECLARED:.0%} of"
            f" needs, a\nplacement takes {declared.calls:.1f} telephone calls instead of"
            f" {none.calls:.1f}, and the home is {extra_miles(rows, DECLARED):.1f} miles farther"
            " away.\n[docs/simulation.md](docs/simulation.md) says what that rests on."
        )

    def into_readme(self, readme: str) -> str:
        """Return the README's text with this figure. Raises ValueError where it has no place."""
        if not _FIGURE.search(readme):
            raise ValueError("README.md has no <!-- simulation --> for the figure")
        return _FIGURE.sub(lambda _: self.figure(), readme)


def _world_row(row: Row, rows: Sequence[Row]) -> list[str]:
    figures = row.figures
    return [
        f"{row.needs_declared:.0%}",
        f"{figures.truth:.1%}",
        f"{figures.fit:.0%}",
        f"{figures.calls:.2f}",
        f"{figures.wasted_calls:.2f}",
        *(f"{figures.wasted[cause]:.2f}" for cause in CAUSES),
        f"{figures.days_to_placement:.2f}",
        f"{extra_miles(rows, row.needs_declared):.1f}",
    ]


def _bin(figures: BinFigures | None) -> list[str]:
    if figures is None:
        return ["0", "", ""]
    return [f"{figures.listings:,}", f"{figures.said:.2f}", f"{figures.seen:.2f}"]


def _comparison(rows: Sequence[Row]) -> list[str]:
    """Return the wasted calls with none and with the gate's share declared, and the price."""
    return [
        f"{row_of(rows, 0.0).figures.wasted_calls:.2f}",
        f"{row_of(rows, DECLARED).figures.wasted_calls:.2f}",
        f"{wasted_ratio(rows, DECLARED):.0%}",
        f"{extra_miles(rows, DECLARED):.1f}",
    ]


def _target_rows(judged: Sequence[Target]) -> Iterator[list[str]]:
    for target in judged:
        verdict = "met" if target.is_met else "**missed**"
        if not target.is_gate:
            verdict += ", reported only"
        if target.why_missed:
            verdict += f": {target.why_missed}"
        yield [target.world, target.wanted, target.found, verdict]
