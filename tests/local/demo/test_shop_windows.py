"""The demo's homes say what they cost."""

from datetime import date

from local.demo.shop_windows import shop_windows
from shared.domain.documents import Document

TODAY = date(2026, 1, 5)


def test_most_homes_name_fees_and_some_do_not(homes: list[Document]) -> None:
    assert len(homes) * 0.8 < len(shop_windows(homes)) < len(homes)


def test_fees_are_a_range_and_the_same_every_time(homes: list[Document]) -> None:
    windows = shop_windows(homes)
    assert windows == shop_windows(reversed(homes))
    for window in windows.values():
        assert window.weekly_fee_from
        assert window.weekly_fee_to
        assert 800 <= window.weekly_fee_from < window.weekly_fee_to <= 2000


def test_nothing_is_invented_for_a_real_or_a_dormant_home(homes: list[Document]) -> None:
    real = [{**each, "name": "Larkrise House"} for each in homes]
    dormant = [{**each, "registration": "dormant"} for each in homes]
    assert shop_windows(real) == shop_windows(dormant) == {}
