"""Records that the stream no longer holds are made of the change log."""

from datetime import datetime, timedelta

from cli.dead_letters import redrive
from cli.dead_letters.message import StreamRange, parse_message
from notify.alert_delivery import RECORD_RETENTION
from shared.aws.clock import SYSTEM
from shared.store import keys
from shared.store.change_log import commit, republish
from shared.store.table import Table
from tests.support.builders import changed, created, home, save
from tests.support.dead_letters import message, stream_failure


def arrived_at(moment: datetime) -> StreamRange:
    """Return a stream range of records that arrived at a moment."""
    body = stream_failure(arrived=f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    stream_range = parse_message(message(body)).stream_range
    assert stream_range
    return stream_range


def test_the_change_log_gives_each_change_once(table: Table) -> None:
    before = SYSTEM.now()
    save(table, home())
    change = changed(home(accepting=1), home(accepting=2))
    commit(table, SYSTEM, [change])
    republish(table, SYSTEM, change)
    records = redrive.records_from_log(table, arrived_at(before))
    assert [each["dynamodb"]["NewImage"]["version"]["N"] for each in records] == ["1", "2"]
    first = records[0]["dynamodb"]
    assert first["NewImage"]["document"] == created(home()).to_item(before)["document"]
    assert first["Keys"][keys.PARTITION]["S"] == keys.change_day(before)


def test_changes_of_another_time_are_not_redriven(table: Table) -> None:
    save(table, home())
    an_hour_ago = SYSTEM.now() - timedelta(hours=1)
    assert redrive.records_from_log(table, arrived_at(an_hour_ago)) == []


def test_changes_older_than_the_records_of_their_alerts_are_refused() -> None:
    assert redrive.ALERTS_RECORDED_FOR == RECORD_RETENTION
    assert redrive.OLDEST_CHANGE < RECORD_RETENTION
