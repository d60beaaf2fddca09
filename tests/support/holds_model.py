"""A small world of beds, teams and clocks, in which every way that asks can go is tried.

One tick is half of `GRANTED_AFTER`. Clocks are wrong by up to a tick either way, which is as far
apart as two clocks may be, and a writer's commit may come a tick after it decided: `LATE` is both.
Clocks between these two are left out: each rule compares a clock with one moment, so the farthest
clock is the first to break it.

A writer that read an old version commits nothing, so that only the order of the commits matters;
that it is so is tried in `tests/shared/domain/test_holds_writers.py`.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Final, NamedTuple

from shared.domain.admission_hours import Day, Period
from shared.domain.ask import ENDED_KEPT, Ask, AskState, DeclineReason
from shared.domain.ask_list import GRANTED_AFTER, LONGEST_QUEUE, AskList
from shared.domain.errors import ConflictError
from shared.domain.holds import Answered, Holds
from shared.domain.offer import Offer, Situation
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import WorkingHours
from tests.support.builders import NOON

TICK: Final = GRANTED_AFTER / 2
LATE, FAST = -2 * TICK, TICK

_LONG_AGO: Final = NOON - timedelta(days=1)
_FAR: Final = NOON + timedelta(hours=12)
_LATER_POST: Final = NOON + timedelta(seconds=1)


class TwoTicks(WorkingHours):
    """Working hours in which a home has two ticks to answer."""

    def deadline(self, asked_at: datetime) -> datetime:
        """Return two ticks later."""
        return asked_at + 2 * TICK


HOURS: Final = TwoTicks(frozenset(Day), Period(0, 24 * 60))


class World(NamedTuple):
    """The asks and the beds of one category; it is always noon."""

    holds: Holds
    offer: Offer
    other: int
    """The beds that are not available."""

    @property
    def beds(self) -> int:
        """Count all beds."""
        return self.offer.accepting + self.offer.reserved + self.offer.occupied + self.other

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells two worlds apart; which team is which does not."""
        asks = tuple((ask.state, (ask.ends_at - NOON) / TICK) for ask in self.holds.asks)
        gone = self.holds.asks.said_gone.beds if self.holds.asks.said_gone else 0
        return (asks, gone, self.offer.accepting, self.offer.reserved, self.offer.occupied,
                self.offer.takes_asks)  # fmt: skip


class Step(NamedTuple):
    """What was done, by which clock, and what the world became; None where it was refused."""

    what: str
    clock: datetime
    world: World | None


def beginning(beds: int) -> World:
    """Return a world with free beds for which nobody has asked."""
    holds = Holds("1-9000000001", BedCategory.GENERAL_NURSING)
    return World(holds, Offer(beds, said_at=NOON), 0)


def explore(beds: int, teams: int) -> tuple[int, int]:
    """Try everything from the beginning on; return how many worlds and steps there are.

    Raises AssertionError with the way that led to a broken rule.
    """
    first = beginning(beds)
    ways: dict[tuple[object, ...], tuple[str, ...]] = {first.key: ()}
    waiting, steps = deque([first]), 0
    while waiting:
        world = waiting.popleft()
        way = ways[world.key]
        assert_it_ends(world, way)
        following = [("a tick passes", _as_at_noon(world, NOON + TICK))]
        for what, clock, after in steps_from(world, teams):
            steps += 1
            if after is not None:
                assert_rules(world, after, clock, (*way, what))
                following.append((what, _as_at_noon(after, NOON)))
        for what, after in following:
            if after.key not in ways:
                ways[after.key] = (*way, what)
                waiting.append(after)
    return len(ways), steps


def steps_from(world: World, teams: int) -> Iterator[Step]:
    """Yield everything that can happen next."""
    for off in (LATE, FAST):
        yield from _timed(world, teams, NOON + off, f"by a clock {off.total_seconds():+.0f}s")
    yield from _given_back_or_placed(world)
    yield from _posts(world)


def _timed(world: World, teams: int, clock: datetime, by: str) -> Iterator[Step]:
    """Yield what depends on the clock of who does it."""
    holds, offer = world.holds, world.offer
    at = Situation(clock, offer, HOURS)
    yield Step(f"settled {by}", clock, world._replace(holds=holds.settle(at)))
    for team in {0, min(teams - 1, len(holds.asks.queued))}:  # one that queues, and another
        yield _tried(
            f"team {team} asks {by}", clock, world, partial(holds.ask, "new", str(team), at)
        )
    for ask in holds.asks:
        name, until = ask.ask_id, clock + TICK
        accept = partial(holds.accept, name, until, at)
        yield _answered(f"yes to {name} {by}", clock, world, accept, offer.with_bed_reserved())
        for reason in (DeclineReason.ROOM, DeclineReason.GONE):
            what = f"no to {name}, {reason} {by}"
            yield _tried(what, clock, world, partial(holds.decline, name, reason, at))


def _given_back_or_placed(world: World) -> Iterator[Step]:
    holds, at = world.holds, Situation(NOON, world.offer, HOURS)
    for name in [ask.ask_id for ask in holds.asks]:
        given_back = holds.give_back(name, at)
        yield Step(f"{name} given back", NOON, world._replace(holds=given_back))
        place = partial(holds.place, name, at)
        yield _answered(f"{name} placed", NOON, world, place, world.offer.with_bed_occupied())


def _posts(world: World) -> Iterator[Step]:
    """Yield every post that the home can make: it opens and says its counts, or it closes."""
    beds, posted = range(world.beds + 1), world.offer._replace(said_at=_LATER_POST)
    offers = [
        Offer(accepting, reserved, occupied, _LATER_POST)
        for accepting, reserved, occupied in product(beds, repeat=3)
        if accepting + reserved + occupied <= world.beds
    ]
    for offer in (*offers, posted._replace(takes_asks=False)):
        holds = world.holds.post(world.offer, Situation(NOON, offer, HOURS))
        other = world.beds - sum(offer[:3])
        yield Step(f"posted {offer[:3]}, {offer.takes_asks}", NOON, World(holds, offer, other))


def _tried(what: str, clock: datetime, world: World, act: Callable[[], Holds]) -> Step:
    try:
        return Step(what, clock, world._replace(holds=act()))
    except ConflictError:
        return Step(what, clock, None)


def _answered(
    what: str, clock: datetime, world: World, act: Callable[[], Answered], offer: Offer
) -> Step:
    """Return an answer of the home; `offer` is what it posts with one that moves a bed."""
    try:
        holds, moves_bed = act()
    except ConflictError:
        return Step(what, clock, None)
    return Step(what, clock, World(holds, offer if moves_bed else world.offer, world.other))


def assert_rules(before: World, after: World, clock: datetime, way: tuple[str, ...]) -> None:
    """Assert that a step keeps every rule of asks."""
    holds, offer = after.holds, after.offer
    held = {ask.ask_id: ask for ask in before.holds.asks}
    assert len(holds.asks.accepted) <= offer.reserved, ("a bed is kept for two", way)
    assert len(holds.asks.asked) <= offer.accepting, ("a bed is asked for twice", way)
    assert len(holds.asks.queued) <= LONGEST_QUEUE, ("the queue is too long", way)
    assert bool(holds.asks.asked) >= bool(holds.asks.queued), ("a queue waits for nothing", way)
    assert offer.takes_asks or not holds.asks.asked, ("asked where nobody may ask", way)
    assert min(offer[:3]) >= 0, ("a count is below nothing", way)
    assert after.beds == before.beds, ("a bed was lost or made", way)
    remembered = {name for name, ask in held.items() if not _is_forgotten(ask, clock)}
    assert remembered <= {ask.ask_id for ask in holds.asks}, ("an ask was lost", way)
    assert holds.version == before.holds.version + (holds is not before.holds), ("version", way)
    _assert_moves(before, after, clock, way)


def _assert_moves(before: World, after: World, clock: datetime, way: tuple[str, ...]) -> None:
    """Assert that each ask moved as it may, and that beds were granted as they may be.

    In one step the turn of an ask may come and the home may answer it.
    """
    held = {ask.ask_id: ask for ask in before.holds.asks}
    busy, granted, beds = 0, [], after.offer.accepting
    for ask in after.holds.asks:
        was = held.get(ask.ask_id)
        if was is None:
            assert ask.state in {AskState.ASKED, AskState.QUEUED}, ("a loser was told nothing", way)
        elif was.state is not ask.state:
            assert ask.state in _MOVES[was.state], (f"{was.state} became {ask.state}", way)
            beds += ask.state is AskState.ACCEPTED
        if was and was.state is AskState.ASKED:
            if ask.state is AskState.ACCEPTED:
                assert clock < was.ends_at, ("accepted past its end", way)
            if ask.state in {AskState.ASKED, AskState.LAPSED}:
                busy += clock < was.ends_at + GRANTED_AFTER
        elif ask.state in _GRANTED and (was is None or was.state is AskState.QUEUED):
            granted.append(ask.ask_id)
            beds += ask.state is AskState.DECLINED  # and the next one is granted the same bed
            assert clock < ask.ends_at, ("granted without time to answer", way)
    if granted:
        assert len(granted) + busy <= beds, ("granted within the skew of an end", way)
        in_line = [
            ask.ask_id
            for ask in after.holds.asks
            if ask.ask_id in granted or ask.state is AskState.QUEUED
        ]
        assert in_line[: len(granted)] == granted, ("someone was passed over", way)


def assert_it_ends(world: World, way: tuple[str, ...]) -> None:
    """Assert that time alone ends every ask: nobody waits for ever."""
    holds = world.holds
    for day in range(1, 6):
        at = Situation(NOON + timedelta(days=day), world.offer, HOURS)
        holds = holds.settle(at)
    assert not any(ask.state.is_open for ask in holds.asks), ("an ask never ends", way)


_GRANTED: Final = {AskState.ASKED, AskState.ACCEPTED, AskState.DECLINED}
_OVER: Final = {AskState.DECLINED, AskState.LAPSED, AskState.BED_GONE, AskState.STOPPED}
_MOVES: Final = {
    **dict.fromkeys(AskState, frozenset[AskState]()),
    AskState.QUEUED: {AskState.ASKED, AskState.ACCEPTED, AskState.WITHDRAWN, *_OVER},
    AskState.ASKED: {AskState.ACCEPTED, AskState.WITHDRAWN, *_OVER},
    AskState.ACCEPTED: {
        AskState.PLACED, AskState.RELEASED, AskState.ENDED, AskState.TAKEN_BACK,
    },
    AskState.ENDED: {AskState.PLACED},
}  # fmt: skip
"""What an ask may become; what has ended stays, but for a person who came late."""


def _is_forgotten(ask: Ask, clock: datetime) -> bool:
    end = ask.ends_at if ask.state.is_open else ask.state_at
    return clock >= end + ENDED_KEPT


def _as_at_noon(world: World, now: datetime) -> World:
    """Return the world as one like it is at noon, without what no longer decides anything.

    Asks that have ended are forgotten, but for one whose person may still come.
    """
    ended = [ask for ask in world.holds.asks if ask.state is AskState.ENDED][:1]
    kept = [ask for ask in world.holds.asks if ask.state.is_open or ask in ended]
    queue = iter(range(LONGEST_QUEUE))
    asks = tuple(_named(ask, number, queue, NOON - now) for number, ask in enumerate(kept))
    gone = world.holds.asks.said_gone
    gone = gone._replace(said_at=NOON) if gone and gone.said_at == world.offer.said_at else None
    holds = replace(world.holds, asks=AskList(asks, gone), version=0)
    return World(holds, world.offer._replace(said_at=NOON), world.other)


def _named(ask: Ask, number: int, queue: Iterator[int], shift: timedelta) -> Ask:
    queued, ended = ask.state is AskState.QUEUED, ask.state is AskState.ENDED
    ends_at = max(ask.ends_at + shift, NOON - GRANTED_AFTER + LATE)  # over by every clock
    return replace(
        ask,
        ask_id=f"ask {number}",
        team=str(next(queue)) if queued else "-",
        asked_at=_LONG_AGO,
        state_at=_LONG_AGO,
        ends_at=_FAR if queued else _LONG_AGO if ended else ends_at,
    )
