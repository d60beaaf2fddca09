"""A day's changes are added up without losing what happened within the day."""

from dataclasses import replace
from datetime import timedelta

from council_overview.day_totals import day_totals
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.carry_over import carry_over, take_back
from shared.domain.home_before import CarriedPart
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import NOON, REGISTER, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
SHUT = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.STAFFING)
OPEN = AdmissionStatus()
LATER = NOON + timedelta(hours=1)


def totals_of(*steps: tuple[CareHome | None, CareHome]) -> dict[str, object]:
    return day_totals(
        (before.to_document() if before else None, after.to_document()) for before, after in steps
    )


def test_a_day_without_changes_has_zero_totals() -> None:
    assert totals_of() == {
        "changes": 0,
        "confirmations": 0,
        "homes_confirmed": 0,
        "closed": 0,
        "reopened": 0,
        "opened": {},
        "gone": {},
    }


def test_beds_that_opened_and_beds_that_were_filled_do_not_cancel_out() -> None:
    first = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(3)})
    second = first.update({NURSING: counts(4), DEMENTIA: counts(1)}, None, LATER)
    third = second.update({NURSING: counts(2)}, None, LATER + timedelta(hours=1))
    totals = totals_of((first, second), (second, third))
    assert totals["opened"] == {"general_nursing": 3}
    assert totals["gone"] == {"general_nursing": 2, "dementia_nursing": 2}


def test_a_home_that_confirms_twice_is_counted_once() -> None:
    first = home()
    second = first.confirm(LATER)
    third = second.confirm(LATER + timedelta(hours=1))
    totals = totals_of((first, second), (second, third))
    assert (totals["changes"], totals["confirmations"], totals["homes_confirmed"]) == (2, 2, 1)


def test_an_edit_or_an_import_is_not_a_confirmation() -> None:
    edited = replace(home(), version=2, register=replace(REGISTER, name="Another"))
    totals = totals_of((home(), edited), (None, unposted("1-9000000002")))
    assert (totals["changes"], totals["confirmations"]) == (2, 0)


def test_the_first_bed_counts_of_a_home_are_opened_beds() -> None:
    posted = unposted().update({NURSING: counts(2)}, None, LATER)
    totals = totals_of((unposted(), posted))
    assert totals["opened"] == {"general_nursing": 2}
    assert totals["homes_confirmed"] == 1


def test_a_home_that_closes_loses_its_vacancies_until_it_reopens() -> None:
    shut = home(accepting=2).update({}, SHUT, LATER)
    totals = totals_of((home(accepting=2), shut))
    assert (totals["closed"], totals["reopened"]) == (1, 0)
    assert totals["gone"] == {"general_nursing": 2}
    totals = totals_of((shut, shut.update({}, OPEN, LATER)))
    assert (totals["closed"], totals["reopened"]) == (0, 1)
    assert totals["opened"] == {"general_nursing": 2}


def test_a_home_that_leaves_the_register_loses_its_vacancies() -> None:
    left = replace(home(), register=replace(REGISTER, registration=Registration.DEREGISTERED))
    assert totals_of((home(accepting=1), left))["gone"] == {"general_nursing": 1}


def test_counts_that_a_new_location_id_took_over_are_no_confirmation() -> None:
    register = replace(REGISTER, registration=Registration.DEREGISTERED)
    old, new = home("1-9000000002", register=register, accepting=2), unposted()
    parts = [CarriedPart.VACANCIES]
    carried = carry_over(old, new, parts, None, LATER.date()).home
    totals = totals_of((new, carried), (carried, take_back(old, carried)))
    assert (totals["changes"], totals["confirmations"], totals["homes_confirmed"]) == (2, 0, 0)
    assert totals["opened"] == totals["gone"] == {"general_nursing": 2}
    assert totals_of((carried, carried.confirm(LATER)))["confirmations"] == 1
