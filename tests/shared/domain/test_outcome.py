"""What came of a call: it is corrected, followed by another call, and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import ConflictError
from shared.domain.outcome import UNDO_WITHIN, CallResult, Outcome, Shown, reporter_of
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON

NURSING = BedCategory.GENERAL_NURSING
SHOWN = Shown("1-9000000001", NURSING, NOON, 2, 0.912)
TEAM = reporter_of("exeter", "1-9000000001", NURSING, NOON)
SECOND = timedelta(seconds=1)


def outcome(
    result: CallResult, after: timedelta = timedelta(hours=1), need: str | None = None
) -> Outcome:
    moment = NOON + after
    return Outcome(1, SHOWN, TEAM, result, moment, moment, need)


PURSUING = outcome(CallResult.PURSUING)


@pytest.mark.parametrize("result", CallResult)
def test_a_document_holds_all_of_it(result: CallResult) -> None:
    whole = replace(
        outcome(result, need="peg"),
        first_result=CallResult.PURSUING,
        is_withdrawn=True,
        audit_day="2026-01-05",
    )
    for each in (whole, outcome(result)):
        assert Outcome.from_document(each.to_document()) == each


def test_within_ten_minutes_another_result_corrects_the_first() -> None:
    corrected = PURSUING.replaced_by(outcome(CallResult.GONE, timedelta(hours=1) + UNDO_WITHIN))
    assert corrected.first_contact is CallResult.GONE
    assert corrected.first_result is None
    assert corrected.version == 2


def test_later_another_result_is_of_another_call_and_the_first_contact_stays() -> None:
    later = PURSUING.replaced_by(
        outcome(CallResult.GONE, timedelta(hours=1) + UNDO_WITHIN + SECOND)
    )
    assert later.first_contact is CallResult.PURSUING
    assert later.says_gone


def test_a_call_that_reached_nobody_is_no_first_contact() -> None:
    unanswered = outcome(CallResult.NO_ANSWER)
    assert unanswered.first_contact is None
    answered = unanswered.replaced_by(outcome(CallResult.GONE, timedelta(hours=5)))
    assert answered.first_contact is CallResult.GONE


def test_once_the_home_said_that_it_is_gone_only_its_own_post_says_another() -> None:
    gone = outcome(CallResult.GONE)
    with pytest.raises(ConflictError, match="ask them to post it"):
        gone.replaced_by(outcome(CallResult.PURSUING, timedelta(hours=2)))


@pytest.mark.parametrize("unreached", [CallResult.NO_ANSWER, CallResult.WRONG_NUMBER])
@pytest.mark.parametrize("last", [CallResult.NOT_FOR_THIS_PERSON, CallResult.GONE])
def test_a_later_call_that_reached_nobody_leaves_what_the_home_said_last(
    last: CallResult, unreached: CallResult
) -> None:
    heard = PURSUING.replaced_by(outcome(last, timedelta(hours=2)))
    assert heard.replaced_by(outcome(unreached, timedelta(hours=3))) is heard
    assert outcome(last).replaced_by(outcome(unreached, timedelta(hours=3))) == outcome(last)


def test_a_correction_within_ten_minutes_may_say_that_nobody_was_reached() -> None:
    corrected = PURSUING.replaced_by(outcome(CallResult.NO_ANSWER))
    assert corrected.result is CallResult.NO_ANSWER
    assert corrected.first_contact is None


def test_saying_the_same_again_changes_nothing() -> None:
    assert PURSUING.replaced_by(outcome(CallResult.PURSUING, timedelta(hours=9))) is PURSUING


def test_it_is_taken_back_within_ten_minutes() -> None:
    gone = outcome(CallResult.GONE)
    withdrawn = gone.withdrawn(gone.recorded_at + UNDO_WITHIN)
    assert not withdrawn.says_gone
    assert withdrawn.first_contact is None
    assert withdrawn.withdrawn(gone.recorded_at) is withdrawn
    with pytest.raises(ConflictError, match="10 minutes"):
        gone.withdrawn(gone.recorded_at + UNDO_WITHIN + SECOND)


def test_taking_back_a_later_call_leaves_what_the_first_found() -> None:
    later = PURSUING.replaced_by(outcome(CallResult.GONE, timedelta(hours=2)))
    back = later.withdrawn(later.recorded_at)
    assert back.first_contact is CallResult.PURSUING
    assert not back.says_gone


def test_after_it_was_taken_back_a_new_one_begins_anew() -> None:
    withdrawn = PURSUING.withdrawn(PURSUING.recorded_at)
    anew = withdrawn.replaced_by(outcome(CallResult.GONE, timedelta(hours=9)))
    assert anew.first_contact is CallResult.GONE
    assert not anew.is_withdrawn
    assert anew.version == 3


def test_a_team_has_another_digest_for_each_listing() -> None:
    others = {
        TEAM,
        reporter_of("plymouth", "1-9000000001", NURSING, NOON),
        reporter_of("exeter", "1-9000000002", NURSING, NOON),
        reporter_of("exeter", "1-9000000001", BedCategory.TRANSITIONAL, NOON),
        reporter_of("exeter", "1-9000000001", NURSING, NOON + SECOND),
    }
    assert len(others) == 5


@given(st.lists(st.tuples(st.sampled_from(CallResult), st.integers(0, 30)), max_size=6))
def test_every_change_raises_the_version_and_what_is_held_is_never_lost(
    calls: list[tuple[CallResult, int]],
) -> None:
    held, minutes = PURSUING, 60
    for result, later in calls:
        minutes += later
        try:
            after = held.replaced_by(outcome(result, timedelta(minutes=minutes)))
        except ConflictError:
            continue
        assert after.version == held.version + (after != held)
        if held.first_contact and minutes * 60 > (held.undo_until - NOON).total_seconds():
            assert after.first_contact is held.first_contact
        held = after
