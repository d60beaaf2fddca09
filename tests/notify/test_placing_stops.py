"""No alert fires for a home where the council is not placing; afterwards its free beds are news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.store import alerts
from shared.store.change_log import commit
from shared.store.table import Table
from tests.notify.conftest import Inboxes, Notify
from tests.snapshot_homes.test_end_placing_stops import DAY, in_the_morning, run, save_marked
from tests.support.builders import NOON, REGISTER, changed, home, mark, save
from tests.support.fakes import during_each_write

HOME, TEAM = "1-9000000001", "exeter-discharge"
TODAY = uk_day(SYSTEM.now())
ALERT = Alert(TEAM, "3f9c0d1e8a72", 1, "EX2 5DW", REGISTER.latitude, REGISTER.longitude, 9, NOON)

Told = Callable[[], list[int]]


@pytest.fixture
def told(table: Table, inboxes: Inboxes, notify: Notify) -> Told:
    """Let notify take all that is new, and return the beds that the team is told of."""
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))

    def told() -> list[int]:
        assert notify.run_new() == []
        return [message["opened"][0]["accepting"] for message in inboxes.read(TEAM)]

    return told


def post(table: Table, before: int, after: int, *, version: int = 1) -> None:
    """Post other counts, of a home at this version."""
    was = replace(home(HOME, accepting=before), version=version)
    commit(table, SYSTEM, [changed(was, home(HOME, accepting=after))])


def open_under_a_mark(table: Table) -> None:
    """Post a bed of a full home after the council marked it."""
    save(table, home(HOME, accepting=0))
    mark(table, HOME, PlacingStop(TODAY))
    post(table, 0, 1)


def test_an_opening_is_told_once_and_only_after_the_mark(table: Table, told: Told) -> None:
    open_under_a_mark(table)
    assert told() == []
    mark(table, HOME, None)
    post(table, 1, 1, version=2)
    assert told() == [1]


def test_what_opened_before_the_end_is_told_with_it_though_it_is_read_afterwards(
    table: Table, told: Told
) -> None:
    open_under_a_mark(table)
    mark(table, HOME, None)
    post(table, 1, 0, version=2)
    post(table, 0, 3, version=3)
    assert told() == [1, 3]


def test_a_post_at_the_moment_of_the_end_is_told_once(table: Table, told: Told) -> None:
    save(table, home(HOME, accepting=0))
    mark(table, HOME, PlacingStop(TODAY))
    posts = [1]

    def post_and_tell() -> None:
        if posts:
            post(table, 0, posts.pop())
            assert told() == []

    mark(during_each_write(table, post_and_tell), HOME, None)
    assert told() == [1]


def test_the_home_is_told_of_again_after_each_mark(table: Table, told: Told) -> None:
    save(table, home(HOME, accepting=2))
    assert told() == [2]
    for _ in range(2):
        mark(table, HOME, PlacingStop(TODAY))
        assert told() == []
        mark(table, HOME, None)
        assert told() == [2]


def test_a_home_that_is_marked_again_at_once_is_told_of_at_the_last_end(
    table: Table, told: Told
) -> None:
    open_under_a_mark(table)
    mark(table, HOME, None)
    mark(table, HOME, PlacingStop(TODAY))
    assert told() == []
    mark(table, HOME, None)
    assert told() == [1]


@pytest.mark.parametrize("until", [None, TODAY + 9 * DAY])
def test_a_mark_for_later_changes_nothing_yet(table: Table, told: Told, until: date | None) -> None:
    save(table, home(HOME, accepting=0))
    mark(table, HOME, PlacingStop(TODAY + timedelta(days=3), until))
    post(table, 0, 1)
    assert told() == [1]
    mark(table, HOME, None)
    assert told() == []


def test_a_mark_that_is_put_off_ends_for_now(table: Table, told: Told) -> None:
    save(table, home(HOME, accepting=1))
    mark(table, HOME, PlacingStop(TODAY))
    assert told() == []
    mark(table, HOME, PlacingStop(TODAY + DAY))
    assert told() == [1]


def test_the_end_of_a_mark_by_its_day_tells_each_team_once_of_what_is_free(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(TEAM)
    alerts.create(table, SYSTEM, ALERT, Author("someone", "request-9"))
    save_marked(table, TODAY - DAY, accepting=0)
    # Posted in the night between the mark's last day and the morning.
    post(table, 0, 1)
    assert notify.run_new() == []
    assert inboxes.read(TEAM) == []
    run(table, in_the_morning())
    run(table, in_the_morning())
    records = notify.new()
    assert notify.run(*records) == notify.run(*records) == []
    (message,) = inboxes.read(TEAM)
    (opened,) = message["opened"]
    assert opened["category"] == "general_nursing"
    assert (opened["before"], opened["accepting"]) == (0, 1)
    assert message["change_id"] == f"placing#{HOME}#2"


def test_the_end_of_a_mark_on_a_full_home_tells_nobody(table: Table, told: Told) -> None:
    save_marked(table, TODAY - DAY, accepting=0)
    run(table, in_the_morning())
    assert told() == []
