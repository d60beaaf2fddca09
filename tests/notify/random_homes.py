"""Random homes and alerts, in few towns and categories, so that many match but not all.

They come from `random`, because Hypothesis mostly draws empty collections, which match nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from shared.domain.alert import Alert
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.needs import Answer
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    Rating,
    Registration,
    ServiceUserBand,
)
from tests.support.builders import NOON, REGISTER

CATEGORIES = list(BedCategory)[:3]
BANDS = list(ServiceUserBand)[:2]
NEEDS = ("peg", "hoist")
TEAMS = ["exeter-discharge", "exeter", "plymouth"]

TOWNS = [(50.7167, -3.5062), (50.3755, -4.1427), (60.15, -1.15)]

CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)

T = TypeVar("T")


def point(dice: Random) -> tuple[float, float]:
    """Return a point within about 20 miles of a town."""
    latitude, longitude = dice.choice(TOWNS)
    return latitude + dice.uniform(-0.2, 0.2), longitude + dice.uniform(-0.3, 0.3)


def some(dice: Random, of: Sequence[T], chance: float) -> tuple[T, ...]:
    return tuple(each for each in of if dice.random() < chance)


def home(dice: Random, location_id: str = "1-9000000001") -> CareHome:
    """Return a home at version 1."""
    latitude, longitude = point(dice)
    register = replace(
        REGISTER,
        latitude=latitude,
        longitude=longitude,
        rating=dice.choice([None, *Rating]),
        service_user_bands=some(dice, BANDS, 0.7),
    )
    return later(dice, CareHome(location_id, 0, register))


def later(dice: Random, home: CareHome) -> CareHome:
    """Return the next version: with other counts, and sometimes closed or off the register."""
    beds = {}
    for category in some(dice, CATEGORIES, 0.7):
        free = dice.randrange(4)
        beds[category] = BedCounts(10, 10 - free, 0, free, 0)
    answers = {need: dice.choice(list(Answer)) for need in some(dice, NEEDS, 0.6)}
    accepted = dice.choice([None, some(dice, list(Funding), 0.5)])
    improved: dict[str, Any] = {}
    if dice.random() < 0.3:
        improved = {"rating": dice.choice([None, *Rating])}
    if dice.random() < 0.3:
        improved["service_user_bands"] = some(dice, BANDS, 0.7)
    registration = Registration.DORMANT if dice.random() < 0.1 else Registration.ACTIVE
    return replace(
        home,
        version=home.version + 1,
        beds=beds,
        declaration=Declaration(
            needs=answers,
            terms=Terms(funding=accepted),
            also_as={
                category: others
                for category in beds
                if (others := some(dice, [c for c in CATEGORIES if c is not category], 0.3))
            },
        ),
        admission_status=CLOSED if dice.random() < 0.1 else AdmissionStatus(),
        register=replace(home.register, registration=registration, **improved),
    )


def alert(dice: Random, number: int) -> Alert:
    """Return an alert with some criteria, or with none."""
    latitude, longitude = point(dice)
    return Alert(
        team=dice.choice(TEAMS),
        alert_id=f"{number:012x}",
        version=1,
        near="EX2",
        latitude=latitude,
        longitude=longitude,
        radius_miles=dice.choice([dice.uniform(0.01, 20), dice.uniform(0.01, 100), 16, 64]),
        created_at=NOON,
        categories=some(dice, CATEGORIES, 0.5),
        beds=dice.choice([1, 1, 2, 3]),
        service_user_bands=some(dice, BANDS, 0.2),
        min_rating=dice.choice([None, None, *Rating]),
        needs=some(dice, NEEDS, 0.1),
        funding=dice.choice([None] * 8 + [Funding.CHC, Funding.TOP_UP]),
    )


def alerts(dice: Random, count: int) -> list[Alert]:
    return [alert(dice, number) for number in range(count)]
