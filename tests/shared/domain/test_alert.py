"""An alert remembers when it was paused, so that late changes are matched by how it was then."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.alert import LIVES_FOR, MAX_PAUSES, PAUSES_KEPT_FOR, RENEWABLE_FOR, Alert
from shared.domain.terms import Funding
from tests.support.builders import NOON

ALERT = Alert("exeter", "3f9c0d1e8a72", 1, "EX2 5DW", 50.7167, -3.5062, 10, NOON)
NEEDS_PEG = replace(ALERT, needs=("peg",))
HOUR = timedelta(hours=1)


def test_an_alert_was_paused_from_its_pause_until_it_was_resumed() -> None:
    resumed = ALERT.set_paused(True, NOON).set_paused(False, NOON + HOUR)
    again = resumed.set_paused(True, NOON + 3 * HOUR)
    assert [again.was_paused_at(NOON + hours * HOUR) for hours in (-1, 0, 1, 2, 3, 4)] == [
        *(False, True, False, False, True, True)
    ]
    assert (ALERT.paused, resumed.paused, again.paused) == (False, False, True)


def test_pausing_or_resuming_twice_changes_nothing() -> None:
    paused = ALERT.set_paused(True, NOON)
    assert paused.set_paused(True, NOON + HOUR) is paused
    assert ALERT.set_paused(False, NOON) is ALERT


def test_a_pause_does_not_end_before_it_began() -> None:
    (pause,) = ALERT.set_paused(True, NOON).set_paused(False, NOON - HOUR).pauses
    assert pause.until == pause.since


def test_old_pauses_are_forgotten_and_many_are_not_kept() -> None:
    once = ALERT.set_paused(True, NOON).set_paused(False, NOON + HOUR)
    later = NOON + PAUSES_KEPT_FOR + 2 * HOUR
    assert [pause.since for pause in once.set_paused(True, later).pauses] == [later]
    many = ALERT
    for minute in range(2 * MAX_PAUSES + 10):
        many = many.set_paused(minute % 2 == 0, NOON + timedelta(minutes=minute))
    assert len(many.pauses) == MAX_PAUSES


def test_an_alert_with_needs_or_funding_ends_after_28_days_and_others_do_not() -> None:
    for alert in (NEEDS_PEG, replace(ALERT, funding=Funding.CHC)):
        assert alert.ends_at == NOON + LIVES_FOR
        assert alert.was_active_at(NOON + LIVES_FOR - HOUR)
        assert not alert.was_active_at(NOON + LIVES_FOR)
    assert ALERT.ends_at is None
    assert ALERT.was_active_at(NOON + 9 * LIVES_FOR)


def test_a_renewed_alert_has_its_whole_time_again() -> None:
    renewed = NEEDS_PEG.renew(NOON + HOUR)
    assert renewed.ends_at == NOON + HOUR + LIVES_FOR
    assert Alert.from_document(renewed.to_document()) == renewed
    assert ALERT.renew(NOON) is ALERT


def test_an_alert_that_ended_can_be_renewed_for_28_days_and_is_gone_then() -> None:
    gone_at = NOON + LIVES_FOR + RENEWABLE_FOR
    assert NEEDS_PEG.renewable_until == gone_at
    assert [NEEDS_PEG.is_gone_at(gone_at + hour * HOUR) for hour in (-1, 0, 1)] == [
        *(False, True, True)
    ]
    renewed = NEEDS_PEG.renew(gone_at - HOUR)
    assert renewed.renewable_until == gone_at - HOUR + LIVES_FOR + RENEWABLE_FOR
    assert not renewed.is_gone_at(gone_at)
    assert ALERT.renewable_until is None
    assert not ALERT.is_gone_at(gone_at)
    assert ALERT.delete().is_gone_at(NOON)


def test_a_change_that_waited_as_long_as_any_does_still_finds_the_alert() -> None:
    assert RENEWABLE_FOR >= PAUSES_KEPT_FOR


def test_what_opened_between_its_end_and_its_renewal_stays_untold() -> None:
    renewed = NEEDS_PEG.renew(NOON + LIVES_FOR + 2 * HOUR)
    hours = (-1, 0, 1, 2, 3)
    assert [renewed.was_active_at(NOON + LIVES_FOR + hour * HOUR) for hour in hours] == [
        *(True, False, False, True, True)
    ]


def test_a_paused_alert_stays_paused_when_it_is_renewed() -> None:
    paused = NEEDS_PEG.set_paused(True, NOON).renew(NOON + 2 * LIVES_FOR)
    assert paused.paused
    assert not paused.was_active_at(NOON + 2 * LIVES_FOR)
