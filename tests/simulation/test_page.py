"""The page and the README say what the stored results say."""

import pytest

from simulation.page import PAGE, README, Report
from simulation.parameters import Plan
from simulation.results import load, row_of


@pytest.fixture(scope="module")
def report(plan: Plan) -> Report:
    return Report(load(), plan)


def test_the_page_is_written_from_the_stored_results(report: Report) -> None:
    assert PAGE.read_text(encoding="utf-8") == report.page(), "run `make simulate`"


def test_the_readme_has_its_one_figure_from_the_stored_results(report: Report) -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == report.into_readme(readme), "run `make simulate`"
    rows = report.results.worlds["as assumed"]
    none, declared = row_of(rows, 0.0).figures, row_of(rows, 0.6).figures
    assert f"{declared.calls:.1f} telephone calls instead of {none.calls:.1f}" in readme
    assert "Simulation, not experience" in readme


def test_a_readme_without_a_place_for_the_figure_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="no <!-- simulation -->"):
        report.into_readme("# Bedboard\n")


def test_every_missed_target_is_shown_as_missed(report: Report) -> None:
    misses = [each for each in report.targets if not each.is_met]
    assert report.targets_table().count("**missed**") == len(misses)
