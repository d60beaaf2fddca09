"""A reminder is worth what an answer would tell, times how often teams look for such a bed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.chance import USUALLY_FREE, FillRecord
from shared.domain.demand import ANY_CATEGORY
from shared.domain.documents import HomeDocument
from shared.domain.posts import Posts
from shared.domain.reminder_value import (
    NOTHING_PUBLISHED,
    QUIET_AFTER_A_POST,
    SoughtNear,
    answer_gain,
    is_quiet,
    is_worth_a_reminder,
    reminder_value,
)
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from tests.support.builders import NOON, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
DAY = timedelta(days=1)

RECORDS = st.builds(
    FillRecord, st.integers(0, 40), st.floats(0, 2000).map(lambda days: round(days, 2))
)
DAYS = st.floats(0, 400)


def with_beds(accepting: int) -> HomeDocument:
    return home(accepting=accepting).to_document()


def closed(until: date | None = None) -> CareHome:
    status = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK, until)
    return replace(home(), admission_status=status)


@given(st.integers(0, 60), DAYS, DAYS, RECORDS)
def test_an_answer_never_tells_less_the_older_the_post_is(
    listed: int, one: float, other: float, record: FillRecord
) -> None:
    younger, older = sorted((one, other))
    earlier = answer_gain(listed, younger, record)
    assert 0 <= earlier <= answer_gain(listed, older, record) + 1e-12 <= 1 + 1e-12


@given(st.integers(2, 60), DAYS, RECORDS)
def test_an_answer_tells_less_the_more_beds_are_listed(
    listed: int, days: float, record: FillRecord
) -> None:
    assert answer_gain(listed + 1, days, record) <= answer_gain(listed, days, record) + 1e-12


@pytest.mark.parametrize("listed", [0, 1, 5])
def test_nothing_is_to_be_learned_just_after_a_post(listed: int) -> None:
    assert answer_gain(listed, 0, FillRecord()) == pytest.approx(0)


def test_a_full_home_may_have_a_bed_that_nobody_reported() -> None:
    assert 0 < answer_gain(0, 3, FillRecord()) < answer_gain(0, 30, FillRecord()) < USUALLY_FREE


def test_one_bed_is_worth_a_question_after_a_week_and_many_are_not() -> None:
    now = NOON + 7 * DAY
    assert is_worth_a_reminder(with_beds(1), NOTHING_PUBLISHED, now)
    assert not is_worth_a_reminder(with_beds(5), NOTHING_PUBLISHED, now)


def test_nobody_is_reminded_within_twenty_hours_of_a_post() -> None:
    one = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(1)}).to_document()
    one["said_at"][DEMENTIA] = "2025-11-05T12:00:00.000Z"
    just_before = NOON + QUIET_AFTER_A_POST - timedelta(seconds=1)
    assert is_quiet(one, just_before)
    assert not is_worth_a_reminder(one, NOTHING_PUBLISHED, just_before)
    assert is_worth_a_reminder(one, NOTHING_PUBLISHED, NOON + QUIET_AFTER_A_POST)


def test_each_category_counts_by_its_own_date() -> None:
    now = NOON + 3 * DAY
    posts = Posts({NURSING: NOON, DEMENTIA: NOON - 9 * DAY})
    two = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(0)}, posts=posts)
    expected = answer_gain(1, 3, FillRecord()) + answer_gain(0, 12, FillRecord())
    assert reminder_value(two.to_document(), NOTHING_PUBLISHED, now) == pytest.approx(expected)


def test_what_teams_search_for_counts_up_to_four_times_as_much() -> None:
    now = NOON + 7 * DAY
    value = reminder_value(with_beds(1), NOTHING_PUBLISHED, now)
    often = SoughtNear({NURSING: 500, ANY_CATEGORY: 0}, usual=20)
    never = SoughtNear({ANY_CATEGORY: 0}, usual=20)
    assert reminder_value(with_beds(1), often, now) == pytest.approx(2 * value)
    assert reminder_value(with_beds(1), never, now) == pytest.approx(value / 2)


def test_a_search_that_names_no_category_is_one_for_each() -> None:
    sought = SoughtNear({ANY_CATEGORY: 7}, usual=7)
    assert sought.searches_for(NURSING) == 7
    assert sought.weight(NURSING) == 1


def test_a_home_that_never_posted_is_worth_a_reminder() -> None:
    assert is_worth_a_reminder(unposted().to_document(), NOTHING_PUBLISHED, NOON)


def test_a_home_that_stopped_posting_is_asked_whatever_it_listed() -> None:
    for listed in (0, 1, 12):
        assert is_worth_a_reminder(with_beds(listed), NOTHING_PUBLISHED, NOON + 120 * DAY)


def test_a_closed_home_is_asked_only_once_it_expects_to_have_reopened() -> None:
    until = closed((NOON + 9 * DAY).date()).to_document()
    assert reminder_value(until, NOTHING_PUBLISHED, NOON + 8 * DAY) == 0
    assert is_worth_a_reminder(until, NOTHING_PUBLISHED, NOON + 9 * DAY)
    assert is_worth_a_reminder(closed().to_document(), NOTHING_PUBLISHED, NOON + 9 * DAY)


def test_a_day_that_has_passed_is_worth_a_question() -> None:
    """The home said that a bed comes free on a day, and has not said whether it did."""
    day = (NOON + DAY).date()
    announced = replace(home(), beds={NURSING: replace(counts(0), available_from=day)})
    document = announced.to_document()
    before = reminder_value(document, NOTHING_PUBLISHED, NOON + 1 * DAY)
    assert before == pytest.approx(answer_gain(0, 1, FillRecord()))
    assert reminder_value(document, NOTHING_PUBLISHED, NOON + 2 * DAY) == USUALLY_FREE
