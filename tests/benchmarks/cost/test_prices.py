"""The price list, and arithmetic on it by AWS's own examples."""

import pytest

from benchmarks.cost.bill import cost, cost_beyond_free
from benchmarks.cost.prices import Price, read_prices

LIST = read_prices()


def test_every_price_has_a_source() -> None:
    for name, price in LIST.by_name.items():
        assert price.source, name
        assert price.each > 0, name
        assert price.per >= 1, name
    assert {each.confirmed for each in LIST.by_name.values()} == {True, False}


def test_confirmed_prices_name_the_aws_price_list() -> None:
    for name, price in LIST.by_name.items():
        assert not price.confirmed or "AWS Price List" in price.source, name


def test_three_million_requests_cost_what_the_lambda_pricing_page_says() -> None:
    """The page is for x86 and subtracts the free tier: 540,000 GB-seconds become 140,000."""
    quantities = {"lambda_request": 3e6, "lambda_gb_second": 3e6 * 0.120 * 1536 / 1024}
    assert quantities["lambda_gb_second"] == pytest.approx(540_000)
    assert cost(quantities, LIST) == pytest.approx(0.60 + 540_000 * 0.0000133334)
    assert cost_beyond_free(quantities, LIST) == pytest.approx(0.40 + 140_000 * 0.0000133334)


def test_a_million_request_units_cost_what_the_list_says() -> None:
    assert cost({"table_write": 1e6}, LIST) == pytest.approx(0.7423)
    assert cost({"table_read": 1e6}, LIST) == pytest.approx(0.1487)


def test_a_free_tier_comes_before_the_price() -> None:
    assert cost({"mau": 10_000}, LIST) == 0
    assert cost({"mau": 10_100}, LIST) == pytest.approx(1.50)


def test_free_allowances_are_subtracted_only_on_request() -> None:
    price = Price("Any", "calls", 2.0, 10, "a page", confirmed=True, free=100)
    assert price.of(50) == 10
    assert price.beyond_free(50) == 0
    assert price.beyond_free(150) == 10


def test_a_quantity_without_a_price_raises() -> None:
    with pytest.raises(KeyError, match="unknown"):
        cost({"unknown": 1}, LIST)
