"""One bed opens, and teams are told: who asks, who telephones, and who gets it.

Asks, deadlines, turns and the brake on alerts are Bedboard's own code.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from math import log
from random import Random
from typing import Final, TypeAlias

from shared.domain.alert_brake import AlertBrake
from shared.domain.ask import AskState, DeclineReason
from shared.domain.errors import ConflictError
from shared.domain.holds import Holds, news
from shared.domain.offer import Offer, Situation
from shared.domain.turns import in_turn
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import WorkingHours
from simulation.asks.parameters import Parameters

CATEGORY: Final = BedCategory.GENERAL_NURSING
SWEEP: Final = timedelta(minutes=1)
_KEPT_FOR: Final = timedelta(hours=24)

NoticeMinutes: TypeAlias = Mapping[str, float]
"""The median time in which each team notices a message."""


@dataclass(slots=True)
class Came:
    """What came of one opening."""

    calls: int = 0
    """Telephone calls to the home."""
    winner: str | None = None
    """Who got the bed; None where nobody did before everybody gave up."""
    yes_after: timedelta | None = None
    told_within: timedelta = timedelta(0)
    """From the opening to the last message about it."""
    refused: int = 0
    """Teams that learned without a call that they cannot have the bed, and had no place either."""


class _Opening:
    """What both worlds share: the time, the teams, and the home's answers."""

    def __init__(self, parameters: Parameters, notice: NoticeMinutes, number: int) -> None:
        rush = parameters.rush
        self.parameters, self.notice, self.number = parameters, notice, number
        self.rng = Random(f"{rush.seed}|{number}")
        self.now = rush.start
        self.came = Came()
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()

    def run(self) -> Came:
        """Let it all happen."""
        self.tell(sorted(self.notice), "1")
        end = self.now + timedelta(hours=self.parameters.rush.gives_up_hours)
        while self._events and not self.came.winner and self._events[0][0] < end:
            self.now, _, happens = heapq.heappop(self._events)
            happens()
        return self.came

    def tell(self, teams: Sequence[str], change: str) -> None:
        """Send the teams their messages, one after the other."""
        for place, team in enumerate(self.order(teams, change), start=1):
            told = timedelta(seconds=place / self.parameters.telling.messages_a_second)
            self.came.told_within = max(self.came.told_within, told)
            noticed = self.drawn(self.notice[team], self.parameters.teams.notice_spread)
            self.later(told + noticed, partial(self.notices, team))

    def order(self, teams: Sequence[str], change: str) -> Sequence[str]:
        """Return the teams in the order in which they are told."""
        return in_turn(teams, f"{self.number}#{change}")

    def notices(self, team: str) -> None:
        """Let a team do what it does when it reads its message."""
        raise NotImplementedError

    def drawn(self, median_minutes: float, spread: float) -> timedelta:
        """Draw a time with this median: most are about so long, some much longer."""
        return timedelta(minutes=self.rng.lognormvariate(log(median_minutes), spread))

    def answer_time(self) -> timedelta:
        """Draw how long the home takes to answer."""
        home = self.parameters.home
        return self.drawn(home.answer_minutes, home.answer_spread)

    def later(self, after: timedelta, happens: Callable[[], None]) -> None:
        """Let something happen then."""
        heapq.heappush(self._events, (self.now + after, next(self._order), happens))


class AskedOpening(_Opening):
    """Teams ask for the bed; some telephone all the same before they ask.

    Whoever telephones is told to ask. Who is refused is told again when the bed comes back.
    """

    def __init__(
        self,
        parameters: Parameters,
        notice: NoticeMinutes,
        number: int,
        phone_anyway: float = 0.0,
        *,
        in_turns: bool = True,
    ) -> None:
        super().__init__(parameters, notice, number)
        self._phone_anyway, self._in_turns = phone_anyway, in_turns
        self._hours = WorkingHours.read(parameters.rush.working_hours)
        self._offer = Offer(1, said_at=self.now)
        self._holds = Holds("1-9000000001", CATEGORY)
        self._brakes: dict[str, AlertBrake] = {}
        self._refused: set[str] = set()

    def order(self, teams: Sequence[str], change: str) -> Sequence[str]:
        return super().order(teams, change) if self._in_turns else teams

    def tell(self, teams: Sequence[str], change: str) -> None:
        """Tell the teams that the brake lets tell."""
        told = []
        for team in teams:
            brake = self._brakes.get(team, AlertBrake())
            came_back = {CATEGORY} if team in self._brakes else ()
            tell, self._brakes[team] = brake.opened({CATEGORY: 1}, self.now, came_back=came_back)
            told += [team] if tell else []
        super().tell(told, change)

    def notices(self, team: str) -> None:
        if self._offer.accepting and self.rng.random() < self._phone_anyway:
            self.came.calls += 1
        try:
            self._become(self._holds.ask(f"{team}|{self.now}", team, self._situation))
        except ConflictError:
            self._refused.add(team)
            self.came.refused += 1

    @property
    def _situation(self) -> Situation:
        return Situation(self.now, self._offer, self._hours)

    def _become(self, after: Holds) -> None:
        """Take up a change: the home hears of a new ask, and the sweep of the next end."""
        before, self._holds = self._holds, after
        for _, ask in news(before, after):
            if ask.state is AskState.ASKED and self.rng.random() >= self.parameters.home.silent:
                self.later(self.answer_time(), partial(self._answer, ask.ask_id))
        if after is not before and (due := after.asks.due_at):
            swept = due + SWEEP * self.rng.random()
            self.later(swept - self.now, self._sweep)
        if before.asks.asked and not after.asks.asked and self._offer.accepting:
            self._comes_back()

    def _sweep(self) -> None:
        self._become(self._holds.settle(self._situation))

    def _comes_back(self) -> None:
        """Tell those again who were refused, and let the others go elsewhere."""
        teams, self._refused = sorted(self._refused), set()
        self.tell(teams, str(self._holds.version))

    def _answer(self, ask_id: str) -> None:
        home = self.parameters.home
        says_yes = self.rng.random() < home.says_yes
        try:
            if says_yes:
                until = self.now + _KEPT_FOR
                after, _ = self._holds.accept(ask_id, until, self._situation)
                self._offer = self._offer.with_bed_reserved()
                self.came.winner = after.asks.find(ask_id).team
                self.came.yes_after = self.now - self.parameters.rush.start
            else:
                after = self._holds.decline(ask_id, DeclineReason.MIX, self._situation)
        except ConflictError:  # the ask has ended meanwhile
            return
        talks = home.talks_before_yes if says_yes else home.talks_before_no
        self.came.calls += self.rng.random() < talks
        self._become(after)


class TelephonedOpening(_Opening):
    """Teams telephone while the bed is listed; the home considers one after the other."""

    def __init__(self, parameters: Parameters, notice: NoticeMinutes, number: int) -> None:
        super().__init__(parameters, notice, number)
        self._callers: list[str] = []
        self._promised_to: str | None = None

    def notices(self, team: str) -> None:
        self.came.calls += 1
        self._callers.append(team)
        if len(self._callers) == 1 and not self._promised_to:
            self.later(self.answer_time(), self._answer)

    def _answer(self) -> None:
        team = self._callers.pop(0)
        if self.rng.random() < self.parameters.home.says_yes:
            self._promised_to = team
            self.came.yes_after = self.now - self.parameters.rush.start
            posts = timedelta(minutes=self.parameters.home.posts_after_minutes)
            self.later(posts, self._posts)
        elif self._callers:
            self.later(self.answer_time(), self._answer)

    def _posts(self) -> None:
        self.came.winner = self._promised_to
