"""What a change of a home opens to an alert, and which beds a message lists."""

from dataclasses import replace

import pytest

from notify.opening import FreeBeds, Opening
from shared.domain.alert import Alert
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.needs import Answer
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import AdmissionState, BedCategory, Rating, ServiceUserBand
from tests.support.builders import NOON, REGISTER, counts, home

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
TRANSITIONAL = BedCategory.TRANSITIONAL
ALERT = Alert(
    "exeter-discharge",
    "3f9c0d1e8a72",
    1,
    "EX2 5DW",
    REGISTER.latitude,
    REGISTER.longitude,
    10,
    NOON,
    categories=(NURSING,),
)


def opening(before: CareHome | None, after: CareHome) -> Opening:
    return Opening(before.to_document() if before else None, after.to_document())


def saying(answer: Answer | None, funding: tuple[Funding, ...] | None = None) -> CareHome:
    needs = {"peg": answer} if answer else {}
    return replace(home(), declaration=Declaration(needs, terms=Terms(funding)))


def test_free_beds_have_the_number_before_and_after() -> None:
    before = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(3)})
    after = replace(
        before,
        beds={NURSING: counts(2), DEMENTIA: counts(2), TRANSITIONAL: counts(1)},
        admission_status=AdmissionStatus(AdmissionState.OPEN),
    )
    any_bed = replace(ALERT, categories=(), beds=2)
    assert opening(before, after).beds_for(any_bed) == [FreeBeds(NURSING, 1, 2)]
    assert opening(before, after).beds_for(replace(any_bed, beds=1)) == [
        FreeBeds(TRANSITIONAL, 0, 1)
    ]


@pytest.mark.parametrize("said", [Answer.YES, Answer.ASK, None])
def test_a_home_that_no_longer_says_no_to_a_need_comes_to_fit(said: Answer | None) -> None:
    alert = replace(ALERT, needs=("peg",))
    change = opening(saying(Answer.NO), saying(said))
    assert change.came_to_fit(alert)
    assert change.beds_for(alert) == [FreeBeds(NURSING, 1, 1)]


@pytest.mark.parametrize("said", [Answer.YES, Answer.ASK, None])
def test_a_home_that_an_alert_fitted_before_does_not_come_to_fit(said: Answer | None) -> None:
    alert = replace(ALERT, needs=("peg",))
    change = opening(saying(said), saying(Answer.YES))
    assert not change.came_to_fit(alert)
    assert change.beds_for(alert) == []


def test_a_home_comes_to_fit_by_funding_rating_kinds_of_people_or_place() -> None:
    funded = replace(ALERT, funding=Funding.CHC)
    assert opening(saying(None, funding=()), saying(None)).came_to_fit(funded)
    poor = home(register=replace(REGISTER, rating=Rating.INADEQUATE))
    assert opening(poor, home()).came_to_fit(replace(ALERT, min_rating=Rating.GOOD))
    without = home(register=replace(REGISTER, service_user_bands=()))
    band = replace(ALERT, service_user_bands=(ServiceUserBand.DEMENTIA,))
    assert opening(without, home()).came_to_fit(band)
    far = home(register=replace(REGISTER, latitude=REGISTER.latitude + 1))
    assert opening(far, home()).came_to_fit(ALERT)


def test_a_home_without_a_bed_comes_to_fit_nothing() -> None:
    alert = replace(ALERT, needs=("peg",))
    empty = {NURSING: counts(0)}
    before, after = replace(saying(Answer.NO), beds=empty), replace(saying(None), beds=empty)
    assert not opening(before, after).came_to_fit(alert)
    assert not opening(before, after).came_to_fit(replace(alert, beds=2))


def test_a_bed_that_may_serve_as_another_kind_is_listed_once_under_its_own() -> None:
    full = home(accepting=0, category=DEMENTIA)
    after = replace(
        home(category=DEMENTIA), declaration=Declaration(also_as={DEMENTIA: (NURSING,)})
    )
    listed = [FreeBeds(DEMENTIA, 0, 1, (NURSING,))]
    both = replace(ALERT, categories=(NURSING, DEMENTIA))
    assert opening(full, after).beds_for(ALERT) == listed
    assert opening(full, after).beds_for(both) == listed
    assert listed[0].to_document() == {
        "category": "dementia_nursing",
        "before": 0,
        "accepting": 1,
        "also_as": ("general_nursing",),
    }


def test_a_home_whose_beds_may_now_serve_as_another_kind_opens_them() -> None:
    before = home(category=DEMENTIA)
    after = replace(before, declaration=Declaration(also_as={DEMENTIA: (NURSING,)}))
    assert opening(before, after).beds_for(ALERT) == [FreeBeds(DEMENTIA, 1, 1, (NURSING,))]
    assert opening(before, after).beds_for(replace(ALERT, categories=(DEMENTIA,))) == []


def test_a_bed_that_an_alert_could_have_before_is_not_new_for_another_use() -> None:
    before = home(category=DEMENTIA)
    after = replace(before, declaration=Declaration(also_as={DEMENTIA: (NURSING,)}))
    assert opening(before, after).beds_for(replace(ALERT, categories=(NURSING, DEMENTIA))) == []
    assert opening(before, after).came_to_fit(ALERT)


def test_beds_of_two_kinds_that_may_serve_as_one_count_together() -> None:
    shared = Declaration(also_as={DEMENTIA: (NURSING,)})
    before = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(0)}, declaration=shared)
    after = replace(before, beds={NURSING: counts(1), DEMENTIA: counts(1)})
    assert opening(before, after).beds_for(replace(ALERT, beds=2)) == [
        FreeBeds(NURSING, 1, 1),
        FreeBeds(DEMENTIA, 0, 1, (NURSING,)),
    ]
