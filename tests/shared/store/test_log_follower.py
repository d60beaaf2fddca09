"""A follower misses no change, whatever the clocks say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.aws.clock import Clock
from shared.domain.errors import BusyError
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import CLOCK_SKEW, SETTLE, commit, republish
from shared.store.log_follower import MAX_CATCH_UP, LogFollower
from shared.store.table import Table
from tests.support.builders import changed, home, save
from tests.support.fakes import ManualTime, Shelf, confirmed, during_each_write


@contextmanager
def requests_of(table: Table) -> Iterator[list[str]]:
    """Note the names of the requests that are sent to the table."""
    requests: list[str] = []
    table.client.meta.events.register(
        "before-call.dynamodb", lambda model, **_: requests.append(model.name), unique_id="count"
    )
    yield requests
    table.client.meta.events.unregister("before-call.dynamodb", unique_id="count")


def test_a_follower_loads_once_then_reads_only_the_log(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    first = home()
    save(table, first, home("1-9000000002"), clock=clock)
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
    follower.catch_up()
    manual_time.advance(timedelta(minutes=1))
    _, change = confirmed(first)
    commit(table, clock, [change])
    with requests_of(table) as requests:
        follower.catch_up()
    assert shelf.versions == {"1-9000000001": 2, "1-9000000002": 1}
    assert requests == ["Query"]


def test_a_follower_of_two_kinds_reads_both_in_one_request(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    first = home()
    save(table, first, clock=clock)
    # Of another kind, and with the same id and version.
    change = replace(changed(first, first), kind=ChangeKind.ALERT, previous=None)
    alert = {"alert_id": "3f9c", "team": "exeter", "version": 2, "location_id": "exeter#3f9c"}
    homes, alerts = Shelf(), Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: homes, ChangeKind.ALERT: alerts})
    follower.catch_up()
    manual_time.advance(timedelta(minutes=1))
    commit(table, clock, [replace(change, subject_id="exeter#3f9c", document=alert)])
    commit(table, clock, [confirmed(first)[1]])
    with requests_of(table) as requests:
        follower.catch_up()
    assert homes.versions == {first.location_id: 2}
    assert alerts.versions == {"exeter#3f9c": 2}
    assert requests == ["Query"]


@pytest.mark.parametrize("writer", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_clock_skew_hides_no_acknowledged_change(
    table: Table, manual_time: ManualTime, writer: timedelta
) -> None:
    reading, writing = manual_time.clock(), manual_time.clock(writer)
    state = home()
    save(table, state, clock=writing)
    shelf = Shelf()
    follower = LogFollower(table, reading, {ChangeKind.HOME: shelf})
    follower.catch_up()

    def almost_settled() -> None:
        """Let the reader look in the last moment before the commit takes effect."""
        manual_time.advance(SETTLE - timedelta(milliseconds=1))
        follower.catch_up()

    for _ in range(20):
        state, change = confirmed(state)
        commit(during_each_write(table, almost_settled), writing, [change])
        manual_time.advance(timedelta(milliseconds=1))
        follower.catch_up()
        assert shelf.versions == {state.location_id: state.version}


@pytest.mark.parametrize("writer", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_midnight_hides_nothing(table: Table, manual_time: ManualTime, writer: timedelta) -> None:
    manual_time.now = datetime(2026, 1, 5, 23, 59, 40, tzinfo=UTC)
    reading, writing = manual_time.clock(), manual_time.clock(writer)
    state = home()
    save(table, state, clock=writing)
    shelf = Shelf()
    follower = LogFollower(table, reading, {ChangeKind.HOME: shelf})
    for _ in range(40):
        follower.catch_up()
        assert shelf.versions == {state.location_id: state.version}
        manual_time.advance(timedelta(seconds=1))
        state, change = confirmed(state)
        commit(table, writing, [change])


def test_log_entries_out_of_order_leave_the_newest_version(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    state = home()
    save(table, state, clock=clock)
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
    follower.catch_up()
    state, second = confirmed(state)
    _, third = confirmed(state)
    commit(table, manual_time.clock(timedelta(seconds=5)), [second])
    commit(table, clock, [third])
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 3}
    manual_time.advance(timedelta(seconds=9))
    republish(table, clock, second)
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 3}


def test_a_failed_read_is_repeated_by_the_next(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    state = home()
    save(table, state, clock=clock)
    shelf = Shelf()
    failing = {"left": 0}

    class Flaky:
        def __getattr__(self, name: str) -> Any:
            def called(**arguments: Any) -> Any:
                if failing["left"]:
                    failing["left"] -= 1
                    raise BusyError("not now")
                return getattr(table.client, name)(**arguments)

            return called

    flaky = replace(table, client=Flaky())  # type: ignore[arg-type]  # a stand-in
    follower = LogFollower(flaky, clock, {ChangeKind.HOME: shelf})
    failing["left"] = 1
    with pytest.raises(BusyError):
        follower.catch_up()
    follower.catch_up()
    state, change = confirmed(state)
    commit(table, clock, [change])
    failing["left"] = 1
    with pytest.raises(BusyError):
        follower.catch_up()
    manual_time.advance(timedelta(minutes=10))
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 2}


def raw_item(table: Table, location_id: str, text: str) -> None:
    """Write a document into the table as no function of Bedboard would."""
    partition = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": location_id}}
    table.put({**partition, keys.DOCUMENT: {"S": text}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"location_id": "1-9000000001"}',
        '{"location_id": "1-9000000001", "version": null}',
        '{"location_id": ["1-9000000001"], "version": 1}',
        '{"location_id": "1-9000000001", "version": 1, "name": "junk"}',
    ],
)
def test_an_item_of_any_kind_hides_only_itself_and_is_reported(
    table: Table, clock: Clock, text: str
) -> None:
    reported: list[str] = []
    raw_item(table, "1-9000000001", text)
    save(table, home("1-9000000002"), clock=clock)
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf}, reported.append)
    follower.catch_up()
    follower.catch_up()
    assert shelf.versions == {"1-9000000002": 1}
    assert reported == ["1-9000000001"]


def test_an_item_without_a_document_hides_only_itself_and_is_reported(
    table: Table, clock: Clock
) -> None:
    reported: list[str] = []
    table.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "probe"}})
    save(table, home("1-9000000002"), clock=clock)
    shelf = Shelf()
    LogFollower(table, clock, {ChangeKind.HOME: shelf}, reported.append).catch_up()
    assert shelf.versions == {"1-9000000002": 1}
    assert reported == ["probe"]


@pytest.mark.parametrize("subject", ["home#1-9000000001#1", "home#1-9000000001#x", "home"])
def test_a_malformed_log_entry_hides_only_itself_and_is_reported(
    table: Table, clock: Clock, subject: str
) -> None:
    reported: list[str] = []
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf}, reported.append)
    follower.catch_up()
    sort_key = f"{keys.stamp(clock.now())}#{subject}"
    table.put(
        {
            keys.PARTITION: {"S": keys.change_day(clock.now())},
            keys.SORT: {"S": sort_key},
            keys.KIND: {"S": ChangeKind.HOME},
        }
    )
    save(table, home("1-9000000002"), clock=clock)
    follower.catch_up()
    assert shelf.versions == {"1-9000000002": 1}
    assert reported == [sort_key]


def test_a_change_that_cannot_be_read_hides_the_version_before_it(
    table: Table, clock: Clock
) -> None:
    first = home("1-9000000001")
    save(table, first, home("1-9000000002"), clock=clock)
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
    follower.catch_up()
    junk = replace(first, register=replace(first.register, name="junk"))
    commit(table, clock, [changed(first, junk)])
    follower.catch_up()
    assert shelf.versions == {"1-9000000002": 1}
    commit(table, clock, [changed(replace(junk, version=2), first)])
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 3, "1-9000000002": 1}


@pytest.mark.parametrize("later", [timedelta(minutes=20), timedelta(minutes=55)])
def test_a_clock_that_jumped_ahead_and_back_hides_nothing(table: Table, later: timedelta) -> None:
    true = ManualTime()
    jumps = {"by": timedelta(0)}
    clock = Clock(lambda: true.now + jumps["by"], lambda: true.steady, lambda _: None)
    state = home()
    save(table, state, clock=true.clock())
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
    follower.catch_up()
    jumps["by"] = timedelta(minutes=50)
    follower.catch_up()
    true.advance(timedelta(minutes=1))
    state, change = confirmed(state)
    commit(table, true.clock(), [change])
    true.advance(later - timedelta(minutes=1))
    jumps["by"] = timedelta(0)
    follower.catch_up()
    assert shelf.versions == {state.location_id: 2}


def test_after_a_long_pause_everything_is_loaded_again(
    table: Table, clock: Clock, manual_time: ManualTime
) -> None:
    state = home()
    save(table, state, clock=clock)
    shelf = Shelf()
    follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
    follower.catch_up()
    for _ in range(3):
        manual_time.advance(MAX_CATCH_UP)
        state, change = confirmed(state)
        commit(table, clock, [change])
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 4}
