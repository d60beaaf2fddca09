"""A change of a home matches exactly the alerts that brute force finds."""

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from math import cos, radians, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notify.alert_index import AlertIndex
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR, Alert
from shared.domain.care_home import CareHome
from shared.domain.geo import miles_between
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand
from tests.notify import random_homes
from tests.notify.brute_force import fired_alerts, is_on_no_edge
from tests.notify.random_homes import CLOSED
from tests.support.builders import NOON, REGISTER, counts, home

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING

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


def index_of(alerts: Iterable[Alert]) -> AlertIndex:
    index = AlertIndex()
    for alert in alerts:
        index.put(alert.to_document())
    return index


def matched(index: AlertIndex, before: CareHome | None, after: CareHome) -> dict[str, set[str]]:
    """Return the ids of the matching alerts by team; none of them comes twice."""
    matches = index.matches(before.to_document() if before else None, after.to_document())
    for alerts in matches.values():
        assert len(alerts) == len({alert.alert_id for alert in alerts})
    return {team: {alert.alert_id for alert in alerts} for team, alerts in matches.items()}


def fires(alert: Alert, before: CareHome | None, after: CareHome) -> bool:
    return bool(matched(index_of([alert]), before, after))


@given(st.integers(0))
def test_the_index_finds_what_brute_force_finds(seed: int) -> None:
    dice = random.Random(seed)
    alerts = random_homes.alerts(dice, 60)
    before = random_homes.home(dice)
    after = random_homes.later(dice, before)
    assume(is_on_no_edge(alerts, after))
    index = index_of(alerts)
    assert matched(index, before, after) == fired_alerts(alerts, before, after)
    assert matched(index, None, after) == fired_alerts(alerts, None, after)


def test_the_random_changes_match_some_alerts_and_not_others() -> None:
    """Otherwise the test above would prove little."""
    matches = []
    for seed in range(50):
        dice = random.Random(seed)
        alerts = random_homes.alerts(dice, 60)
        before = random_homes.home(dice)
        by_team = fired_alerts(alerts, before, random_homes.later(dice, before))
        matches.append(sum(map(len, by_team.values())))
    assert sum(count > 0 for count in matches) >= 25
    assert max(matches) < 30


@given(
    st.floats(49.9, 60.8), st.floats(-8.6, 1.7), st.floats(0, 360), st.floats(0.01, 100),
    st.floats(0.5, 1.5),
)  # fmt: skip
def test_an_alert_anywhere_fires_exactly_within_its_radius(
    latitude: float, longitude: float, bearing: float, radius: float, part: float
) -> None:
    """Homes lie in every direction, inside the circle and outside it."""
    alert = replace(ALERT, latitude=latitude, longitude=longitude, radius_miles=radius)
    there = moved(alert, bearing, radius * part)
    assume(is_on_no_edge([alert], there))
    inside = miles_between(alert.point, there.point) < radius
    assert fires(alert, None, there) == inside


def moved(alert: Alert, bearing: float, miles: float) -> CareHome:
    """Return a home with a vacancy, about so many miles away in a direction (in degrees)."""
    north = miles * cos(radians(bearing)) / 69.0
    east = miles * sin(radians(bearing)) / (69.2 * cos(radians(alert.latitude)))
    latitude, longitude = alert.latitude + north, alert.longitude + east
    return home(register=replace(REGISTER, latitude=latitude, longitude=longitude))


@given(st.integers(0))
def test_deleted_and_replaced_alerts_do_not_match(seed: int) -> None:
    dice = random.Random(seed)
    first = random_homes.alerts(dice, 40)
    now = {(alert.team, alert.alert_id): alert for alert in first}
    index = index_of(first)
    for alert in dice.sample(first, 20):
        newer = replace(
            random_homes.alert(dice, 0), team=alert.team, alert_id=alert.alert_id, version=2
        )
        if dice.random() < 0.5:
            newer = alert.delete()
        now[alert.team, alert.alert_id] = newer
        index.put(newer.to_document())
    after = random_homes.home(dice)
    assume(is_on_no_edge(list(now.values()), after))
    assert matched(index, None, after) == fired_alerts(list(now.values()), None, after)
    assert len(index) == sum(not each.deleted for each in now.values())


def test_a_deletion_of_an_unknown_alert_changes_nothing() -> None:
    assert len(index_of([ALERT.delete()])) == 0


def test_a_paused_alert_is_matched_because_it_may_have_been_active_when_the_bed_opened() -> None:
    index = index_of([ALERT, ALERT.set_paused(True, NOON)])
    assert matched(index, None, home(accepting=1)) == {ALERT.team: {ALERT.alert_id}}


def test_a_cleared_index_matches_nothing() -> None:
    index = index_of([ALERT])
    index.clear()
    assert matched(index, None, home()) == {}
    assert len(index) == 0


def test_the_first_free_bed_fires_an_alert() -> None:
    assert fires(ALERT, home(accepting=0), home(accepting=1))


def test_a_confirmation_fires_nothing() -> None:
    assert not fires(ALERT, home(accepting=1), home(accepting=1).confirm(NOON))


def test_one_more_bed_than_the_alert_needs_fires_nothing() -> None:
    assert not fires(ALERT, home(accepting=1), home(accepting=2))


def test_fewer_beds_than_before_fire_nothing() -> None:
    assert not fires(ALERT, home(accepting=2), home(accepting=1))


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(0, 1, False), (0, 2, True), (1, 2, True), (2, 3, False)]
)
def test_an_alert_for_two_beds_fires_when_the_second_opens(
    before: int, after: int, *, expected: bool
) -> None:
    alert = replace(ALERT, beds=2)
    assert fires(alert, home(accepting=before), home(accepting=after)) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(31, 39, False), (31, 40, True), (39, 60, True), (40, 41, False)],
)
def test_an_alert_for_more_beds_than_the_array_holds_works_beside_others(
    before: int, after: int, *, expected: bool
) -> None:
    index = index_of([ALERT, replace(ALERT, alert_id="3f9c0d1e8a73", beds=40)])
    found = matched(index, home(accepting=before), home(accepting=after))
    assert found == ({ALERT.team: {"3f9c0d1e8a73"}} if expected else {})
    index.put(replace(ALERT, alert_id="3f9c0d1e8a73", beds=40).delete().to_document())
    assert matched(index, home(accepting=before), home(accepting=after)) == {}


def test_beds_of_two_categories_are_not_added_together() -> None:
    alert = replace(ALERT, beds=2, categories=())
    both = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(1)})
    assert not fires(alert, None, both)


def test_a_home_that_reopens_fires_for_its_free_beds() -> None:
    closed = replace(home(), admission_status=CLOSED)
    assert fires(ALERT, closed, home())
    assert not fires(ALERT, home(), closed)


def test_a_vacancy_of_a_closed_home_fires_nothing() -> None:
    closed = replace(home(), admission_status=CLOSED)
    assert not fires(ALERT, replace(closed, beds={}), closed)


def test_another_category_fires_nothing() -> None:
    assert not fires(ALERT, None, home(category=DEMENTIA))


def test_an_alert_without_categories_fires_for_any() -> None:
    assert fires(replace(ALERT, categories=()), None, home(category=DEMENTIA))


def test_an_alert_for_two_categories_that_open_at_once_fires_once() -> None:
    alert = replace(ALERT, categories=(NURSING, DEMENTIA))
    both = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(1)})
    assert matched(index_of([alert]), None, both) == {ALERT.team: {ALERT.alert_id}}


@pytest.mark.parametrize(
    "particular",
    [
        {"service_user_bands": (ServiceUserBand.MENTAL_HEALTH,)},
        {"service_user_bands": (ServiceUserBand.DEMENTIA, ServiceUserBand.MENTAL_HEALTH)},
        {"min_rating": Rating.OUTSTANDING},
    ],
)
def test_a_home_that_does_not_meet_a_criterion_fires_nothing(particular: dict[str, object]) -> None:
    assert not fires(replace(ALERT, **particular), None, home())  # type: ignore[arg-type]  # one of several fields


@pytest.mark.parametrize(
    ("answers", "is_told"),
    [({}, True), ({"peg": "yes"}, True), ({"peg": "ask"}, True), ({"peg": "no"}, False)],
)
def test_an_alert_with_a_need_fires_unless_the_home_says_no(
    answers: dict[str, str], is_told: bool
) -> None:
    document = {**home().to_document(), "needs": {**answers, "hoist": "no"}}
    index = index_of([replace(ALERT, needs=("peg",))])
    assert bool(index.matches(None, document)) is is_told


@pytest.mark.parametrize(
    ("accepted", "is_told"), [(None, True), (["chc"], True), (["council_rate"], False)]
)
def test_an_alert_with_funding_fires_unless_the_home_does_not_accept_it(
    accepted: list[str] | None, is_told: bool
) -> None:
    document = {**home().to_document(), **({"funding": accepted} if accepted else {})}
    index = index_of([replace(ALERT, funding=Funding.CHC)])
    assert bool(index.matches(None, document)) is is_told


@pytest.mark.parametrize("rating", [Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.GOOD])
def test_a_home_with_the_minimum_rating_or_better_fires(rating: Rating) -> None:
    assert fires(replace(ALERT, min_rating=rating), None, home())


def test_an_unrated_home_fires_only_alerts_without_a_minimum_rating() -> None:
    unrated = home(register=replace(REGISTER, rating=None))
    assert fires(ALERT, None, unrated)
    assert not fires(replace(ALERT, min_rating=Rating.INADEQUATE), None, unrated)


def test_alerts_elsewhere_do_not_slow_a_match_down() -> None:
    """Alerts far away are not examined: a hundred times as many take about as long."""
    spread = random.Random(20261122)

    def filled(number: int) -> AlertIndex:
        return index_of(
            replace(
                ALERT,
                alert_id=f"{n:012x}",
                latitude=spread.uniform(54, 58),
                longitude=spread.uniform(-4, -2),
            )
            for n in range(number)
        )

    few, many = filled(50), filled(5_000)
    assert fastest(many) < 5 * fastest(few)


def fastest(index: AlertIndex) -> float:
    """Return the seconds of a match, without what else the machine does."""
    after = home().to_document()

    def once() -> float:
        started = time.perf_counter()
        for _ in range(50):
            index.matches(None, after)
        return time.perf_counter() - started

    return min(once() for _ in range(10)) / 50


@pytest.mark.parametrize(
    "wrong", [{"latitude": None}, {"beds": "two"}, {"radius_miles": "ten"}, {"needs": None}]
)
def test_an_alert_of_any_kind_is_refused_whole_and_can_be_removed(wrong: dict[str, object]) -> None:
    index = index_of([ALERT, replace(ALERT, alert_id="000000000001")])
    with pytest.raises((AttributeError, TypeError, ValueError)):
        index.put({**ALERT.to_document(), **wrong})
    index.remove("exeter-discharge#3f9c0d1e8a72")
    assert matched(index, home(accepting=0), home(accepting=1)) == {
        "exeter-discharge": {"000000000001"}
    }


def test_alerts_that_nobody_can_renew_any_more_are_forgotten() -> None:
    gone_at = NOON + LIVES_FOR + RENEWABLE_FOR
    lapsed, renewed, deleted = (
        replace(ALERT, alert_id=f"{number:012x}", needs=("peg",)) for number in range(3)
    )
    index = index_of([ALERT, lapsed, renewed, deleted])
    index.put(renewed.renew(gone_at - timedelta(days=1)).to_document())
    index.put(deleted.delete().to_document())
    index.forget_gone(gone_at - timedelta(seconds=1))
    assert len(index) == 3
    index.forget_gone(gone_at)
    assert matched(index, None, home()) == {ALERT.team: {ALERT.alert_id, renewed.alert_id}}
    index.forget_gone(gone_at - timedelta(days=1) + LIVES_FOR + RENEWABLE_FOR)
    assert matched(index, None, home()) == {ALERT.team: {ALERT.alert_id}}
    index.clear()
    index.forget_gone(gone_at)
    assert len(index) == 0
