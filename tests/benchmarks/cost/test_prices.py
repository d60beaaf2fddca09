"""The list of prices, and the arithmetic on it by AWS's own examples."""

import pytest

from benchmarks.cost.bill import cost, cost_beyond_free
from benchmarks.cost.prices import Price, prices

LIST = prices()


def test_every_price_says_where_it_is_from_and_whether_that_was_confirmed() -> None:
    for name, price in LIST.by_name.items():
        assert price.source, name
        assert price.each > 0, name
        assert price.per >= 1, name
    assert {each.confirmed for each in LIST.by_name.values()} == {True, False}


def test_what_is_said_to_be_confirmed_names_amazons_own_list() -> None:
    for name, price in LIST.by_name.items():
        assert not price.confirmed or "AWS Price List" in price.source, name


def test_three_million_requests_of_120_ms_at_1536_mb_are_as_on_the_page_of_lambdas_prices() -> None:
    """The page has x86 and takes the free tier off: 540,000 GB-seconds become 140,000."""
    asked = {"lambda_request": 3e6, "lambda_gb_second": 3e6 * 0.120 * 1536 / 1024}
    assert asked["lambda_gb_second"] == pytest.approx(540_000)
    assert cost(asked, LIST) == pytest.approx(0.60 + 540_000 * 0.0000133334)
    assert cost_beyond_free(asked, LIST) == pytest.approx(0.40 + 140_000 * 0.0000133334)


def test_a_million_of_each_request_unit_costs_what_the_list_says() -> None:
    assert cost({"table_write": 1e6}, LIST) == pytest.approx(0.7423)
    assert cost({"table_read": 1e6}, LIST) == pytest.approx(0.1487)


def test_a_tier_that_costs_nothing_comes_before_the_price() -> None:
    assert cost({"mau": 10_000}, LIST) == 0
    assert cost({"mau": 10_100}, LIST) == pytest.approx(1.50)


def test_a_free_allowance_is_taken_off_only_where_it_is_asked_for() -> None:
    price = Price("Any", "calls", 2.0, 10, "a page", confirmed=True, free=100)
    assert price.of(50) == 10
    assert price.beyond_free(50) == 0
    assert price.beyond_free(150) == 10


def test_what_has_no_price_is_not_taken_for_free() -> None:
    with pytest.raises(KeyError, match="unheard"):
        cost({"unheard": 1}, LIST)
