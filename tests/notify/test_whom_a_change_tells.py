"""A change tells exactly the alerts that brute force finds, with marks, lapses and pauses."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from notify.carried_beds import matches_of
from notify.placing_stops import as_alerts_see
from notify.streamed_change import StreamedChange, active_when_opened
from shared.domain.alert import LIVES_FOR, Alert
from shared.domain.care_home import CareHome
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
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


def told(before: CareHome, after: CareHome, alerts: list[Alert]) -> set[str]:
    """Return the ids of the alerts that the function tells of a change."""
    change = changed(before, after)
    seen = as_alerts_see(StreamedChange(change, STAMPED, STAMPED, is_republished=False))
    by_team = active_when_opened(seen, matches_of(index_of(alerts), seen))
    return {alert.alert_id for alerts in by_team.values() for alert in alerts}


def must_be_told(alert: Alert, before: CareHome, after: CareHome) -> bool:
    """Work it out from the words of the documentation."""
    has_lapsed = (
        bool(alert.needs or alert.funding)
        and (alert.renewed_at or alert.created_at) + LIVES_FOR <= STAMPED
    )
    if has_lapsed or alert.paused or is_left_out(after):
        return False
    return fires(alert, None if is_left_out(before) else before, after)


def is_left_out(home: CareHome) -> bool:
    return home.placing_stop is not None and home.placing_stop.since <= TODAY


def some_alert(dice: Random, number: int) -> Alert:
    alert = random_homes.alert(dice, number)
    if dice.random() < 0.5:
        alert = alert.renew(NOON + dice.choice([9, 20]) * DAY)
    return alert.set_paused(True, NOON + DAY) if dice.random() < 0.1 else alert


def some_change(dice: Random) -> tuple[CareHome, CareHome]:
    before = replace(random_homes.home(dice), placing_stop=dice.choice(STOPS))
    after = replace(random_homes.later(dice, before), placing_stop=before.placing_stop)
    parts = dice.sample(["beds", "admission_status", "declaration", "register"], dice.randrange(4))
    after = replace(after, **{name: getattr(before, name) for name in parts})
    if dice.random() < 0.3:
        after = replace(after, placing_stop=dice.choice(STOPS))
    return before, after


@given(st.integers(0))
def test_a_change_tells_whom_brute_force_finds(seed: int) -> None:
    dice = Random(seed)
    alerts = [some_alert(dice, number) for number in range(40)]
    before, after = some_change(dice)
    assume(is_on_no_edge(alerts, after))
    expected = {each.alert_id for each in alerts if must_be_told(each, before, after)}
    assert told(before, after, alerts) == expected


def test_the_random_changes_tell_some_and_not_others() -> None:
    """Otherwise the test above would prove little."""
    numbers = []
    for seed in range(60):
        dice = Random(seed)
        alerts = [some_alert(dice, number) for number in range(40)]
        before, after = some_change(dice)
        numbers.append(sum(must_be_told(each, before, after) for each in alerts))
    assert 15 < sum(number > 0 for number in numbers) < 50
