"""What a home offers teams that ask is what it posted, while it takes asks at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.offer import Offer
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import NOON, REGISTER, counts, home

NURSING = BedCategory.GENERAL_NURSING
TODAY = uk_day(NOON)
TOMORROW = TODAY + timedelta(days=1)


def offer(of: CareHome, setting: str = "ask", stop: PlacingStop | None = None) -> Offer:
    return Offer.of_home({**of.to_document(), "holds": setting}, NURSING, TODAY, stop)


def test_it_is_what_the_home_posted() -> None:
    larkrise = replace(home(), beds={NURSING: counts(2, reserved=1)})
    assert offer(larkrise) == Offer(2, 1, 7, NOON, takes_asks=True)


def test_a_category_that_the_home_does_not_have_offers_nothing() -> None:
    other = home(category=BedCategory.TRANSITIONAL)
    assert offer(other) == Offer(0)


DORMANT = replace(home(), register=replace(REGISTER, registration=Registration.DORMANT))
CLOSED = replace(
    home(), admission_status=AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
)


@pytest.mark.parametrize(
    ("of", "stop", "setting", "takes_asks"),
    [
        (home(), None, "ask", True),
        (home(), None, "off", False),
        (home(), PlacingStop(TODAY), "ask", False),
        (home(), PlacingStop(TOMORROW), "ask", True),
        (DORMANT, None, "ask", False),
        (CLOSED, None, "ask", False),
    ],
)
def test_nobody_asks_where_the_home_or_the_council_does_not_want_it(
    of: CareHome, stop: PlacingStop | None, setting: str, takes_asks: bool
) -> None:
    assert offer(of, setting, stop).takes_asks is takes_asks


def test_a_home_that_has_not_said_so_takes_asks() -> None:
    assert Offer.of_home(home().to_document(), NURSING, TODAY, None).takes_asks


def test_an_answer_moves_one_bed_and_does_not_say_the_counts_again() -> None:
    before = Offer(2, 1, 7, NOON)
    assert before.with_bed_reserved() == Offer(1, 2, 7, NOON)
    assert before.with_bed_occupied() == Offer(2, 0, 8, NOON)
