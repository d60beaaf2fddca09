"""A mark is committed beside its home: whole or not at all, and only with the home as it was."""

import json
from datetime import timedelta

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.errors import NotFoundError
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.uk_time import uk_day
from shared.store import homes, keys, placing_stops
from shared.store.change_log import commit
from shared.store.table import Table
from tests.notify.change_log import log
from tests.support.builders import home, mark, save
from tests.support.fakes import confirmed, during_each_write

HOME = "1-9000000651"
TODAY = uk_day(SYSTEM.now())
STOP = PlacingStop(TODAY)


def entries(table: Table) -> list[dict[str, object]]:
    """Return the log entries of marks, without their keys."""
    of_marks = (each for each in log(table) if each[keys.KIND]["S"] == "placing_stop")
    return [{name: value["S"] for name, value in each.items() if "S" in value} for each in of_marks]


def test_the_home_and_its_history_stay_as_they_are(table: Table) -> None:
    save(table, home(HOME))
    before = homes.load(table, HOME)
    for stop in (STOP, None, STOP):
        mark(table, HOME, stop)
    assert homes.load(table, HOME) == before
    assert [each.change.version for each in homes.history(table, HOME, limit=9, before=None)] == [1]
    marks = placing_stops.history(table, HOME, limit=9, before=None)
    assert [each.change.version for each in marks] == [3, 2, 1]


def test_a_home_that_was_never_marked_has_no_mark(table: Table) -> None:
    assert placing_stops.load(table, HOME) == CouncilMark(HOME)
    with pytest.raises(NotFoundError):
        mark(table, HOME, STOP)
    assert placing_stops.load_all(table, lambda _: None) == []


def test_the_end_of_a_mark_holds_the_home_as_it_was_at_the_commit(table: Table) -> None:
    before = home(HOME)
    save(table, before)
    mark(table, HOME, STOP)
    changes = [confirmed(before)[1]]
    racing = during_each_write(
        table, lambda: commit(table, SYSTEM, [changes.pop()]) if changes else None
    )
    mark(racing, HOME, None)
    first, last = entries(table)
    assert keys.BESIDE not in first
    assert json.loads(str(last[keys.BESIDE])) == homes.load(table, HOME)
    assert placing_stops.load(table, HOME) == CouncilMark(HOME, 2, None, told_up_to=2)


def test_a_mark_that_never_began_ends_nothing(table: Table) -> None:
    save(table, home(HOME))
    mark(table, HOME, PlacingStop(TODAY + timedelta(days=1)))
    mark(table, HOME, None)
    assert [each for each in entries(table) if keys.BESIDE in each] == []
    assert placing_stops.load(table, HOME).told_up_to == 0


def test_of_two_officers_at_the_same_moment_both_are_in_the_history(table: Table) -> None:
    save(table, home(HOME))
    until = [PlacingStop(TODAY, TODAY)]
    racing = during_each_write(table, lambda: mark(table, HOME, until.pop()) if until else None)
    mark(racing, HOME, STOP)
    assert placing_stops.load(table, HOME).version == 2
    assert placing_stops.load(table, HOME).stop == STOP
