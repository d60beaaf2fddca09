"""A yes to an ask, and a person who moves in, move one bed of the home's counts."""

from dataclasses import replace

import pytest

from shared.domain.errors import ConflictError
from shared.domain.reserved_beds import with_bed_occupied, with_bed_reserved
from shared.domain.vocabulary import BedCategory
from tests.support.builders import counts, home

NURSING = BedCategory.GENERAL_NURSING
TRANSITIONAL = BedCategory.TRANSITIONAL


def test_a_yes_reserves_one_bed_and_says_nothing_of_the_others() -> None:
    larkrise = replace(home(accepting=2), beds={NURSING: counts(2), TRANSITIONAL: counts(1)})
    after = with_bed_reserved(larkrise, NURSING)
    assert after.beds == {NURSING: counts(1, reserved=1), TRANSITIONAL: counts(1)}
    assert after.version == larkrise.version + 1
    assert (after.confirmed_at, after.posts) == (larkrise.confirmed_at, larkrise.posts)


def test_a_person_who_moves_in_occupies_the_reserved_bed() -> None:
    larkrise = home(accepting=1)
    after = with_bed_occupied(with_bed_reserved(larkrise, NURSING), NURSING)
    assert after.beds[NURSING] == counts(0)


def test_no_bed_is_moved_that_is_not_there() -> None:
    full = home(accepting=0)
    for move in (with_bed_reserved, with_bed_occupied):
        for category in (NURSING, TRANSITIONAL):
            with pytest.raises(ConflictError, match="of this kind"):
                move(full, category)
