"""An entry of the log is written with the state it tells of, whole, and made sure to be seen."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain.author import IdempotencyKey
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import SETTLE, AnsweredError, Change, StaleError, commit
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.builders import NOON, changed, created, home, save
from tests.support.fakes import Hands, during, next_of


@pytest.fixture
def hands() -> Hands:
    return Hands()


def entries(table: Table, day: datetime = NOON) -> list[Any]:
    return list(
        table.query(
            "#pk = :pk", {":pk": keys.change_day(day)}, ExpressionAttributeNames={"#pk": "pk"}
        )
    )


def test_state_entry_and_answer_are_written_together(table: Table) -> None:
    commit(table, [created(home())], IdempotencyKey("somebody", "key-0001", "f"), "{}")
    assert [each["version"] for each in all_documents(table, ChangeKind.HOME)] == [1]
    assert table.get((keys.once("somebody", "key-0001"), keys.NO_SORT))[0] is not None


def test_an_outdated_change_leaves_nothing_behind(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    first = home()
    save(table, first)
    _, change = next_of(first)
    commit(table, [change])
    with pytest.raises(StaleError):
        commit(table, [change], IdempotencyKey("somebody", "key-0001", "f"), "{}")
    assert table.get((keys.once("somebody", "key-0001"), keys.NO_SORT)) == [None]
    assert len(entries(table)) == 2


def test_of_several_changes_the_outdated_are_named_and_none_is_written(table: Table) -> None:
    taken = home("1-9000000002")
    save(table, taken)
    with pytest.raises(StaleError) as stale:
        commit(table, [created(home()), created(taken)])
    assert stale.value.positions == {1}
    assert table.get((keys.HOMES, home().location_id)) == [None]


def test_a_key_answered_meanwhile_stops_the_change(table: Table) -> None:
    once = IdempotencyKey("somebody", "key-0001", "f")
    commit(table, [created(home())], once, "{}")
    with pytest.raises(AnsweredError):
        commit(table, [created(home("1-9000000002"))], once, "{}")
    assert table.get((keys.HOMES, "1-9000000002")) == [None]


def test_an_expired_key_that_still_lingers_may_be_used_again(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    once = IdempotencyKey("somebody", "key-0001", "f")
    commit(table, [created(home())], once, "{}")
    hands.move(timedelta(days=8))
    commit(table, [created(home("1-9000000002"))], once, "{}")
    assert len(list(all_documents(table, ChangeKind.HOME))) == 2


def test_a_quick_commit_has_one_entry(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    save(table, home())
    assert len(entries(table)) == 1


def test_a_slow_commit_is_appended_again_with_a_fresh_stamp(table: Table, hands: Hands) -> None:
    slow_once = iter([SETTLE * 2])
    table = replace(table, clock=hands.clock())
    save(during(table, lambda: hands.move(next(slow_once, timedelta(0)))), home())
    first, again = entries(table)
    assert "republished" not in first
    assert again["republished"] == {"BOOL": True}
    assert again[keys.SORT]["S"].startswith(keys.stamp(NOON + SETTLE * 2))
    assert keys.OF_HOME not in again, "the history of the home tells it once"


def test_what_never_settles_is_not_acknowledged(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    with pytest.raises(BusyError):
        save(during(table, lambda: hands.move(SETTLE * 2)), home())


def test_what_it_was_can_be_told_from_an_entry(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    before = home(accepting=0)
    save(table, before)
    change = changed(before, before.updated({}, None, NOON + timedelta(hours=1)))
    commit(table, [change])
    item = entries(table)[-1]
    assert Change.from_item(item) == change


def test_a_deleted_thing_goes_when_no_reader_needs_it(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    gone = {"team": "exeter", "alert_id": "3f9c", "version": 1, "deleted": True}
    commit(
        table,
        [Change(ChangeKind.ALERT, "exeter#3f9c", Action.DELETED, None, gone, "somebody", "r")],
    )
    (item,) = table.get((keys.ALERTS, "exeter#3f9c"))
    assert item
    assert int(item[keys.EXPIRES]["N"]) == (NOON + timedelta(days=7)).timestamp()


def test_an_entry_goes_by_itself_when_the_council_says_so(table: Table) -> None:
    kept = replace(table, changes_kept=timedelta(days=90))
    save(kept, home())
    (entry,) = entries(table, table.clock.now())
    left = int(entry[keys.EXPIRES]["N"]) - table.clock.now().timestamp()
    assert timedelta(days=89) < timedelta(seconds=left) < timedelta(days=91)


def test_an_entry_is_kept_for_ever_where_nothing_is_said(table: Table) -> None:
    save(table, home())
    (entry,) = entries(table, table.clock.now())
    assert keys.EXPIRES not in entry


def test_what_a_home_is_stays_however_long_its_changes_are_kept(table: Table) -> None:
    save(replace(table, changes_kept=timedelta(days=90)), home())
    item = table.get((keys.HOMES, home().location_id))[0]
    assert item is not None
    assert keys.EXPIRES not in item
