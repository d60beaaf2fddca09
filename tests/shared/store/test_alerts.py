"""Alerts are created once and listed to their team; every reader sees their deletion."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR, Alert
from shared.domain.author import Author, IdempotencyKey
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError, ConflictError, KeyReusedError, NotFoundError
from shared.domain.vocabulary import BedCategory, ChangeKind
from shared.store import alerts, idempotency, keys
from shared.store.change_log import DELETED_RETENTION
from shared.store.log_follower import MAX_CATCH_UP, LogFollower
from shared.store.revise import Revision
from shared.store.table import Table
from tests.support.builders import NOON
from tests.support.fakes import ManualTime

TEAM = "exeter-discharge"
AUTHOR = Author("someone", "request-1")
WITH_KEY = Author("someone", "request-2", IdempotencyKey("someone", "key-0001", "fingerprint"))


def alert(alert_id: str = "3f9c0d1e8a72", team: str = TEAM) -> Alert:
    return Alert(
        team,
        alert_id,
        1,
        "EX2 5DW",
        50.7167,
        -3.5062,
        10,
        NOON,
        categories=(BedCategory.GENERAL_NURSING,),
    )


AS_JSON = json.loads(to_json(alert().to_document()))


def ids(table: Table, team: str = TEAM, now: datetime = NOON) -> list[str]:
    return [document["alert_id"] for document in alerts.list_of_team(table, team, now)]


def between(table: Table, act: Callable[[], object]) -> Table:
    """Return the table; `act` is called just before the first transaction."""
    left = [act]

    class Contested:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if name == "transact_write_items" and left:
                    left.pop()()
                return getattr(table.client, name)(**arguments)

            return called

    return replace(table, client=Contested())  # type: ignore[arg-type]  # a stand-in


def response_lost(table: Table) -> Table:
    """Return the table; its transactions take effect, but their responses are lost."""

    class Lossy:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                response = getattr(table.client, name)(**arguments)
                if name == "transact_write_items":
                    raise BusyError("no response")
                return response

            return called

    return replace(table, client=Lossy())  # type: ignore[arg-type]  # a stand-in


class Index(dict[str, Document]):
    """The alerts that a follower has in memory."""

    def put(self, document: Document, _: str = "") -> None:
        self[keys.alert(document["team"], document["alert_id"])] = document

    def remove(self, subject_id: str) -> None:
        self.pop(subject_id, None)


def test_a_new_alert_is_listed_to_its_team_only(table: Table) -> None:
    revision = alerts.create(table, SYSTEM, alert(), AUTHOR)
    assert revision == Revision(alert().to_document())
    assert alerts.list_of_team(table, TEAM, NOON) == [AS_JSON]
    assert ids(table, "exeter") == []
    assert ids(table, "plymouth") == []


def test_alerts_are_listed_oldest_first(table: Table) -> None:
    for number, minutes in enumerate([3, 1, 2]):
        when = NOON + timedelta(minutes=minutes)
        alerts.create(table, SYSTEM, replace(alert(f"{number:012x}"), created_at=when), AUTHOR)
    assert ids(table) == ["000000000001", "000000000002", "000000000000"]


def test_an_id_that_another_alert_has_is_refused(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    with pytest.raises(BusyError):
        alerts.create(table, SYSTEM, replace(alert(), near="EX1 1AA"), AUTHOR)
    assert [each["near"] for each in alerts.list_of_team(table, TEAM, NOON)] == [alert().near]


def test_a_deleted_alert_is_not_listed(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    alerts.create(table, SYSTEM, alert("00000000000a"), AUTHOR)
    alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    assert ids(table) == ["00000000000a"]


def test_followers_see_an_alert_created_and_deleted(table: Table) -> None:
    index = Index()
    follower = LogFollower(table, SYSTEM, {ChangeKind.ALERT: index})
    follower.catch_up()
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    follower.catch_up()
    assert index[f"{TEAM}#3f9c0d1e8a72"] == AS_JSON
    alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    follower.catch_up()
    assert index[f"{TEAM}#3f9c0d1e8a72"]["deleted"]


@pytest.mark.parametrize(
    ("team", "alert_id"),
    [
        (TEAM, "00000000000a"),
        ("plymouth", "3f9c0d1e8a72"),
        (TEAM, "3F9C0D1E8A72"),
        (TEAM, "../3f9c0d1e8a72"),
        (TEAM, "x" * 5000),
        (TEAM, ""),
    ],
)
def test_a_team_can_change_only_its_own_alerts(table: Table, team: str, alert_id: str) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    with pytest.raises(NotFoundError):
        alerts.delete(table, SYSTEM, team, alert_id, AUTHOR)
    with pytest.raises(NotFoundError):
        alerts.pause(table, SYSTEM, team, alert_id, True, AUTHOR)
    assert ids(table) == ["3f9c0d1e8a72"]
    assert not alerts.list_of_team(table, TEAM, NOON)[0].get("paused")


def test_deleting_a_deleted_alert_fails_and_republishes_the_deletion(table: Table) -> None:
    """The request that deleted it may have failed before every reader saw the deletion."""
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    with pytest.raises(BusyError):
        alerts.delete(response_lost(table), SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    with pytest.raises(NotFoundError):
        alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    assert republished_versions(table) == [2]


def test_only_one_of_two_simultaneous_deletions_succeeds(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    contested = between(table, lambda: alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR))
    with pytest.raises(NotFoundError):
        alerts.delete(contested, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    assert ids(table) == []


def test_followers_see_an_alert_paused_and_resumed(table: Table) -> None:
    index = Index()
    follower = LogFollower(table, SYSTEM, {ChangeKind.ALERT: index})
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    assert alerts.pause(table, SYSTEM, TEAM, "3f9c0d1e8a72", True, AUTHOR).document["paused"]
    follower.catch_up()
    (pause,) = index[f"{TEAM}#3f9c0d1e8a72"]["pauses"]
    assert index[f"{TEAM}#3f9c0d1e8a72"]["paused"]
    assert pause.keys() == {"since"}
    alerts.pause(table, SYSTEM, TEAM, "3f9c0d1e8a72", False, AUTHOR)
    follower.catch_up()
    (ended,) = index[f"{TEAM}#3f9c0d1e8a72"]["pauses"]
    assert "paused" not in index[f"{TEAM}#3f9c0d1e8a72"]
    assert pause["since"] == ended["since"] <= ended["until"]


def test_pausing_twice_commits_once_and_republishes(table: Table) -> None:
    """The request that paused it may have failed before every reader saw the pause."""
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    with pytest.raises(BusyError):
        alerts.pause(response_lost(table), SYSTEM, TEAM, "3f9c0d1e8a72", True, AUTHOR)
    again = alerts.pause(table, SYSTEM, TEAM, "3f9c0d1e8a72", True, AUTHOR).document
    assert (again["version"], again["paused"], len(again["pauses"])) == (2, True, 1)
    assert republished_versions(table) == [2]


def test_an_alert_deleted_at_the_same_time_is_not_paused(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    contested = between(table, lambda: alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR))
    with pytest.raises(NotFoundError):
        alerts.pause(contested, SYSTEM, TEAM, "3f9c0d1e8a72", True, AUTHOR)
    assert ids(table) == []


def test_a_repeated_request_gets_the_same_response_and_creates_nothing(table: Table) -> None:
    first = alerts.create(table, SYSTEM, alert(), WITH_KEY)
    again = alerts.create(table, SYSTEM, alert("00000000000a"), WITH_KEY)
    assert again.replayed
    assert to_json(again.document) == to_json(first.document)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_a_repeat_after_a_lost_response_gets_it_and_republishes_the_alert(table: Table) -> None:
    with pytest.raises(BusyError):
        alerts.create(response_lost(table), SYSTEM, alert(), WITH_KEY)
    revision = alerts.create(table, SYSTEM, alert("00000000000a"), WITH_KEY)
    assert revision == Revision(AS_JSON, replayed=True, changed=False)
    assert ids(table) == ["3f9c0d1e8a72"]
    assert republished_versions(table) == [1]


def test_a_repeated_request_does_not_restore_a_deleted_alert(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), WITH_KEY)
    alerts.delete(table, SYSTEM, TEAM, "3f9c0d1e8a72", AUTHOR)
    revision = alerts.create(table, SYSTEM, alert("00000000000a"), WITH_KEY)
    assert revision == Revision(AS_JSON, replayed=True, changed=False)
    assert ids(table) == []
    assert republished_versions(table) == [2]


def test_simultaneous_repeats_create_one_alert_and_get_the_same_response(table: Table) -> None:
    contested = between(table, lambda: alerts.create(table, SYSTEM, alert(), WITH_KEY))
    revision = alerts.create(contested, SYSTEM, alert("00000000000a"), WITH_KEY)
    assert revision == Revision(AS_JSON, replayed=True, changed=False)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_an_idempotency_key_cannot_be_used_for_another_request(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), WITH_KEY)
    other = Author("someone", "request-3", IdempotencyKey("someone", "key-0001", "another"))
    with pytest.raises(KeyReusedError):
        alerts.create(table, SYSTEM, alert("00000000000a"), other)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_another_caller_may_use_the_same_key(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), WITH_KEY)
    other = Author(
        "someone-else", "request-3", IdempotencyKey("someone-else", "key-0001", "fingerprint")
    )
    assert not alerts.create(table, SYSTEM, alert("00000000000a"), other).replayed
    assert len(ids(table)) == 2


def test_an_idempotency_key_expires(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), WITH_KEY)
    now = SYSTEM.now() + idempotency.RETENTION + timedelta(seconds=1)
    late = SYSTEM._replace(now=lambda: now)
    assert not alerts.create(table, late, alert("00000000000a"), WITH_KEY).replayed
    assert len(ids(table)) == 2


def test_the_number_of_alerts_of_a_team_is_limited(table: Table) -> None:
    create = partial(alerts.create, table, SYSTEM, limit=2)
    create(alert("00000000000a"), WITH_KEY)
    create(alert("00000000000b"), AUTHOR)
    with pytest.raises(ConflictError, match="has 2 alerts, which is the most"):
        create(alert("00000000000c"), AUTHOR)
    assert create(alert("00000000000c"), WITH_KEY).replayed
    create(alert("00000000000c", "plymouth"), AUTHOR)
    alerts.delete(table, SYSTEM, TEAM, "00000000000a", AUTHOR)
    create(alert("00000000000c"), AUTHOR)
    assert ids(table) == ["00000000000b", "00000000000c"]


def republished_versions(table: Table) -> list[int]:
    """Return the versions that were appended to the log again."""
    items = table.client.scan(TableName=table.name)["Items"]
    return [int(item["version"]["N"]) for item in items if "republished" in item]


def test_an_alert_that_cannot_be_read_is_left_out_of_the_list_and_reported(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    wrong = {**alert("00000000000a").to_document(), "created_at": None}
    partition = {keys.PARTITION: {"S": keys.ALERTS}}
    sort = {keys.SORT: {"S": keys.alert(TEAM, "00000000000a")}}
    table.put({**partition, **sort, keys.DOCUMENT: {"S": to_json(wrong)}})
    reported: list[str] = []
    listed = alerts.list_of_team(table, TEAM, NOON, reported.append)
    assert [each["alert_id"] for each in listed] == ["3f9c0d1e8a72"]
    assert reported == [f"{TEAM}#00000000000a"]


SECOND = timedelta(seconds=1)
FOR_A_PERSON = replace(alert(), needs=("peg", "hoist"))
GONE_AT = NOON + LIVES_FOR + RENEWABLE_FOR


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


def expiry(table: Table) -> datetime | None:
    """Return when DynamoDB may delete the item of the alert."""
    (item,) = table.get((keys.ALERTS, f"{TEAM}#3f9c0d1e8a72"))
    assert item is not None
    return (
        datetime.fromtimestamp(int(item[keys.EXPIRES]["N"]), UTC) if keys.EXPIRES in item else None
    )


def test_the_item_of_an_alert_for_a_person_expires_and_its_renewal_moves_that(
    table: Table, time: ManualTime
) -> None:
    clock = time.clock()
    alerts.create(table, clock, FOR_A_PERSON, AUTHOR)
    assert expiry(table) == GONE_AT
    time.advance(LIVES_FOR + timedelta(days=3))
    alerts.pause(table, clock, TEAM, "3f9c0d1e8a72", True, AUTHOR)
    assert expiry(table) == GONE_AT
    alerts.renew(table, clock, TEAM, "3f9c0d1e8a72", AUTHOR)
    assert expiry(table) == time.now + LIVES_FOR + RENEWABLE_FOR
    alerts.delete(table, clock, TEAM, "3f9c0d1e8a72", AUTHOR)
    assert expiry(table) == time.now + DELETED_RETENTION


def test_the_item_of_an_alert_that_asks_for_nothing_does_not_expire(table: Table) -> None:
    alerts.create(table, SYSTEM, alert(), AUTHOR)
    assert expiry(table) is None


@pytest.mark.parametrize("is_deleted_late", [True, False])
def test_an_alert_for_a_person_is_gone_28_days_after_its_end_whenever_its_item_is_deleted(
    table: Table, time: ManualTime, is_deleted_late: bool
) -> None:
    clock = time.clock()
    alerts.create(table, clock, FOR_A_PERSON, AUTHOR)
    time.advance(LIVES_FOR + RENEWABLE_FOR - SECOND)
    assert ids(table, now=time.now) == ["3f9c0d1e8a72"]
    assert alerts.load(table, TEAM, "3f9c0d1e8a72", time.now).needs == ("peg", "hoist")
    time.advance(SECOND)
    if not is_deleted_late:
        table.delete((keys.ALERTS, f"{TEAM}#3f9c0d1e8a72"))
    assert ids(table, now=time.now) == []
    for change in (
        lambda: alerts.load(table, TEAM, "3f9c0d1e8a72", time.now),
        lambda: alerts.renew(table, clock, TEAM, "3f9c0d1e8a72", AUTHOR),
        lambda: alerts.pause(table, clock, TEAM, "3f9c0d1e8a72", True, AUTHOR),
        lambda: alerts.delete(table, clock, TEAM, "3f9c0d1e8a72", AUTHOR),
    ):
        with pytest.raises(NotFoundError):
            change()
    alerts.create(table, clock, alert("00000000000a"), AUTHOR, limit=1)


def test_an_alert_whose_item_is_deleted_while_it_is_renewed_is_not_found(
    table: Table, time: ManualTime
) -> None:
    alerts.create(table, time.clock(), FOR_A_PERSON, AUTHOR)
    time.advance(LIVES_FOR + RENEWABLE_FOR - SECOND)
    vanishing = between(table, lambda: table.delete((keys.ALERTS, f"{TEAM}#3f9c0d1e8a72")))
    with pytest.raises(NotFoundError):
        alerts.renew(vanishing, time.clock(), TEAM, "3f9c0d1e8a72", AUTHOR)
    assert ids(table) == []


def test_followers_forget_no_other_alert_when_an_item_is_deleted(
    table: Table, time: ManualTime
) -> None:
    index = Index()
    follower = LogFollower(table, time.clock(), {ChangeKind.ALERT: index})
    alerts.create(table, time.clock(), FOR_A_PERSON, AUTHOR)
    alerts.create(table, time.clock(), alert("00000000000a"), AUTHOR)
    follower.catch_up()
    table.delete((keys.ALERTS, f"{TEAM}#3f9c0d1e8a72"))
    time.advance(SECOND)
    follower.catch_up()
    assert f"{TEAM}#00000000000a" in index
    time.advance(MAX_CATCH_UP + SECOND)
    follower.catch_up()
    assert list(index) == [f"{TEAM}#00000000000a"]
