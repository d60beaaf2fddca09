"""How many people come on a day: from hospital, and from elsewhere."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import cos, tau
from random import Random
from typing import Final

from shared.domain.vocabulary import BedCategory
from simulation.distributions import poisson
from simulation.parameters import Parameters

_COLDEST_DAY: Final = 15
"""Of the year."""


class Demand:
    """Arrivals by category: in the long run as many as people leave."""

    def __init__(
        self,
        parameters: Parameters,
        capacities: Mapping[BedCategory, int],
        rng: Random,
        first_day: date,
        days: int,
    ) -> None:
        """Draw when the bursts of these days are."""
        self._arrivals: Final = parameters.arrivals
        self._target: Final = parameters.beds.occupied
        # Of each bed, so many people a day.
        turnover = self._target / parameters.stays.mean_days
        self._a_day: Final = {category: turnover * beds for category, beds in capacities.items()}
        self._burst_days = {
            first_day + timedelta(days=start + more)
            for start in range(days)
            if rng.random() < self._arrivals.bursts_a_year / 365
            for more in range(self._arrivals.burst_days)
        }

    def from_hospital(self, category: BedCategory, today: date, rng: Random) -> int:
        """Draw how many people become ready to leave hospital for a bed of this category."""
        mean = self._a_day[category] * self._arrivals.from_hospital * self._season(today)
        if today in self._burst_days:
            mean *= self._arrivals.burst_times
        return poisson(rng, mean)

    def from_elsewhere(
        self, category: BedCategory, occupied: float, today: date, rng: Random
    ) -> int:
        """Draw how many people come without a discharge team: the more, the emptier homes are."""
        missing = self._target - occupied
        steadied = max(0.0, 1 + self._arrivals.steadying * missing)
        share = (1 - self._arrivals.from_hospital) * self._season(today)
        return poisson(rng, self._a_day[category] * share * steadied)

    def _season(self, today: date) -> float:
        day_of_year = today.timetuple().tm_yday
        return 1 + self._arrivals.season * cos(tau * (day_of_year - _COLDEST_DAY) / 365)
