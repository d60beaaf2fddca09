"""What teams searched for around each district, from what is published."""

import pytest

from layer.build import postcode_package
from shared.domain.demand import ANY_CATEGORY, Cell
from shared.domain.reminder_value import NOTHING_PUBLISHED
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.places.searches_near import SearchesNear

NURSING = "general_nursing"
PUBLISHED = {
    Cell("EX2", NURSING, "hoist"): 9,
    Cell("EX2", NURSING, "peg"): 7,
    Cell("EX4", NURSING, "peg"): 5,
    Cell("PL1", NURSING, "peg"): 30,
    Cell("EX4", ANY_CATEGORY, "peg"): 6,
}


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


def test_the_most_of_any_need_counts_in_each_district_nearby(postcodes: Postcodes) -> None:
    searches = SearchesNear(PUBLISHED, lambda: postcodes)
    assert searches.around("EX2 5DW").searches_for(NURSING) == 9 + 6
    assert searches.around("PL1 1AA").searches_for(NURSING) == 30


def test_a_category_that_nobody_named_was_sought_by_those_who_named_none(
    postcodes: Postcodes,
) -> None:
    searches = SearchesNear(PUBLISHED, lambda: postcodes)
    assert searches.around("EX2 5DW").searches_for("transitional") == 6


def test_a_home_is_weighed_against_what_is_usual(postcodes: Postcodes) -> None:
    searches = SearchesNear(PUBLISHED, lambda: postcodes)
    assert searches.around("PL1 1AA").weight(NURSING) > 1
    assert searches.around("TR1 1AA").weight(NURSING) < 1


def test_without_published_searches_all_homes_are_sought_alike() -> None:
    def no_table() -> Postcodes:
        raise AssertionError("nothing to look up")

    assert SearchesNear({}, no_table).around("EX2 5DW") == NOTHING_PUBLISHED
    assert NOTHING_PUBLISHED.weight(NURSING) == 1
