"""Demand in the table: counted once whoever writes it, published once, and no more said."""

from datetime import date, timedelta
from typing import Any

import pytest

from shared.domain.demand import Cell, Count, Span, Tally, period_of
from shared.store import demand, keys
from shared.store.table import Table

MONDAY = date(2026, 11, 16)
WEEK, MONTH = (period_of(MONDAY, span) for span in Span)
HOIST = Cell("EX2", "general_nursing", "hoist")


def count(team: str = "exeter", days: int = 0, cell: Cell = HOIST) -> Count:
    return Count(team, MONDAY + timedelta(days=days), cell)


def items(table: Table) -> list[dict[str, Any]]:
    return table.client.scan(TableName=table.name)["Items"]


def test_a_team_counts_once_a_day_whoever_writes_it(table: Table) -> None:
    for _ in range(2):
        for each in (count(), count(days=1), count("plymouth")):
            demand.write(table, each, Span.WEEK)
    assert demand.tallies(table, WEEK) == {HOIST: Tally(counts=3, teams=2)}


def test_each_count_lies_in_one_period_alone(table: Table) -> None:
    demand.write(table, count(), Span.WEEK)
    demand.write(table, count(days=1), Span.MONTH)
    for period in WEEK, MONTH:
        assert demand.tallies(table, period) == {HOIST: Tally(1, 1)}


def test_counts_name_no_team_and_no_day(table: Table) -> None:
    demand.write(table, count(), Span.WEEK)
    (item,) = items(table)
    assert set(item) == {keys.PARTITION, keys.SORT, keys.EXPIRES}
    assert "exeter" not in str(item)
    assert MONDAY.isoformat() not in str(item)
    # It expires with its period and not a time after it was written.
    demand.write(table, count(days=6), Span.WEEK)
    assert len({each[keys.EXPIRES]["N"] for each in items(table)}) == 1


def test_a_published_table_never_changes(table: Table) -> None:
    assert demand.publish(table, WEEK, {HOIST: 7})
    assert not demand.publish(table, WEEK, {HOIST: 8})
    assert demand.newest(table, pytest.fail) == (WEEK, {HOIST: 7})


def test_the_newest_table_comes_first(table: Table) -> None:
    assert demand.newest(table, pytest.fail) is None
    earlier = period_of(MONDAY - timedelta(days=7), Span.WEEK)
    for period in (WEEK, earlier, MONTH):
        demand.publish(table, period, {})
    assert [each.period for each in demand.all_published(table, pytest.fail)] == [
        MONTH,
        WEEK,
        earlier,
    ]
    assert demand.newest(table, pytest.fail) == (MONTH, {})


def test_a_published_table_that_cannot_be_read_hides_only_itself(table: Table) -> None:
    demand.publish(table, WEEK, {HOIST: 7})
    broken = {keys.PARTITION: {"S": keys.DEMAND}, keys.SORT: {"S": "9999"}, "text": {"B": b"no"}}
    table.put(broken)
    reported: list[str] = []
    assert demand.newest(table, reported.append) == (WEEK, {HOIST: 7})
    assert demand.all_published(table, reported.append) == [(WEEK, {HOIST: 7})]
    assert reported == ["9999", "9999"]


@pytest.mark.parametrize("cell", [HOIST, Cell("EX1", "any", "language_pol")])
def test_a_cell_is_read_as_it_was_written(table: Table, cell: Cell) -> None:
    demand.write(table, count(cell=cell), Span.WEEK)
    demand.publish(table, WEEK, {cell: 5})
    assert set(demand.tallies(table, WEEK)) == {cell}
    assert demand.all_published(table, pytest.fail)[0].cells == {cell: 5}
