"""A heartbeat takes the way of every change, and no reader of the log takes it for one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.dead_letters.message import StreamRange
from cli.dead_letters.redrive import records_from_log
from cli.export.table_dump import write_table
from cli.restore import backups
from cli.restore.readers import read_later_changes
from cli.restore.replay import Replay
from council_overview.handler import build as build_overview
from local.lambda_events import Context, schedule
from shared.aws.clock import SYSTEM
from shared.domain.demand import Span
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import append_beat
from shared.store.log_follower import LogFollower
from shared.store.table import Item, Table
from show_home.handler import build as build_show_home
from snapshot_homes.handler import build
from tests.notify.change_log import log
from tests.support.api_events import call
from tests.support.builders import home, save
from tests.support.fakes import ManualTime

HOME = "1-9000000001"


def beats(table: Table) -> list[Item]:
    return [each for each in log(table) if keys.is_beat(each[keys.SORT]["S"])]


@pytest.fixture
def day(table: Table) -> Table:
    """Return a table whose log has a change between heartbeats."""
    append_beat(table, SYSTEM)
    save(table, home(HOME))
    append_beat(table, SYSTEM)
    return table


def test_every_run_appends_a_heartbeat_that_expires_after_a_day(table: Table) -> None:
    time = ManualTime()
    handler = build(table=table, clock=time.clock(), demand_span=Span.WEEK, council="example")
    for _ in range(2):
        handler(schedule(None), Context())
        time.advance(timedelta(minutes=15))
    first, _second = beats(table)
    assert first[keys.KIND]["S"] == "beat"
    lifetime = int(first[keys.EXPIRES]["N"]) - (time.now - timedelta(minutes=30)).timestamp()
    assert timedelta(seconds=lifetime) == timedelta(days=1)


def test_a_snapshot_that_fails_does_not_stop_the_heartbeat(table: Table) -> None:
    class NoQueries:
        put_item = table.client.put_item

    broken = replace(table, client=NoQueries())  # type: ignore[arg-type]  # a stand-in
    with pytest.raises(AttributeError):
        build(table=broken, clock=SYSTEM, demand_span=Span.WEEK, council="example")(
            schedule(None), Context()
        )
    assert len(beats(table)) == 1


@pytest.mark.parametrize("kind", ChangeKind)
def test_followers_of_the_log_pass_over_it(table: Table, kind: ChangeKind) -> None:
    class Index:
        """An index that holds nothing."""

        def __init__(self) -> None:
            self.puts: list[Any] = []

        def clear(self) -> None:
            pass

        def put(self, document: Any, _: str) -> None:
            self.puts.append(document)

        def remove(self, subject_id: str) -> None:
            self.puts.append(subject_id)

    index, unreadable = Index(), list[str]()
    follower = LogFollower(table, SYSTEM, {kind: index}, unreadable.append)
    follower.catch_up()
    append_beat(table, SYSTEM)
    follower.catch_up()
    assert index.puts == unreadable == []


def test_the_overview_and_its_days_count_it_as_nothing(day: Table) -> None:
    handler = build_overview(table=day, clock=SYSTEM)
    totals = call(handler, "GET", f"/changes/{SYSTEM.now():%Y-%m-%d}", groups="council").body
    assert totals["opened"] == {"general_nursing": 1}
    assert len(call(handler, "GET", "/homes", groups="council").body["homes"]) == 1


def test_the_history_of_a_home_does_not_show_it(day: Table) -> None:
    handler = build_show_home(table=day, clock=SYSTEM, search_is_public=False)
    path = f"/homes/{HOME}/changes"
    assert len(call(handler, "GET", path, groups=f"home:{HOME}").body["changes"]) == 1


def test_an_export_leaves_it_out(day: Table, tmp_path: Path) -> None:
    counts = write_table(day, tmp_path, SYSTEM.now(), lambda _: None)
    assert counts[f"changes/{SYSTEM.now():%Y-%m-%d}.jsonl"] == 1


def test_a_redrive_of_dead_letters_leaves_it_out(day: Table) -> None:
    now = SYSTEM.now()
    arrived = StreamRange("stream", "shard", "1", "2", now - timedelta(minutes=1), now)
    assert len(records_from_log(day, arrived)) == 1


def test_a_restore_passes_over_it(day: Table) -> None:
    moment = SYSTEM.now()
    copy = replace(day, name=backups.start_copy(day, moment, moment))
    for each in beats(day):
        key = {name: each[name] for name in (keys.PARTITION, keys.SORT)}
        day.client.delete_item(TableName=day.name, Key=key)
    append_beat(day, SYSTEM)
    assert read_later_changes(day, ChangeKind.HOME, moment, SYSTEM.now()) == {}
    Replay(day, copy, moment, SYSTEM, overwrite_newer=False, dry_run=False).run(lambda _: None)
    assert len(beats(day)) == 1
