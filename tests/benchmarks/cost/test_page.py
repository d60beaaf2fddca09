"""The cost page reports the bill, its assumptions and its gaps."""

from dataclasses import replace

from benchmarks.cost.figures import usd
from benchmarks.cost.page import CostReport
from tests.benchmarks.cost.round_figures import TEMPLATE, report


def with_dear_emails(report: CostReport) -> CostReport:
    """Return the report with emails at a hundred times their price."""
    by_name = report.prices.by_name
    emails = replace(by_name["email"], each=100 * by_name["email"].each)
    return replace(report, prices=replace(report.prices, by_name={**by_name, "email": emails}))


def test_a_target_that_is_met_says_so() -> None:
    assert report().meets_target
    assert f"everything but WAF: met, {report().own_account_usd:.2f} dollars" in report().page()


def test_a_target_that_is_missed_says_so() -> None:
    dear = with_dear_emails(report())
    assert not dear.meets_target
    assert f"everything but WAF: MISSED, {dear.own_account_usd:.2f} dollars" in dear.page()


def test_the_page_begins_with_an_account_of_its_own() -> None:
    lead = report().page().partition("\n\n")[2]
    assert lead.startswith("**A council of 300 homes in an AWS account of its own pays about")
    assert f"{report().own_account_usd:.2f} dollars a month**" in lead
    assert report().own_account_usd < report().list_usd


def test_the_page_names_its_command_its_machine_and_its_dates() -> None:
    text = report().page()
    assert "Written by `make cost` from calls measured on 22 November 2026" in text
    assert "processor an example" in text
    assert f"as collected on {report().prices.dated}" in text


def test_prices_that_were_not_confirmed_are_marked() -> None:
    lines = [line for line in report().page().splitlines() if "**not confirmed**" in line]
    unconfirmed = [each for each in report().prices.by_name.values() if not each.confirmed]
    assert len(lines) == len(unconfirmed)


def test_every_assumption_is_on_the_page_with_its_reason() -> None:
    text = report().page()
    for name, each in report().usage.items():
        assert f"| {name.replace('_', ' ')} | {each.value:g} | {each.reason} |" in text


def test_resources_without_a_price_and_functions_without_measurements_are_named() -> None:
    text = report(replace(TEMPLATE, unpriced=("AWS::EC2::NatGateway",))).page()
    assert "without a price here:** AWS::EC2::NatGateway" in text
    assert "The functions publisher:" in text


def test_the_firewall_is_priced_even_where_it_is_off() -> None:
    (line,) = (each for each in report().page().splitlines() if "WAF, if it is on" in each)
    assert float(line.split("|")[2]) > 7


def test_small_amounts_are_not_rounded_to_zero() -> None:
    assert [usd(each) for each in (0, 0.00003, 0.0012, 0.5, 1234.5)] == [
        *("0", "3.0e-05", "0.0012", "0.50", "1,234.50")
    ]
