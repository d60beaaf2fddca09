"""No alert fires for a home where the council is not placing; afterwards its free beds are news."""

from dataclasses import replace
from datetime import timedelta

from shared.aws.clock import SYSTEM
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action
from shared.store import alerts
from shared.store.change_log import commit
from shared.store.table import Table
from tests.notify.conftest import Inboxes, Notify
from tests.snapshot_homes.test_end_placing_stops import DAY, in_the_morning, marked, run
from tests.support.builders import NOON, REGISTER, changed, home, save

HOME, TEAM = "1-9000000001", "exeter-discharge"
TODAY = uk_day(SYSTEM.now())
ALERT = Alert(TEAM, "3f9c0d1e8a72", 1, "EX2 5DW", REGISTER.latitude, REGISTER.longitude, 9, NOON)


def test_an_opening_is_told_once_and_only_after_the_mark(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))
    marked = home(HOME, accepting=0).with_placing_stop(PlacingStop(TODAY))
    save(table, marked)
    opened = replace(home(HOME, accepting=1), version=3, placing_stop=marked.placing_stop)
    commit(table, SYSTEM, [changed(marked, opened)])
    assert notify.run_new() == []
    assert inboxes.read(TEAM) == []
    taken_back = opened.with_placing_stop(None)
    commit(table, SYSTEM, [changed(opened, taken_back, Action.PLACING)])
    confirmed = taken_back.confirm(SYSTEM.now())
    commit(table, SYSTEM, [changed(taken_back, confirmed)])
    assert notify.run_new() == []
    assert len(inboxes.read(TEAM)) == 1


def test_a_mark_for_later_changes_nothing_yet(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))
    later = PlacingStop(TODAY + timedelta(days=3))
    before = home(HOME, accepting=0).with_placing_stop(later)
    save(table, before)
    commit(table, SYSTEM, [changed(before, replace(home(HOME), version=3, placing_stop=later))])
    assert notify.run_new() == []
    assert len(inboxes.read(TEAM)) == 1


def test_the_end_of_a_mark_by_its_day_tells_each_team_once_of_what_is_free(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))
    before = marked(TODAY - DAY, accepting=0)
    save(table, before)
    # Posted in the night between the mark's last day and the morning.
    opened = replace(marked(TODAY - DAY), version=before.version + 1)
    commit(table, SYSTEM, [changed(before, opened)])
    assert notify.run_new() == []
    assert inboxes.read(TEAM) == []
    run(table, in_the_morning())
    run(table, in_the_morning())
    records = notify.new()
    assert notify.run(*records) == notify.run(*records) == []
    (message,) = inboxes.read(TEAM)
    assert message["opened"] == [{"category": "general_nursing", "before": 0, "accepting": 1}]


def test_the_end_of_a_mark_on_a_full_home_tells_nobody(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))
    save(table, marked(TODAY - DAY, accepting=0))
    run(table, in_the_morning())
    assert notify.run_new() == []
    assert inboxes.read(TEAM) == []
