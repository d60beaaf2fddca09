"""A restore does not lose what others change at the same moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cli.errors import CommandError
from cli.restore import backups
from cli.restore.replay import Replay, read_documents
from shared.aws.clock import SYSTEM
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR, Alert
from shared.domain.author import Author
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import alerts, homes, keys, placing_stops
from shared.store.change_log import NEEDS_RETENTION, commit
from shared.store.table import Table
from tests.support.builders import NOON, REGISTER, changed, home, mark, save
from tests.support.fakes import ManualTime, during_each_write

HOME = "1-9700000301"


def test_a_home_that_its_staff_change_meanwhile_keeps_their_change(table: Table) -> None:
    """Run in moto, where another writer can come between two steps."""
    save(table, home(HOME))
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    since = SYSTEM.now()
    damaged = home(HOME, register=replace(REGISTER, name="Wrong"))
    commit(table, SYSTEM, [changed(home(HOME), damaged, Action.IMPORTED)])
    posted = home(HOME, accepting=4, register=damaged.register)
    posts = [changed(replace(damaged, version=2), posted)]
    racing = during_each_write(
        table, lambda: commit(table, SYSTEM, [posts.pop()]) if posts else None
    )
    replay = Replay(racing, copy, since, SYSTEM, overwrite_newer=False, dry_run=False)
    replay.run(lambda _: None)
    assert replay.counts["homes restored"] == 1
    restored = homes.load(table, HOME)
    assert (restored["name"], restored["version"]) == (REGISTER.name, 4)
    assert restored["beds"]["general_nursing"]["accepting"] == 4


def test_a_lost_mark_is_restored_beside_its_home_and_in_no_history_of_it(table: Table) -> None:
    save(table, home(HOME))
    stop = PlacingStop(uk_day(SYSTEM.now()))
    mark(table, HOME, stop)
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    table.delete((keys.PLACING_STOPS, HOME))
    replay = Replay(table, copy, moment, SYSTEM, overwrite_newer=False, dry_run=False)
    replay.run(lambda _: None)
    assert replay.counts["missing placing stops restored"] == 1
    assert replay.counts["homes restored"] == 0
    assert placing_stops.load(table, HOME).stop == stop
    assert len(homes.history(table, HOME, limit=9, before=None)) == 1
    assert len(placing_stops.history(table, HOME, limit=9, before=None)) == 2


def test_an_item_that_cannot_be_read_is_named(table: Table) -> None:
    table.put({"pk": {"S": keys.HOMES}, "sk": {"S": HOME}, "document": {"S": "{}"}})
    with pytest.raises(CommandError, match=f"The item HOME {HOME} .* cannot be read"):
        read_documents(table, ChangeKind.HOME)


@pytest.mark.parametrize(("needs", "restored"), [(("peg",), 0), ((), 1)])
def test_a_lost_alert_with_needs_is_not_brought_back_when_the_log_may_have_forgotten_it(
    table: Table, needs: tuple[str, ...], restored: int
) -> None:
    """Its team may have deleted it, and it was for one person."""
    alert = Alert("exeter", "3f9c0d1e8a72", 1, "EX2", 50.7, -3.5, 10, SYSTEM.now(), needs=needs)
    alerts.create(table, SYSTEM, alert, Author("someone", "request-9"))
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    table.delete((keys.ALERTS, "exeter#3f9c0d1e8a72"))
    long_ago = moment - NEEDS_RETENTION - timedelta(hours=1)
    replay = Replay(table, copy, long_ago, SYSTEM, overwrite_newer=False, dry_run=True)
    replay.run(lambda _: None)
    assert replay.counts["missing alerts restored"] == restored


@pytest.mark.parametrize("is_lost", [True, False])
def test_what_has_expired_since_is_not_brought_back(table: Table, is_lost: bool) -> None:
    time = ManualTime()
    kept, author = replace(table, change_retention=timedelta(days=90)), Author("someone", "r-9")
    alert = Alert("exeter", "3f9c0d1e8a72", 1, "EX2", 50.7, -3.5, 10, NOON, needs=("peg",))
    time.advance(LIVES_FOR + RENEWABLE_FOR - timedelta(hours=1))
    alerts.create(kept, time.clock(), alert, author)
    moment = SYSTEM.now()
    copy = replace(kept, name=backups.start_copy(kept, moment, moment))
    alerts.delete(kept, time.clock(), "exeter", "3f9c0d1e8a72", author)
    if is_lost:
        table.delete((keys.ALERTS, "exeter#3f9c0d1e8a72"))
    since, nothing_left = time.now - timedelta(minutes=1), log_of(kept)
    assert len(nothing_left) == 2
    for entry in nothing_left:
        table.delete((entry[keys.PARTITION]["S"], entry[keys.SORT]["S"]))
    time.advance(NEEDS_RETENTION + timedelta(hours=2))
    replay = Replay(kept, copy, since, time.clock(), overwrite_newer=True, dry_run=False)
    replay.run(lambda _: None)
    assert +replay.counts == {}
    assert log_of(kept) == []


def log_of(table: Table) -> list[Any]:
    items = table.client.scan(TableName=table.name)["Items"]
    return [each for each in items if each[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)]
