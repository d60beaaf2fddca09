"""What a day's changes add up to."""

from dataclasses import replace
from datetime import timedelta

from council_overview.day_totals import summed
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import NOON, REGISTER, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
SHUT = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.STAFFING)
OPEN = AdmissionStatus()
LATER = NOON + timedelta(hours=1)


def day(*steps: tuple[CareHome | None, CareHome]) -> dict[str, object]:
    return summed(
        (was.to_document() if was else None, becomes.to_document()) for was, becomes in steps
    )


def test_a_quiet_day_adds_up_to_nothing() -> None:
    assert day() == {
        "changes": 0,
        "confirmations": 0,
        "homes_confirmed": 0,
        "closed": 0,
        "reopened": 0,
        "opened": {},
        "gone": {},
    }


def test_beds_that_opened_and_beds_that_went_do_not_cancel_each_other() -> None:
    first = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(3)})
    second = first.updated({NURSING: counts(4), DEMENTIA: counts(1)}, None, LATER)
    third = second.updated({NURSING: counts(2)}, None, LATER + timedelta(hours=1))
    told = day((first, second), (second, third))
    assert told["opened"] == {"general_nursing": 3}
    assert told["gone"] == {"general_nursing": 2, "dementia_nursing": 2}


def test_a_home_that_confirms_twice_is_one_home() -> None:
    first = home()
    second = first.confirmed(LATER)
    third = second.confirmed(LATER + timedelta(hours=1))
    told = day((first, second), (second, third))
    assert (told["changes"], told["confirmations"], told["homes_confirmed"]) == (2, 2, 1)


def test_an_edit_or_an_import_is_no_confirmation() -> None:
    edited = replace(home(), version=2, register=replace(REGISTER, name="Another"))
    told = day((home(), edited), (None, unposted("1-9000000002")))
    assert (told["changes"], told["confirmations"]) == (2, 0)


def test_the_first_numbers_of_a_home_are_beds_opened() -> None:
    posted = unposted().updated({NURSING: counts(2)}, None, LATER)
    told = day((unposted(), posted))
    assert told["opened"] == {"general_nursing": 2}
    assert told["homes_confirmed"] == 1


def test_closing_takes_the_vacancies_and_reopening_gives_them_back() -> None:
    shut = home(accepting=2).updated({}, SHUT, LATER)
    told = day((home(accepting=2), shut))
    assert (told["closed"], told["reopened"]) == (1, 0)
    assert told["gone"] == {"general_nursing": 2}
    told = day((shut, shut.updated({}, OPEN, LATER)))
    assert (told["closed"], told["reopened"]) == (0, 1)
    assert told["opened"] == {"general_nursing": 2}


def test_a_home_that_leaves_the_register_takes_its_vacancies_along() -> None:
    left = replace(home(), register=replace(REGISTER, registration=Registration.DEREGISTERED))
    assert day((home(accepting=1), left))["gone"] == {"general_nursing": 1}
