"""A home that opens and closes again tells a team once in half an hour, and drops nothing."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alert_brake import QUIET, AlertBrake
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
MINUTE = timedelta(minutes=1)


def told(beds: int = 1, at: datetime = NOON) -> AlertBrake:
    """Return the brake after the team was told of so many nursing beds."""
    tell, brake = AlertBrake().opened({NURSING: beds}, at)
    assert tell == {NURSING: beds}
    return brake


def test_the_first_opening_is_told_at_once() -> None:
    assert told().due_at is None


def test_the_same_bed_again_within_half_an_hour_is_held_back() -> None:
    tell, brake = told().opened({NURSING: 1}, NOON + QUIET - MINUTE)
    assert not tell
    assert brake.due_at == NOON + QUIET


def test_half_an_hour_later_it_is_told_again() -> None:
    assert told().opened({NURSING: 1}, NOON + QUIET).tell == {NURSING: 1}


def test_more_beds_than_the_team_was_told_of_are_told_at_once() -> None:
    assert told().opened({NURSING: 2}, NOON + MINUTE).tell == {NURSING: 2}
    assert not told(2).opened({NURSING: 2}, NOON + MINUTE).tell


def test_each_category_has_a_brake_of_its_own() -> None:
    tell, brake = told().opened({NURSING: 1, DEMENTIA: 1}, NOON + MINUTE)
    assert tell == {DEMENTIA: 1}
    assert brake.due_at == NOON + QUIET


def test_what_was_held_back_is_told_when_the_time_is_over() -> None:
    held = told().opened({NURSING: 1}, NOON + MINUTE).brake
    assert not held.due({NURSING: 1}, NOON + QUIET - MINUTE).tell
    tell, brake = held.due({NURSING: 1, DEMENTIA: 3}, NOON + QUIET)
    assert tell == {NURSING: 1}
    assert brake.due_at is None
    assert not brake.opened({NURSING: 1}, NOON + QUIET + MINUTE).tell


def test_what_is_free_no_more_is_not_told() -> None:
    held = told().opened({NURSING: 1}, NOON + MINUTE).brake
    tell, brake = held.due({}, NOON + QUIET)
    assert not tell
    assert brake.is_over(NOON + QUIET)


def test_a_bed_that_comes_back_because_an_ask_ended_is_told_at_once() -> None:
    free = {NURSING: 1, DEMENTIA: 1}
    _, brake = AlertBrake().opened(free, NOON)
    assert brake.opened(free, NOON + MINUTE, came_back={NURSING}).tell == {NURSING: 1}


def test_a_brake_that_decides_nothing_is_over() -> None:
    assert AlertBrake().is_over(NOON)
    assert not told().is_over(NOON + QUIET - MINUTE)
    assert told().is_over(NOON + QUIET)
    assert not told().opened({NURSING: 1}, NOON + MINUTE).brake.is_over(NOON + QUIET)


def test_a_document_holds_all_of_it() -> None:
    brake = told().opened({NURSING: 1, DEMENTIA: 2}, NOON + MINUTE).brake
    assert AlertBrake.from_document(brake.to_document()) == brake


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=12))
def test_however_a_home_flaps_nothing_is_dropped_and_no_more_is_told_than_allowed(
    posts: list[tuple[int, int]],
) -> None:
    """Each post comes so many minutes later, with so many free beds."""
    brake, free, now = AlertBrake(), 0, NOON
    tellings: list[tuple[datetime, int]] = []
    for minutes, beds in posts:
        now += minutes * MINUTE
        while (due_at := brake.due_at) and due_at <= now:
            tell, brake = brake.due({NURSING: free}, due_at)
            assert tell == ({NURSING: free} if free else {})
            tellings += [(due_at, beds) for beds in tell.values()]
        if beds > free:
            tell, brake = brake.opened({NURSING: beds}, now)
            assert tell or brake.due_at, "it is neither told nor held back"
            tellings += [(now, beds) for beds in tell.values()]
        free = beds
    for (first, before), (second, after) in pairwise(tellings):
        assert second - first >= QUIET or after > before
