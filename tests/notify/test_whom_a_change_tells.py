"""A change tells exactly the alerts that brute force finds, with marks, lapses and pauses."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from notify.carried_beds import matches_of
from notify.placing_stops import is_left_out, opened_by
from notify.streamed_change import StreamedChange, active_when_opened
from shared.domain.alert import LIVES_FOR, Alert
from shared.domain.care_home import CareHome
from shared.domain.chance import USUALLY_WRONG
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from tests.notify import random_homes
from tests.notify.brute_force import fires, is_on_no_edge
from tests.notify.test_alert_index import index_of
from tests.support.builders import NOON, changed

STAMPED = NOON + timedelta(days=40)
TODAY, DAY = uk_day(STAMPED), timedelta(days=1)
STOPS = (
    None,
    PlacingStop(TODAY),
    PlacingStop(TODAY - 9 * DAY, TODAY),
    PlacingStop(TODAY - 9 * DAY, TODAY - DAY),
    PlacingStop(TODAY + DAY),
)


class Happening(NamedTuple):
    """A change of a home, or of its mark where `marked_after` is another; and the mark before."""

    before: CareHome
    after: CareHome
    marked: PlacingStop | None
    marked_after: PlacingStop | None


def told(happening: Happening, alerts: list[Alert]) -> set[str]:
    """Return the ids of the alerts that the function tells of it."""
    before, after, marked, marked_after = happening
    mark = CouncilMark(before.location_id, 1, marked)
    change = changed(before, after)
    if marked != marked_after:
        then = mark.with_stop(marked_after, today=TODAY, home_version=before.version)
        kind, documents = ChangeKind.PLACING_STOP, (mark.to_document(), then.to_document())
        beside = before.to_document() if mark.ends_with(then, TODAY) else None
        change = replace(
            change, kind=kind, previous=documents[0], document=documents[1], beside=beside
        )
        mark = then
    opened = opened_by(StreamedChange(change, STAMPED, STAMPED, is_republished=False))
    if opened is None or is_left_out(opened, mark):
        return set()
    by_team = active_when_opened(opened, matches_of(index_of(alerts), opened, USUALLY_WRONG))
    return {alert.alert_id for alerts in by_team.values() for alert in alerts}


def must_be_told(alert: Alert, happening: Happening) -> bool:
    """Work it out from the words of the documentation."""
    before, after, marked, marked_after = happening
    has_lapsed = (
        bool(alert.needs or alert.funding)
        and (alert.renewed_at or alert.created_at) + LIVES_FOR <= STAMPED
    )
    if has_lapsed or alert.paused or is_quiet(marked_after):
        return False
    if marked != marked_after:
        return is_quiet(marked) and fires(alert, None, before)
    return fires(alert, before, after)


def is_quiet(stop: PlacingStop | None) -> bool:
    return stop is not None and stop.since <= TODAY


def some_alert(dice: Random, number: int) -> Alert:
    alert = random_homes.alert(dice, number)
    if dice.random() < 0.5:
        alert = alert.renew(NOON + dice.choice([9, 20]) * DAY)
    return alert.set_paused(True, NOON + DAY) if dice.random() < 0.1 else alert


def something(dice: Random) -> Happening:
    before, marked = random_homes.home(dice), dice.choice((None, None, *STOPS))
    if dice.random() < 0.3:
        return Happening(before, before, marked, dice.choice(STOPS))
    after = random_homes.later(dice, before)
    parts = dice.sample(["beds", "admission_status", "declaration", "register"], dice.randrange(4))
    after = replace(after, **{name: getattr(before, name) for name in parts})
    return Happening(before, after, marked, marked)


@given(st.integers(0))
def test_a_change_tells_whom_brute_force_finds(seed: int) -> None:
    dice = Random(seed)
    alerts = [some_alert(dice, number) for number in range(40)]
    happening = something(dice)
    assume(is_on_no_edge(alerts, happening.after))
    expected = {each.alert_id for each in alerts if must_be_told(each, happening)}
    assert told(happening, alerts) == expected


def test_the_random_changes_tell_some_and_not_others() -> None:
    """Otherwise the test above would prove little."""
    numbers = []
    for seed in range(60):
        dice = Random(seed)
        alerts = [some_alert(dice, number) for number in range(40)]
        happening = something(dice)
        numbers.append(sum(must_be_told(each, happening) for each in alerts))
    assert 15 < sum(number > 0 for number in numbers) < 50
