"""The plan is run whole, and gathered by world and lever."""

from dataclasses import replace

from simulation.parameters import Parameters, Plan, Variation
from simulation.runs import run_plan


def test_every_world_lever_and_seed_is_run_and_reported_as_progress(small: Parameters) -> None:
    parameters = replace(small, run=replace(small.run, seeds=[1, 2], days=20, warm_up_days=1))
    changes = {"calling.phone_anyway": 1.0}
    plan = Plan(parameters, [0.0, 0.6], [Variation("a world", {})], [Variation("other", changes)])
    told: list[tuple[int, int]] = []
    results = run_plan(plan, lambda done, years: told.append((done, years)))
    assert told == [(done, 6) for done in range(7)]
    assert [row.needs_declared for row in results.worlds["a world"]] == [0.0, 0.6]
    assert [list(row.by_seed) for row in results.worlds["a world"]] == [[1, 2], [1, 2]]
    assert [list(row.by_seed) for row in results.sensitivity["other"]] == [[1], [1]]
    row = results.worlds["a world"][0]
    assert row.figures.placed == sum(each.placed for each in row.by_seed.values())


def test_years_that_come_out_the_same_are_simulated_once(small: Parameters) -> None:
    """Where no need is declared, it does not matter how right the answers would be."""
    parameters = replace(small, run=replace(small.run, seeds=[1], days=20, warm_up_days=1))
    wrong = Variation("wrong answers", {"declaring.right": 0.5})
    plan = Plan(parameters, [0.0, 0.6], [Variation("a world", {})], [wrong])
    told: list[int] = []
    results = run_plan(plan, lambda _done, years: told.append(years))
    assert set(told) == {3}
    none, declared = results.worlds["a world"]
    assert results.sensitivity["wrong answers"][0].figures == none.by_seed[1]
    assert results.sensitivity["wrong answers"][1].figures != declared.by_seed[1]
