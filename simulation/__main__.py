"""Simulate council years, and how often the list is right in them: `python -m simulation`.

It prints the page, and writes results.json, docs/simulation.md and the README's figure. It fails
where the gate is missed.
"""

import sys
from typing import Final

from rich.console import Console
from rich.markdown import Markdown

from simulation import results
from simulation.page import PAGE, README, Report
from simulation.parameters import read_plan
from simulation.runs import run_plan
from simulation.targets import missed

_EACH: Final = 10
"""Without a terminal, progress is a line for so many runs."""


def main() -> None:
    """Run everything, write it down, and exit with 1 where a target of the gate is missed."""
    plan = read_plan()
    measured = run_plan(plan, _show_progress)
    results.save(measured, results.FILE)
    # From the file, so that the page says what anyone can read there.
    report = Report(results.load(results.FILE), plan)
    page = report.page()
    PAGE.write_text(page, encoding="utf-8")
    README.write_text(report.into_readme(README.read_text(encoding="utf-8")), encoding="utf-8")
    Console().print(Markdown(page) if sys.stdout.isatty() else page, soft_wrap=True, markup=False)
    if misses := missed(report.targets):
        sys.exit("\n".join(f"missed: {each.wanted}: {each.found}" for each in misses))


def _show_progress(done: int, runs: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == runs else ""
        print(f"\rsimulated {done} of {runs} council years", end=end, file=sys.stderr, flush=True)
    elif done % _EACH == 0 or done == runs:
        print(f"simulated {done} of {runs} council years", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
