"""The committed measurements fit the functions, routes and resources that there are now.

A failure means that something was added, renamed or removed: add it to benchmarks/cost/actions.py
and run `make cost-measure`, or `make cost TEMPLATE=1` where only the template has changed.
"""

from dataclasses import replace
from pathlib import Path

from benchmarks.cost.__main__ import PAGE, cost_report
from benchmarks.cost.actions import (
    ACTIONS,
    IMPORT_FUNCTION,
    RARE_FUNCTIONS,
    RARE_ROUTES,
    function_of,
)
from benchmarks.cost.measurements import Consumption, load, mean, save, text_parts
from benchmarks.cost.template import read_assembly
from infra.site.firewall import MANAGED_RULES
from tests.benchmarks.cost.round_figures import CALL, report

MEASURED = {*map(function_of, ACTIONS), IMPORT_FUNCTION}


def test_every_function_is_measured_or_called_rarely(cloud_assembly: Path) -> None:
    assert read_assembly(cloud_assembly).functions.keys() == MEASURED | RARE_FUNCTIONS


def test_every_route_is_measured_or_called_rarely(cloud_assembly: Path) -> None:
    routes = set(read_assembly(cloud_assembly).routes)
    measured = {route for action in ACTIONS.values() for route in action.routes}
    of_rare_functions = {route for route in routes if " /people" in route or " /imports" in route}
    assert routes == measured | RARE_ROUTES | of_rare_functions


def test_every_action_and_function_has_measurements() -> None:
    for size in load().sizes:
        assert size.actions.keys() == ACTIONS.keys()
        assert {*size.starts, IMPORT_FUNCTION} == MEASURED


def test_the_committed_template_is_that_of_the_stack(cloud_assembly: Path) -> None:
    committed = load().template
    current = read_assembly(cloud_assembly)
    assert committed == replace(current, site_bytes=committed.site_bytes)


def test_the_committed_page_is_that_of_the_committed_measurements() -> None:
    assert PAGE.read_text(encoding="utf-8") == cost_report().page()


def test_a_council_of_300_homes_stays_below_ten_dollars() -> None:
    report = cost_report()
    assert not report.template.unpriced
    assert report.meets_target, f"{report.own_account_usd:.2f} dollars a month"


def test_the_assumed_firewall_has_the_rules_of_the_stack() -> None:
    # One rule limits each address; the others are AWS's managed rules.
    assert cost_report().usage["firewall_rules"].value == 1 + len(MANAGED_RULES)


def test_measurements_survive_being_saved_and_loaded(tmp_path: Path) -> None:
    file = tmp_path / "measurements.json"
    save(report().measurements, file)
    assert load(file) == report().measurements


def test_the_first_call_beyond_a_warm_one_is_never_negative() -> None:
    first = Consumption(cpu_ms=1, reads=58, requests={"dynamodb.Query": 1})
    assert first.beyond(CALL) == Consumption(cpu_ms=0, reads=57, requests={"dynamodb.Query": 0})


def test_calls_are_averaged_but_for_the_median_processor_time() -> None:
    calls = [Consumption(cpu_ms=each, reads=each) for each in (1, 2, 9)]
    assert (mean(calls).cpu_ms, mean(calls).reads) == (2, 4)


def test_a_part_of_a_call_is_a_part_of_each_figure() -> None:
    part = Consumption(cpu_ms=4, requests={"s3.GetObject": 2}).divided_by(2)
    assert part == Consumption(cpu_ms=2, requests={"s3.GetObject": 1})


def test_text_messages_are_billed_by_their_parts() -> None:
    assert [text_parts(length) for length in (0, 160, 161, 306, 307)] == [0, 1, 2, 2, 3]
