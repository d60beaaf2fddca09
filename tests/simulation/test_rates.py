"""The rates of a year: what is true, what audits find, what teams report."""

from dataclasses import asdict

import pytest

from shared.domain.truth import AGE_BANDS, Rate
from simulation.council_year import CouncilYear
from simulation.parameters import Parameters, changed
from simulation.rates import Rates, RatesOfAge, holds


@pytest.fixture(scope="module")
def month(parameters: Parameters) -> Rates:
    small = changed_to_a_month(parameters)
    return CouncilYear(small, 1, 0.6).simulate().rates


def changed_to_a_month(parameters: Parameters) -> Parameters:
    changes = {"beds.homes": 40, "run.warm_up_days": 5, "run.days": 30, "auditing.audits": 3}
    return changed(parameters, changes)


def test_bands_of_age_add_up_to_all(month: Rates) -> None:
    assert list(month.by_age) == [band.id for band in AGE_BANDS]
    assert sum(month.by_age.values(), RatesOfAge()) == month.all_ages


def test_every_part_of_a_month_is_counted(month: Rates) -> None:
    every = month.all_ages
    assert 0 < every.reported.n < every.called.n
    assert 0 < every.audited.n <= 3 * 2 * 21
    assert month.one_audit.n <= 2 * 21
    assert (month.audits, month.years) == (3, 1)
    assert 0 <= month.audits_holding <= 3
    assert 0 < month.wrong_at_once.count < month.wrong_at_once.n
    assert 0 < month.learned_wrong / month.audits < 1


def test_an_audit_holds_the_truth_where_it_lies_in_its_interval(month: Rates) -> None:
    assert holds(Rate(9, 10), Rate(9, 10))
    assert not holds(Rate(50, 100), Rate(9, 10))


def test_years_add_up(month: Rates) -> None:
    both = month + month
    assert both.all_ages.called == Rate(
        2 * month.all_ages.called.count, 2 * month.all_ages.called.n
    )
    assert both.years == 2
    assert both.by_age["0-1"].listed.n == 2 * month.by_age["0-1"].listed.n
    assert month + Rates() == month


def test_rates_are_read_as_they_were_written(month: Rates) -> None:
    assert Rates.from_json(asdict(month)) == month
