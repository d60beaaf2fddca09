"""A reader that starts from a snapshot knows what a reader of all homes knows."""

import random
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.clock import SYSTEM, Clock
from shared.domain.errors import BusyError
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, log_follower, snapshot
from shared.store.change_log import CLOCK_SKEW, SETTLE, commit
from shared.store.log_follower import MAX_CATCH_UP, LogFollower
from shared.store.table import Table
from snapshot_homes.read_homes import read_homes
from snapshot_homes.save_snapshot import save_snapshot
from tests.support.builders import home, save
from tests.support.examples import seeds
from tests.support.fakes import (
    ManualTime,
    Shelf,
    confirmed,
    during_each_write,
    partitions_read,
    two_homes_a_page,
)

HOME = ChangeKind.HOME
IDS = [f"1-900000000{number}" for number in range(7)]
"""With two homes to a page these are four pages: more than are read without a snapshot."""


def cold(table: Table, clock: Clock) -> dict[str, int]:
    """Return the versions that a new reader knows."""
    shelf = Shelf()
    LogFollower(two_homes_a_page(table), clock, {HOME: shelf}).catch_up()
    return shelf.versions


def partitions_read_cold(table: Table, clock: Clock) -> list[str]:
    reading = two_homes_a_page(table)
    LogFollower(reading, clock, {HOME: Shelf()}).catch_up()
    return partitions_read(reading)


def newest_snapshot(table: Table, clock: Clock, since: timedelta) -> snapshot.Snapshot | None:
    return snapshot.newest(table, HOME, clock.now() - since, clock.now() + CLOCK_SKEW)


def spoil(table: Table, clock: Clock, number: int, item: dict[str, Any] | None = None) -> None:
    """Delete a part of the newest snapshot, or replace it."""
    newest = newest_snapshot(table, clock, timedelta(hours=1))
    assert newest
    key = {
        keys.PARTITION: {"S": keys.snapshot(HOME)},
        keys.SORT: {"S": keys.snapshot_part(newest.read_at, number)},
    }
    if item is None:
        table.client.delete_item(TableName=table.name, Key=key)
    else:
        table.put({**key, **item})


@pytest.fixture
def full(table: Table, manual_time: ManualTime) -> Table:
    """Fill the table with seven homes."""
    save(table, *map(home, IDS), clock=manual_time.clock())
    return table


def test_a_cold_reader_reads_two_pages_a_snapshot_and_the_log(full: Table, clock: Clock) -> None:
    assert save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock)) == 1
    assert partitions_read_cold(full, clock) == ["HOME", "HOME", "SNAPSHOT", "CHANGE"]
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_without_a_snapshot_a_reader_reads_every_page(full: Table, clock: Clock) -> None:
    assert partitions_read_cold(full, clock) == ["HOME", "HOME", "SNAPSHOT", "HOME", "HOME"]


def test_few_homes_need_no_snapshot(table: Table) -> None:
    save(table, *map(home, IDS[:4]))
    assert save_snapshot(two_homes_a_page(table), read_homes(two_homes_a_page(table), SYSTEM)) == 0
    assert partitions_read_cold(table, SYSTEM) == ["HOME", "HOME"]


def test_homes_are_read_from_the_snapshot(full: Table, clock: Clock) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    full.client.delete_item(
        TableName=full.name, Key={keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": IDS[6]}}
    )
    assert cold(full, clock)[IDS[6]] == 1


@pytest.mark.parametrize("skew", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_changes_after_the_snapshot_are_known(
    full: Table, clock: Clock, manual_time: ManualTime, skew: timedelta
) -> None:
    _, change = confirmed(home(IDS[6]))

    def almost_settled() -> None:
        """Read the snapshot in the last moment before the commit takes effect."""
        manual_time.advance(SETTLE - timedelta(milliseconds=1))
        save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))

    commit(during_each_write(full, almost_settled), manual_time.clock(skew), [change])
    manual_time.advance(MAX_CATCH_UP - SETTLE)
    assert partitions_read_cold(full, clock)[:3] == ["HOME", "HOME", "SNAPSHOT"]
    assert cold(full, clock)[IDS[6]] == 2


def test_an_incomplete_snapshot_is_ignored(
    full: Table, clock: Clock, manual_time: ManualTime
) -> None:
    assert (
        save_snapshot(
            two_homes_a_page(full), read_homes(two_homes_a_page(full), clock), part_bytes=100
        )
        > 2
    )
    before = clock.now()
    manual_time.advance(timedelta(minutes=15))
    _, change = confirmed(home(IDS[6]))
    commit(full, clock, [change])
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock), part_bytes=100)
    spoil(full, clock, 1)
    newest = newest_snapshot(full, clock, timedelta(hours=1))
    assert newest
    assert newest.read_at == before
    assert cold(full, clock)[IDS[6]] == 2


@pytest.mark.parametrize("text", [b"not compressed", b""])
def test_a_damaged_snapshot_hides_nothing(full: Table, clock: Clock, text: bytes) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    spoil(full, clock, 0, {"parts": {"N": "1"}, "text": {"B": text}})
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_a_snapshot_of_other_code_hides_nothing(full: Table, clock: Clock) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    spoil(full, clock, 0, {"content": {"S": "something new"}})
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_an_old_snapshot_is_ignored(full: Table, clock: Clock, manual_time: ManualTime) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    manual_time.advance(MAX_CATCH_UP + timedelta(seconds=1))
    assert newest_snapshot(full, clock, MAX_CATCH_UP) is None
    assert partitions_read_cold(full, clock) == ["HOME", "HOME", "SNAPSHOT", "HOME", "HOME"]


def test_a_reader_that_started_from_a_snapshot_follows_the_log(
    full: Table, clock: Clock, manual_time: ManualTime
) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    reading, shelf = two_homes_a_page(full), Shelf()
    follower = LogFollower(reading, clock, {HOME: shelf})
    follower.catch_up()
    manual_time.advance(timedelta(minutes=1))
    _, change = confirmed(home(IDS[6]))
    commit(full, clock, [change])
    reading.client.partitions.clear()  # type: ignore[attr-defined]  # a stand-in counts them
    follower.catch_up()
    assert reading.client.partitions == ["CHANGE"]  # type: ignore[attr-defined]  # a stand-in counts them
    assert shelf.versions[IDS[6]] == 2


def test_old_snapshots_expire(full: Table, clock: Clock) -> None:
    save_snapshot(two_homes_a_page(full), read_homes(two_homes_a_page(full), clock))
    (item,) = full.query("pk = :pk", {":pk": keys.snapshot(HOME)})
    left = int(item[keys.EXPIRES]["N"]) - clock.now().timestamp()
    assert left > MAX_CATCH_UP.total_seconds()


class World:
    """Writers, snapshots and readers with different clocks, interleaved at random."""

    def __init__(self, table: Table, manual_time: ManualTime, dice: random.Random) -> None:
        self._table, self._manual_time, self._dice = table, manual_time, dice
        self._acknowledged = {each: home(each) for each in IDS}
        self.misses: list[str] = []
        save(table, *self._acknowledged.values(), clock=self._any_clock())

    def step(self) -> None:
        self._dice.choice([self._write, self._keep, self._keep_half, self._start, self._wait])()

    def _any_clock(self) -> Clock:
        return self._manual_time.clock(self._dice.uniform(-1, 1) * CLOCK_SKEW / 2)

    def _write(self) -> None:
        state, change = confirmed(self._acknowledged[self._dice.choice(IDS)])
        meanwhile = [self._keep, self._keep_half, self._start, self._wait]

        def first_write() -> None:
            if meanwhile:
                self._dice.choice(meanwhile)()
                self._manual_time.advance(self._dice.uniform(0, 3) * SETTLE)
                meanwhile.clear()  # what is appended again takes no time

        commit(during_each_write(self._table, first_write), self._any_clock(), [change])
        self._acknowledged[state.location_id] = state

    def _keep(self) -> None:
        save_snapshot(
            two_homes_a_page(self._table),
            read_homes(two_homes_a_page(self._table), self._any_clock()),
            part_bytes=200,
        )

    def _keep_half(self) -> None:
        """Fail after writing some parts of a snapshot."""
        left = [self._dice.randrange(3)]

        def dying() -> None:
            if not left[0]:
                raise BusyError("not now")
            left[0] -= 1

        with suppress(BusyError):
            save_snapshot(
                during_each_write(two_homes_a_page(self._table), dying),
                read_homes(two_homes_a_page(self._table), self._any_clock()),
                part_bytes=200,
            )

    def _start(self) -> None:
        known = cold(self._table, self._any_clock())
        self.misses += [
            each for each, state in self._acknowledged.items() if known.get(each, 0) < state.version
        ]

    def _wait(self) -> None:
        self._manual_time.advance(self._dice.choice([0.01, 1, 9, 600, 2400]) * timedelta(seconds=1))


def missed(table: Table, manual_time: ManualTime, seed: int) -> list[str]:
    world = World(table, manual_time, random.Random(seed))
    for _ in range(60):
        world.step()
    return world.misses


@pytest.mark.parametrize("seed", seeds(12))
def test_a_new_reader_knows_every_acknowledged_change(
    table: Table, manual_time: ManualTime, seed: int
) -> None:
    assert missed(table, manual_time, seed) == []


def test_the_simulation_finds_a_reader_without_overlap(
    table: Table, manual_time: ManualTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_follower, "OVERLAP", timedelta(0))
    assert any(missed(table, manual_time, seed) for seed in range(12))


def test_a_snapshot_from_a_clock_far_ahead_is_not_used(table: Table) -> None:
    now = ManualTime()
    states = [home(f"1-900000000{number}") for number in range(1, 9)]
    save(table, *states, clock=now.clock())
    save_snapshot(
        two_homes_a_page(table),
        read_homes(two_homes_a_page(table), now.clock(timedelta(minutes=30))),
    )
    now.advance(timedelta(minutes=5))
    _, change = confirmed(states[7])
    commit(table, now.clock(), [change])
    now.advance(timedelta(minutes=5))
    assert cold(table, now.clock())["1-9000000008"] == 2
