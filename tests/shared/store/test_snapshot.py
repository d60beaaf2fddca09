"""Whoever starts from a snapshot knows what one knows that has read everything."""

import random
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.clock import SYSTEM, Clock
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from shared.domain.vocabulary import ChangeKind
from shared.store import keys, log_follower, snapshot
from shared.store.change_log import CLOCK_SKEW, SETTLE, commit
from shared.store.log_follower import MAX_CATCH_UP, LogFollower
from shared.store.table import Table
from snapshot_homes.save_snapshot import save_snapshot
from tests.support.builders import home, save
from tests.support.examples import seeds
from tests.support.fakes import Hands, during, next_of, paged

HOME = ChangeKind.HOME
IDS = [f"1-900000000{number}" for number in range(7)]
"""With two homes to a page these are four pages: more than are read without a snapshot."""


class Shelf:
    """A memory that keeps the versions it was given."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}

    def clear(self) -> None:
        self.versions.clear()

    def put(self, document: Document, _: str = "") -> None:
        self.versions[document["location_id"]] = document["version"]


def cold(table: Table, clock: Clock) -> dict[str, int]:
    """What a new reader knows."""
    shelf = Shelf()
    LogFollower(paged(table), clock, HOME, shelf).catch_up()
    return shelf.versions


def asked_by_a_cold_one(table: Table, clock: Clock) -> list[str]:
    reading = paged(table)
    LogFollower(reading, clock, HOME, Shelf()).catch_up()
    asked: list[str] = reading.client.asked  # type: ignore[attr-defined]
    return asked


def kept(table: Table, clock: Clock, since: timedelta) -> snapshot.Snapshot | None:
    return snapshot.newest(table, HOME, clock.now() - since)


def spoil(table: Table, clock: Clock, number: int, item: dict[str, Any] | None = None) -> None:
    """Take away a part of the newest snapshot, or lay something over it."""
    found = kept(table, clock, timedelta(hours=1))
    assert found
    key = {
        keys.PARTITION: {"S": keys.snapshot(HOME)},
        keys.SORT: {"S": keys.snapshot_part(found.read_at, number)},
    }
    if item is None:
        table.client.delete_item(TableName=table.name, Key=key)
    else:
        table.put({**key, **item})


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    return hands.clock()


@pytest.fixture
def full(table: Table, hands: Hands) -> Table:
    """A table of seven homes."""
    save(table, *map(home, IDS), clock=hands.clock())
    return table


def test_a_cold_reader_reads_two_pages_a_snapshot_and_the_log(full: Table, clock: Clock) -> None:
    assert save_snapshot(paged(full), clock) == 1
    assert asked_by_a_cold_one(full, clock) == ["HOME", "HOME", "SNAPSHOT", "CHANGE"]
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_without_one_it_reads_every_page(full: Table, clock: Clock) -> None:
    assert asked_by_a_cold_one(full, clock) == ["HOME", "HOME", "SNAPSHOT", "HOME", "HOME"]


def test_of_few_homes_none_is_kept_and_none_is_looked_for(table: Table) -> None:
    save(table, *map(home, IDS[:4]))
    assert save_snapshot(paged(table), SYSTEM) == 0
    assert asked_by_a_cold_one(table, SYSTEM) == ["HOME", "HOME"]


def test_it_is_the_snapshot_that_is_read(full: Table, clock: Clock) -> None:
    save_snapshot(paged(full), clock)
    full.client.delete_item(
        TableName=full.name, Key={keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": IDS[6]}}
    )
    assert cold(full, clock)[IDS[6]] == 1


@pytest.mark.parametrize("skew", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_what_takes_effect_after_the_snapshot_is_known(
    full: Table, clock: Clock, hands: Hands, skew: timedelta
) -> None:
    _, change = next_of(home(IDS[6]))

    def almost_settled() -> None:
        """The snapshot looks in the last moment before the commit takes effect."""
        hands.move(SETTLE - timedelta(milliseconds=1))
        save_snapshot(paged(full), clock)

    commit(during(full, almost_settled), hands.clock(skew), [change])
    hands.move(MAX_CATCH_UP - SETTLE)
    assert asked_by_a_cold_one(full, clock)[:3] == ["HOME", "HOME", "SNAPSHOT"]
    assert cold(full, clock)[IDS[6]] == 2


def test_one_that_lacks_a_part_is_passed_over_for_the_one_before(
    full: Table, clock: Clock, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PART_BYTES", 100)
    assert save_snapshot(paged(full), clock) > 2
    before = clock.now()
    hands.move(timedelta(minutes=15))
    _, change = next_of(home(IDS[6]))
    commit(full, clock, [change])
    save_snapshot(paged(full), clock)
    spoil(full, clock, 1)
    found = kept(full, clock, timedelta(hours=1))
    assert found
    assert found.read_at == before
    assert cold(full, clock)[IDS[6]] == 2


@pytest.mark.parametrize("text", [b"not compressed", b""])
def test_one_that_cannot_be_read_costs_time_and_hides_nothing(
    full: Table, clock: Clock, text: bytes
) -> None:
    save_snapshot(paged(full), clock)
    spoil(full, clock, 0, {"parts": {"N": "1"}, "text": {"B": text}})
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_one_of_another_versions_code_costs_time_and_hides_nothing(
    full: Table, clock: Clock
) -> None:
    save_snapshot(paged(full), clock)
    spoil(full, clock, 0, {"content": {"S": "something new"}})
    assert cold(full, clock) == dict.fromkeys(IDS, 1)


def test_one_older_than_a_reader_may_sleep_is_not_used(
    full: Table, clock: Clock, hands: Hands
) -> None:
    save_snapshot(paged(full), clock)
    hands.move(MAX_CATCH_UP + timedelta(seconds=1))
    assert kept(full, clock, MAX_CATCH_UP) is None
    assert asked_by_a_cold_one(full, clock) == ["HOME", "HOME", "SNAPSHOT", "HOME", "HOME"]


def test_a_reader_that_started_from_one_goes_on_with_the_log_alone(
    full: Table, clock: Clock, hands: Hands
) -> None:
    save_snapshot(paged(full), clock)
    reading, shelf = paged(full), Shelf()
    follower = LogFollower(reading, clock, HOME, shelf)
    follower.catch_up()
    hands.move(timedelta(minutes=1))
    _, change = next_of(home(IDS[6]))
    commit(full, clock, [change])
    reading.client.asked.clear()  # type: ignore[attr-defined]
    follower.catch_up()
    assert reading.client.asked == ["CHANGE"]  # type: ignore[attr-defined]
    assert shelf.versions[IDS[6]] == 2


def test_it_goes_by_itself(full: Table, clock: Clock) -> None:
    save_snapshot(paged(full), clock)
    (item,) = full.query("pk = :pk", {":pk": keys.snapshot(HOME)})
    left = int(item[keys.EXPIRES]["N"]) - clock.now().timestamp()
    assert left > MAX_CATCH_UP.total_seconds()


class World:
    """Writers, keepers and readers whose clocks differ, at any moment of each other's work."""

    def __init__(self, table: Table, hands: Hands, dice: random.Random) -> None:
        self._table, self._hands, self._dice = table, hands, dice
        self._acknowledged = {each: home(each) for each in IDS}
        self.misses: list[str] = []
        save(table, *self._acknowledged.values(), clock=self._any_clock())

    def step(self) -> None:
        self._dice.choice([self._write, self._keep, self._keep_half, self._start, self._wait])()

    def _any_clock(self) -> Clock:
        return self._hands.clock(self._dice.uniform(-1, 1) * CLOCK_SKEW / 2)

    def _write(self) -> None:
        state, change = next_of(self._acknowledged[self._dice.choice(IDS)])
        meanwhile = [self._keep, self._keep_half, self._start, self._wait]

        def first_write() -> None:
            if meanwhile:
                self._dice.choice(meanwhile)()
                self._hands.move(self._dice.uniform(0, 3) * SETTLE)
                meanwhile.clear()  # what is appended again takes no time

        commit(during(self._table, first_write), self._any_clock(), [change])
        self._acknowledged[state.location_id] = state

    def _keep(self) -> None:
        save_snapshot(paged(self._table), self._any_clock())

    def _keep_half(self) -> None:
        """The keeper dies after some parts."""
        left = [self._dice.randrange(3)]

        def dying() -> None:
            if not left[0]:
                raise BusyError("not now")
            left[0] -= 1

        with suppress(BusyError):
            save_snapshot(during(paged(self._table), dying), self._any_clock())

    def _start(self) -> None:
        known = cold(self._table, self._any_clock())
        self.misses += [
            each for each, state in self._acknowledged.items() if known.get(each, 0) < state.version
        ]

    def _wait(self) -> None:
        self._hands.move(self._dice.choice([0.01, 1, 9, 600, 2400]) * timedelta(seconds=1))


def missed(table: Table, hands: Hands, seed: int) -> list[str]:
    world = World(table, hands, random.Random(seed))
    for _ in range(60):
        world.step()
    return world.misses


@pytest.mark.parametrize("seed", seeds(12))
def test_whoever_starts_knows_all_that_was_acknowledged(
    table: Table, hands: Hands, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(snapshot, "PART_BYTES", 200)
    assert missed(table, hands, seed) == []


def test_the_world_shows_a_reader_that_reads_no_overlap(
    table: Table, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PART_BYTES", 200)
    monkeypatch.setattr(log_follower, "OVERLAP", timedelta(0))
    assert any(missed(table, hands, seed) for seed in range(12))
