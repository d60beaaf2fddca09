"""People have about three needs, and nursing needs only where they look for nursing."""

from datetime import date
from random import Random
from statistics import fmean

import pytest

from shared.domain.needs import NEEDS
from shared.domain.vocabulary import BedCategory
from simulation.parameters import Parameters
from simulation.people import Person, draw_person
from simulation.places import Country


def people(parameters: Parameters, category: BedCategory) -> list[Person]:
    rng = Random(1)
    country = Country.draw(rng, parameters.places)
    today = date(2026, 1, 5)
    return [draw_person(rng, parameters, country, category, today) for _ in range(2_000)]


def test_people_have_three_different_needs_in_the_mean(parameters: Parameters) -> None:
    drawn = people(parameters, BedCategory.GENERAL_NURSING)
    assert fmean(len(person.needs) for person in drawn) == pytest.approx(3, abs=0.1)
    assert all(len(set(person.needs)) == len(person.needs) for person in drawn)


def test_usual_needs_are_more_frequent(parameters: Parameters) -> None:
    needs = [
        need for each in people(parameters, BedCategory.GENERAL_NURSING) for need in each.needs
    ]
    assert needs.count("two_to_help") > 4 * needs.count("kosher")


def test_needs_that_take_nurses_are_of_people_who_look_for_nursing(parameters: Parameters) -> None:
    def nursing_needs(category: BedCategory) -> int:
        drawn = people(parameters, category)
        return sum(NEEDS[need].needs_nurses for person in drawn for need in person.needs)

    assert nursing_needs(BedCategory.GENERAL_RESIDENTIAL) == 0
    assert nursing_needs(BedCategory.DEMENTIA_NURSING) > 0
