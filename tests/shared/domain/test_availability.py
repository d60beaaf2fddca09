"""What a home offers now depends on its register entry, its admission status and its counts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from shared.domain.availability import (
    admission_status_on,
    announced_beds,
    free_beds,
    has_left_register,
    is_closed,
    is_registered,
    phone_for_vacancies,
)
from shared.domain.beds import AdmissionStatus
from shared.domain.documents import HomeDocument
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import REGISTER, counts, home

if TYPE_CHECKING:
    from shared.domain.care_home import CareHome

DAY = date(2026, 12, 1)
CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
BEDS = {
    BedCategory.GENERAL_NURSING: counts(3),
    BedCategory.DEMENTIA_NURSING: replace(counts(0), available_from=DAY),
}


def document(
    registration: Registration = Registration.ACTIVE, status: AdmissionStatus | None = None
) -> HomeDocument:
    register = replace(REGISTER, registration=registration)
    open_home: CareHome = replace(home(), register=register, beds=BEDS)
    return replace(open_home, admission_status=status or AdmissionStatus()).to_document()


def test_an_open_registered_home_offers_its_accepting_beds() -> None:
    assert free_beds(document()) == {"general_nursing": 3}
    assert announced_beds(document(), DAY) == {"dementia_nursing": "2026-12-01"}


@pytest.mark.parametrize(
    "unavailable",
    [document(Registration.DORMANT), document(Registration.DEREGISTERED), document(status=CLOSED)],
)
def test_a_closed_or_unregistered_home_offers_nothing(unavailable: HomeDocument) -> None:
    assert free_beds(unavailable) == {}
    assert announced_beds(unavailable, DAY) == {}


def test_a_bed_is_no_longer_announced_when_its_day_has_passed() -> None:
    assert announced_beds(document(), DAY + timedelta(days=1)) == {}


def test_a_home_no_longer_expects_to_reopen_on_a_day_that_has_passed() -> None:
    status = document(status=replace(CLOSED, expected_date=DAY))
    assert admission_status_on(status, DAY)["expected_date"] == "2026-12-01"
    assert admission_status_on(status, DAY + timedelta(days=1)) == {
        "status": "closed",
        "reason": "outbreak",
    }


def test_a_dormant_home_is_not_registered_but_has_not_left_the_register() -> None:
    assert is_registered(document())
    dormant, gone = document(Registration.DORMANT), document(Registration.DEREGISTERED)
    assert not is_registered(dormant)
    assert not is_registered(gone)
    assert [has_left_register(each) for each in (document(), dormant, gone)] == [False, False, True]


def test_a_home_is_closed_when_it_says_so() -> None:
    assert is_closed(document(status=CLOSED))
    assert not is_closed(document())


def test_the_number_for_vacancies_comes_before_the_number_on_the_register() -> None:
    with_own_number = replace(home(), shop_window=ShopWindow(vacancies_phone="01632960999"))
    assert phone_for_vacancies(with_own_number.to_document()) == "01632960999"
    assert phone_for_vacancies(home().to_document()) == "01632960001"
    without_any = replace(home(), register=replace(REGISTER, phone=None))
    assert phone_for_vacancies(without_any.to_document()) is None
