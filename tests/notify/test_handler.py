"""Every team gets one alert about a vacancy that opens and fits its alerts."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from local.lambda_events import stream_record
from notify.streamed_change import read_change
from shared.aws.clock import SYSTEM
from shared.aws.telemetry import logger
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR, Alert
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.documents import to_json
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.store import alerts, keys
from shared.store.change_log import (
    CLOCK_SKEW,
    SETTLE,
    Change,
    append_beat,
    commit,
    republish,
)
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.notify.change_log import log
from tests.notify.conftest import Inboxes, Notify
from tests.support.builders import NOON, REGISTER, changed, counts, created, home, mark, save
from tests.support.fakes import ManualTime

EXETER, PLYMOUTH = "exeter-discharge", "plymouth-discharge"
BY = Author("someone", "request-9")
FULL, OPEN = home(accepting=0), home(accepting=1)


def alert(team: str = EXETER, alert_id: str = "3f9c0d1e8a72", **particular: Any) -> Alert:
    plain = Alert(team, alert_id, 1, "EX2 5DW", REGISTER.latitude, REGISTER.longitude, 10, NOON)
    return replace(plain, **particular)


def post(table: Table, before: CareHome, after: CareHome) -> str:
    """Save a change of a home, and return its id."""
    change = changed(before, after)
    commit(table, SYSTEM, [change])
    return change.change_id


def opening(table: Table) -> str:
    """Save a full home and then its first vacancy; return the id of that change."""
    save(table, FULL)
    return post(table, FULL, OPEN)


def test_a_team_is_alerted_of_a_vacancy_that_fits_its_alert(
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
    (opened,) = message["opened"]
    assert opened["category"] == "general_nursing"
    assert (opened["before"], opened["accepting"]) == (0, 1)
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


def test_a_late_opening_alerts_no_one_whose_alert_is_gone_by_now(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """Its item may be there, or deleted: the same change must do the same."""
    inboxes.open(EXETER)
    time = ManualTime()
    alerts.create(table, time.clock(), alert(needs=("peg",)), BY)
    for each in (created(FULL), changed(FULL, OPEN)):
        commit(table, time.clock(), [each])
    records = notify.new()
    time.advance(LIVES_FOR + RENEWABLE_FOR - timedelta(minutes=1))
    notify.start(clock=time.clock())
    time.advance(timedelta(minutes=1))
    notify.run(*records)
    assert inboxes.read(EXETER) == []
    time.advance(timedelta(minutes=-2))
    notify.start(clock=time.clock())
    notify.run(*records)
    assert len(inboxes.read(EXETER)) == 1


def test_a_confirmation_alerts_no_one(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, OPEN)
    notify.run_new()
    inboxes.delivered()
    post(table, OPEN, OPEN.confirm(NOON))
    assert notify.run_new() == []
    assert not inboxes.delivered()


def test_a_bed_that_is_filled_and_opens_again_alerts_again(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, FULL)
    taken = replace(FULL, version=3)
    first = post(table, FULL, OPEN)
    post(table, replace(OPEN, version=2), taken)
    second = post(table, taken, OPEN)
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, first): 1, (EXETER, second): 1}


def test_repeated_records_alert_no_one_twice(
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
    assert inboxes.delivered().total() == 1


def test_a_republished_change_alerts_no_one(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    """Even if it lacks the previous document, and its original has not arrived yet."""
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    save(table, FULL)
    change = changed(FULL, OPEN)
    notify.run_new()
    republish(table, SYSTEM, change)
    republish(table, SYSTEM, replace(change, previous=None))
    assert notify.run_new() == []
    assert not inboxes.delivered()


def test_an_alert_fires_from_its_creation_to_its_deletion(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    notify.run_new()
    alerts.create(table, SYSTEM, alert(), BY)
    first = post(table, FULL, OPEN)
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, first): 1}
    taken = replace(FULL, version=3)
    post(table, replace(OPEN, version=2), taken)
    alerts.delete(table, SYSTEM, EXETER, "3f9c0d1e8a72", BY)
    post(table, taken, OPEN)
    notify.run_new()
    assert not inboxes.delivered()


def test_a_vacancy_that_opens_while_an_alert_is_paused_alerts_no_one_even_later(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", True, BY)
    post(table, FULL, OPEN)
    notify.run_new()
    assert not inboxes.delivered()
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", False, BY)
    taken = replace(FULL, version=3)
    post(table, replace(OPEN, version=2), taken)
    opened = post(table, taken, OPEN)
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, opened): 1}


def test_an_alert_resumed_late_is_not_told_of_what_opened_while_it_rested(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", True, BY)
    post(table, FULL, OPEN)
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", False, BY)
    notify.run_new()
    assert not inboxes.delivered()


def test_an_alert_paused_meanwhile_is_still_told_of_what_opened_before(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save(table, FULL)
    alerts.create(table, SYSTEM, alert(), BY)
    opened = post(table, FULL, OPEN)
    alerts.pause(table, SYSTEM, EXETER, "3f9c0d1e8a72", True, BY)
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, opened): 1}


def test_matching_a_batch_takes_one_request_to_the_table(
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


def test_delivering_takes_three_more_reads_and_two_writes_for_each_team(
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
    assert inboxes.delivered().total() == 2
    assert requests == {"GetItem": 1, "Query": 3, "PutItem": 4}


def test_a_team_without_a_topic_does_not_delay_the_other_teams(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """The team `aardvark` comes first, and its topic was deleted."""
    inboxes.open(EXETER, PLYMOUTH)
    for team in ("aardvark", EXETER, PLYMOUTH):
        alerts.create(table, SYSTEM, alert(team), BY)
    save(table, FULL)
    change_id = post(table, FULL, OPEN)
    entry = log(table)[-1]
    assert notify.run(stream_record(entry)) == []
    assert inboxes.delivered() == {(EXETER, change_id): 1, (PLYMOUTH, change_id): 1}


def test_the_people_of_a_team_without_a_topic_are_told_all_the_same(
    table: Table, notify: Notify
) -> None:
    alerts.create(table, SYSTEM, alert(), BY)
    change_id = opening(table)
    assert notify.run_new() == []
    (event,) = notify.queued()
    assert (event["event"], event["change_id"]) == ("vacancy_opened", change_id)


def test_only_failed_records_are_reported(table: Table, inboxes: Inboxes, notify: Notify) -> None:
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
    assert set(inboxes.delivered()) == {(EXETER, "1-9000000000#1"), (EXETER, "1-9000000002#1")}


@pytest.mark.parametrize("missing", ["document", "kind", "id", "by"])
def test_an_unreadable_record_is_reported_even_if_it_is_the_only_one(
    table: Table, notify: Notify, missing: str
) -> None:
    save(table, OPEN)
    (entry,) = log(table)
    damaged = {name: value for name, value in entry.items() if name != missing}
    assert notify.run(stream_record(damaged)) == [
        stream_record(entry)["dynamodb"]["SequenceNumber"]
    ]


def test_records_that_are_not_new_log_entries_are_ignored(
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
    assert len(others) == 4
    assert notify.run(*others, gone) == []
    assert inboxes.delivered().total() == 1


def test_heartbeats_are_counted_and_alert_no_one(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    append_beat(table, SYSTEM)
    (beat,) = (each for each in log(table) if keys.is_beat(each[keys.SORT]["S"]))
    late, gone = timedelta(seconds=30), {**stream_record(beat), "eventName": "REMOVE"}
    assert notify.run(stream_record(beat), stream_record(beat, committed_after=late), gone) == []
    assert notify.metrics == {"Beat": 2}
    assert inboxes.delivered().total() == 0
    assert len(log(table)) == 2  # nothing is published again


@pytest.mark.parametrize("kind", [ChangeKind.HOME, ChangeKind.ALERT])  # all that it is handed
def test_a_change_that_was_slow_to_commit_is_republished(
    table: Table, notify: Notify, kind: ChangeKind
) -> None:
    """Because its writer may have died before it could."""
    save(table, OPEN)
    alerts.create(table, SYSTEM, alert(beds=9), BY)
    mark(table, OPEN.location_id, PlacingStop(uk_day(NOON)))
    (entry,) = (item for item in log(table) if item["kind"]["S"] == kind)
    slow = stream_record(entry, committed_after=timedelta(seconds=2))
    assert notify.run(slow) == []
    (shown,) = (item for item in log(table) if "republished" in item)
    assert shown["document"] == entry["document"]
    assert shown["kind"] == {"S": kind}


def test_a_change_that_was_quick_to_commit_is_not_republished(table: Table, notify: Notify) -> None:
    save(table, OPEN)
    (entry,) = log(table)
    notify.run(stream_record(entry))
    assert len(log(table)) == 1


@pytest.mark.parametrize("microsecond", [0, 500_000, 999_999])
def test_a_commit_slower_than_settle_always_counts_as_slow(microsecond: int) -> None:
    """The stream rounds its times down to seconds."""
    stamped = NOON.replace(microsecond=microsecond)
    item = changed(FULL, OPEN).to_item(stamped)
    slow = stream_record(item, committed_after=timedelta(seconds=2, microseconds=1))
    streamed = read_change(DynamoDBRecord(slow))
    assert streamed is not None
    assert streamed.may_be_missed


def test_the_record_of_a_delivery_is_kept_for_four_weeks(
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


def test_an_alert_created_after_the_vacancy_opened_does_not_fire(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """As when a dead letter is redriven days later."""
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


def test_a_later_alert_fires_if_searches_may_have_missed_the_vacancy(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    change_id = opening(table)
    (entry,) = (each for each in log(table) if each[keys.SORT]["S"].endswith(f"#{change_id}"))
    stamped = datetime.fromisoformat(entry[keys.SORT]["S"].partition("#")[0])
    alerts.create(table, SYSTEM, alert(created_at=stamped + timedelta(minutes=1)), BY)
    notify.start()
    assert notify.run(stream_record(entry, committed_after=timedelta(minutes=2))) == []
    assert inboxes.delivered() == {(EXETER, change_id): 1}


def test_the_log_has_the_change_and_the_team_but_not_the_message(
    table: Table, inboxes: Inboxes, notify: Notify, caplog: pytest.LogCaptureFixture
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert("aardvark"), BY)
    change_id = opening(table)
    notify.run_new()
    logged = "".join(logger.registered_formatter.format(each) for each in caplog.records)
    assert '"team has no topic"' in logged
    assert f'"change_id":"{change_id}","team":"aardvark"' in logged
    assert "01632" not in logged
    assert "Larkrise" not in logged


def test_metrics_count_deliveries_and_failures_and_measure_the_delay(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    alerts.create(table, SYSTEM, alert("aardvark"), BY)
    opening(table)
    notify.run_new()
    assert notify.metrics["AlertPublished"] == 1
    assert notify.metrics["AlertFailed"] == 1
    assert 0 < notify.metrics["AlertDelay"] < 60_000


def test_beds_of_a_new_category_count_as_newly_free(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(categories=(BedCategory.TRANSITIONAL,)), BY)
    save(table, OPEN)
    beds = {**OPEN.beds, BedCategory.TRANSITIONAL: counts(1)}
    change_id = post(table, OPEN, replace(OPEN, beds=beds))
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, change_id): 1}


def test_beds_of_a_home_that_returns_to_the_register_count_as_newly_free(
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
    inboxes.delivered()
    commit(table, SYSTEM, [change])
    notify.run_new()
    assert inboxes.delivered() == {(EXETER, change.change_id): 1}


def test_no_address_of_a_member_is_stored(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    inboxes.open(EXETER)
    alerts.create(table, SYSTEM, alert(), BY)
    opening(table)
    notify.run_new()
    stored = to_json(
        {"all": [dict(item) for item in table.client.scan(TableName=table.name)["Items"]]}
    )
    assert "inbox-" not in stored
    assert len(list(all_documents(table, ChangeKind.ALERT))) == 1
