"""A council year is deterministic, reproduces what is published, and is what results.json holds."""

from dataclasses import asdict

import pytest

from simulation.council_year import CouncilYear
from simulation.measures import Figures
from simulation.parameters import Parameters, Plan
from simulation.results import load, rounded, row_of
from simulation.runs import without_bins
from simulation.targets import ADMISSIONS_A_BED_YEAR, WITHIN


@pytest.fixture(scope="module")
def year(plan: Plan) -> Figures:
    """Return a whole year of the whole council, which takes some seconds."""
    parameters = plan.parameters
    return CouncilYear(parameters, parameters.run.seeds[0], 0.6).simulate().figures()


def test_the_same_seed_gives_the_same_year(small: Parameters) -> None:
    first = CouncilYear(small, 1, 0.6).simulate()
    assert first == CouncilYear(small, 1, 0.6).simulate()
    assert first != CouncilYear(small, 2, 0.6).simulate()


def test_what_is_declared_changes_no_arrival(small: Parameters) -> None:
    none, most = (CouncilYear(small, 1, share).simulate() for share in (0.0, 0.9))
    assert abs(none.placed - most.placed) <= 3  # those who still wait on the last day
    assert none.calls != most.calls


@pytest.mark.slow
def test_the_council_is_as_full_as_published(year: Figures, parameters: Parameters) -> None:
    assert year.occupied == pytest.approx(0.860, abs=WITHIN)
    assert year.admittable == pytest.approx(0.108, abs=WITHIN)
    assert year.not_admittable == pytest.approx(0.032, abs=WITHIN)
    assert parameters.beds.occupied == 0.860


@pytest.mark.slow
def test_as_many_people_move_in_as_published(year: Figures) -> None:
    least, most = ADMISSIONS_A_BED_YEAR
    assert least <= year.admissions_a_bed_year <= most


@pytest.mark.slow
def test_nearly_everyone_is_placed(year: Figures) -> None:
    assert year.not_placed < 0.001


@pytest.mark.slow
def test_the_stored_results_are_those_of_this_code(year: Figures, plan: Plan) -> None:
    row = row_of(load().worlds[plan.worlds[0].name], 0.6)
    stored = row.by_seed[plan.parameters.run.seeds[0]]
    assert asdict(stored) == asdict(rounded(without_bins(year))), (
        "the code, or what it stands on, gives other figures: run `make simulate`"
    )
