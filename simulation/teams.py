"""Discharge teams: they search as the product lets them, and call until a home says yes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import Final

from shared.domain.fit import Requirements
from shared.search_index.board import Board, Match
from shared.search_index.query import SearchQuery, Sort
from simulation.council import Council
from simulation.homes import BedGroup
from simulation.parameters import Calling
from simulation.people import Person


class CallOutcome(StrEnum):
    """What a call met."""

    ACCEPTED = "accepted"
    GONE = "gone"
    """The bed that was listed is not there."""
    CANNOT_MEET = "cannot_meet"
    """There is a bed, but the home cannot meet one of the needs."""
    DECLINED = "declined"
    """There is a bed and the needs can be met, but the home does not take this person."""
    NOT_LISTED = "not_listed"
    """No bed was listed, the team called anyway, and there is none."""


CAUSES: Final[Mapping[CallOutcome, str]] = MappingProxyType(
    {
        CallOutcome.GONE: "it has gone",
        CallOutcome.CANNOT_MEET: "not this person: a need",
        CallOutcome.DECLINED: "not this person: otherwise",
        CallOutcome.NOT_LISTED: "full, and not listed",
    }
)
"""Why a call was wasted, in the words of the tables."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call for one person."""

    outcome: CallOutcome
    miles: float
    group: BedGroup
    """The beds that the team asked for."""


def has_place(calls: Sequence[Call]) -> bool:
    """Tell whether the calls ended with a placement."""
    return bool(calls) and calls[-1].outcome is CallOutcome.ACCEPTED


class Team:
    """A discharge team with the board before it and a telephone."""

    def __init__(self, board: Board, council: Council, calling: Calling, rng: Random) -> None:
        """Begin to look for places."""
        self._board: Final = board
        self._council: Final = council
        self._calling: Final = calling
        self._rng: Final = rng

    def calls_today(self, person: Person, now: datetime) -> list[Call]:
        """Call homes in the order of the results, until one accepts or the day is over.

        Whoever accepts admits at once: what lies between is the same under every lever.
        """
        calls: list[Call] = []
        for radius_miles in self._calling.radius_miles:
            for match in self._results(person, radius_miles, now):
                if match.location_id in person.called:
                    continue
                person.called.add(match.location_id)
                group = self._council.by_place[match.location_id, person.category]
                outcome = self._call(group, person)
                calls.append(Call(outcome, match.miles, group))
                if outcome is CallOutcome.ACCEPTED:
                    self._council.admit(group, person.stays_days, now.date())
                    return calls
                if len(calls) == self._calling.most_a_day:
                    return calls
        return calls

    def _results(self, person: Person, radius_miles: float, now: datetime) -> Iterator[Match]:
        """Yield the results of a search, page after page."""
        query = search_query(person, radius_miles, now)
        while True:
            page = self._board.search(query)
            yield from page.results
            if page.more_after is None:
                return
            query = replace(query, after=page.more_after)

    def _call(self, group: BedGroup, person: Person) -> CallOutcome:
        if not group.admittable:
            return CallOutcome.GONE if group.listed else CallOutcome.NOT_LISTED
        if not group.home.able.issuperset(person.needs):
            return CallOutcome.CANNOT_MEET
        takes = self._rng.random() < self._calling.last_word
        return CallOutcome.ACCEPTED if takes else CallOutcome.DECLINED


def search_query(person: Person, radius_miles: float, now: datetime) -> SearchQuery:
    """Ask for what the person needs, best first, as the product's search page does.

    A team that rings round anyway gets every home of the category, the nearest first.
    """
    query = SearchQuery(
        centre=person.lives_at,
        radius_miles=radius_miles,
        categories=(person.category,),
        as_of=now,
        today=now.date(),
    )
    if person.is_phoned_for:
        return replace(query, include_full=True, sort=Sort.DISTANCE)
    return replace(query, requirements=Requirements(person.needs), sort=Sort.BEST)
