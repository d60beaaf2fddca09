"""The page says what was found, whatever it was."""

from dataclasses import replace

from benchmarks.cost.findings import Findings, table, usd
from benchmarks.cost.prices import Prices
from benchmarks.cost.report import page, target
from tests.benchmarks.cost.invented import STANDING, findings


def dearer(found: Findings) -> Findings:
    """Where a dashboard costs a hundred times as much."""
    of = found.prices.by_name
    dashboard = replace(of["dashboard"], each=300)
    return replace(found, prices=Prices(found.prices.dated, {**of, "dashboard": dashboard}))


def test_a_target_that_is_met_is_said_to_be() -> None:
    amount, met = target(findings())
    assert met
    assert f"WAF aside: met, {amount:.2f} dollars" in page(findings())


def test_a_target_that_is_missed_is_said_to_be() -> None:
    found = dearer(findings())
    assert not target(found)[1]
    assert "WAF aside: MISSED, 30" in page(found)


def test_the_page_has_its_command_its_dates_and_no_figure_without_them() -> None:
    text = page(findings())
    assert "Written by `make cost` on 22 November 2026" in text
    assert f"as gathered on {findings().prices.dated}" in text


def test_prices_that_nobody_could_confirm_are_marked() -> None:
    lines = [line for line in page(findings()).splitlines() if "**not confirmed**" in line]
    assert sum(not each.confirmed for each in findings().prices.by_name.values()) == len(lines)


def test_every_assumption_is_on_the_page_with_its_reason() -> None:
    text = page(findings())
    for name, each in findings().usage.items():
        assert f"| {name.replace('_', ' ')} | {each.value:g} | {each.reason} |" in text


def test_what_nobody_has_priced_and_what_nobody_has_measured_is_named() -> None:
    text = page(findings(replace(STANDING, unknown=("AWS::EC2::NatGateway",))))
    assert "nobody has priced here:** AWS::EC2::NatGateway" in text
    assert "The functions publisher:" in text


def test_the_firewall_is_priced_even_where_it_is_off() -> None:
    (line,) = (each for each in page(findings()).splitlines() if each.startswith("| WAF, if"))
    assert float(line.split("|")[2]) > 7


def test_small_amounts_keep_their_meaning() -> None:
    assert [usd(each) for each in (0, 0.00003, 0.0012, 0.5, 1234.5)] == [
        *("0", "3.0e-05", "0.0012", "0.50", "1,234.50")
    ]


def test_a_table_is_markdown() -> None:
    assert table(["", "a"], [["b", "1"]]) == ["|  | a |", "| --- | ---: |", "| b | 1 |", ""]
