"""The day's two calls are drawn once, in the morning, of what is listed then."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from local.lambda_events import Context, schedule
from shared.domain.audit import ListedBeds, draw_calls
from shared.domain.audit_draw import AuditDraw, ShownBeds
from shared.domain.demand import Span
from shared.domain.uk_time import uk_day, uk_moment
from shared.domain.vocabulary import BedCategory
from shared.store import audit_draws, keys
from shared.store.table import Item, Table
from snapshot_homes.draw_audit import FROM_HOUR
from snapshot_homes.handler import build
from tests.support.builders import NOON, home, save
from tests.support.fakes import ManualTime

MONDAY = uk_day(NOON)
SATURDAY = MONDAY - timedelta(days=2)
MINUTE = timedelta(minutes=1)
HOMES = [f"1-910000000{number}" for number in range(6)]


def morning(day: date = MONDAY) -> datetime:
    return uk_moment(day, FROM_HOUR * 60)


def run(table: Table, now: datetime, council: str = "example") -> None:
    """Run the function as its schedule does."""
    clock = ManualTime(now=now).clock()
    handler = build(table=table, clock=clock, demand_span=Span.WEEK, council=council)
    handler(schedule(None), Context())


def report(sort_key: str) -> None:
    raise AssertionError(sort_key)


def drawn(table: Table, first: date = SATURDAY) -> list[AuditDraw]:
    return list(audit_draws.since(table, first, report))


def test_a_draw_that_cannot_be_read_is_not_drawn_again(table: Table) -> None:
    save(table, home(HOMES[0]))
    draw = {keys.PARTITION: {"S": keys.AUDIT_DRAWS}, keys.SORT: {"S": keys.audit_draw(MONDAY)}}
    table.put({**draw, keys.DOCUMENT: {"S": "{}"}})
    run(table, morning())
    with pytest.raises(KeyError):
        audit_draws.load(table, MONDAY)


@pytest.fixture
def listed(table: Table) -> Table:
    """Return a table with six homes, each of which lists a bed."""
    save(table, *(home(each) for each in HOMES))
    return table


def test_two_listings_are_drawn_in_the_morning_as_they_are_listed_then(listed: Table) -> None:
    run(listed, morning() - MINUTE)
    assert drawn(listed) == []
    run(listed, morning())
    (draw,) = drawn(listed)
    assert (draw.day, draw.drawn_at) == (MONDAY, morning())
    every = [ListedBeds(each, BedCategory.GENERAL_NURSING) for each in HOMES]
    assert list(draw.calls) == draw_calls("example", MONDAY, every)
    assert set(draw.calls.values()) == {ShownBeds(1, NOON)}


def test_there_is_no_second_draw_whatever_is_listed_later(listed: Table) -> None:
    run(listed, morning())
    first = drawn(listed)
    save(listed, *(home(f"1-920000000{number}") for number in range(6)))
    run(listed, morning() + timedelta(hours=4))
    run(listed, morning() + timedelta(hours=4), council="another")
    assert drawn(listed) == first


def test_two_runs_at_once_leave_one_draw(listed: Table) -> None:
    run(listed, morning())
    (first,) = drawn(listed)
    other = replace(first, drawn_at=morning() + MINUTE, calls={})
    assert not audit_draws.save(listed, other)
    assert drawn(listed) == [first]


@pytest.mark.parametrize("day", [SATURDAY, date(2026, 1, 1), date(2026, 12, 25)])
def test_nothing_is_drawn_on_a_day_without_calls(listed: Table, day: date) -> None:
    run(listed, morning(day))
    assert drawn(listed, day) == []


def test_a_day_with_nothing_to_draw_stays_without(table: Table) -> None:
    run(table, morning())
    save(table, home(HOMES[0]))
    run(table, morning() + timedelta(hours=1))
    (draw,) = drawn(table)
    assert draw.calls == {}


def test_a_home_that_cannot_be_read_hides_only_itself(
    listed: Table, caplog: pytest.LogCaptureFixture
) -> None:
    damaged: Item = {
        keys.PARTITION: {"S": keys.HOMES},
        keys.SORT: {"S": "1-9300000001"},
        keys.DOCUMENT: {"S": '{"location_id":"1-9300000001","version":1,"name":"Larkrise House"}'},
    }
    listed.put(damaged)
    run(listed, morning())
    (draw,) = drawn(listed)
    assert len(draw.calls) == 2
    (logged,) = (each for each in caplog.records if each.message == "cannot read an item")
    assert vars(logged)["item_id"] == "1-9300000001"


def test_a_draw_is_kept_as_long_as_what_came_of_its_calls(listed: Table) -> None:
    run(listed, morning())
    (item,) = listed.query(
        "#pk = :pk", {":pk": keys.AUDIT_DRAWS}, ExpressionAttributeNames={"#pk": keys.PARTITION}
    )
    kept = datetime.fromtimestamp(int(item[keys.EXPIRES]["N"]), morning().tzinfo) - morning()
    assert kept == timedelta(days=400)
