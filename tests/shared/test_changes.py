"""The log: written with the state, followed without a gap."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared import keys
from shared.changes import (
    CLOCK_SKEW,
    FOLLOWED_AT_MOST,
    SETTLE,
    AnsweredError,
    Change,
    Follower,
    StaleError,
    append_again,
    commit,
    everything,
)
from shared.clock import Clock
from shared.errors import BusyError
from shared.model import Document, Home
from shared.table import Table
from shared.vocabulary import Action, ChangeKind
from shared.writer import Once
from tests.examples import NOON, changed, created, home, save


@dataclass
class Hands:
    """Clocks that move only when told to."""

    now: datetime = NOON
    steady: float = 0.0

    def move(self, step: timedelta) -> None:
        self.now += step
        self.steady += step.total_seconds()

    def clock(self, skew: timedelta = timedelta(0)) -> Clock:
        return Clock(lambda: self.now + skew, lambda: self.steady, lambda _: None)


@dataclass
class Shelf:
    """A memory that keeps what it was given."""

    homes: dict[str, Document] = field(default_factory=dict)

    def clear(self) -> None:
        self.homes.clear()

    def put(self, document: Document) -> None:
        self.homes[document["location_id"]] = document

    @property
    def versions(self) -> dict[str, int]:
        return {location_id: document["version"] for location_id, document in self.homes.items()}


@pytest.fixture
def hands() -> Hands:
    return Hands()


def entries(table: Table, day: datetime = NOON) -> list[Any]:
    return list(
        table.query(
            "#pk = :pk", {":pk": keys.change_day(day)}, ExpressionAttributeNames={"#pk": "pk"}
        )
    )


def next_of(before: Home) -> tuple[Home, Change]:
    change = changed(before, before.confirmed(NOON), Action.CONFIRMED)
    return Home.from_document(change.becomes), change


def during(table: Table, step: Callable[[], None]) -> Table:
    """The table, where something happens while each write is under way."""

    class Slow:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def called(**arguments: Any) -> Any:
                if name in {"transact_write_items", "put_item"}:
                    step()
                return method(**arguments)

            return called

    return replace(table, client=Slow())  # type: ignore[arg-type]


def test_state_entry_and_answer_are_written_together(table: Table) -> None:
    commit(table, [created(home())], Once("somebody", "key-0001", "f"), "{}")
    assert [each["version"] for each in everything(table, ChangeKind.HOME)] == [1]
    assert table.get((keys.once("somebody", "key-0001"), keys.NO_SORT))[0] is not None


def test_an_outdated_change_leaves_nothing_behind(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    first = home()
    save(table, first)
    _, change = next_of(first)
    commit(table, [change])
    with pytest.raises(StaleError):
        commit(table, [change], Once("somebody", "key-0001", "f"), "{}")
    assert table.get((keys.once("somebody", "key-0001"), keys.NO_SORT)) == [None]
    assert len(entries(table)) == 2


def test_of_several_changes_the_outdated_are_named_and_none_is_written(table: Table) -> None:
    taken = home("1-9000000002")
    save(table, taken)
    with pytest.raises(StaleError) as stale:
        commit(table, [created(home()), created(taken)])
    assert stale.value.positions == {1}
    assert table.get((keys.HOMES, home().location_id)) == [None]


def test_a_key_answered_meanwhile_stops_the_change(table: Table) -> None:
    once = Once("somebody", "key-0001", "f")
    commit(table, [created(home())], once, "{}")
    with pytest.raises(AnsweredError):
        commit(table, [created(home("1-9000000002"))], once, "{}")
    assert table.get((keys.HOMES, "1-9000000002")) == [None]


def test_an_expired_key_that_still_lingers_may_be_used_again(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    once = Once("somebody", "key-0001", "f")
    commit(table, [created(home())], once, "{}")
    hands.move(timedelta(days=8))
    commit(table, [created(home("1-9000000002"))], once, "{}")
    assert len(list(everything(table, ChangeKind.HOME))) == 2


def test_a_quick_commit_has_one_entry(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    save(table, home())
    assert len(entries(table)) == 1


def test_a_slow_commit_is_appended_again_with_a_fresh_stamp(table: Table, hands: Hands) -> None:
    slow_once = iter([SETTLE * 2])
    table = replace(table, clock=hands.clock())
    save(during(table, lambda: hands.move(next(slow_once, timedelta(0)))), home())
    first, again = entries(table)
    assert "again" not in first
    assert again["again"] == {"BOOL": True}
    assert again[keys.SORT]["S"].startswith(keys.stamp(NOON + SETTLE * 2))
    assert keys.OF_HOME not in again, "the history of the home tells it once"


def test_what_never_settles_is_not_acknowledged(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    with pytest.raises(BusyError):
        save(during(table, lambda: hands.move(SETTLE * 2)), home())


def test_what_it_was_can_be_told_from_an_entry(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    before = home(accepting=0)
    save(table, before)
    change = changed(before, before.updated({}, None, NOON + timedelta(hours=1)))
    commit(table, [change])
    item = entries(table)[-1]
    assert Change.from_item(item) == change


def test_a_follower_loads_once_and_then_reads_only_the_log(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    first = home()
    save(table, first, home("1-9000000002"))
    shelf = Shelf()
    follower = Follower(table, ChangeKind.HOME, shelf)
    follower.catch_up()
    hands.move(timedelta(minutes=1))
    _, change = next_of(first)
    commit(table, [change])
    asked: list[str] = []
    table.client.meta.events.register(
        "before-call.dynamodb", lambda model, **_: asked.append(model.name), unique_id="count"
    )
    follower.catch_up()
    table.client.meta.events.unregister("before-call.dynamodb", unique_id="count")
    assert shelf.versions == {"1-9000000001": 2, "1-9000000002": 1}
    assert asked == ["Query"]


@pytest.mark.parametrize("writer", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_no_skew_of_clocks_hides_an_acknowledged_change(
    table: Table, hands: Hands, writer: timedelta
) -> None:
    reading = replace(table, clock=hands.clock())
    writing = replace(table, clock=hands.clock(writer))
    state = home()
    save(writing, state)
    shelf = Shelf()
    follower = Follower(reading, ChangeKind.HOME, shelf)
    follower.catch_up()

    def almost_settled() -> None:
        """The reader looks in the last moment before the commit takes effect."""
        hands.move(SETTLE - timedelta(milliseconds=1))
        follower.catch_up()

    for _ in range(20):
        state, change = next_of(state)
        commit(during(writing, almost_settled), [change])
        hands.move(timedelta(milliseconds=1))
        follower.catch_up()
        assert shelf.versions == {state.location_id: state.version}


@pytest.mark.parametrize("writer", [-CLOCK_SKEW, timedelta(0), CLOCK_SKEW])
def test_midnight_hides_nothing(table: Table, hands: Hands, writer: timedelta) -> None:
    hands.now = datetime(2026, 1, 5, 23, 59, 40, tzinfo=UTC)
    reading = replace(table, clock=hands.clock())
    writing = replace(table, clock=hands.clock(writer))
    state = home()
    save(writing, state)
    shelf = Shelf()
    follower = Follower(reading, ChangeKind.HOME, shelf)
    for _ in range(40):
        follower.catch_up()
        assert shelf.versions == {state.location_id: state.version}
        hands.move(timedelta(seconds=1))
        state, change = next_of(state)
        commit(writing, [change])


def test_entries_in_the_wrong_order_leave_the_newest(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    state = home()
    save(table, state)
    shelf = Shelf()
    follower = Follower(table, ChangeKind.HOME, shelf)
    follower.catch_up()
    state, second = next_of(state)
    _, third = next_of(state)
    fast = replace(table, clock=hands.clock(timedelta(seconds=5)))
    commit(fast, [second])
    commit(table, [third])
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 3}
    hands.move(timedelta(seconds=9))
    append_again(table, second)
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 3}


def test_a_read_that_failed_half_way_is_made_good(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    state = home()
    save(table, state)
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

    follower = Follower(replace(table, client=Flaky()), ChangeKind.HOME, shelf)  # type: ignore[arg-type]
    failing["left"] = 1
    with pytest.raises(BusyError):
        follower.catch_up()
    follower.catch_up()
    state, change = next_of(state)
    commit(table, [change])
    failing["left"] = 1
    with pytest.raises(BusyError):
        follower.catch_up()
    hands.move(timedelta(minutes=10))
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 2}


def test_what_cannot_be_read_hides_nothing_else(
    table: Table, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = replace(table, clock=hands.clock())
    save(table, home("1-9000000001"), home("1-9000000002"))
    shelf = Shelf()
    keep = shelf.put

    def put(document: Document) -> None:
        if document["location_id"] == "1-9000000001":
            raise ValueError("a category of a later version")
        keep(document)

    monkeypatch.setattr(shelf, "put", put)
    follower = Follower(table, ChangeKind.HOME, shelf)
    follower.catch_up()
    follower.catch_up()
    assert shelf.versions == {"1-9000000002": 1}


def test_a_deleted_thing_goes_when_no_reader_needs_it(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    gone = {"team": "exeter", "alert_id": "3f9c", "version": 1, "deleted": True}
    commit(
        table,
        [Change(ChangeKind.ALERT, "exeter#3f9c", Action.DELETED, None, gone, "somebody", "r")],
    )
    (item,) = table.get((keys.ALERTS, "exeter#3f9c"))
    assert item
    assert int(item[keys.EXPIRES]["N"]) == (NOON + timedelta(days=7)).timestamp()


def test_after_a_long_sleep_everything_is_loaded_anew(table: Table, hands: Hands) -> None:
    table = replace(table, clock=hands.clock())
    state = home()
    save(table, state)
    shelf = Shelf()
    follower = Follower(table, ChangeKind.HOME, shelf)
    follower.catch_up()
    for _ in range(3):
        hands.move(FOLLOWED_AT_MOST)
        state, change = next_of(state)
        commit(table, [change])
    follower.catch_up()
    assert shelf.versions == {"1-9000000001": 4}
