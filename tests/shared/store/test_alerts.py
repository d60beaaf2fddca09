"""Alerts are created once, listed to their team, and deleted so that every reader sees them go."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.clock import Clock
from shared.domain.alert import Alert
from shared.domain.author import Author, IdempotencyKey
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError, ConflictError, KeyReusedError, NotFoundError
from shared.domain.vocabulary import BedCategory, ChangeKind
from shared.store import alerts, keys
from shared.store.change_log import KEPT_ANSWERS
from shared.store.idempotency import Saved
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from tests.support.builders import NOON

TEAM = "exeter-discharge"
PLAIN = Author("somebody", "request-1")
ONCE = Author("somebody", "request-2", IdempotencyKey("somebody", "key-0001", "fingerprint"))


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


def ids(table: Table, team: str = TEAM) -> list[str]:
    return [document["alert_id"] for document in alerts.of_team(table, team)]


def between(table: Table, act: Callable[[], object]) -> Table:
    """The table, where something is done just before the first transaction."""
    left = [act]

    class Contested:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if name == "transact_write_items" and left:
                    left.pop()()
                return getattr(table.client, name)(**arguments)

            return called

    return replace(table, client=Contested())  # type: ignore[arg-type]


def reply_lost(table: Table) -> Table:
    """The table, where transactions take effect and nobody hears of it."""

    class Lossy:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                answer = getattr(table.client, name)(**arguments)
                if name == "transact_write_items":
                    raise BusyError("no reply")
                return answer

            return called

    return replace(table, client=Lossy())  # type: ignore[arg-type]


def at(table: Table, later: timedelta) -> Table:
    """The table, so much later."""
    clock = table.clock
    return replace(table, clock=Clock(lambda: clock.now() + later, clock.steady, clock.pause))


class Seen(dict[str, Document]):
    """What a follower of alerts has in memory."""

    def put(self, document: Document, _: str = "") -> None:
        self[keys.alert(document["team"], document["alert_id"])] = document


def test_a_new_alert_is_listed_to_its_team_alone(table: Table) -> None:
    saved = alerts.create(table, alert(), PLAIN)
    assert saved == Saved(alert().to_document())
    assert alerts.of_team(table, TEAM) == [AS_JSON]
    assert ids(table, "exeter") == []
    assert ids(table, "plymouth") == []


def test_alerts_are_listed_oldest_first(table: Table) -> None:
    for number, minutes in enumerate([3, 1, 2]):
        when = NOON + timedelta(minutes=minutes)
        alerts.create(table, replace(alert(f"{number:012x}"), created_at=when), PLAIN)
    assert ids(table) == ["000000000001", "000000000002", "000000000000"]


def test_a_deleted_alert_is_listed_no_more(table: Table) -> None:
    alerts.create(table, alert(), PLAIN)
    alerts.create(table, alert("00000000000a"), PLAIN)
    alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN)
    assert ids(table) == ["00000000000a"]


def test_followers_see_an_alert_come_and_go(table: Table) -> None:
    seen = Seen()
    follower = LogFollower(table, ChangeKind.ALERT, seen)
    follower.catch_up()
    alerts.create(table, alert(), PLAIN)
    follower.catch_up()
    assert seen[f"{TEAM}#3f9c0d1e8a72"] == AS_JSON
    alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN)
    follower.catch_up()
    assert seen[f"{TEAM}#3f9c0d1e8a72"]["deleted"]


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
def test_no_alert_but_the_team_s_own_can_be_deleted(table: Table, team: str, alert_id: str) -> None:
    alerts.create(table, alert(), PLAIN)
    with pytest.raises(NotFoundError):
        alerts.delete(table, team, alert_id, PLAIN)
    with pytest.raises(NotFoundError):
        alerts.pause(table, team, alert_id, True, PLAIN)
    assert ids(table) == ["3f9c0d1e8a72"]
    assert not alerts.of_team(table, TEAM)[0].get("paused")


def test_a_deleted_alert_cannot_be_deleted_again_but_is_shown_gone_again(table: Table) -> None:
    """For whoever deleted it may have died before that was sure to be seen."""
    alerts.create(table, alert(), PLAIN)
    with pytest.raises(BusyError):
        alerts.delete(reply_lost(table), TEAM, "3f9c0d1e8a72", PLAIN)
    with pytest.raises(NotFoundError):
        alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN)
    assert shown_again(table) == [2]


def test_of_two_who_delete_at_once_one_does(table: Table) -> None:
    alerts.create(table, alert(), PLAIN)
    contested = between(table, lambda: alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN))
    with pytest.raises(NotFoundError):
        alerts.delete(contested, TEAM, "3f9c0d1e8a72", PLAIN)
    assert ids(table) == []


def test_followers_see_an_alert_rest_and_fire_again(table: Table) -> None:
    seen = Seen()
    follower = LogFollower(table, ChangeKind.ALERT, seen)
    alerts.create(table, alert(), PLAIN)
    assert alerts.pause(table, TEAM, "3f9c0d1e8a72", True, PLAIN)["paused"]
    follower.catch_up()
    assert seen[f"{TEAM}#3f9c0d1e8a72"] == {**AS_JSON, "version": 2, "paused": True}
    alerts.pause(table, TEAM, "3f9c0d1e8a72", False, PLAIN)
    follower.catch_up()
    assert seen[f"{TEAM}#3f9c0d1e8a72"] == {**AS_JSON, "version": 3}


def test_pausing_twice_writes_once_but_is_shown_again(table: Table) -> None:
    """For whoever paused it may have died before that was sure to be seen."""
    alerts.create(table, alert(), PLAIN)
    with pytest.raises(BusyError):
        alerts.pause(reply_lost(table), TEAM, "3f9c0d1e8a72", True, PLAIN)
    again = alerts.pause(table, TEAM, "3f9c0d1e8a72", True, PLAIN)
    assert again == {**AS_JSON, "version": 2, "paused": True}
    assert shown_again(table) == [2]


def test_an_alert_that_is_deleted_meanwhile_is_not_paused(table: Table) -> None:
    alerts.create(table, alert(), PLAIN)
    contested = between(table, lambda: alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN))
    with pytest.raises(NotFoundError):
        alerts.pause(contested, TEAM, "3f9c0d1e8a72", True, PLAIN)
    assert ids(table) == []


def test_a_repeat_is_answered_alike_and_creates_nothing(table: Table) -> None:
    first = alerts.create(table, alert(), ONCE)
    again = alerts.create(table, alert("00000000000a"), ONCE)
    assert again.replayed
    assert to_json(again.document) == to_json(first.document)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_a_repeat_after_a_lost_reply_is_answered_and_the_alert_shown_again(table: Table) -> None:
    with pytest.raises(BusyError):
        alerts.create(reply_lost(table), alert(), ONCE)
    saved = alerts.create(table, alert("00000000000a"), ONCE)
    assert saved == Saved(AS_JSON, replayed=True)
    assert ids(table) == ["3f9c0d1e8a72"]
    assert shown_again(table) == [1]


def test_a_repeat_does_not_bring_a_deleted_alert_back(table: Table) -> None:
    alerts.create(table, alert(), ONCE)
    alerts.delete(table, TEAM, "3f9c0d1e8a72", PLAIN)
    saved = alerts.create(table, alert("00000000000a"), ONCE)
    assert saved == Saved(AS_JSON, replayed=True)
    assert ids(table) == []
    assert shown_again(table) == [2]


def test_of_two_repeats_at_once_one_creates_and_both_are_answered_alike(table: Table) -> None:
    contested = between(table, lambda: alerts.create(table, alert(), ONCE))
    saved = alerts.create(contested, alert("00000000000a"), ONCE)
    assert saved == Saved(AS_JSON, replayed=True)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_a_key_is_good_for_one_request(table: Table) -> None:
    alerts.create(table, alert(), ONCE)
    other = Author("somebody", "request-3", IdempotencyKey("somebody", "key-0001", "another"))
    with pytest.raises(KeyReusedError):
        alerts.create(table, alert("00000000000a"), other)
    assert ids(table) == ["3f9c0d1e8a72"]


def test_another_caller_may_use_the_same_key(table: Table) -> None:
    alerts.create(table, alert(), ONCE)
    other = Author(
        "somebody-else", "request-3", IdempotencyKey("somebody-else", "key-0001", "fingerprint")
    )
    assert not alerts.create(table, alert("00000000000a"), other).replayed
    assert len(ids(table)) == 2


def test_a_key_is_forgotten_when_its_answer_expires(table: Table) -> None:
    alerts.create(table, alert(), ONCE)
    late = at(table, KEPT_ANSWERS + timedelta(seconds=1))
    assert not alerts.create(late, alert("00000000000a"), ONCE).replayed
    assert len(ids(table)) == 2


def test_a_team_has_so_many_alerts_and_no_more(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "MOST_ALERTS", 2)
    alerts.create(table, alert("00000000000a"), ONCE)
    alerts.create(table, alert("00000000000b"), PLAIN)
    with pytest.raises(ConflictError, match="at most 2"):
        alerts.create(table, alert("00000000000c"), PLAIN)
    assert alerts.create(table, alert("00000000000c"), ONCE).replayed
    alerts.create(table, alert("00000000000c", "plymouth"), PLAIN)
    alerts.delete(table, TEAM, "00000000000a", PLAIN)
    alerts.create(table, alert("00000000000c"), PLAIN)
    assert ids(table) == ["00000000000b", "00000000000c"]


def shown_again(table: Table) -> list[int]:
    """The versions that were put into the log once more."""
    items = table.client.scan(TableName=table.name)["Items"]
    return [int(item["version"]["N"]) for item in items if "republished" in item]
