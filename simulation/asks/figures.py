"""What many openings come to: calls, refusals, how soon, and how fairly beds are shared."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import mean, median
from typing import Final, Self

from simulation.asks.opening import AskedOpening, Came, NoticeMinutes, TelephonedOpening
from simulation.asks.parameters import Parameters

FEW_CALLS: Final = 2


@dataclass(frozen=True, slots=True)
class RushFigures:
    """What openings of one bed came to."""

    calls: float
    most_calls: int
    few_calls: float
    """Share of openings with at most two calls to the home."""
    refused: float
    told_within_seconds: float
    """At the latest, in any opening."""
    yes_after_minutes: float
    """The median."""
    taken: float
    """Share of openings in which someone got the bed."""

    @classmethod
    def of(cls, openings: Sequence[Came]) -> Self:
        """Sum up some openings."""
        answered = [each.yes_after.total_seconds() / 60 for each in openings if each.yes_after]
        return cls(
            mean(each.calls for each in openings),
            max(each.calls for each in openings),
            mean(each.calls <= FEW_CALLS for each in openings),
            mean(each.refused for each in openings),
            max(each.told_within.total_seconds() for each in openings),
            median(answered),
            len(answered) / len(openings),
        )


def equal_teams(parameters: Parameters, teams: int) -> NoticeMinutes:
    """Return teams that all notice as fast."""
    return {f"team-{number:03}": parameters.teams.notice_minutes for number in range(teams)}


def unequal_teams(parameters: Parameters, teams: int) -> NoticeMinutes:
    """Return teams of which the slowest is so many times slower than the fastest."""
    middle, times = parameters.teams.notice_minutes, parameters.teams.slowest_times
    steps = [times ** (number / (teams - 1) - 0.5) for number in range(teams)]
    # By name in no order of speed.
    Random(parameters.rush.seed).shuffle(steps)
    return {f"team-{number:03}": middle * step for number, step in enumerate(steps)}


def systems(parameters: Parameters, teams: int) -> NoticeMinutes:
    """Return teams whose systems ask by themselves."""
    minutes = parameters.fairness.system_seconds / 60
    return {f"team-{number:03}": minutes for number in range(teams)}


def rush(parameters: Parameters, phone_anyway: float | None) -> RushFigures:
    """Return what comes of a rush; with None there are no asks, and everybody telephones."""
    notice = equal_teams(parameters, parameters.rush.teams)
    openings = range(parameters.rush.openings)
    if phone_anyway is None:
        return RushFigures.of(
            [TelephonedOpening(parameters, notice, number).run() for number in openings]
        )
    return RushFigures.of(
        [AskedOpening(parameters, notice, number, phone_anyway).run() for number in openings]
    )


def fairness(parameters: Parameters, notice: NoticeMinutes, *, in_turns: bool = True) -> float:
    """Return Jain's index of how often each team got the bed: 1 is equal, 1/n all to one."""
    winners = Counter(
        AskedOpening(parameters, notice, number, in_turns=in_turns).run().winner
        for number in range(parameters.fairness.openings)
    )
    return jain(winners[team] for team in notice)


def jain(shares: Iterable[int]) -> float:
    """Return Jain's index of fairness of some shares."""
    numbers = list(shares)
    total = sum(numbers)
    return total**2 / (len(numbers) * sum(each * each for each in numbers)) if total else 1.0
