"""Asks, answers and posts of some days, by the council's real hours, in any order."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.domain.ask import LONGEST_HOLD, QUEUED_FOR, AskState, DeclineReason
from shared.domain.ask_list import GRANTED_AFTER
from shared.domain.errors import ConflictError, NotFoundError
from shared.domain.holds import Answered, Holds
from shared.domain.offer import Offer, Situation
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import LONGEST_WAIT, WorkingHours
from tests.support.holds_model import World, assert_rules

OFFICE = WorkingHours.read("monday tuesday wednesday thursday friday 09:00-17:00")
FRIDAY = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
"""Clocks go back in the second night."""

BEDS = 4
PLACES = st.integers(0, 5)


class Asking(RuleBasedStateMachine):
    """Teams, a home and time; after each step every rule of asks holds."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.asks_made = FRIDAY, 0
        holds = Holds("1-9000000001", BedCategory.GENERAL_NURSING)
        self.world = World(holds, Offer(2, 0, 2, FRIDAY), 0)

    @property
    def at(self) -> Situation:
        return Situation(self.now, self.world.offer, OFFICE)

    @rule(team=st.sampled_from(["exeter", "torbay", "plymouth", "truro", "bath"]))
    def ask(self, team: str) -> None:
        self.asks_made += 1
        name = f"{team}-{self.asks_made}"
        self._try(lambda: self.world.holds.ask(name, team, self.at))

    @precondition(lambda self: self.world.holds.asks.items)
    @rule(place=PLACES, hours=st.integers(1, LONGEST_HOLD // timedelta(hours=1)))
    def say_yes(self, place: int, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        offer = self.world.offer.with_bed_reserved()
        self._answer(lambda: self.world.holds.accept(self._pick(place), until, self.at), offer)

    @precondition(lambda self: self.world.holds.asks.items)
    @rule(place=PLACES, reason=st.sampled_from(DeclineReason))
    def say_no(self, place: int, reason: DeclineReason) -> None:
        self._try(lambda: self.world.holds.decline(self._pick(place), reason, self.at))

    @precondition(lambda self: self.world.holds.asks.items)
    @rule(place=PLACES)
    def give_back(self, place: int) -> None:
        self._try(lambda: self.world.holds.give_back(self._pick(place), self.at))

    @precondition(lambda self: self.world.holds.asks.items)
    @rule(place=PLACES)
    def say_placed(self, place: int) -> None:
        offer = self.world.offer.with_bed_occupied()
        self._answer(lambda: self.world.holds.place(self._pick(place), self.at), offer)

    @rule(
        counts=st.lists(st.integers(0, 3), min_size=BEDS, max_size=BEDS),
        takes_asks=st.sampled_from([True, True, True, False]),
    )
    def post(self, counts: list[int], takes_asks: bool) -> None:
        """Each bed is free, reserved, occupied or not available."""
        free, reserved, occupied, other = (counts.count(kind) for kind in range(4))
        before, offer = self.world.offer, Offer(free, reserved, occupied, self.now, takes_asks)
        self._became(
            World(self.world.holds.post(before, self.at._replace(offer=offer)), offer, other)
        )

    @rule(
        passed=st.one_of(
            st.integers(1, 90).map(lambda n: timedelta(minutes=n)),
            st.integers(1, 30).map(lambda n: timedelta(hours=n)),
            st.just(GRANTED_AFTER),
        )
    )
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    @rule()
    def it_is_written_down(self) -> None:
        self._became(self.world._replace(holds=self.world.holds.settle(self.at)))

    @invariant()
    def every_ask_ends_soon(self) -> None:
        longest = {
            AskState.QUEUED: QUEUED_FOR,
            AskState.ASKED: LONGEST_WAIT,
            AskState.ACCEPTED: LONGEST_HOLD,
        }
        for ask in self.world.holds.asks:
            if ask.state.is_open:
                assert ask.ends_at <= ask.state_at + longest[ask.state]

    @invariant()
    def it_reads_back(self) -> None:
        holds = self.world.holds
        assert Holds.from_document(holds.to_document()) == holds

    def _pick(self, place: int) -> str:
        asks = self.world.holds.asks.items
        return asks[place % len(asks)].ask_id

    def _try(self, act: Callable[[], Holds]) -> None:
        """Make a transition, unless it is refused."""
        with suppress(ConflictError, NotFoundError):
            self._became(self.world._replace(holds=act()))

    def _answer(self, act: Callable[[], Answered], offer: Offer) -> None:
        """Let the home answer, and post if that moves a bed, unless it is refused."""
        with suppress(ConflictError, NotFoundError):
            holds, moves_bed = act()
            offer = offer if moves_bed else self.world.offer
            self._became(self.world._replace(holds=holds, offer=offer))

    def _became(self, after: World) -> None:
        assert_rules(self.world, after, self.now, ())
        self.world = after


Asking.TestCase.settings = settings(max_examples=25, stateful_step_count=25)
test_asking = Asking.TestCase
