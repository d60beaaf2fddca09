"""Records that failed for good can be redriven any number of times: no team is alerted twice.

A dead letter of a stream holds no records, only their place in the stream and the times when they
arrived. The stream keeps records for a day, so a redrive reads the log entries of that time from
the table. Entries of the same time that succeeded come too, and must not alert anyone again.
"""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from botocore.exceptions import ClientError

from local.lambda_events import stream_record
from notify.alert_delivery import RECORD_RETENTION
from shared.aws.clock import SYSTEM
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.sns import Topics
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.store import alerts, keys
from shared.store.change_log import SETTLE, commit
from shared.store.table import Table
from tests.notify.conftest import Inboxes, Notify
from tests.support.builders import NOON, REGISTER, created, home
from tests.support.dead_letters import stream_failure

BY = Author("someone", "request-9")
TEAMS = ("barnstaple", "exeter")
HOMES = ("1-9000000001", "1-9000000002")

DELIVERIES = {(team, f"{location_id}#1"): 1 for team in TEAMS for location_id in HOMES}
"""One message to each team about each home."""


def server_error() -> ClientError:
    return ClientError(
        {
            "Error": {"Code": "InternalError", "Message": ""},
            "ResponseMetadata": {"HTTPStatusCode": 500},  # type: ignore[typeddict-item]  # only what is read of it
        },
        "Publish",
    )


class FailingSns:
    """SNS that fails for one team."""

    def __init__(self, client: Any, team: str) -> None:
        self._client, self._team = client, team

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def publish(self, **arguments: Any) -> Any:
        if arguments["TopicArn"].endswith(self._team):
            raise server_error()
        return self._client.publish(**arguments)


class FailingSqs:
    """A queue that takes nothing."""

    def send_message_batch(self, **_: Any) -> Any:
        raise server_error()


def two_openings(table: Table, inboxes: Inboxes) -> None:
    """Open a bed in each of two homes, which matches the alerts of two teams."""
    inboxes.open(*TEAMS)
    for number, team in enumerate(TEAMS):
        place = (REGISTER.latitude, REGISTER.longitude)
        alerts.create(
            table, SYSTEM, Alert(team, f"{number:012x}", 1, "EX2 5DW", *place, 10, NOON), BY
        )
    for location_id in HOMES:
        commit(table, SYSTEM, [created(home(location_id))])


def dead_letter(failed: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what Lambda puts into the queue when it gives up on these records."""
    streamed = [each["dynamodb"] for each in failed]
    arrived = [
        datetime.fromtimestamp(each["ApproximateCreationDateTime"], UTC) for each in streamed
    ]
    return stream_failure(
        first=streamed[0]["SequenceNumber"],
        last=streamed[-1]["SequenceNumber"],
        arrived=f"{min(arrived):%Y-%m-%dT%H:%M:%SZ}",
        arrived_last=f"{max(arrived):%Y-%m-%dT%H:%M:%SZ}",
    )


def redriven_records(table: Table, letter: dict[str, Any]) -> list[dict[str, Any]]:
    """Build the records of the log entries of that time, read from the table."""
    info = letter["DDBStreamBatchInfo"]
    start = datetime.fromisoformat(info["approximateArrivalOfFirstRecord"]) - timedelta(minutes=1)
    end = datetime.fromisoformat(info["approximateArrivalOfLastRecord"]) + SETTLE
    return [
        stream_record(item)
        for day in keys.change_days(start, end)
        for item in table.query(
            "pk = :day AND sk BETWEEN :start AND :end",
            {":day": day, ":start": keys.stamp(start), ":end": keys.stamp(end)},
        )
    ]


def failed_for_good(table: Table, inboxes: Inboxes, notify: Notify) -> dict[str, Any]:
    """Return the dead letter of two changes of which one team was told, and the queue failed."""
    two_openings(table, inboxes)
    notify.start(topics=failing_for(notify, "exeter"), queue=DeliveryQueue(FailingSqs(), "queue"))  # type: ignore[arg-type]  # a stand-in
    records = notify.new()
    assert len(notify.run(*records)) == len(records)
    assert {team for team, _ in inboxes.delivered()} == {"barnstaple"}
    notify.start()
    return dead_letter(records)


def failing_for(notify: Notify, team: str) -> Topics:
    return Topics(FailingSns(notify.topics.client, team), notify.topics.prefix)  # type: ignore[arg-type]  # a stand-in


def test_one_teams_trouble_delays_no_later_opening_and_is_tried_again_by_itself(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    """Lambda retries from the first failed record on, and sends nothing after it meanwhile."""
    two_openings(table, inboxes)
    notify.start(topics=failing_for(notify, "exeter"))
    for record in notify.new():
        assert notify.run(record) == []
    told = {(team, f"{home}#1"): 1 for team, home in product(TEAMS, HOMES) if team != "exeter"}
    assert inboxes.delivered() == told
    queued = [(each["event"], each["about"]["change_id"]) for each in notify.queued()]
    assert queued == [("publish_alert", f"{home}#1") for home in HOMES]


def test_what_was_queued_for_a_team_is_not_queued_again(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    two_openings(table, inboxes)
    notify.start(topics=failing_for(notify, "exeter"))
    records = notify.new()
    for _ in range(2):
        assert notify.run(*records) == []
    assert len(notify.queued()) == len(HOMES)


def test_a_dead_letter_leads_to_the_log_entries(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    letter = failed_for_good(table, inboxes, notify)
    assert "Larkrise" not in str(letter)
    found = [each["dynamodb"]["NewImage"]["id"]["S"] for each in redriven_records(table, letter)]
    assert set(HOMES) <= set(found)


def test_a_redrive_alerts_only_the_teams_that_were_not_alerted(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    letter = failed_for_good(table, inboxes, notify)
    assert notify.run(*redriven_records(table, letter)) == []
    assert inboxes.delivered() == {each: 1 for each in DELIVERIES if each[0] == "exeter"}


def test_a_second_redrive_alerts_no_one(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    letter = failed_for_good(table, inboxes, notify)
    notify.run(*redriven_records(table, letter))
    inboxes.delivered()
    for _ in range(2):
        notify.start()
        assert notify.run(*redriven_records(table, letter)) == []
    assert not inboxes.delivered()


def test_a_redrive_does_not_repeat_alerts_that_were_delivered_at_the_same_time(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    two_openings(table, inboxes)
    records = notify.new()
    notify.run(*records)
    assert inboxes.delivered() == DELIVERIES
    notify.start()
    assert notify.run(*redriven_records(table, dead_letter(records[:1]))) == []
    assert not inboxes.delivered()


def test_the_record_of_a_delivery_outlives_a_dead_letter(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    two_openings(table, inboxes)
    before = datetime.now(UTC)
    notify.run_new()
    (expires,) = {
        int(item["expires"]["N"])
        for item in table.client.scan(TableName=table.name)["Items"]
        if item["pk"]["S"] == keys.sent(f"{HOMES[0]}#1") and item["sk"]["S"] == "exeter"
    }
    assert expires >= int((before + RECORD_RETENTION).timestamp())
