"""Demand is published when its period is over, once, and never a figure below five."""

from datetime import timedelta

import pytest

from shared.domain.demand import (
    SETTLED_AFTER,
    Cell,
    Count,
    Span,
    period_of,
)
from shared.store import demand
from shared.store.table import Table
from snapshot_homes.publish_demand import publish_demand
from tests.support.builders import NOON

WEEK = period_of(NOON.date(), Span.WEEK)
RIPE = WEEK.end + SETTLED_AFTER
HOIST, PEG = Cell("EX2", "general_nursing", "hoist"), Cell("EX2", "general_nursing", "peg")


def write(table: Table, cell: Cell, *teams_a_day: str, span: Span = Span.WEEK) -> None:
    """Write the counts of a cell: on each day those teams that a letter names."""
    for number, teams in enumerate(teams_a_day):
        for team in teams:
            demand.write(table, Count(team, WEEK.first + timedelta(days=number), cell), span)


def test_a_week_that_is_over_is_published_without_what_is_below_five(table: Table) -> None:
    write(table, HOIST, "ab", "ab", "a")
    write(table, PEG, "ab", "ab")
    write(table, HOIST._replace(district="EX1"), *"aaaaaaa")
    publish_demand(table, Span.WEEK, RIPE)
    assert demand.newest(table, pytest.fail) == (WEEK, {HOIST: 5})


def test_a_week_that_is_not_over_is_not_published(table: Table) -> None:
    write(table, HOIST, "ab", "ab", "a")
    publish_demand(table, Span.WEEK, RIPE - timedelta(seconds=1))
    assert WEEK not in [each.period for each in demand.all_published(table, pytest.fail)]


def test_what_is_counted_later_changes_nothing(table: Table) -> None:
    write(table, HOIST, "ab", "ab", "a")
    publish_demand(table, Span.WEEK, RIPE)
    write(table, HOIST, "c")
    write(table, PEG, "ab", "ab", "ab")
    publish_demand(table, Span.WEEK, RIPE + timedelta(hours=1))
    assert demand.newest(table, pytest.fail) == (WEEK, {HOIST: 5})


def test_a_week_that_was_missed_is_published_with_the_next(table: Table) -> None:
    write(table, HOIST, "ab", "ab", "a")
    publish_demand(table, Span.WEEK, RIPE + timedelta(days=7))
    (last, this) = demand.all_published(table, pytest.fail)
    assert this == (WEEK, {HOIST: 5})
    assert last.cells == {}


def test_a_council_with_one_team_sees_months(table: Table) -> None:
    write(table, HOIST, *"aaaaa", span=Span.MONTH)
    write(table, PEG, *"aaaa", span=Span.MONTH)
    month = period_of(NOON.date(), Span.MONTH)
    publish_demand(table, Span.MONTH, month.end + SETTLED_AFTER)
    assert demand.newest(table, pytest.fail) == (month, {HOIST: 5})


def test_a_council_whose_second_team_joins_publishes_no_count_twice(table: Table) -> None:
    """Weeks could otherwise be taken from the month that they lie in."""
    write(table, HOIST, *"aaaaa", span=Span.MONTH)
    write(table, PEG, "ab", "ab", "ab", span=Span.WEEK)
    month = period_of(NOON.date(), Span.MONTH)
    publish_demand(table, Span.WEEK, RIPE)
    publish_demand(table, Span.MONTH, month.end + SETTLED_AFTER)
    published = [cell for each in demand.all_published(table, pytest.fail) for cell in each.cells]
    assert sorted(published) == [HOIST, PEG]
