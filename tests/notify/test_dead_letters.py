"""What the stream gave up on can be sent again, as often as one likes: nobody is alerted twice.

A dead letter of a stream holds no record, only where in the stream they were and when they arrived.
The stream forgets after a day, so whoever sends it again finds the log entries of that time in the
table; entries of the same time that went well come along, and must not be told a second time.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from local.lambda_events import stream_record
from notify.delivery import KEPT
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.store import alerts, keys
from shared.store.change_log import SETTLE, commit
from shared.store.table import Table
from tests.notify.conftest import Inboxes, Notify
from tests.support.builders import NOON, REGISTER, created, home
from tests.support.dead_letters import of_stream

BY = Author("somebody", "request-9")
TEAMS = ("barnstaple", "exeter")
HOMES = ("1-9000000001", "1-9000000002")

TOLD = {(team, f"{location_id}#1"): 1 for team in TEAMS for location_id in HOMES}
"""Each team of each home's opening, once."""


class NoTopic:
    """SNS that fails for one team."""

    def __init__(self, client: Any, team: str) -> None:
        self._client, self._team = client, team

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def publish(self, **arguments: Any) -> Any:
        if arguments["TopicArn"].endswith(self._team):
            raise ClientError(
                {
                    "Error": {"Code": "InternalError", "Message": ""},
                    "ResponseMetadata": {"HTTPStatusCode": 500},  # type: ignore[typeddict-item]
                },
                "Publish",
            )
        return self._client.publish(**arguments)


def two_openings(table: Table, inboxes: Inboxes) -> None:
    """Two homes each open a bed, for the alerts of two teams."""
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
    return of_stream(
        first=streamed[0]["SequenceNumber"],
        last=streamed[-1]["SequenceNumber"],
        arrived=f"{min(arrived):%Y-%m-%dT%H:%M:%SZ}",
        arrived_last=f"{max(arrived):%Y-%m-%dT%H:%M:%SZ}",
    )


def found_again(table: Table, letter: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of the log entries of that time, made anew from what the table has."""
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


def given_up_on(table: Table, inboxes: Inboxes, notify: Notify) -> dict[str, Any]:
    """The dead letter of openings of which one team could not be told in all those hours."""
    two_openings(table, inboxes)
    notify.start(topics=Topics(NoTopic(inboxes.topics.client, "exeter"), inboxes.topics.prefix))  # type: ignore[arg-type]
    records = notify.new()
    assert len(notify.run(*records)) == len(records)
    assert {team for team, _ in inboxes.told()} == {"barnstaple"}
    notify.start()
    return dead_letter(records)


def test_the_letter_holds_no_record_but_leads_to_the_log_entries(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    letter = given_up_on(table, inboxes, notify)
    assert "Larkrise" not in str(letter)
    found = [each["dynamodb"]["NewImage"]["id"]["S"] for each in found_again(table, letter)]
    assert set(HOMES) <= set(found)


def test_sent_again_it_tells_those_who_were_not_told_and_nobody_else(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    letter = given_up_on(table, inboxes, notify)
    assert notify.run(*found_again(table, letter)) == []
    assert inboxes.told() == {told: 1 for told in TOLD if told[0] == "exeter"}


def test_sent_twice_it_tells_nobody_twice(table: Table, inboxes: Inboxes, notify: Notify) -> None:
    letter = given_up_on(table, inboxes, notify)
    notify.run(*found_again(table, letter))
    inboxes.told()
    for _ in range(2):
        notify.start()
        assert notify.run(*found_again(table, letter)) == []
    assert not inboxes.told()


def test_what_went_well_at_the_same_time_comes_along_and_is_not_told_again(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    two_openings(table, inboxes)
    records = notify.new()
    notify.run(*records)
    assert inboxes.told() == TOLD
    notify.start()
    assert notify.run(*found_again(table, dead_letter(records[:1]))) == []
    assert not inboxes.told()


def test_who_was_told_is_known_for_as_long_as_a_letter_may_lie_there(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    two_openings(table, inboxes)
    before = datetime.now(UTC)
    notify.run_new()
    (kept,) = {
        int(item["expires"]["N"])
        for item in table.client.scan(TableName=table.name)["Items"]
        if item["pk"]["S"] == keys.sent(f"{HOMES[0]}#1") and item["sk"]["S"] == "exeter"
    }
    assert kept >= int((before + KEPT).timestamp())
