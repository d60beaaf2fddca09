"""What a home's posts tell beside their counts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.chance import FillRecord
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from tests.support.builders import NOON, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
WEEK_LATER = NOON + timedelta(days=7)
CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)


def post(before: CareHome, now: datetime, beds: Mapping[BedCategory, BedCounts]) -> CareHome:
    return before.update(beds, None, now)


def test_a_first_post_says_when_and_shows_nothing_yet() -> None:
    after = post(unposted(), NOON, {NURSING: counts(2)})
    assert after.posts.said_at == {NURSING: NOON}
    assert after.posts.fill_records == {}


def test_a_post_says_only_the_categories_that_it_names() -> None:
    first = post(home(), NOON, {DEMENTIA: counts(1)})
    after = post(first, WEEK_LATER, {NURSING: counts(1)})
    assert after.posts.said_at == {NURSING: WEEK_LATER, DEMENTIA: NOON}


def test_a_confirmation_says_every_category() -> None:
    after = post(home(), NOON, {DEMENTIA: counts(1)}).confirm(WEEK_LATER)
    assert after.posts.said_at == {NURSING: WEEK_LATER, DEMENTIA: WEEK_LATER}
    assert after.posts.record(NURSING) == FillRecord(0, 7)


def test_opening_or_closing_says_no_count() -> None:
    after = home().update({}, CLOSED, WEEK_LATER)
    assert after.posts == home().posts


def test_a_bed_that_became_occupied_or_reserved_was_filled() -> None:
    after = post(home(accepting=3), WEEK_LATER, {NURSING: counts(1, reserved=1)})
    assert after.posts.record(NURSING) == FillRecord(2, 7)


def test_a_withdrawn_bed_was_not_filled() -> None:
    after = post(home(accepting=2), WEEK_LATER, {NURSING: counts(1, not_available=1)})
    assert after.posts.record(NURSING) == FillRecord(0, 7)


def test_time_in_which_the_home_closed_teaches_nothing() -> None:
    closed = home().update({}, CLOSED, NOON + timedelta(days=1))
    while_closed = post(closed, WEEK_LATER, {NURSING: counts(0)})
    assert while_closed.posts.record(NURSING) == FillRecord()
    opened = closed.update({}, AdmissionStatus(), NOON + timedelta(days=2))
    after_opening = post(opened, WEEK_LATER, {NURSING: counts(0)})
    assert after_opening.posts.record(NURSING) == FillRecord()
    next_post = post(after_opening, WEEK_LATER + timedelta(days=1), {NURSING: counts(1)})
    assert post(next_post, WEEK_LATER + timedelta(days=3), {NURSING: counts(1)}).posts.record(
        NURSING
    ) == FillRecord(0, 2)


def test_a_post_that_closes_the_home_still_shows_what_filled_before() -> None:
    after = home(accepting=2).update({NURSING: counts(1)}, CLOSED, WEEK_LATER)
    assert after.posts.record(NURSING) == FillRecord(1, 7)


def test_a_category_that_the_home_gave_up_is_forgotten() -> None:
    first = post(home(), NOON, {DEMENTIA: counts(1)})
    after = post(first, WEEK_LATER, {NURSING: counts(0, of=0)})
    assert set(after.posts.said_at) == {DEMENTIA}
    assert NURSING not in after.posts.fill_records


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()), max_size=12))
def test_every_count_that_a_home_holds_was_said_at_some_moment(
    steps: list[tuple[int, int, bool]],
) -> None:
    one, now = unposted(), NOON
    for nursing, dementia, confirms in steps:
        now += timedelta(days=1)
        if confirms and one.beds:
            one = one.confirm(now)
        elif nursing % 2:
            one = post(one, now, {NURSING: counts(nursing)})
        else:
            one = post(one, now, {DEMENTIA: counts(dementia), NURSING: counts(0, of=0)})
        assert set(one.posts.said_at) == set(one.beds)
        assert max(one.posts.said_at.values(), default=now) == now
