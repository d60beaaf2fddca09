"""A mark "not placing here" that ends by its day is taken back once, and alerts then hear of it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from local.lambda_events import Context, schedule
from shared.aws.clock import SYSTEM
from shared.domain.care_home import CareHome
from shared.domain.demand import Span
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day, uk_moment
from shared.domain.vocabulary import Action
from shared.store import homes, keys
from shared.store.table import Table
from snapshot_homes.end_placing_stops import FROM_HOUR, end_placing_stops
from snapshot_homes.handler import build
from tests.notify.change_log import log
from tests.support.builders import home, save
from tests.support.fakes import ManualTime

HOME, OTHER = "1-9000000001", "1-9000000002"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TODAY = uk_day(SYSTEM.now())


def marked(until: date | None, *, accepting: int = 1, location_id: str = HOME) -> CareHome:
    state = home(location_id, accepting=accepting)
    return state.with_placing_stop(PlacingStop(TODAY - 5 * DAY, until))


def in_the_morning(day: date = TODAY) -> ManualTime:
    return ManualTime(now=uk_moment(day, FROM_HOUR * 60))


def run(table: Table, time: ManualTime) -> None:
    """Run the function as its schedule does."""
    handler = build(table=table, clock=time.clock(), demand_span=Span.WEEK)
    handler(schedule(None), Context())


def mark_of(table: Table, location_id: str = HOME) -> Any:
    return homes.load(table, location_id).get("placing_stop")


def placing_changes(table: Table) -> list[str]:
    """Return the ids of the homes whose mark was changed, in the order of the log."""
    actions = (each for each in log(table) if each.get(keys.ACTION) == {"S": Action.PLACING})
    return [each[keys.SUBJECT_ID]["S"] for each in actions]


def test_a_mark_is_taken_back_on_the_morning_after_its_last_day(table: Table) -> None:
    save(table, marked(TODAY - DAY))
    time = in_the_morning()
    time.advance(-MINUTE)
    run(table, time)
    assert mark_of(table)
    time.advance(MINUTE)
    run(table, time)
    run(table, time)
    assert mark_of(table) is None
    assert placing_changes(table) == [HOME]


@pytest.mark.parametrize("until", [None, TODAY, TODAY + DAY])
def test_a_mark_that_is_in_force_stays(table: Table, until: date | None) -> None:
    save(table, marked(until))
    run(table, in_the_morning())
    assert mark_of(table)
    assert placing_changes(table) == []


def test_a_mark_that_the_council_has_set_again_meanwhile_stays(table: Table) -> None:
    save(table, marked(TODAY + DAY))
    passed = json.dumps(marked(TODAY - DAY).to_document())
    end_placing_stops(table, in_the_morning().clock(), [passed], "request-9")
    assert mark_of(table)
    assert placing_changes(table) == []


def test_a_home_that_cannot_be_read_hides_only_itself(table: Table) -> None:
    save(table, marked(TODAY - DAY))
    unreadable = '{"location_id": "1-9000000003", "placing_stop": {"since": 9}}'
    texts = [unreadable, json.dumps(marked(TODAY - DAY).to_document())]
    assert end_placing_stops(table, in_the_morning().clock(), texts, "request-9") == 1
    assert mark_of(table) is None


def test_a_run_that_stopped_halfway_is_finished_by_the_next(table: Table) -> None:
    save(table, marked(TODAY - DAY), marked(TODAY - DAY, location_id=OTHER))
    first = json.dumps(marked(TODAY - DAY).to_document())
    end_placing_stops(table, in_the_morning().clock(), [first], "request-9")
    run(table, in_the_morning())
    assert placing_changes(table) == [HOME, OTHER]
    assert mark_of(table, OTHER) is None
