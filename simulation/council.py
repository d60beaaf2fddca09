"""The beds of the council as they truly are, from one day to the next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from shared.domain.vocabulary import BedCategory
from simulation.distributions import poisson, remaining_stays, whole_number
from simulation.homes import BedGroup, SimulatedHome
from simulation.parameters import Beds, Parameters

_TRIES: Final = 50
"""How many homes someone without a discharge team tries before they stay where they are."""


@dataclass(frozen=True, slots=True)
class _Market:
    """The groups of one category, and how often each is chosen by people who choose themselves."""

    groups: Sequence[BedGroup]
    cumulative_weights: Sequence[float]
    capacity: int

    @property
    def occupied(self) -> float:
        """Return the share of the beds that is occupied."""
        return sum(group.occupied for group in self.groups) / self.capacity


class Council:
    """All beds: who is in them until when, and which are withheld until when."""

    def __init__(
        self, homes: Sequence[SimulatedHome], parameters: Parameters, rng: Random, today: date
    ) -> None:
        """Fill the homes as they are in the long run."""
        self.homes: Final = homes
        self.groups: Final = [group for home in homes for group in home.groups]
        self.by_place: Final = {
            (group.home.said.location_id, group.category): group for group in self.groups
        }
        self.capacity: Final = sum(group.capacity for group in self.groups)
        self._parameters, self._rng = parameters, rng
        self._leave: defaultdict[date, list[BedGroup]] = defaultdict(list)
        self._offered_again: defaultdict[date, list[BedGroup]] = defaultdict(list)
        self._outbreaks_end: defaultdict[date, list[SimulatedHome]] = defaultdict(list)
        self._markets = {
            category: _market(self.groups, category)
            for category in dict.fromkeys(group.category for group in self.groups)
        }
        beds = parameters.beds
        left_a_day = beds.occupied / parameters.stays.mean_days
        self._withheld_share = beds.not_admittable / (left_a_day * beds.not_admittable_days)
        self._fill(beds, today)

    @property
    def capacities(self) -> Mapping[BedCategory, int]:
        """Return the number of beds of each category."""
        return {category: market.capacity for category, market in self._markets.items()}

    def _fill(self, beds: Beds, today: date) -> None:
        """Put people into beds on the first day, and withhold some of the vacant ones."""
        rng, withheld = self._rng, beds.not_admittable / (1 - beds.occupied)
        for group in self.groups:
            share = group.home.usually_occupied
            group.occupied = whole_number(rng, share * group.capacity)
            for _ in range(group.vacant):
                if rng.random() < withheld:
                    self._withhold(group, today)
        occupied = [group for group in self.groups for _ in range(group.occupied)]
        remaining = remaining_stays(rng, self._parameters.stays, len(occupied))
        for group, days in zip(occupied, remaining, strict=True):
            self._leave[today + timedelta(days=days)].append(group)

    def begin_day(self, today: date) -> None:
        """Let people leave, beds be offered again, and outbreaks end and begin."""
        for group in self._offered_again.pop(today, ()):
            group.withheld -= 1
        for group in self._leave.pop(today, ()):
            group.occupied -= 1
            if self._rng.random() < self._withheld_share:
                self._withhold(group, today)
        for home in self._outbreaks_end.pop(today, ()):
            home.has_outbreak = False
        arrivals = self._parameters.arrivals
        for _ in range(poisson(self._rng, arrivals.outbreaks_a_home_year * len(self.homes) / 365)):
            home = self._rng.choice(self.homes)
            if not home.has_outbreak:
                home.has_outbreak = True
                end = today + timedelta(days=arrivals.outbreak_days)
                self._outbreaks_end[end].append(home)

    def _withhold(self, group: BedGroup, today: date) -> None:
        group.withheld += 1
        days = self._rng.expovariate(1 / self._parameters.beds.not_admittable_days)
        self._offered_again[today + timedelta(days=1 + int(days))].append(group)

    def admit(self, group: BedGroup, stays_days: int, today: date) -> None:
        """Put someone into a bed of the group."""
        group.occupied += 1
        self._leave[today + timedelta(days=stays_days)].append(group)

    def occupied(self, category: BedCategory) -> float:
        """Return the share of the beds of a category that is occupied."""
        return self._markets[category].occupied

    def chosen_group(self, category: BedCategory, rng: Random) -> BedGroup | None:
        """Draw where someone moves in who chooses without a team; None if they find no bed."""
        market = self._markets[category]
        for _ in range(_TRIES):
            (group,) = rng.choices(market.groups, cum_weights=market.cumulative_weights)
            if group.admittable:
                return group
        return None


def _market(groups: Sequence[BedGroup], category: BedCategory) -> _Market:
    """Gather the groups of a category; the homes that are usually fuller are chosen more often."""
    chosen = [group for group in groups if group.category is category]
    weights = [group.capacity * group.home.usually_occupied for group in chosen]
    return _Market(chosen, list(accumulate(weights)), sum(group.capacity for group in chosen))
