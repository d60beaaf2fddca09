"""A log entry is committed with the document that it describes, and republished if that is slow."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.clock import Clock
from shared.domain.author import IdempotencyKey
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import SETTLE, Change, VersionConflictError, commit, republish
from shared.store.idempotency import IdempotencyRecord, KeyTakenError, record_key
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.builders import NOON, changed, created, home, save
from tests.support.fakes import ManualTime, confirmed, during_each_write

RECORD = IdempotencyRecord(IdempotencyKey("someone", "key-0001", "fingerprint"), "{}")


def log_entries(table: Table) -> list[Any]:
    return list(
        table.query(
            "#pk = :pk", {":pk": keys.change_day(NOON)}, ExpressionAttributeNames={"#pk": "pk"}
        )
    )


def test_document_log_entry_and_idempotency_record_are_written_together(
    table: Table, clock: Clock
) -> None:
    commit(table, clock, [created(home())], RECORD)
    assert [each["version"] for each in all_documents(table, ChangeKind.HOME)] == [1]
    assert len(log_entries(table)) == 1
    assert table.get(record_key(RECORD.key))[0] is not None


def test_a_version_conflict_writes_nothing(table: Table, clock: Clock) -> None:
    first = home()
    save(table, first, clock=clock)
    _, change = confirmed(first)
    commit(table, clock, [change])
    with pytest.raises(VersionConflictError):
        commit(table, clock, [change], RECORD)
    assert table.get(record_key(RECORD.key)) == [None]
    assert len(log_entries(table)) == 2


def test_one_version_conflict_of_several_changes_is_named_and_nothing_is_written(
    table: Table, clock: Clock
) -> None:
    existing = home("1-9000000002")
    save(table, existing, clock=clock)
    with pytest.raises(VersionConflictError) as conflict:
        commit(table, clock, [created(home()), created(existing)])
    assert conflict.value.positions == {1}
    assert table.get((keys.HOMES, home().location_id)) == [None]


def test_an_idempotency_key_in_use_writes_nothing(table: Table, clock: Clock) -> None:
    commit(table, clock, [created(home())], RECORD)
    with pytest.raises(KeyTakenError):
        commit(table, clock, [created(home("1-9000000002"))], RECORD)
    assert table.get((keys.HOMES, "1-9000000002")) == [None]


def test_an_expired_idempotency_key_can_be_used_again_before_dynamodb_deletes_it(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    commit(table, clock, [created(home())], RECORD)
    manual_time.advance(timedelta(days=8))
    commit(table, clock, [created(home("1-9000000002"))], RECORD)
    assert len(list(all_documents(table, ChangeKind.HOME))) == 2


def test_a_quick_commit_writes_one_log_entry(table: Table, clock: Clock) -> None:
    save(table, home(), clock=clock)
    assert len(log_entries(table)) == 1


def test_a_slow_commit_is_republished_with_a_fresh_stamp(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    delays = iter([SETTLE * 2])
    slow = during_each_write(table, lambda: manual_time.advance(next(delays, timedelta(0))))
    save(slow, home(), clock=clock)
    first, second = log_entries(table)
    assert "republished" not in first
    assert second["republished"] == {"BOOL": True}
    assert second[keys.SORT]["S"].startswith(keys.stamp(NOON + SETTLE * 2))
    assert keys.OF_HOME not in second, "the history of the home lists a change once"


def test_a_commit_that_stays_slow_is_not_acknowledged(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    with pytest.raises(BusyError):
        save(during_each_write(table, lambda: manual_time.advance(SETTLE * 2)), home(), clock=clock)


def test_a_log_entry_describes_the_whole_change(table: Table, clock: Clock) -> None:
    before = home(accepting=0)
    save(table, before, clock=clock)
    change = changed(before, before.update({}, None, NOON + timedelta(hours=1)))
    commit(table, clock, [change])
    assert Change.from_item(log_entries(table)[-1]) == change


def test_a_deleted_document_expires(table: Table, clock: Clock) -> None:
    alert = {"team": "exeter", "alert_id": "3f9c", "version": 1, "deleted": True}
    deletion = Change(ChangeKind.ALERT, "exeter#3f9c", Action.DELETED, None, alert, "someone", "r")
    commit(table, clock, [deletion])
    (item,) = table.get((keys.ALERTS, "exeter#3f9c"))
    assert item
    assert int(item[keys.EXPIRES]["N"]) == (NOON + timedelta(days=7)).timestamp()


def test_log_entries_expire_after_the_retention_of_the_council(table: Table, clock: Clock) -> None:
    save(replace(table, change_retention=timedelta(days=90)), home(), clock=clock)
    (entry,) = log_entries(table)
    assert int(entry[keys.EXPIRES]["N"]) == (NOON + timedelta(days=90)).timestamp()


@pytest.mark.parametrize("asked", [{"needs": ["peg"]}, {"needs": [], "funding": "chc"}])
@pytest.mark.parametrize("retention", [None, timedelta(days=90)])
def test_log_entries_of_an_alert_with_needs_expire_after_a_week(
    table: Table, clock: Clock, asked: dict[str, object], retention: timedelta | None
) -> None:
    alert = {"team": "exeter", "alert_id": "3f9c", "version": 1, **asked}
    change = Change(ChangeKind.ALERT, "exeter#3f9c", Action.CREATED, None, alert, "someone", "r")
    kept = replace(table, change_retention=retention)
    commit(kept, clock, [change])
    republish(kept, clock, change)
    entries = log_entries(table)
    week_later = (NOON + timedelta(days=7)).timestamp()
    assert {int(each[keys.EXPIRES]["N"]) for each in entries} == {week_later}


def test_log_entries_of_an_alert_without_needs_are_kept_as_others(
    table: Table, clock: Clock
) -> None:
    alert = {"team": "exeter", "alert_id": "3f9c", "version": 1, "needs": []}
    change = Change(ChangeKind.ALERT, "exeter#3f9c", Action.CREATED, None, alert, "someone", "r")
    commit(table, clock, [change])
    (entry,) = log_entries(table)
    assert keys.EXPIRES not in entry


def test_log_entries_are_kept_for_ever_by_default(table: Table, clock: Clock) -> None:
    save(table, home(), clock=clock)
    (entry,) = log_entries(table)
    assert keys.EXPIRES not in entry


def test_the_retention_of_log_entries_does_not_expire_homes(table: Table, clock: Clock) -> None:
    save(replace(table, change_retention=timedelta(days=90)), home(), clock=clock)
    (item,) = table.get((keys.HOMES, home().location_id))
    assert item is not None
    assert keys.EXPIRES not in item
