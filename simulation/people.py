"""The people who leave hospital for a care home: where they live and what they need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from shared.domain.geo import Point
from shared.domain.needs import NEEDS
from shared.domain.vocabulary import BedCategory
from simulation.distributions import length_of_stay
from simulation.homes import CATEGORIES
from simulation.parameters import NeedShare, Parameters, People
from simulation.places import Country


@dataclass(slots=True, eq=False)
class Person:
    """Someone for whom a discharge team looks for a place."""

    since: date
    lives_at: Point
    category: BedCategory
    needs: tuple[str, ...]
    stays_days: int
    is_phoned_for: bool
    """Whether the team rings round from the nearest home on, whatever is listed."""
    team: int = 0
    """Which team looks for a place."""
    called: set[str] = field(default_factory=set)
    """The homes that the team has called for this person."""


def draw_person(
    rng: Random, parameters: Parameters, country: Country, category: BedCategory, since: date
) -> Person:
    """Draw a person for whom a bed of this category is looked for from this day on."""
    return Person(
        since=since,
        lives_at=country.point(rng),
        category=category,
        needs=_needs(rng, parameters.people, parameters.needs, with_nurses=_nursing(category)),
        stays_days=length_of_stay(rng, parameters.stays),
        is_phoned_for=rng.random() < parameters.calling.phone_anyway,
    )


def _nursing(category: BedCategory) -> bool:
    return category in CATEGORIES[True]


def _needs(
    rng: Random, people: People, shares: Mapping[str, NeedShare], *, with_nurses: bool
) -> tuple[str, ...]:
    """Draw different needs, the usual ones more often: Efraimidis and Spirakis' weighted sample.

    Only someone who needs nursing has a need that takes nurses.
    """
    (count,) = rng.choices(people.number_of_needs, people.number_weights)
    ranked = sorted(
        (rng.random() ** (1 / share.needed), need)
        for need, share in shares.items()
        if with_nurses or not NEEDS[need].needs_nurses
    )
    return tuple(need for _, need in ranked[-count:])
