"""What is drawn can be posted, and adds up to the published occupancy."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from local.demo.occupancy import ages, vacancies
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import BedCategory, Registration, ServiceUserBand
from tests.support.builders import REGISTER

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
TODAY = NOW.date()

BANDS = (
    (ServiceUserBand.OLDER_PEOPLE,),
    (ServiceUserBand.OLDER_PEOPLE, ServiceUserBand.DEMENTIA),
    (ServiceUserBand.YOUNGER_ADULTS, ServiceUserBand.LEARNING_DISABILITIES),
    (ServiceUserBand.YOUNGER_ADULTS, ServiceUserBand.MENTAL_HEALTH),
    (ServiceUserBand.YOUNGER_ADULTS, ServiceUserBand.PHYSICAL_DISABILITY),
    (ServiceUserBand.DRUGS_AND_ALCOHOL,),
)


def home(location_id: str, **register: Any) -> Document:
    return CareHome(location_id, 1, replace(REGISTER, **register)).to_document()


HOMES = [
    home(
        f"1-{number:010}",
        registered_beds=3 + number * 7 % 50,
        service_user_bands=bands,
        nursing=nursing,
    )
    for number, (_, bands, nursing) in enumerate(product(range(25), BANDS, (True, False)))
]


def totals(bodies: dict[str, dict[str, Any]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for body in bodies.values():
        for counts in body["beds"].values():
            total.update({name: n for name, n in counts.items() if isinstance(n, int)})
    return total


@pytest.mark.parametrize("seed", range(5))
def test_all_beds_together_have_the_published_shares(seed: int) -> None:
    total = totals(vacancies(HOMES, TODAY, seed))
    beds = total["maximum_capacity"]
    assert total["occupied"] / beds == pytest.approx(0.860, abs=0.01)
    assert total["accepting"] / beds == pytest.approx(0.108, abs=0.01)
    not_accepting = total["reserved"] + total["not_available"]
    assert not_accepting / beds == pytest.approx(0.032, abs=0.01)
    assert min(total["reserved"], total["not_available"]) > 0


def test_simulated_homes_differ() -> None:
    occupancies = [
        totals({"": body})["occupied"] / totals({"": body})["maximum_capacity"]
        for body in vacancies(HOMES, TODAY).values()
    ]
    full = sum(each == 1 for each in occupancies) / len(occupancies)
    emptier = sum(each < 0.75 for each in occupancies) / len(occupancies)
    assert 0.15 < full < 0.45
    assert 0.1 < emptier < 0.3


def test_every_simulated_post_is_valid() -> None:
    bodies = vacancies(HOMES, TODAY)
    assert bodies.keys() == {each["location_id"] for each in HOMES}
    for each in HOMES:
        body = bodies[each["location_id"]]
        beds = {
            BedCategory(category): BedCounts.from_document(counts)
            for category, counts in body["beds"].items()
        }
        admission = AdmissionStatus.from_document(body["admission_status"])
        after = CareHome.from_document(each).update(beds, admission, NOW)
        posted = sum(counts.maximum_capacity for counts in after.beds.values())
        assert posted == each["registered_beds"]


def test_bed_categories_follow_service_user_bands() -> None:
    bodies = vacancies(HOMES, TODAY)
    for each in HOMES:
        categories = set(bodies[each["location_id"]]["beds"]) - {BedCategory.TRANSITIONAL}
        bands = set(each["service_user_bands"])
        assert ("Dementia" in bands) >= any("dementia" in category for category in categories)
        assert each["nursing"] >= any("nursing" in category for category in categories)
        learning = any("learning" in category for category in categories)
        assert learning == (ServiceUserBand.LEARNING_DISABILITIES in bands)
    drawn = {category for body in bodies.values() for category in body["beds"]}
    assert drawn == set(BedCategory)


def test_a_few_homes_are_closed_and_accept_no_one() -> None:
    closed = [
        body
        for body in vacancies(HOMES, TODAY).values()
        if body["admission_status"]["status"] == "closed"
    ]
    assert len(closed) == round(0.03 * len(HOMES))
    for body in closed:
        assert totals({"": body})["accepting"] == 0
        assert body["admission_status"]["expected_date"] > TODAY.isoformat()
    large = [home(f"1-{n:05}", registered_beds=500 if n < 3 else 1) for n in range(20)]
    for seed in range(20):
        for body in vacancies(large, TODAY, seed).values():
            offers = totals({"": body})["accepting"]
            assert body["admission_status"]["status"] == "open" or not offers


def test_the_order_of_homes_does_not_matter() -> None:
    mixed = HOMES.copy()
    random.Random(1).shuffle(mixed)
    assert vacancies(mixed, TODAY) == vacancies(HOMES, TODAY)
    assert vacancies(HOMES, TODAY, seed=2) != vacancies(HOMES, TODAY)


def test_only_active_homes_of_known_size_post() -> None:
    silent = [
        home("1-00001", registered_beds=None),
        home("1-00002", registration=Registration.DORMANT),
        home("1-00003", registration=Registration.DEREGISTERED),
    ]
    assert vacancies(silent, TODAY) == {}


def test_confirmations_are_minutes_to_weeks_old() -> None:
    old = ages(each["location_id"] for each in HOMES)
    assert old == ages(each["location_id"] for each in reversed(HOMES))
    assert old.keys() == {each["location_id"] for each in HOMES}
    assert timedelta(minutes=1) < min(old.values()) < timedelta(minutes=30)
    assert timedelta(weeks=3) < max(old.values()) < timedelta(weeks=6)
    within_a_day = sum(each < timedelta(days=1) for each in old.values()) / len(old)
    assert 0.4 < within_a_day < 0.8
