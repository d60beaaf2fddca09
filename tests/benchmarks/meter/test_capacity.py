"""Capacity units of calls, by the examples in AWS's documentation."""

from typing import Any

import pytest

from benchmarks.meter.capacity import Rules, item_bytes, read_units, write_units


def item(sort: str, size: int, **more: Any) -> dict[str, Any]:
    """Return an item of so many bytes."""
    empty = {"pk": {"S": "HOME"}, "sk": {"S": sort}, "document": {"S": ""}, **more}
    return {**empty, "document": {"S": "x" * (size - item_bytes(empty))}}


@pytest.fixture
def rules() -> Rules:
    return Rules("pk", "sk", ("of_home",))


def test_item_sizes_count_utf_8_and_two_digits_a_byte() -> None:
    assert item_bytes({"name": {"S": "Café"}}) == 4 + 5
    assert item_bytes({"n": {"N": "12345"}}) == 1 + 4
    assert item_bytes({"n": {"N": "-20"}}) == 1 + 3
    assert item_bytes({"n": {"N": "0"}}) == 1 + 1
    assert item_bytes({"republished": {"BOOL": True}}) == 11 + 1


def test_writes_are_rounded_up_to_kilobytes() -> None:
    assert [write_units(size) for size in (1, 1024, 1025, 3584)] == [1, 1, 2, 4]


def test_reads_are_rounded_up_to_four_kilobytes() -> None:
    assert read_units(8 * 1024, consistent=True) == 2
    assert read_units(8 * 1024, consistent=False) == 1
    assert read_units(8 * 1024 + 1, consistent=True) == 3


def test_an_empty_query_costs_the_minimum(rules: Rules) -> None:
    assert rules.query([], consistent=True).reads == 1
    assert rules.query([], consistent=False).reads == 0.5
    assert rules.get([None], transaction=False, consistent=True).reads == 1


def test_a_query_is_rounded_once_a_page(rules: Rules) -> None:
    page = [item(str(n), 1500) for n in range(10)]
    assert rules.query(page, consistent=True).reads == 4
    assert rules.get(page, transaction=False, consistent=True).reads == 10


def test_a_transaction_doubles_units(rules: Rules) -> None:
    """Use the documentation's example: 8 KB in a transaction take four read units."""
    assert rules.get([item("a", 8 * 1024)], transaction=True, consistent=True).reads == 4
    assert rules.write([item("b", 500), item("c", 3000)], transaction=True).writes == 2 * (1 + 3)


def test_a_transaction_does_not_double_index_writes(rules: Rules) -> None:
    entry = item("a", 1600, of_home={"S": "1-1000587219"})
    assert rules.write([entry], transaction=False).writes == 2 + 2
    other = item("b", 1600, of_home={"S": "1-1000587219"})
    assert rules.write([other], transaction=True).writes == 2 * 2 + 2


def test_a_write_counts_the_larger_of_old_and_new_size(rules: Rules) -> None:
    rules.get([item("a", 2500)], transaction=False, consistent=True)
    assert rules.write([item("a", 500)], transaction=False).writes == 3
    assert rules.write([item("a", 500)], transaction=False).writes == 1


def test_an_attribute_type_without_a_rule_raises() -> None:
    with pytest.raises(ValueError, match="type L"):
        item_bytes({"beds": {"L": []}})
