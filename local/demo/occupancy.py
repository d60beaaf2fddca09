"""Simulate bed counts for the homes of a council, together as full as the homes of England.

Of all beds 86.0 % are occupied, 10.8 % vacant and accepting admissions, 3.2 % vacant and not
accepting: DHSC, "Adult social care in England, monthly statistics", week ending 14 July 2025.
How homes differ is not published (local authorities differ from about 75 % to above 94 % occupied).
The assumptions about it are listed below.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from shared.domain.documents import HomeDocument
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    NotAvailableReason,
    ServiceUserBand,
)

OCCUPIED: Final = 0.860
ACCEPTING: Final = 0.108
NOT_ACCEPTING: Final = 0.032

# Assumptions about how homes differ.
_VACANCY_SHAPE, _WITHHOLDING_SHAPE = 0.9, 0.3
"""Shapes of gamma distributions: how much homes differ in vacant beds, and in beds not offered. At
0.9 more than a quarter of a county's homes are full, and a sixth are less than 75 % occupied."""
_RESERVED_OF_NOT_ACCEPTING = 0.4
_CLOSED_HOMES = 0.03
_WITH_TRANSITIONAL_BEDS = 0.08
_CLOSURES: Final = {
    ClosureReason.OUTBREAK: (5, NotAvailableReason.INFECTION_CONTROL),
    ClosureReason.STAFFING: (3, NotAvailableReason.STAFFING),
    ClosureReason.REFURBISHMENT: (1, NotAvailableReason.REFURBISHMENT),
    ClosureReason.REGULATORY: (1, NotAvailableReason.OTHER),
}
"""How many of ten closures have each reason, and why that home's vacant beds are not available."""
_REASONS: Final = (
    NotAvailableReason.STAFFING,
    NotAvailableReason.REFURBISHMENT,
    NotAvailableReason.SHARED_ROOM,
    NotAvailableReason.FUNDING,
)
_SHORTEST_AGE, _LONGEST_AGE = timedelta(minutes=3), timedelta(weeks=5)

SEED: Final = 20250714

VacanciesBody = dict[str, Any]
"""The body of `PUT /homes/{id}/vacancies`."""


class _Bed(NamedTuple):
    location_id: str
    category: BedCategory


def vacancies(
    homes: Iterable[HomeDocument], today: date, seed: int = SEED
) -> dict[str, VacanciesBody]:
    """Return what each active home with a known number of beds posts, by location id.

    The same homes, day and seed give the same result; the order of the homes does not matter.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    posting = {
        home["location_id"]: home
        for home in sorted(homes, key=lambda home: str(home["location_id"]))
        if home["registration"] == "active" and home.get("registered_beds")
    }
    closed = _closed(rng, list(posting), today)
    beds = [
        _Bed(location_id, category)
        for location_id, home in posting.items()
        for category in _categories(rng, home)
    ]
    counts = _counts(rng, beds, frozenset(closed))
    reasons = {
        location_id: _CLOSURES[closed[location_id]["reason"]][1]
        if location_id in closed
        else rng.choice(_REASONS)
        for location_id in posting
    }
    bodies: dict[str, VacanciesBody] = {
        location_id: {
            "beds": {},
            "admission_status": closed.get(location_id, {"status": AdmissionState.OPEN}),
        }
        for location_id in posting
    }
    for bed, counted in counts.items():
        if counted["not_available"]:
            counted["not_available_reason"] = reasons[bed.location_id]
        bodies[bed.location_id]["beds"][bed.category] = counted
    return bodies


def ages(location_ids: Iterable[str], seed: int = SEED) -> dict[str, timedelta]:
    """Return how long ago each home last confirmed: minutes to weeks, half of them hours."""
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    longest = _LONGEST_AGE / _SHORTEST_AGE
    return {each: _SHORTEST_AGE * longest ** rng.random() for each in sorted(location_ids)}


def _counts(
    rng: Random, beds: Sequence[_Bed], closed: frozenset[str]
) -> dict[_Bed, dict[str, Any]]:
    """Return the bed counts of each home and category, in all with the published shares."""
    homes = {bed.location_id for bed in beds}
    emptier = {each: rng.gammavariate(_VACANCY_SHAPE, 1) for each in sorted(homes)}
    withholding = {each: rng.gammavariate(_WITHHOLDING_SHAPE, 1) for each in sorted(homes)}
    vacant_beds = round((ACCEPTING + NOT_ACCEPTING) * len(beds))
    vacant, occupied = _drawn(rng, beds, vacant_beds, lambda home: emptier[home])
    # A closed home accepts nobody, so its vacant beds are drawn before all others.
    withheld_beds = max(
        round(NOT_ACCEPTING * len(beds)), sum(bed.location_id in closed for bed in vacant)
    )
    withheld, accepting = _drawn(
        rng,
        vacant,
        withheld_beds,
        lambda home: float("inf") if home in closed else withholding[home],
    )
    reserved, not_available = _drawn(
        rng,
        withheld,
        round(_RESERVED_OF_NOT_ACCEPTING * len(withheld)),
        lambda home: 0.0 if home in closed else 1.0,
    )
    counted = {
        "maximum_capacity": Counter(beds),
        "occupied": Counter(occupied),
        "reserved": Counter(reserved),
        "accepting": Counter(accepting),
        "not_available": Counter(not_available),
    }
    return {
        bed: {name: counter[bed] for name, counter in counted.items()} for bed in sorted(set(beds))
    }


def _drawn(
    rng: Random, beds: Sequence[_Bed], count: int, weight: Callable[[str], float]
) -> tuple[list[_Bed], list[_Bed]]:
    """Draw so many beds, weighted by their homes; return them and the rest.

    Weighted sampling without replacement by exponential clocks (Efraimidis and Spirakis, 2006).
    """
    rings = [
        rng.expovariate(1) / weight(bed.location_id) if weight(bed.location_id) else float("inf")
        for bed in beds
    ]
    order = sorted(range(len(beds)), key=lambda at: (rings[at], at))
    return [beds[at] for at in order[:count]], [beds[at] for at in order[count:]]


def _closed(rng: Random, location_ids: Sequence[str], today: date) -> dict[str, VacanciesBody]:
    """Choose a few homes that are closed to admissions, and return their admission statuses."""
    statuses = {}
    for location_id in rng.sample(location_ids, round(_CLOSED_HOMES * len(location_ids))):
        often = [times for times, _ in _CLOSURES.values()]
        statuses[location_id] = {
            "status": AdmissionState.CLOSED,
            "reason": rng.choices(list(_CLOSURES), often)[0],
            "expected_date": (today + timedelta(days=rng.randint(2, 28))).isoformat(),
        }
    return statuses


def _categories(rng: Random, home: HomeDocument) -> list[BedCategory]:
    """Return the category of each bed of a home, by the service user bands it is registered for."""
    bands, nursing = set(home["service_user_bands"]), home.get("nursing", False)
    shares: dict[BedCategory, float]
    if ServiceUserBand.OLDER_PEOPLE in bands or ServiceUserBand.DEMENTIA in bands:
        shares = {BedCategory.GENERAL_RESIDENTIAL: 0.4 if nursing else 1}
        if nursing:
            shares[BedCategory.GENERAL_NURSING] = 1
        if ServiceUserBand.DEMENTIA in bands:
            shares |= {
                category: shares[general]
                for general, category in _DEMENTIA_OF.items()
                if general in shares
            }
    else:
        shares = {_specialist(bands, nursing): 1}
    if home["registered_beds"] >= 20 and rng.random() < _WITH_TRANSITIONAL_BEDS:
        shares[BedCategory.TRANSITIONAL] = 0.15
    return rng.choices(list(shares), list(shares.values()), k=home["registered_beds"])


_DEMENTIA_OF = {
    BedCategory.GENERAL_RESIDENTIAL: BedCategory.DEMENTIA_RESIDENTIAL,
    BedCategory.GENERAL_NURSING: BedCategory.DEMENTIA_NURSING,
}


def _specialist(bands: set[str], nursing: bool) -> BedCategory:
    for band, residential, with_nursing in (
        (
            ServiceUserBand.LEARNING_DISABILITIES,
            BedCategory.LEARNING_DISABILITY_RESIDENTIAL,
            BedCategory.LEARNING_DISABILITY_NURSING,
        ),
        (
            ServiceUserBand.MENTAL_HEALTH,
            BedCategory.MENTAL_HEALTH_RESIDENTIAL,
            BedCategory.MENTAL_HEALTH_NURSING,
        ),
        (
            ServiceUserBand.PHYSICAL_DISABILITY,
            BedCategory.YOUNG_PHYSICALLY_DISABLED,
            BedCategory.YOUNG_PHYSICALLY_DISABLED,
        ),
    ):
        if band in bands:
            return with_nursing if nursing else residential
    return BedCategory.GENERAL_NURSING if nursing else BedCategory.GENERAL_RESIDENTIAL
