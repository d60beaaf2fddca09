"""An opening is told to each team whose alerts wait for it: to all of them, and once."""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from local.lambda_events import stream_record
from notify import stream
from shared.aws.clock import SYSTEM
from shared.aws.telemetry import logger, metrics
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import to_json
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.store import alerts, keys
from shared.store.change_log import CLOCK_SKEW, SETTLE, Change, commit, republish
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.notify.change_log import log
from tests.notify.conftest import Inboxes, Notify
from tests.support.builders import NOON, REGISTER, changed, counts, home, save

EXETER, PLYMOUTH = "exeter-discharge", "plymouth-discharge"
BY = Author("somebody", "request-9")
FULL, OPEN = home(accepting=0), home(accepting=1)


def alert(team: str = EXETER, alert_id: str = "3f9c0d1e8a72", **particular: Any) -> Alert:
    plain = Alert(team, alert_id, 1, "EX2 5DW", REGISTER.latitude, REGISTER.longitude, 10, NOON)
    return replace(plain, **particular)


def post(table: Table, before: CareHome, after: CareHome) -> str:
    """Save a change of a home, and give its id."""
    change = changed(before, after)
    commit(table, SYSTEM, [change])
    return change.change_id


def opening(table: Table) -> str:
    """A full home and its first vacancy."""
    save(table, FULL)
    return post(table, FULL, OPEN)


def test_an_opening_arrives_at_the_team_that_waits_for_it(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER, PLYMOUTH)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert(PLYMOUTH, latitude=50.3755, longitude=-4.1427), BY)
    change_id = opening(table)
    assert notify.run_new() == []
    (message,) = inboxes.read(EXETER)
    assert message["change_id"] == change_id
    assert message["home"]["name"] == "Larkrise House"
    assert message["opened"] == [{"category": "general_nursing", "was": 0, "accepting": 1}]
    assert [each["alert_id"] for each in message["alerts"]] == ["3f9c0d1e8a72"]
    assert inboxes.read(PLYMOUTH) == []


def test_a_team_with_many_alerts_gets_one_message(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    for alert_id in ("00000000000a", "00000000000b", "00000000000c"):
        alerts.create(table, SYSTEM, alert(alert_id=alert_id), BY)
    opening(table)
    notify.run_new()
    (message,) = inboxes.read(EXETER)
    assert len(message["alerts"]) == 3


def test_a_confirmation_tells_nobody(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, OPEN)
    notify.run_new()
    inboxes.told()
    post(table, OPEN, OPEN.confirmed(NOON))
    assert notify.run_new() == []
    assert not inboxes.told()


def test_each_new_opening_is_told_anew(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, FULL)
    taken = replace(FULL, version=3)
    first = post(table, FULL, OPEN)
    post(table, replace(OPEN, version=2), taken)
    second = post(table, taken, OPEN)
    notify.run_new()
    assert inboxes.told() == {(EXETER, first): 1, (EXETER, second): 1}


def test_the_same_records_again_tell_nobody_twice(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    opening(table)
    records = [stream_record(item) for item in log(table) if item["kind"]["S"] == "home"]
    for _ in range(3):
        assert notify.run(*records) == []
    notify.start()
    assert notify.run(*records) == []
    assert inboxes.told().total() == 1


def test_an_entry_shown_again_tells_nobody(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    """Also where it does not say what was before, and its own record has not come yet."""
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, FULL)
    change = changed(FULL, OPEN)
    notify.run_new()
    republish(table, SYSTEM, change)
    republish(table, SYSTEM, replace(change, previous=None))
    assert notify.run_new() == []
    assert not inboxes.told()


def test_an_alert_counts_from_the_moment_it_is_saved_and_until_it_is_deleted(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    notify.run_new()
    alerts.create(table, SYSTEM, alert(), BY)
    first = post(table, FULL, OPEN)
    notify.run_new()
    assert inboxes.told() == {(EXETER, first): 1}
    taken = replace(FULL, version=3)
    post(table, replace(OPEN, version=2), taken)
    alerts.delete(table, SYSTEM, EXETER, "3f9c0d1e8a72", BY)
    post(table, taken, OPEN)
    notify.run_new()
    assert not inboxes.told()


def test_a_paused_alert_tells_nobody_of_what_opens_meanwhile_or_opened(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", True, BY)
    post(table, FULL, OPEN)
    notify.run_new()
    assert not inboxes.told()
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", False, BY)
    taken = replace(FULL, version=3)
    post(table, replace(OPEN, version=2), taken)
    opened = post(table, taken, OPEN)
    notify.run_new()
    assert inboxes.told() == {(EXETER, opened): 1}


def test_a_warm_match_asks_the_table_once_whatever_the_batch(
    table: Table, inboxes: Inboxes, notify: Notify, requests: Counter[str]
) -> None:
    alerts.create(table, SYSTEM, alert(beds=5), BY)
    save(table, home("1-9000000010"))
    notify.run_new()
    for number in range(10):
        save(table, home(f"1-900000000{number}"))
    records = notify.new()
    requests.clear()
    notify.run(*records)
    assert len(records) == 10
    assert requests == {"Query": 1}


def test_telling_asks_the_table_once_more_and_writes_one_item_a_team(
    table: Table, inboxes: Inboxes, notify: Notify, requests: Counter[str]
) -> None:
    inboxes.open(EXETER, PLYMOUTH)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert(PLYMOUTH), BY)
    save(table, FULL)
    notify.run_new()
    post(table, FULL, OPEN)
    records = notify.new()
    requests.clear()
    notify.run(*records)
    assert inboxes.told().total() == 2
    assert requests == {"Query": 2, "PutItem": 2}


def test_a_team_without_a_topic_has_nobody_to_tell_and_keeps_no_other_waiting(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """`aardvark` comes first; somebody deleted its topic."""
    inboxes.open(EXETER, PLYMOUTH)
    for team in ("aardvark", EXETER, PLYMOUTH):
        alerts.create(table, SYSTEM, alert(team), BY)
    save(table, FULL)
    change_id = post(table, FULL, OPEN)
    entry = log(table)[-1]
    assert notify.run(stream_record(entry)) == []
    assert inboxes.told() == {(EXETER, change_id): 1, (PLYMOUTH, change_id): 1}


def test_only_what_failed_is_reported(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    for number in range(3):
        save(table, home(f"1-900000000{number}"))
    records = [stream_record(item) for item in log(table) if item["kind"]["S"] == "home"]
    records[1]["dynamodb"]["NewImage"] = {
        **records[1]["dynamodb"]["NewImage"],
        "document": {"S": '{"cut off'},
    }
    assert notify.run(*records) == [records[1]["dynamodb"]["SequenceNumber"]]
    assert set(inboxes.told()) == {(EXETER, "1-9000000000#1"), (EXETER, "1-9000000002#1")}


@pytest.mark.parametrize("missing", ["document", "kind", "id", "by"])
def test_an_entry_that_cannot_be_read_is_reported_even_if_it_is_alone(
    table: Table, notify: Notify, missing: str
) -> None:
    save(table, OPEN)
    (entry,) = log(table)
    damaged = {name: value for name, value in entry.items() if name != missing}
    assert notify.run(stream_record(damaged)) == [
        stream_record(entry)["dynamodb"]["SequenceNumber"]
    ]


def test_what_is_no_log_entry_is_passed_over(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    opening(table)
    notify.run_new()
    others = [
        stream_record(
            {**item, keys.SORT: {"S": f"2026-01-05T12:00:00.000000Z#{item[keys.SORT]['S']}"}}
        )
        for item in table.client.scan(TableName=table.name)["Items"]
        if not item[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)
    ]
    gone = {**stream_record(log(table)[-1]), "eventName": "REMOVE"}
    assert len(others) == 3
    assert notify.run(*others, gone) == []
    assert inboxes.told().total() == 1


@pytest.mark.parametrize("kind", ChangeKind)
def test_an_entry_that_was_slow_to_commit_is_shown_again(
    table: Table, notify: Notify, kind: ChangeKind
) -> None:
    """For its writer may have died before doing so."""
    save(table, OPEN)
    alerts.create(table, SYSTEM, alert(beds=9), BY)
    (entry,) = (item for item in log(table) if item["kind"]["S"] == kind)
    slow = stream_record(entry, committed_after=timedelta(seconds=2))
    assert notify.run(slow) == []
    (shown,) = (item for item in log(table) if "republished" in item)
    assert shown["document"] == entry["document"]
    assert shown["kind"] == {"S": kind}


def test_an_entry_that_was_quick_is_not_shown_again(table: Table, notify: Notify) -> None:
    save(table, OPEN)
    (entry,) = log(table)
    notify.run(stream_record(entry))
    assert len(log(table)) == 1


@pytest.mark.parametrize("microsecond", [0, 500_000, 999_999])
def test_no_commit_slower_than_settle_is_taken_for_quick(microsecond: int) -> None:
    """The stream rounds its times down to seconds."""
    stamped = NOON.replace(microsecond=microsecond)
    item = changed(FULL, OPEN).to_item(stamped)
    slow = stream_record(item, committed_after=timedelta(seconds=2, microseconds=1))
    entry = stream.entry(DynamoDBRecord(slow))
    assert entry is not None
    assert entry.may_be_unseen


def test_what_was_told_is_kept_for_four_weeks(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    change_id = opening(table)
    before = SYSTEM.now()
    notify.run_new()
    (sent,) = table.query("pk = :pk", {":pk": keys.sent(change_id)})
    assert sent[keys.SORT] == {"S": EXETER}
    left = int(sent[keys.EXPIRES]["N"]) - before.timestamp()
    assert timedelta(days=28) - timedelta(minutes=1) < timedelta(seconds=left)


def test_an_alert_that_came_after_the_opening_is_not_told_of_it(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """As when a dead letter is sent again days later."""
    inboxes.open(EXETER, PLYMOUTH)
    alerts.create(table, SYSTEM, alert(), BY)
    change_id = opening(table)
    (entry,) = (each for each in log(table) if each[keys.SORT]["S"].endswith(f"#{change_id}"))
    stamped = datetime.fromisoformat(entry[keys.SORT]["S"].partition("#")[0])
    in_doubt = stamped + SETTLE + CLOCK_SKEW
    late = in_doubt + timedelta(milliseconds=1)
    alerts.create(table, SYSTEM, alert(alert_id="00000000000a", created_at=in_doubt), BY)
    alerts.create(table, SYSTEM, alert(alert_id="00000000000b", created_at=late), BY)
    alerts.create(table, SYSTEM, alert(PLYMOUTH, created_at=late), BY)
    notify.start()
    assert notify.run(stream_record(entry)) == []
    (message,) = inboxes.read(EXETER)
    assert {each["alert_id"] for each in message["alerts"]} == {"3f9c0d1e8a72", "00000000000a"}
    assert inboxes.read(PLYMOUTH) == []


def test_an_opening_that_searches_may_have_missed_is_told_to_a_later_alert_too(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    change_id = opening(table)
    (entry,) = (each for each in log(table) if each[keys.SORT]["S"].endswith(f"#{change_id}"))
    stamped = datetime.fromisoformat(entry[keys.SORT]["S"].partition("#")[0])
    alerts.create(table, SYSTEM, alert(created_at=stamped + timedelta(minutes=1)), BY)
    notify.start()
    assert notify.run(stream_record(entry, committed_after=timedelta(minutes=2))) == []
    assert inboxes.told() == {(EXETER, change_id): 1}


def test_the_log_names_the_change_and_the_team_and_none_of_the_message(
    table: Table, inboxes: Inboxes, notify: Notify, caplog: pytest.LogCaptureFixture
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert("aardvark"), BY)
    change_id = opening(table)
    notify.run_new()
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    assert '"not told"' in logged
    assert f'"change_id":"{change_id}","team":"aardvark"' in logged
    assert "01632" not in logged
    assert "Larkrise" not in logged


def test_metrics_count_what_was_told_what_failed_and_how_late(
    table: Table, inboxes: Inboxes, notify: Notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: dict[str, float] = {}
    monkeypatch.setattr(metrics, "add_metric", lambda name, _, value: counted.update({name: value}))
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert("aardvark"), BY)
    opening(table)
    notify.run_new()
    assert counted["AlertPublished"] == 1
    assert counted["AlertFailed"] == 1
    assert 0 < counted["AlertDelay"] < 60_000


def test_people_and_machines_each_get_their_text(
    table: Table, inboxes: Inboxes, notify: Notify, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    inboxes.open(EXETER)
    publish = inboxes.topics.client.publish

    def watched(**arguments: Any) -> Any:
        sent.append(arguments)
        return publish(**arguments)

    monkeypatch.setattr(inboxes.topics.client, "publish", watched)
    alerts.create(table, SYSTEM, alert(), BY)
    opening(table)
    notify.run_new()
    (arguments,) = sent
    assert arguments["MessageStructure"] == "json"
    assert arguments["Subject"] == "Vacancy at Larkrise House: 1 general nursing bed"
    assert set(json.loads(arguments["Message"])) == {"default", "email", "sms"}


def test_a_category_the_home_adds_counts_from_none(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(categories=(BedCategory.TRANSITIONAL,)), BY)
    save(table, OPEN)
    beds = {**OPEN.beds, BedCategory.TRANSITIONAL: counts(1)}
    change_id = post(table, OPEN, replace(OPEN, beds=beds))
    notify.run_new()
    assert inboxes.told() == {(EXETER, change_id): 1}


def test_a_home_that_comes_back_to_the_register_counts_from_none(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    change = Change(
        ChangeKind.HOME,
        OPEN.location_id,
        Action.IMPORTED,
        {**OPEN.to_document(), "registration": "deregistered"},
        {**OPEN.to_document(), "version": 2},
        "import",
        "request-0",
    )
    save(table, OPEN)
    notify.run_new()
    inboxes.told()
    commit(table, SYSTEM, [change])
    notify.run_new()
    assert inboxes.told() == {(EXETER, change.change_id): 1}


def test_nothing_that_is_stored_names_a_member(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    opening(table)
    notify.run_new()
    stored = to_json(
        {"all": [dict(item) for item in table.client.scan(TableName=table.name)["Items"]]}
    )
    assert "inbox-" not in stored
    assert len(list(all_documents(table, ChangeKind.ALERT))) == 1
