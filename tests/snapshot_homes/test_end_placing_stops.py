"""A mark "not placing here" that ends by its day is taken back once, and alerts then hear of it."""

from datetime import date, timedelta

import pytest

from local.lambda_events import Context, schedule
from shared.aws.clock import SYSTEM
from shared.domain.demand import Span
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day, uk_moment
from shared.domain.vocabulary import ChangeKind
from shared.store import homes, keys, placing_stops
from shared.store.table import Table
from snapshot_homes.end_placing_stops import FROM_HOUR, end_placing_stops
from snapshot_homes.handler import build
from tests.notify.change_log import log
from tests.support.builders import home, mark, save
from tests.support.fakes import ManualTime, during_each_write

HOME, OTHER = "1-9000000001", "1-9000000002"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TODAY = uk_day(SYSTEM.now())


def save_marked(
    table: Table, until: date | None, *, accepting: int = 1, location_id: str = HOME
) -> None:
    save(table, home(location_id, accepting=accepting))
    mark(table, location_id, PlacingStop(TODAY - 5 * DAY, until))


def in_the_morning(day: date = TODAY) -> ManualTime:
    return ManualTime(now=uk_moment(day, FROM_HOUR * 60))


def run(table: Table, time: ManualTime) -> None:
    """Run the function as its schedule does."""
    handler = build(table=table, clock=time.clock(), demand_span=Span.WEEK, council="example")
    handler(schedule(None), Context())


def is_marked(table: Table, location_id: str = HOME) -> bool:
    return placing_stops.load(table, location_id).stop is not None


def ended(table: Table) -> list[str]:
    """Return the ids of the homes whose mark ended, in the order of the log."""
    return [
        each[keys.SUBJECT_ID]["S"]
        for each in log(table)
        if each[keys.KIND]["S"] == ChangeKind.PLACING_STOP
        and each[keys.BY]["S"] == "schedule"
        and keys.REPUBLISHED not in each
    ]


def test_a_mark_is_taken_back_on_the_morning_after_its_last_day(table: Table) -> None:
    save_marked(table, TODAY - DAY)
    time = in_the_morning()
    time.advance(-MINUTE)
    run(table, time)
    assert is_marked(table)
    time.advance(MINUTE)
    run(table, time)
    run(table, time)
    assert not is_marked(table)
    assert ended(table) == [HOME]
    assert homes.load(table, HOME)["version"] == 1


@pytest.mark.parametrize("until", [None, TODAY, TODAY + DAY])
def test_a_mark_that_is_in_force_stays(table: Table, until: date | None) -> None:
    save_marked(table, until)
    run(table, in_the_morning())
    assert is_marked(table)
    assert ended(table) == []


def test_a_mark_that_the_council_sets_again_meanwhile_stays(table: Table) -> None:
    save_marked(table, TODAY - DAY)
    again = [PlacingStop(TODAY, TODAY + DAY)]
    racing = during_each_write(table, lambda: mark(table, HOME, again.pop()) if again else None)
    assert end_placing_stops(racing, in_the_morning().clock(), "request-9") == 0
    assert is_marked(table)
    assert ended(table) == []


def test_a_mark_that_cannot_be_read_hides_only_itself(table: Table) -> None:
    save_marked(table, TODAY - DAY)
    for location_id, document in (OTHER, '{"placing_stop": 9}'), ("1-9000000003", "no JSON"):
        item = {keys.PARTITION: keys.PLACING_STOPS, keys.SORT: location_id, keys.DOCUMENT: document}
        table.put({name: {"S": value} for name, value in item.items()})
    assert end_placing_stops(table, in_the_morning().clock(), "request-9") == 1
    assert not is_marked(table)


def test_a_run_that_stopped_halfway_is_finished_by_the_next(table: Table) -> None:
    save_marked(table, TODAY - DAY)
    end_placing_stops(table, in_the_morning().clock(), "request-9")
    save_marked(table, TODAY - DAY, location_id=OTHER)
    run(table, in_the_morning())
    assert ended(table) == [HOME, OTHER]
    assert not is_marked(table, OTHER)
