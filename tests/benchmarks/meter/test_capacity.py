"""What a call consumes, by the examples that AWS's documentation gives."""

from typing import Any

import pytest

from benchmarks.meter.capacity import Rules, item_bytes, read_units, write_units


def item(sort: str, size: int, **more: Any) -> dict[str, Any]:
    """Of so many bytes, whatever its key."""
    empty = {"pk": {"S": "HOME"}, "sk": {"S": sort}, "document": {"S": ""}, **more}
    return {**empty, "document": {"S": "x" * (size - item_bytes(empty))}}


@pytest.fixture
def rules() -> Rules:
    return Rules("pk", "sk", ("of_home",))


def test_names_count_in_utf_8_and_numbers_by_two_digits_a_byte() -> None:
    assert item_bytes({"name": {"S": "Café"}}) == 4 + 5
    assert item_bytes({"n": {"N": "12345"}}) == 1 + 4
    assert item_bytes({"n": {"N": "-20"}}) == 1 + 3
    assert item_bytes({"n": {"N": "0"}}) == 1 + 1
    assert item_bytes({"republished": {"BOOL": True}}) == 11 + 1


def test_a_write_is_paid_by_the_started_kilobyte() -> None:
    assert [write_units(size) for size in (1, 1024, 1025, 3584)] == [1, 1, 2, 4]


def test_a_read_is_paid_by_the_started_four_and_half_where_it_may_be_late() -> None:
    assert read_units(8 * 1024, consistent=True) == 2
    assert read_units(8 * 1024, consistent=False) == 1
    assert read_units(8 * 1024 + 1, consistent=True) == 3


def test_a_query_that_finds_nothing_is_paid_too(rules: Rules) -> None:
    assert rules.query([], consistent=True).reads == 1
    assert rules.query([], consistent=False).reads == 0.5
    assert rules.get([None], transaction=False, consistent=True).reads == 1


def test_a_query_is_rounded_once_for_the_page_and_not_for_each_item(rules: Rules) -> None:
    page = [item(str(n), 1500) for n in range(10)]
    assert rules.query(page, consistent=True).reads == 4
    assert rules.get(page, transaction=False, consistent=True).reads == 10


def test_a_transaction_doubles_reads_and_the_tables_writes(rules: Rules) -> None:
    """The documentation's own: an 8 KB item in a transaction takes four read units."""
    assert rules.get([item("a", 8 * 1024)], transaction=True, consistent=True).reads == 4
    assert rules.write([item("b", 500), item("c", 3000)], transaction=True).writes == 2 * (1 + 3)


def test_an_index_takes_a_write_of_its_own_which_no_transaction_doubles(rules: Rules) -> None:
    entry = item("a", 1600, of_home={"S": "1-1000587219"})
    assert rules.write([entry], transaction=False).writes == 2 + 2
    other = item("b", 1600, of_home={"S": "1-1000587219"})
    assert rules.write([other], transaction=True).writes == 2 * 2 + 2


def test_a_write_is_paid_by_the_larger_of_what_was_and_what_is(rules: Rules) -> None:
    rules.get([item("a", 2500)], transaction=False, consistent=True)
    assert rules.write([item("a", 500)], transaction=False).writes == 3
    assert rules.write([item("a", 500)], transaction=False).writes == 1


def test_an_attribute_of_a_type_without_a_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="type L"):
        item_bytes({"beds": {"L": []}})
