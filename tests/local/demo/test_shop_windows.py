"""The demo's homes say what they offer, so that every filter of a search finds some of them."""

from collections import Counter
from datetime import date

import pytest

from import_homes.directory import read_rows
from import_homes.plan import plan_import
from layer.build import postcode_package
from local.demo import fictional_directory
from local.demo.occupancy import vacancies
from local.demo.run import HOSPITAL_POINT
from local.demo.shop_windows import shop_windows
from shared.domain.documents import Document
from shared.domain.geo import Point, miles_between
from shared.domain.vocabulary import Feature
from shared.places.postcodes import FILE_NAME, Postcodes

TODAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def homes() -> list[Document]:
    postcodes = Postcodes(postcode_package() / FILE_NAME)
    content = fictional_directory.directory(postcodes.locate)
    councils = frozenset({fictional_directory.LOCAL_AUTHORITY})
    plan = plan_import(read_rows(content), {}, councils, postcodes.locate, TODAY)
    return [write.document for write in plan.writes]


def test_the_search_of_a_hospital_finds_a_home_for_a_funded_person(homes: list[Document]) -> None:
    windows, bodies = shop_windows(homes), vacancies(homes, TODAY)
    found = [
        each["name"]
        for each in homes
        if miles_between(HOSPITAL_POINT, Point(each["latitude"], each["longitude"])) <= 10
        and (window := windows.get(each["location_id"]))
        and {Feature.ACCEPTS_LOCAL_AUTHORITY_RATE, Feature.TRUSTED_ASSESSOR} <= {*window.features}
        and bodies[each["location_id"]]["admission_status"]["status"] == "open"
        and bodies[each["location_id"]]["beds"].get("dementia_nursing", {}).get("accepting")
    ]
    assert found


def test_every_feature_is_offered_by_some_homes_and_not_by_others(homes: list[Document]) -> None:
    windows = shop_windows(homes)
    offered = Counter(feature for window in windows.values() for feature in window.features)
    for feature in Feature:
        assert 5 <= offered[feature] < len(homes) * 0.9, feature
    assert len(homes) * 0.8 < len(windows) < len(homes)


def test_fees_are_a_range_and_the_same_every_time(homes: list[Document]) -> None:
    windows = shop_windows(homes)
    assert windows == shop_windows(reversed(homes))
    for window in windows.values():
        assert window.weekly_fee_from
        assert window.weekly_fee_to
        assert 800 <= window.weekly_fee_from < window.weekly_fee_to <= 2000


def test_nothing_is_invented_for_a_real_or_a_dormant_home(homes: list[Document]) -> None:
    real = [{**each, "name": "Larkrise House"} for each in homes]
    dormant = [{**each, "registration": "dormant"} for each in homes]
    assert shop_windows(real) == shop_windows(dormant) == {}
